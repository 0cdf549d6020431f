"""What can happen to somebody's need of an interpreter. Apart from `events`, for length."""

from __future__ import annotations

from dataclasses import dataclass

from portal.account.interpreter_models import Help, Wanted
from portal.record.events import Event, recorded


@recorded("account.interpreter_said")
@dataclass(frozen=True)
class InterpreterSaid(Event):
    """The person needs an interpreter, and said which. Whom they feel safe with is not here."""

    help: Help
    language: str
    dialect: str
    wanted: Wanted


@recorded("account.interpreter_not_needed")
@dataclass(frozen=True)
class InterpreterNotNeeded(Event):
    """The person needs no interpreter any more."""
