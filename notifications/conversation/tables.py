"""The words of the conversation, read once from the data files beside this module.

``keywords.tsv`` has one row per language, intent and kind of form:

main: the form we print in texts and leaflets · variant: other spellings · latin: Latin letters
for a language of another script · phrase: several words that are as clear as a keyword ·
offer: the label of an option, valid only under an appointment offer · number: a number word ·
polite: carries no meaning · ack: "OK", "thanks", "God willing", which accept nothing.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "cy", "ar", "bn", "fa", "pa", "pl", "pt", "ro", "so", "uk", "ur")


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of an intent in one language."""

    language: str
    intent: str
    kind: str
    text: str


def rows(path: Path) -> list[list[str]]:
    """The rows of a tab-separated file without its header and its comment lines."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def split(forms: str) -> list[str]:
    """The forms of one cell, which stand between bars."""
    return [form.strip() for form in forms.split("|") if form.strip()]


@cache
def forms() -> tuple[Form, ...]:
    """Every form of ``keywords.tsv``."""
    return tuple(
        Form(language, intent, kind, text)
        for language, intent, kind, cell in rows(DATA / "keywords.tsv")
        for text in split(cell)
    )


@cache
def polite(language: str) -> frozenset[str]:
    """Words that may stand around an answer: of the person's language and of English."""
    return frozenset(
        form.text
        for form in forms()
        if form.intent == "polite" and form.language in (language, "en")
    )


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a list: ``signatures.txt``, how the line begins that mail and phone programs
    add by themselves; ``automatic.txt``, what machines say of themselves; ``call_me.txt``, how
    a stranger asks to be called. Of a claimant the last may mean an appointment, and is asked
    about."""
    text = (DATA / name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line)


@cache
def textspeak(language: str) -> dict[str, str]:
    """Short and local ways of writing a word, each with the word as the lists have it."""
    found = rows(DATA / "textspeak.tsv")
    return {short: long for known, short, long in found if known == language}


def advertised(language: str) -> dict[str, tuple[str, ...]]:
    """The main forms of each intent: what our texts and leaflets may tell people to send."""
    found: dict[str, list[str]] = {}
    for form in forms():
        if form.language == language and form.kind == "main":
            found.setdefault(form.intent, []).append(form.text)
    return {intent: tuple(texts) for intent, texts in found.items()}


_ALWAYS = ("stop", "start", "help")
"""Their English words work in every language, and are what a provider knows."""


def first_words(language: str) -> dict[str, str]:
    """The word for each intent that people of a language are told, with the English one beside
    it where our texts use that."""
    english = {intent: found[0] for intent, found in advertised("en").items()}
    own = english | {intent: found[0] for intent, found in advertised(language).items()}
    both = {intent: f"{own[intent]} / {english[intent]}" for intent in _ALWAYS}
    return own | {i: words for i, words in both.items() if own[i] != english[i]}
