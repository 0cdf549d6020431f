"""How things look to partners, as JSON. The OpenAPI document describes the same, and a test
holds the two together.

What a person wrote in their own words stays with the staff of their Jobcentre, as the page
promises where it is typed; a partner learns that there is something to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from portal.appointments import events, notice, rules
from portal.appointments.models import Answer, Appointment, Request
from portal.record.events import Event
from portal.record.models import Entry
from portal.record.receipts import grouped

NOT_ANSWERED = (
    "Not answered. This says nothing against the person. If the time is near, get in touch."
)

TOLD: tuple[type[Event], ...] = (
    events.Offered,
    events.Accepted,
    events.AskedToCancel,
    events.AskedForPhoneCall,
    events.AskedForAnotherTime,
    events.TimePicked,
    events.Withdrawn,
    events.Seen,
    events.Agreed,
    events.Refused,
    events.Moved,
    events.CalledOff,
)
"""The entries a partner is told of: the asking and the answering, not who came and who did not."""
_KINDS = frozenset(event.kind for event in TOLD)


def moment(value: datetime | None) -> str | None:
    """A moment in UTC, like 2027-02-03T10:30:00Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def appointment(it: Appointment) -> dict[str, Any]:
    """An appointment as it is now, and the person's answer."""
    return {
        "id": str(it.id),
        "external_reference": it.external_reference,
        "claimant_reference": it.claimant.reference,
        "office": it.office.code,
        "status": it.status.value,
        "starts_at": moment(it.starts_at),
        "moved_from": moment(it.moved_from),
        "minutes": it.minutes,
        "how": it.how.value,
        "place": it.place,
        "caller_name": it.caller_name,
        "caller_number": it.caller_number,
        "purpose": it.purpose,
        "purpose_note": it.purpose_note,
        "with_name": it.with_name,
        "bring": list(it.bring),
        "bring_note": it.bring_note,
        "interpreter": it.interpreter,
        "interpreter_by": it.interpreter_by.value,
        "private_room": it.private_room,
        "notice_given_at": moment(it.notice_given_at),
        "short_notice": notice.is_short_notice(it.notice_given_at, it.starts_at),
        "stands": rules.stands(it),
        "answer": _answer(it),
        "note": _note(it),
    }


def _answer(it: Appointment) -> dict[str, Any] | None:
    """The person's last clear answer to the time that holds now; None is not a failing."""
    if it.answer is Answer.none:
        return None
    return {
        "answer": it.answer.value,
        "at": moment(it.answered_at),
        "receipt": grouped(it.answer_receipt) if it.answer_receipt else None,
    }


def _note(it: Appointment) -> str | None:
    return NOT_ANSWERED if it.answer is Answer.none and rules.stands(it) else None


def recorded(it: Appointment, entry: Entry | None, warnings: Sequence[str] = ()) -> dict[str, Any]:
    """The answer to something done: the appointment, and the entry that proves it. `warnings` are
    what somebody should look at, though it was done."""
    return {
        "appointment": appointment(it),
        "warnings": list(warnings),
        "receipt": grouped(entry.receipt) if entry else None,
        "recorded_at": moment(entry.at) if entry else None,
    }


def answers(it: Appointment, entries: Iterable[Entry]) -> dict[str, Any]:
    """What the person answered and asked, and what the office did about it, oldest first."""
    return {
        "appointment_id": str(it.id),
        "starts_at": moment(it.starts_at),
        "status": it.status.value,
        "stands": rules.stands(it),
        "answer": _answer(it),
        "note": _note(it),
        "requests": [_request(request) for request in it.requests],
        "history": [_entry(entry) for entry in entries if entry.kind in _KINDS],
    }


def _request(request: Request) -> dict[str, Any]:
    return {
        "ask": request.ask.value,
        "has_reason": bool(request.reason or request.note),
        "asked_at": moment(request.asked_at),
        "receipt": grouped(request.receipt),
        "seen_at": moment(request.seen_at),
        "decision": request.decision.value if request.decision else None,
        "decided_at": moment(request.decided_at),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "at": moment(entry.at),
        "by": entry.actor_kind,
        "receipt": grouped(entry.receipt),
    }
