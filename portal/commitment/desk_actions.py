"""What the office does with a commitment: write it, send it, answer what people ask.

Apart from `actions` because nothing here may ever be done in a claimant's name. Each function
takes part in the caller's transaction. A draft is nobody's fact: it leaves no entry until it is
sent.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from portal import clock
from portal.account import locks
from portal.account.models import Claimant, Staff
from portal.actors import Actor
from portal.commitment import events, queries, rules
from portal.commitment.actions import again
from portal.commitment.ask_actions import about
from portal.commitment.models import Decision, Known, Request, State, Version
from portal.database import db
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def offer(
    version: Version,
    *,
    revision: int,
    accept_by: date | None = None,
    staff: Staff,
    by: Actor,
) -> Entry:
    """Send a draft to the person. It has at least seven calendar days to be accepted in.

    What was in force stays in force until this is accepted; an earlier one that nobody accepted
    is void. Raises Refusal when it holds no point, a point lacks its official wording or its
    English, or somebody changed it meanwhile.
    """
    again(version)
    if version.state is State.offered and version.revision == revision:
        return log.last(version.claimant_id, version.id, events.Offered)
    require_draft(version, revision)
    _require_whole(version)
    now = clock.now()
    last = rules.last_day(now)
    if accept_by is not None and accept_by < last:
        raise Refusal(
            "too-soon",
            sentence("Give at least seven days to think: until %(day)s or later.", day=last),
        )
    waiting = queries.half(version.claimant).offered
    if waiting is not None:
        waiting.state = State.replaced
        db.session.flush()
    earlier = queries.versions(version.claimant)
    version.number = (earlier[0].number or 0) + 1 if earlier else 1
    version.state, version.offered_at = State.offered, now
    version.accept_by = accept_by or last
    version.edited_by, version.edited_at = staff.id, now
    db.session.flush()
    event = events.Offered(
        version_id=version.id,
        number=version.number,
        accept_by=version.accept_by,
        points=len(version.points),
        replaces=(waiting.number or 0) if waiting else 0,
    )
    return log.append(version.claimant_id, event, by=by)


def require_draft(version: Version, revision: int) -> None:
    """Refuse when somebody changed or sent the draft since it was on the page."""
    if version.state is not State.draft:
        raise Refusal("sent", sentence("This version was sent already. Start a new one."))
    if version.revision != revision:
        raise Refusal(
            "changed-meanwhile",
            sentence(
                "%(name)s changed this draft a moment ago. Nothing of yours was saved yet.",
                name=version.editor.name,
            ),
        )


def _require_whole(version: Version) -> None:
    if not version.points:
        raise Refusal("no-points", sentence("A commitment needs at least one point."))
    for point in version.points:
        if not point.official:
            raise Refusal(
                "official",
                sentence("Point %(number)s has no official wording yet.", number=point.position),
            )
        if point.words and point.language != "en" and not point.english:
            raise Refusal(
                "english",
                sentence("Point %(number)s has no English beside it yet.", number=point.position),
            )


def give_more_time(version: Version, until: date, *, by: Actor) -> Entry:
    """The office gives more time to accept, for example while it looks at a wish (facts 3.3)."""
    again(version)
    if version.state is not State.offered or version.accept_by is None:
        raise Refusal("not-offered", sentence("This version does not wait to be accepted."))
    if until == version.accept_by:
        entries = log.entries_about(version.claimant_id, version.id)
        same = [entry for entry in entries if entry.kind == events.MoreTime.kind]
        if same:
            return same[-1]
    if until <= max(version.accept_by, clock.today()):
        raise Refusal("too-soon", sentence("Choose a later day than the last day to accept."))
    was, version.accept_by = version.accept_by, until
    event = events.MoreTime(version.id, version.number or 0, was, until)
    return log.append(version.claimant_id, event, by=by)


def mark_seen(request: Request, *, by: Actor) -> Entry | None:
    """Staff opened what somebody asked. Recorded once; the person sees it."""
    locks.lock(request.claimant)
    db.session.refresh(request)
    if request.seen_at is not None or request.decision is not None:
        return None
    request.seen_at = clock.now()
    return log.append(request.claimant_id, events.ChangeSeen(*about(request)), by=by)


def agree(request: Request, *, note: str = "", staff: Staff, by: Actor) -> Entry:
    """The office agrees, and writes a new version. Until it is accepted the old one stands."""
    _open(request, staff)
    _decide(request, Decision.agreed, note, staff)
    return log.append(request.claimant_id, events.ChangeAgreed(*about(request)), by=by)


def refuse(request: Request, *, why: str, staff: Staff, by: Actor) -> Entry:
    """The office says no. It must say why, and the person sees it."""
    if not why.strip():
        raise Refusal("why", sentence("Say why, in plain words. The person will see it."))
    _open(request, staff)
    _decide(request, Decision.refused, why, staff)
    return log.append(request.claimant_id, events.ChangeRefused(*about(request)), by=by)


def may_decide(request: Request, staff: Staff) -> bool:
    """A second opinion is given by somebody else than the first."""
    return request.first is None or request.first.decided_by != staff.id


def _open(request: Request, staff: Staff) -> None:
    locks.lock(request.claimant)
    db.session.refresh(request)
    if request.decision is not None:
        raise Refusal("decided", sentence("This request was settled a moment ago."))
    if not may_decide(request, staff):
        raise Refusal(
            "same-coach",
            sentence("You gave the first answer. Another work coach must give this one."),
        )


def _decide(request: Request, decision: Decision, note: str, staff: Staff) -> None:
    if len(note) > rules.LONGEST:
        raise Refusal("words", sentence("This is too long. Use fewer words."))
    request.decision, request.decided_at = decision, clock.now()
    request.decided_by, request.answer = staff.id, note.strip()
    request.seen_at = request.seen_at or request.decided_at


def note_known(claimant: Claimant, what: str, since: date, *, staff: Staff, by: Actor) -> Entry:
    """Staff note something that can mean a pause or fewer hours. The record says that something
    was noted, and not what."""
    if what not in rules.KNOWN:
        raise Refusal("what", sentence("Choose what you know."))
    if since > clock.today():
        raise Refusal("day", sentence("Choose a day that has come already."))
    locks.lock(claimant)
    for other in queries.known(claimant.id):
        if (other.what, other.since) == (what, since.isoformat()):
            return log.last(claimant.id, other.id, events.KnownNoted)
    made = Known(
        claimant_id=claimant.id,
        what=what,
        since=since.isoformat(),
        noted_at=clock.now(),
        noted_by=staff.id,
    )
    db.session.add(made)
    db.session.flush()
    return log.append(claimant.id, events.KnownNoted(made.id, ended=False), by=by)


def end_known(claimant: Claimant, known_id: UUID, *, by: Actor) -> Entry | None:
    """It no longer holds. What was noted is erased; None when it was ended before."""
    locks.lock(claimant)
    for each in queries.known(claimant.id):
        if each.id == known_id:
            each.ended_at, each.what, each.since = clock.now(), "", ""
            return log.append(claimant.id, events.KnownNoted(each.id, ended=True), by=by)
    return None
