"""What a person can ask about their commitment. Apart from `actions`, for length.

Asked, seen, then agreed or refused with a reason: until the office agrees, the commitment stands,
and every page and text says so. Saying the same thing twice records it once.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from portal import clock
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.actors import Actor
from portal.commitment import easements, events, queries, rules
from portal.commitment.models import Decision, Point, Request, State
from portal.commitment.reasons import REASONS
from portal.database import db, new_id
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

_LONG = sentence("This is too long. Use fewer words.")


def ask_for_change(
    point: Point,
    *,
    reason: str = "",
    words: str = "",
    instead: str = "",
    request_id: UUID | None = None,
    by: Actor,
) -> Entry:
    """The person asks to change a point, with a reason from the list, in their own words, or none.

    With an id that the page made, a second press of the button finds the first request. Raises
    Refusal when the point is gone from what holds now, or they asked already.
    """
    rules.require("ask_for_change", by)
    if reason and reason not in REASONS:
        raise Refusal("reason", sentence("Choose one of the reasons, or leave it out."))
    _require_short(words, instead)
    claimant = point.version.claimant
    lock(claimant)
    known = queries.request(claimant, request_id) if request_id else None
    if known is not None:
        return _entry(known)
    held = _as_it_holds(point)
    for other in queries.requests(claimant):
        if other.decision is None and other.point is not None and other.point.line == held.line:
            if (other.reason, other.words, other.instead) == (reason, words, instead):
                return _entry(other)
            raise Refusal(
                "asked-already",
                sentence("You asked to change this point already, and wait for an answer."),
            )
    made = _make(claimant, request_id, reason, words, instead)
    made.point_id, made.point = held.id, held
    return _ask(made, by)


def add_instead(request: Request, instead: str, *, by: Actor) -> Entry:
    """The person adds what would work instead, after asking. Nobody has to."""
    rules.require("add_instead", by)
    _require_short(instead)
    lock(request.claimant)
    db.session.refresh(request)
    if request.decision is not None:
        raise Refusal("answered", sentence("Your Jobcentre has answered this already."))
    if request.instead == instead.strip():
        said = (events.ChangeAsked, events.ChangeAdded)
        return log.last(request.claimant_id, request.id, *said)
    request.instead = instead.strip()
    return log.append(request.claimant_id, events.ChangeAdded(*about(request)), by=by)


def ask_for_pause(
    claimant: Claimant,
    keys: Iterable[str],
    *,
    words: str = "",
    request_id: UUID | None = None,
    by: Actor,
) -> Entry:
    """The person sends what they ticked on the page about pauses, because they chose to."""
    rules.require("ask_for_pause", by)
    found = [answer.key for answer in easements.answers(keys)]
    if not found:
        raise Refusal("nothing", sentence("Choose what is true for you, then send it."))
    _require_short(words)
    lock(claimant)
    known = queries.request(claimant, request_id) if request_id else None
    if known is not None:
        return _entry(known)
    reason = " ".join(found)
    for other in queries.requests(claimant):
        pause = other.decision is None and other.point_id is None and other.second_of is None
        if pause and (other.reason, other.words) == (reason, words):
            return _entry(other)
    return _ask(_make(claimant, request_id, reason, words), by)


def ask_another_coach(request: Request, *, words: str = "", by: Actor) -> Entry:
    """The person asks another work coach to look at what was refused (facts 3.3)."""
    rules.require("ask_another_coach", by)
    _require_short(words)
    claimant = request.claimant
    lock(claimant)
    db.session.refresh(request)
    known = queries.second_opinion(request)
    if known is not None:
        return _entry(known)
    if request.decision is not Decision.refused or request.second_of is not None:
        raise Refusal(
            "not-refused", sentence("You can ask another work coach once the first said no.")
        )
    made = _make(claimant, None, request.reason, words or request.words, request.instead)
    made.point_id, made.second_of = request.point_id, request.id
    made.point = request.point
    return _ask(made, by)


def take_back(request: Request, *, by: Actor) -> Entry:
    """The person no longer asks for this. Once it was answered there is nothing to take back."""
    rules.require("take_back", by)
    lock(request.claimant)
    db.session.refresh(request)
    if request.decision is Decision.withdrawn:
        return log.last(request.claimant_id, request.id, events.ChangeWithdrawn)
    if request.decision is not None:
        raise Refusal("answered", sentence("Your Jobcentre has answered this already."))
    request.decision, request.decided_at = Decision.withdrawn, clock.now()
    return log.append(request.claimant_id, events.ChangeWithdrawn(*about(request)), by=by)


def about(request: Request) -> tuple[UUID, int, bool]:
    """What every event about a request names: its id, the point's number, second opinion."""
    position = request.point.position if request.point else 0
    return request.id, position, request.second_of is not None


def _as_it_holds(point: Point) -> Point:
    """The point of the same line in what is in force or waits now, that of the page first."""
    if point.version.state in (State.offered, State.accepted):
        return point
    found = queries.point_of_line(point.version.claimant_id, point.line)
    if found is None:
        raise Refusal(
            "point-gone",
            sentence("Nothing was recorded. This point is no longer in your commitment."),
        )
    return found


def _require_short(*texts: str) -> None:
    if any(len(text) > rules.LONGEST for text in texts):
        raise Refusal("words", _LONG)


def _make(
    claimant: Claimant, request_id: UUID | None, reason: str, words: str, instead: str = ""
) -> Request:
    now = clock.now()
    return Request(
        id=request_id or new_id(),
        claimant_id=claimant.id,
        claimant=claimant,
        reason=reason,
        words=words.strip(),
        instead=instead.strip(),
        asked_at=now,
        reply_by=rules.reply_by(now, claimant.office.nation),
    )


def _ask(request: Request, by: Actor) -> Entry:
    db.session.add(request)
    db.session.flush()
    event = events.ChangeAsked(*about(request), request.reply_by)
    entry = log.append(request.claimant_id, event, by=by)
    request.receipt = entry.receipt
    return entry


def _entry(request: Request) -> Entry:
    entry = log.by_receipt(request.receipt)
    assert entry is not None
    return entry
