"""Suggests what a free-worded text may mean. It only ever suggests: nothing here acts.

Two tables do the work. ``words/<language>.tsv`` says which words and phrases stand for which
notion ("cannot come", "another", "time"); ``suggest.tsv`` says which notions together point to
which intent, the heavier rule first. A person is read in their own language, with the English
words that everybody borrows; if that gives nothing, in English and in the languages that are
written in the letters of the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from notifications.conversation import tables
from notifications.conversation.cleaning import listed, shortened
from notifications.conversation.phrases import END, START, Phrases, join_prefixes
from notifications.conversation.spelling import Speller

_SCRIPTS = {
    "CYRILLIC": ("uk",),
    "BENGALI": ("bn",),
    "GURMUKHI": ("pa",),
    "ARABIC": ("ar", "fa", "ur"),
    "LATIN": ("en", "pl", "ro", "pt", "cy", "so", "ur", "bn", "pa", "ar", "fa", "uk"),
}
# Arabic writes "and", "the", "to" and "by" joined to the word that follows.
_ARABIC_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف")
_MOST_SUGGESTIONS = 2
# A second suggestion is worth a person's time only when it is nearly as likely.
_CLOSE = 5
# A text read in a language that is not the person's own must say something quite plain.
_LEAST_IN_ANOTHER_LANGUAGE = 56
# The notion that a question mark stands for in suggest.tsv.
_ASKED = "ASKED"
# The notion that an hour of the day stands for: "14", "2pm".
_CLOCK = "CLOCK"
_HOUR = re.compile(r"(?:[1-9]|1[0-9]|2[0-3])(?:am|pm)?")


@dataclass(frozen=True, slots=True)
class _Rule:
    intent: str
    weight: int
    needs: frozenset[str]
    unless: frozenset[str]


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    found = []
    for row in tables.rows(tables.DATA / "suggest.tsv"):
        intent, weight, needs, unless = (*row, "", "")[:4]
        found.append(
            _Rule(intent, int(weight), frozenset(needs.split()), frozenset(unless.split()))
        )
    return tuple(sorted(found, key=lambda rule: -rule.weight))


class _Reader:
    """What one language's words stand for."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.phrases = Phrases()
        for name in (language, "all"):
            for notion, cell in tables.rows(tables.DATA / "words" / f"{name}.tsv"):
                for form in tables.split(cell):
                    self.phrases.add(form, notion)
        self._speller = Speller(self.phrases.vocabulary)
        self._shorthand = tables.textspeak(language)
        self.readings = lru_cache(maxsize=20_000)(self._readings)

    def _readings(self, token: str) -> tuple[str, ...]:
        found = [token, *shortened(token)]
        if token in self._shorthand:
            found.append(self._shorthand[token])
        if self.language == "ar" and token not in self.phrases.vocabulary:
            found += [
                token[len(prefix) :]
                for prefix in _ARABIC_PREFIXES
                if token.startswith(prefix) and len(token) - len(prefix) > min(len(prefix), 2)
            ]
        if not any(form in self.phrases.vocabulary for form in found):
            found += self._speller.guesses(token)
        return tuple(dict.fromkeys(found))

    def notions(self, tokens: tuple[str, ...]) -> frozenset[str]:
        readings = [(START,), *(self.readings(token) for token in tokens), (END,)]
        return frozenset(name for match in self.phrases.matches(readings) for name in match.names)


@lru_cache(maxsize=16)
def _reader(language: str) -> _Reader:
    return _Reader(language)


@lru_cache(maxsize=16)
def _keyword_speller(language: str) -> tuple[Speller, dict[str, str]]:
    """Near misses of single keywords: of the person's language and of English."""
    intents: dict[str, str] = {}
    for chosen in ("en", language):
        for form in tables.forms():
            if form.language == chosen and form.intent not in _NEVER_GUESSED:
                key = listed(form.text)
                if len(key) == 1:
                    intents[key[0]] = form.intent
    return Speller(intents), intents


_NEVER_GUESSED = frozenset({"polite", "ack", "no"} | {f"option{digit}" for digit in range(10)})


def propose(tokens: tuple[str, ...], language: str, *, question: bool = False) -> tuple[str, ...]:
    """Intents that the text may stand for, most likely first; empty when nothing is likely.

    A language is named "language:pl". ("question",) means a question for a person.
    """
    tokens = join_prefixes(tokens)
    if all(token.isdigit() for token in tokens):
        return ()
    found = _near_keyword(tokens, language)
    beside = frozenset({_ASKED} if question else ()) | frozenset(
        {_CLOCK} if any(_HOUR.fullmatch(token) for token in tokens) else ()
    )
    found = found or _weigh(_reader(language).notions(tokens) | beside)
    for other in _fallbacks(tokens, language):
        least = 0 if other == "en" else _LEAST_IN_ANOTHER_LANGUAGE
        found = found or _weigh(_reader(other).notions(tokens) | beside, least)
    if not found and question:
        return ("question",)
    return found


def _near_keyword(tokens: tuple[str, ...], language: str) -> tuple[str, ...]:
    if len(tokens) != 1:
        return ()
    speller, intents = _keyword_speller(language)
    for candidate in (*shortened(tokens[0]), *speller.guesses(tokens[0])):
        intent = intents.get(candidate)
        if intent:
            return ("accept",) if intent == "yes" else (intent,)
    return ()


def _fallbacks(tokens: tuple[str, ...], language: str) -> tuple[str, ...]:
    names = [unicodedata.name(token[0], "").split(" ", 1)[0] for token in tokens if token]
    scripts = [name for name in names if name in _SCRIPTS]
    if not scripts:
        return ()
    script = max(set(scripts), key=scripts.count)
    return tuple(other for other in _SCRIPTS[script] if other != language)


def _weigh(notions: frozenset[str], least: int = 0) -> tuple[str, ...]:
    if not notions - {_ASKED, _CLOCK}:
        return ()
    # Who names two languages does not want English: "no English, Polish please".
    languages = sorted(
        (name for name in notions if name.startswith("LANG:")), key=lambda name: name == "LANG:en"
    )
    plain = notions | {"LANG"} if languages else notions
    found: list[str] = []
    for rule in _rules():
        if rule.weight < least:
            break
        if rule.needs <= plain and rule.unless.isdisjoint(plain):
            least = max(least, rule.weight - _CLOSE)
            intent = "language:" + languages[0][5:] if rule.intent == "language" else rule.intent
            if intent not in found:
                found.append(intent)
    if found and found[0] == "question":
        return ("question",)
    return tuple(intent for intent in found if intent != "question")[:_MOST_SUGGESTIONS]
