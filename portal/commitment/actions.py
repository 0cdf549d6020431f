"""What a person can do with a version: read it, take the time to think, accept it, say that a
point is done, say whether it was written for them.

Each function takes part in the caller's transaction and returns the entry whose receipt proves
it. Saying the same thing twice records it once.
"""

from __future__ import annotations

from uuid import uuid4

from portal import clock
from portal.account.locks import lock
from portal.actors import Actor, Channel
from portal.commitment import events, queries, rules
from portal.commitment.models import FitAnswer, Point, Shown, State, Version
from portal.database import db
from portal.languages import Wording
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def read(point: Point, shown: Wording, *, by: Actor) -> Entry | None:
    """A point was shown to the person in these words: recorded once for each wording.

    None when it was recorded before, or the version is neither offered nor in force.
    """
    rules.require("read", by)
    version = point.version
    again(version)
    if version.state not in (State.offered, State.accepted):
        return None
    if queries.was_shown(point, shown.digest):
        return None
    db.session.add(
        Shown(
            claimant_id=version.claimant_id,
            point_id=point.id,
            wording=shown.digest,
            language=shown.language,
            words=shown.words,
            at=clock.now(),
        )
    )
    db.session.flush()
    event = events.PointRead(
        version_id=version.id,
        number=version.number or 0,
        point_id=point.id,
        position=point.position,
        language=shown.language,
        wording=shown.digest,
        review=shown.review,
        aloud=by.channel is Channel.desk,
    )
    return log.append(version.claimant_id, event, by=by)


def take_time(version: Version, *, by: Actor) -> Entry:
    """The person takes the time to think. It is theirs whether or not they say so; saying it lets
    the office know that they are reading."""
    rules.require("take_time", by)
    again(version)
    _require_offered(version)
    assert version.accept_by is not None
    event = events.TimeTaken(version.id, version.number or 0, version.accept_by)
    if version.thinking_since is not None:
        for entry in reversed(log.entries_about(version.claimant_id, version.id)):
            if entry.kind == events.TimeTaken.kind and log.event_of(entry) == event:
                return entry
    version.thinking_since = clock.now()
    return log.append(version.claimant_id, event, by=by)


def accept(version: Version, *, language: str, review: str, by: Actor) -> Entry:
    """The person accepts a version; the one before stops being in force.

    Raises Refusal when it was replaced meanwhile, or a point was neither opened nor read out.
    """
    rules.require("accept", by)
    again(version)
    if version.state is State.accepted:
        return _same(version.receipt)
    _require_offered(version)
    if rules.unread(version, queries.shown(version)):
        raise Refusal("unread", sentence("Read every point first. Then you can accept."))
    late = rules.is_late(version, clock.today())
    old = queries.half(version.claimant).accepted
    if old is not None:
        old.state = State.replaced
        db.session.flush()
    version.state, version.accepted_at = State.accepted, clock.now()
    event = events.Accepted(
        version.id, version.number or 0, language, review, len(version.points), late
    )
    entry = log.append(version.claimant_id, event, by=by)
    version.receipt = entry.receipt
    return entry


def say_done(point: Point, done: bool, *, by: Actor) -> Entry | None:
    """The person says that they have done a point, or not after all. None when nothing changed."""
    rules.require("say_done", by)
    version = point.version
    again(version)
    if version.state is not State.accepted:
        raise Refusal("not-in-force", sentence("This version is not in force."))
    db.session.refresh(point)
    if done == (point.done_at is not None):
        return None
    point.done_at = clock.now() if done else None
    event = events.PointDone(version.id, version.number or 0, point.id, point.position, done)
    return log.append(version.claimant_id, event, by=by)


def say_fit(version: Version, answer: str, words: str = "", *, by: Actor) -> Entry | None:
    """The person says whether a version was written for them. None when they said so before.

    What they said goes to their office without anything that tells who said it.
    """
    rules.require("say_fit", by)
    if answer not in rules.FIT:
        raise Refusal("answer", sentence("Choose one of the answers."))
    if len(words) > rules.LONGEST:
        raise Refusal("words", sentence("This is too long. Use fewer words."))
    again(version)
    if version.fit_said_at is not None:
        return None
    version.fit_said_at = clock.now()
    db.session.add(
        FitAnswer(
            # A random number, so that the order of the rows tells nothing either.
            id=uuid4(),
            office_id=version.claimant.office_id,
            quarter=rules.quarter(clock.today()),
            answer=answer,
            words=words.strip(),
        )
    )
    db.session.flush()
    return log.append(version.claimant_id, events.FitSaid(version.id, version.number or 0), by=by)


def again(version: Version) -> None:
    """Take the person's lock, and read the version as it is now. Sending a version voids the one
    before it, so one lock of a version would not do."""
    lock(version.claimant)
    db.session.refresh(version)


def _require_offered(version: Version) -> None:
    if version.state is State.replaced:
        raise Refusal(
            "replaced",
            sentence("Nothing was recorded. There is a newer version of your commitment."),
        )
    if version.state is not State.offered:
        raise Refusal("not-offered", sentence("This version does not wait to be accepted."))


def _same(receipt: str) -> Entry:
    entry = log.by_receipt(receipt)
    assert entry is not None
    return entry
