"""What both files of views share: the blueprint, and what a person answered the explainer.

Answers lie in the signed session cookie, in this browser alone, until it is closed or somebody
signs out. Not in the address: the history of a library computer would show what somebody needs.
Not in hidden fields: a browser's own Back button would then ask to send a form again, and what
Exit this page clears away could be brought back. The server keeps nothing (facts 8).
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, session

from portal.account import guards
from portal.costs import engine, rulebook

bp = Blueprint("costs", __name__)
_KEPT = "costs"


def answers_here() -> dict[str, str]:
    """The answers of this browser that still matter, in the order they are asked for. Whoever is
    signed in at an office in Northern Ireland lives there, whatever was answered (facts 1.2)."""
    answers, person = dict(_kept()), guards.claimant()
    if person is not None and person.office.nation == "northern_ireland":
        answers["you"] = "northern_ireland"
    return engine.asked(rulebook.known(), answers)


def keep_answer(question: str, option: str) -> None:
    """Keep one answer in this browser, with those that were there."""
    session[_KEPT] = engine.write({**_kept(), question: option})


def typed_before(question: str) -> str | None:
    """What was answered to this question before, even if it no longer matters."""
    return _kept().get(question)


def forget_answers() -> None:
    session.pop(_KEPT, None)


def _kept() -> Mapping[str, str]:
    kept = session.get(_KEPT)
    return engine.read(kept) if isinstance(kept, str) else {}
