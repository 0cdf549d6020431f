"""Reads the reviewed table of help with costs from portal/data/costs.toml.

Apart from `engine`, which only knows the table. A file with a gap, a rule that can never fire, a
name that is not known or a day that is over is refused, and the refusal names the line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from portal.costs.coverage import never_fires, nobody_covers
from portal.costs.table import (
    UNSURE,
    Fits,
    Letter,
    Modifier,
    Question,
    Rule,
    Rulebook,
    Source,
)
from portal.dated_data import CONFIDENCE, FOLDER, GRACE

FILE = FOLDER / "costs.toml"
LETTERS: tuple[str, ...] = get_args(Letter)
DUTIES = ("must", "may", "sometimes-must", "must-not", "elsewhere")
_DATED = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")


class RulesError(Exception):
    """The file cannot be used. The message says in which line, and why."""


class _File:
    """The text of the file, to find the line that something stands in."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        try:
            self.data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise RulesError(f"costs.toml: {error}") from error

    def wrong(self, said: str, head: str = "", number: int = 0, key: str = "") -> RulesError:
        """A refusal that names the line of `key` under the `number`th `head`, or of the head."""
        starts = [n for n, line in enumerate(self.lines) if line.strip() == head] if head else [0]
        at = starts[number] if number < len(starts) else 0
        for n in range(at + 1 if head else 0, len(self.lines)):
            if head and self.lines[n].startswith("["):
                break
            if key and re.match(rf"{re.escape(key)}\s*=", self.lines[n]):
                at = n
                break
        return RulesError(f"costs.toml, line {at + 1}: {said}")


def load(file: Path = FILE, *, today: date | None = None) -> Rulebook:
    """The table of a file. Raises RulesError, which names the line.

    With `today` (United Kingdom), a file that should have been checked again more than 60 days
    ago is refused too. The service itself starts with it all the same and says on each page when
    it was last checked: appointments must not wait for this table.
    """
    found = _File(file.read_text(encoding="utf-8"))
    _days(found, today)
    questions = tuple(_question(found, n, v) for n, v in enumerate(found.data.get("question", ())))
    known = {q.id: frozenset(q.options) for q in questions}
    sources = {code: _source(found, code, v) for code, v in found.data.get("sources", {}).items()}
    rules = tuple(
        _rule(found, n, v, known, sources) for n, v in enumerate(found.data.get("rule", ()))
    )
    modifiers = tuple(
        _modifier(found, n, v, known, sources) for n, v in enumerate(found.data.get("modifier", ()))
    )
    for n, rule in enumerate(rules):
        if rule.id in [r.id for r in rules[:n]]:
            raise found.wrong(f"there are two rules {rule.id}.", "[[rule]]", n, "id")
    for number in never_fires(known, [rule.when for rule in rules]):
        said = f"rule {rules[number].id} can never fire: earlier rules take all that it fits."
        raise found.wrong(said, "[[rule]]", number)
    gap = nobody_covers(known, [rule.when for rule in rules])
    if gap is not None:
        answers = ", ".join(f"{q}={min(options)}" for q, options in gap.items())
        raise found.wrong(f"no rule fits {answers}.", "[[rule]]", max(len(rules) - 1, 0))
    used = [source for rule in rules for source in rule.sources]
    used += [source for modifier in modifiers for source in modifier.sources]
    unused = set(sources) - {source.code for source in used}
    for code in sorted(unused):
        raise found.wrong(f"nothing rests on the source {code}.", f"[sources.{code}]")
    days = {key: found.data[key] for key in ("last_checked", "check_again_by")}
    return Rulebook(questions, rules, modifiers, **days)


def _days(found: _File, today: date | None) -> None:
    for key in ("last_checked", "check_again_by"):
        if type(found.data.get(key)) is not date:
            raise found.wrong(f"{key} must be a day like 2027-05-21.", key=key)
    again = found.data["check_again_by"]
    if again < found.data["last_checked"]:
        raise found.wrong("check_again_by is before last_checked.", key="check_again_by")
    if today is not None and today > again + GRACE:
        raise found.wrong(f"this had to be checked again by {again}.", key="check_again_by")


def _question(found: _File, number: int, values: dict[str, Any]) -> Question:
    place = ("[[question]]", number)
    _keys(found, place, values, {"id", "options"}, set())
    question = Question(values["id"], tuple(values["options"]))
    if UNSURE not in question.options:
        raise found.wrong(f"{question.id}: {UNSURE!r} must be an answer.", *place, "options")
    if len(set(question.options)) != len(question.options):
        raise found.wrong(f"{question.id}: an answer is there twice.", *place, "options")
    return question


def _source(found: _File, code: str, values: dict[str, Any]) -> Source:
    place = (f"[sources.{code}]", 0)
    _keys(found, place, values, {"title"}, {"dated"})
    if not _DATED.fullmatch(values.get("dated", "")):
        raise found.wrong("dated must be a year, a month or a day.", *place, "dated")
    return Source(code, **values)


def _rule(
    found: _File,
    number: int,
    values: dict[str, Any],
    known: Mapping[str, frozenset[str]],
    sources: Mapping[str, Source],
) -> Rule:
    place = ("[[rule]]", number)
    needed = {"id", "row", "outcome", "duty", "sources", "confidence"}
    _keys(found, place, values, needed, {"when", "unless", "see", "contacts", "card", "fund"})
    for key, allowed in (("outcome", LETTERS), ("duty", DUTIES), ("confidence", CONFIDENCE)):
        if values[key] not in allowed:
            said = f"rule {values['id']}: {key} must be one of {', '.join(allowed)}."
            raise found.wrong(said, *place, key)
    values = dict(values, when=_when(found, place, values, known))
    values["sources"] = _codes(found, place, values, sources)
    values.pop("unless", None)
    made: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Rule(**made)


def _modifier(
    found: _File,
    number: int,
    values: dict[str, Any],
    known: Mapping[str, frozenset[str]],
    sources: Mapping[str, Source],
) -> Modifier:
    place = ("[[modifier]]", number)
    _keys(found, place, values, {"id", "change", "sources"}, {"when", "any"})
    if ("when" in values) == ("any" in values):
        raise found.wrong(f"modifier {values['id']}: give either when or any.", *place)
    for letter in (*values["change"], *values["change"].values()):
        if letter not in LETTERS:
            said = f"modifier {values['id']}: there is no outcome {letter}."
            raise found.wrong(said, *place, "change")
    when = _when(found, place, values, known)
    codes = _codes(found, place, values, sources)
    return Modifier(**dict(values, when=when, sources=codes))


def _keys(
    found: _File, place: tuple[str, int], values: dict[str, Any], needed: set[str], more: set[str]
) -> None:
    if missing := needed - set(values):
        raise found.wrong(f"{', '.join(sorted(missing))} is missing.", *place)
    for key in sorted(set(values) - needed - more):
        raise found.wrong(f"{key} is not known here.", *place, key)


def _when(
    found: _File,
    place: tuple[str, int],
    values: dict[str, Any],
    known: Mapping[str, frozenset[str]],
) -> Fits:
    """The answers that fit, for each question that is named, in the order of the questions."""
    fits: dict[str, frozenset[str]] = {}
    for key in ("when", "unless"):
        for question, options in values.get(key, {}).items():
            for option in options:
                if option not in known.get(question, ()):
                    said = f"{values['id']}: there is no answer {question} = {option}."
                    raise found.wrong(said, *place, key)
            chosen = frozenset(options)
            chosen = chosen if key == "when" else known[question] - chosen
            fits[question] = fits.get(question, known[question]) & chosen
    return {question: fits[question] for question in known if question in fits}


def _codes(
    found: _File, place: tuple[str, int], values: dict[str, Any], sources: Mapping[str, Source]
) -> tuple[Source, ...]:
    for code in values["sources"]:
        if code not in sources:
            raise found.wrong(f"{values['id']}: there is no source {code}.", *place, "sources")
    return tuple(sources[code] for code in values["sources"])


@cache
def known() -> Rulebook:
    """The table of this service. Raises RulesError."""
    return load()
