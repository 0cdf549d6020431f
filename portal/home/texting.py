"""The words that people can text us, for the page that explains texts. Whatever reads the texts
says which they are; nothing here knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import current_app

from portal import languages

_ENGLISH = {
    "undo": "UNDO",
    "next": "NEXT",
    "menu": "MENU",
    "help": "HELP",
    "stop": "STOP",
    "start": "START",
}


def can_ring() -> bool:
    """True where somebody who rings the number of our texts is called back."""
    return bool(current_app.extensions.get("takes_calls"))


def words() -> Mapping[str, str]:
    """The word for each thing in the language being spoken."""
    known: Callable[[str], Mapping[str, str]] | None = current_app.extensions.get("keywords")
    return known(languages.current().code) if known else _ENGLISH
