"""What the reviewed table of help with costs is made of: questions, rules, modifiers, sources.

Apart from `rules`, which is about requests. Pure: names only. `rulebook` reads the table from its
file, `engine` says what it says about somebody's answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

Answers = Mapping[str, str]
"""Question id to option id, like {"you": "uc", "need": "id"}."""
Letter = Literal["A", "B", "C", "D"]
"""A can ask, a yes is likely; B can ask, the work coach decides; C probably not this fund, but
see elsewhere; D not from this fund."""
Fits = Mapping[str, frozenset[str]]
UNSURE = "unsure"
MOST_QUESTIONS = 8


@dataclass(frozen=True)
class Question:
    """One question, and the ids of its answers in the order in which they are shown."""

    id: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """What a rule rests on. `dated` is a year, month or day (ISO), or empty."""

    code: str
    title: str
    dated: str = ""


@dataclass(frozen=True)
class Rule:
    """One row of the table, or the part of a row that has its own words (facts 1.6)."""

    id: str
    row: int
    when: Fits
    outcome: Letter
    duty: str
    sources: tuple[Source, ...]
    confidence: str
    see: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    card: str | None = None
    fund: bool = True
    """False where the page must say nothing about the fund: Northern Ireland."""


@dataclass(frozen=True)
class Modifier:
    """Changes the letter after the rule; with `any`, when any answer at all is that one."""

    id: str
    change: Mapping[str, Letter]
    sources: tuple[Source, ...]
    when: Fits = field(default_factory=dict)
    any: str = ""


@dataclass(frozen=True)
class Rulebook:
    """The whole reviewed file. Days are those of the United Kingdom."""

    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    modifiers: tuple[Modifier, ...]
    last_checked: date
    check_again_by: date

    @cached_property
    def options(self) -> Mapping[str, frozenset[str]]:
        """What may be answered to each question."""
        return {question.id: frozenset(question.options) for question in self.questions}

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Everything that rules and modifiers rest on, each once."""
        named = [each.sources for each in self.rules] + [each.sources for each in self.modifiers]
        return tuple(dict.fromkeys(source for sources in named for source in sources))

    def question(self, name: str) -> Question | None:
        return next((q for q in self.questions if q.id == name), None)
