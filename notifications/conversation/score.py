"""Scores a file of example texts with the very code that answers real ones.

An appointment offer is taken to be the open question. Used by ``flask sms score`` and by the
tests that keep 500 real-looking replies.
"""

import csv
from collections.abc import Iterable, Iterator

from notifications.conversation import tables
from notifications.conversation.grammar import OFFER, Intent, parse

# Intents that the text alone carries out. A cancellation waits for its echoed code, another
# time for a choice, the plan for the PIN; costs and complaints ask their first question. What is
# told to the office at once (late, no fare, in hospital, no call) is reported under an intent that
# it does not carry out: who is in hospital has not cancelled, and has sent no complaint.
_CARRIED_OUT = frozenset(
    {"accept", "phone", "stop", "wrong_person", "start", "help", "menu", "next", "language"}
)
_REPORTED_AS = {
    "accept": "accept",
    "cancel": "cancel",
    "hospital": "cancel",
    "phone": "phone",
    "callback": "phone",
    "other_time": "other_time",
    "question": "question",
    "message": "question",
    "help": "help",
    "menu": "help",
    "stop": "stop",
    "wrong_person": "stop",
    "start": "start",
    "complaint": "complaint",
    "no_call": "complaint",
    "no_interpreter": "complaint",
    "escalate": "complaint",
    "status": "complaint",
    "costs": "costs",
    "fare": "costs",
    "plan": "plan",
    "commitment": "plan",
    "next": "next",
    "unsafe": "unsafe_urgent",
}


def score(lines: Iterable[str]) -> Iterator[dict[str, str | bool]]:
    """Score tab-separated lines with a header row naming the columns text and lang.

    Yields one dictionary a row: text, lang, intent, acted. Raises ValueError when the header
    lacks a column. An unknown or empty language is read as English.
    """
    reader = csv.DictReader(
        (line.lstrip("\ufeff") for line in lines), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    if not {"text", "lang"} <= set(reader.fieldnames or ()):
        raise ValueError("the first line must name the columns text and lang")
    for row in reader:
        text, lang = row["text"] or "", row["lang"] or ""
        reading = parse(text, _known(lang), OFFER)
        yield {
            "text": text,
            "lang": lang,
            "intent": reported(reading),
            "acted": reading.exact and reading.kind in _CARRIED_OUT,
        }


def _known(lang: str) -> str:
    base = lang.strip().lower().replace("_", "-").partition("-")[0]
    return base if base in tables.LANGUAGES else "en"


def reported(reading: Intent) -> str:
    """The intent's name in a score file: what it is, or what is suggested, or "unclear"."""
    if reading.kind == "language":
        return f"language:{reading.value}"
    if reading.exact or reading.kind == "question":
        return _REPORTED_AS.get(reading.kind, "unclear")
    if reading.kind == "unclear" and reading.suggestions:
        first = reading.suggestions[0]
        return first if first.startswith("language:") else _REPORTED_AS.get(first, "unclear")
    return "unclear"
