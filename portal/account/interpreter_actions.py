"""Saying which interpreter one needs, and that one needs none any more. Apart from `actions`, for
length. Takes part in the caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from portal import clock
from portal.account.interpreter_events import InterpreterNotNeeded, InterpreterSaid
from portal.account.interpreter_models import Help, InterpreterNeed, Safe, Wanted
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.actors import Actor, Assurance
from portal.database import db, new_id
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

LONGEST = 100
"""Characters of a language or a dialect."""


@dataclass(frozen=True)
class Need:
    """What a person says about it."""

    help: Help
    language: str = ""
    dialect: str = ""
    wanted: Wanted = Wanted.either
    safe: Safe = Safe.anyone


def need_of(claimant: Claimant) -> InterpreterNeed | None:
    """What interpreter this person needs; None for none."""
    return db.session.scalar(
        sa.select(InterpreterNeed).where(InterpreterNeed.claimant_id == claimant.id)
    )


def say_need(claimant: Claimant, need: Need, *, by: Actor) -> Entry | None:
    """The person needs this interpreter, from now on. None when that is known already.

    Raises Refusal without a language, and with one that is too long.
    """
    _require(by)
    if need.help is Help.spoken and not need.language:
        raise Refusal("language", sentence("Write which language you speak."))
    if max(len(need.language), len(need.dialect)) > LONGEST:
        raise Refusal("language", sentence("This is too long. Use fewer words."))
    if need.help is not Help.spoken:
        need = Need(need.help, "", need.dialect, need.wanted, need.safe)
    lock(claimant)
    known = need_of(claimant)
    if known is not None and _said(known) == need:
        return None
    if known is None:
        known = InterpreterNeed(id=new_id(), claimant_id=claimant.id)
        db.session.add(known)
    known.help, known.language, known.dialect = need.help, need.language, need.dialect
    known.wanted, known.safe, known.said_at = need.wanted, need.safe.value, clock.now()
    db.session.flush()
    event = InterpreterSaid(need.help, need.language, need.dialect, need.wanted)
    return log.append(claimant.id, event, by=by)


def need_none(claimant: Claimant, *, by: Actor) -> Entry | None:
    """The person needs no interpreter. None when that is known already."""
    _require(by)
    lock(claimant)
    known = need_of(claimant)
    if known is None:
        return None
    db.session.delete(known)
    db.session.flush()
    return log.append(claimant.id, InterpreterNotNeeded(), by=by)


def _said(known: InterpreterNeed) -> Need:
    return Need(known.help, known.language, known.dialect, known.wanted, Safe(known.safe))


def _require(by: Actor) -> None:
    if by.assurance < Assurance.signed_in:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))
