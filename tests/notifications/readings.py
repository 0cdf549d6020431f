"""Example texts kept as data, and the open questions they are read under."""

import csv
from pathlib import Path

from notifications.conversation import grammar
from notifications.conversation.tables import LANGUAGES

DATA = Path(__file__).parent / "data"
YES_NO = grammar.choice("120", yes="1", no="2")
QUESTIONS = {
    "nothing": grammar.IDLE,
    "offer": grammar.OFFER,
    "cancel": grammar.CONFIRM_CANCEL,
    "time": grammar.PICK_TIME,
    "menu": grammar.MENU,
    "suggestion": grammar.SUGGESTION,
    "yes or no": YES_NO,
    "pin": grammar.PIN,
}


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def acted(text: str, language: str, state: grammar.State = grammar.OFFER) -> str:
    """The kind of intent that may be acted on, or empty."""
    reading = grammar.parse(text, language, state)
    return reading.kind if reading.exact else ""


__all__ = ["DATA", "LANGUAGES", "QUESTIONS", "YES_NO", "acted", "table"]
