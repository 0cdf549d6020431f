"""Whether letters are those of a language, and what needs a translator. Pure."""

from __future__ import annotations

import unicodedata

from portal import languages
from portal.refusals import Sentence, sentence
from portal.typed.models import Fit

LONGEST = 20_000
"""Letters of a translation: a long complaint, and half as much again."""
LONGEST_NAME = 100
_NAMES = 4
"""Fewer letters of another script are a name or a sign, and no other language."""
_MOSTLY = 0.9

WHAT: dict[str, Sentence] = {
    "messages_message": sentence("A message"),
    "appointments_request": sentence("What they asked about an appointment"),
    "commitment_request": sentence("What they asked to change"),
    "plan_ask": sentence("What they asked for"),
    "plan_goal": sentence("The work that they want"),
    "plan_step": sentence("A step to the work that they want"),
    "costs_request": sentence("Help with costs"),
    "about_me": sentence("What they do not want to explain again"),
    "complaints_complaint": sentence("A complaint"),
    "complaints_word": sentence("What they added to a complaint"),
}
"""What a person typed, by the table that holds it."""


def script_of(letter: str) -> str:
    """LATIN, ARABIC, ETHIOPIC and so on; empty for what is no letter."""
    if unicodedata.category(letter) not in ("Lu", "Ll", "Lt", "Lo"):
        return ""
    return unicodedata.name(letter, "").partition(" ")[0]


def fit(code: str, text: str) -> Fit:
    """Whether a text can be in this language, as far as its letters tell.

    Names and addresses are often in Latin letters, so these do not disturb a language of another
    script while there are fewer of them. Text without letters fits everywhere.
    """
    own = script_of(languages.known()[code].endonym[0])
    scripts = [found for found in map(script_of, text) if found]
    mine = scripts.count(own)
    others = len(scripts) - mine
    if others < _NAMES and (mine or not others):
        return Fit.whole
    if mine < others:
        return Fit.none
    strange = others if own == "LATIN" else others - scripts.count("LATIN")
    return Fit.partly if strange >= _NAMES and mine < _MOSTLY * len(scripts) else Fit.whole


def needs_translator(code: str, fits: Fit, text: str, nation: str) -> bool:
    """True for all that is not English, nor Welsh in Wales, where an office answers in both."""
    read = (languages.DEFAULT, "cy") if nation == "wales" else (languages.DEFAULT,)
    if not any(map(script_of, text)):
        return False
    return code not in read or fits is not Fit.whole
