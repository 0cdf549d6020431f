"""The safety screen: does a text hint at self-harm, abuse, a threat, or no food or shelter?

Every text is screened in all twelve languages, whatever the person's own, because distress is
not written in the language of the file. The lists prefer a false alarm: a person reads the text
and nothing in it is carried out. The screen names a kind of danger for the staff only; no reply
ever repeats it.
"""

from functools import lru_cache

from notifications.conversation import tables
from notifications.conversation.cleaning import clean, shortened
from notifications.conversation.phrases import END, START, Phrases, join_prefixes
from notifications.conversation.spelling import Speller

CATEGORIES = ("self_harm", "abuse", "threat", "need")


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    phrases = Phrases()
    for _language, category, cell in tables.rows(tables.DATA / "safety.tsv"):
        for form in tables.split(cell):
            phrases.add(form, category)
    return phrases


@lru_cache(maxsize=1)
def _english_speller() -> Speller:
    """Slips in English phrases of several words ("nowere to sleep"). A single misspelt word is
    not guessed: "refuse" is one slip from "refuge"."""
    english = Phrases()
    for language, category, cell in tables.rows(tables.DATA / "safety.tsv"):
        for form in tables.split(cell) if language == "en" else ():
            if " " in form:
                english.add(form, category)
    return Speller(english.vocabulary)


@lru_cache(maxsize=20_000)
def _readings(token: str) -> tuple[str, ...]:
    guessed = () if token in _phrases().vocabulary else _english_speller().guesses(token)
    return (token, *shortened(token), *_longer(token), *guessed)


def _longer(token: str) -> tuple[str, ...]:
    """The word behind a short one, in whichever language it is one."""
    spelt = (tables.textspeak(language).get(token) for language in tables.LANGUAGES)
    return tuple({word for word in spelt if word})


def screen_words(tokens: tuple[str, ...]) -> str:
    """The kind of danger that cleaned words hint at, one of CATEGORIES; empty when none."""
    readings = [(START,), *(_readings(token) for token in join_prefixes(tokens)), (END,)]
    found = {name for match in _phrases().matches(readings) for name in match.names}
    return next((category for category in CATEGORIES if category in found), "")


def screen(text: str, language: str) -> str | None:
    """The kind of danger that a text hints at, or None. The language only helps cleaning."""
    return screen_words(clean(text, language).tokens) or None
