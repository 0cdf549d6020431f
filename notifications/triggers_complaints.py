"""Who hears of what becomes of a complaint. Apart from `triggers`, for length; pure as well.

Whoever holds the phone may read it: every text says no more than that there is a reply, by when
one comes, or that it is late, and the reference by which the person knows it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from notifications.drafts import Draft
from portal.actors import Channel
from portal.complaints import events
from portal.complaints.models import Contact
from portal.record.events import Event
from portal.record.models import Entry

SILENT: dict[str, str] = {
    events.Acknowledged.kind: "The page shows it, and it is no reply.",
    events.Opened.kind: "The page shows it; a text would only interrupt.",
    events.Added.kind: "The page showed the receipt, or they told staff just now.",
    events.Withdrawn.kind: "The page showed the receipt.",
    events.HelperAsked.kind: "The page showed the receipt.",
    events.HelperEnded.kind: "The page shows it; a text would only interrupt.",
    events.Redacted.kind: "It is long over, and the record says it.",
}


def _draft(entry: Entry, event: events.AboutComplaint, kind: str, ref: str, **more: Any) -> Draft:
    values = {"asked": ref} | more.pop("values", {})
    return Draft(
        f"complaints.{kind}",
        entry.claimant_id,
        regarding=event.complaint_id,
        receipt=entry.receipt,
        values=values,
        **more,
    )


def _not_on_a_page(entry: Entry) -> bool:
    """True when no page showed the person the receipt: they texted, or told staff."""
    return entry.channel != Channel.web


def _sent(entry: Entry, event: events.Sent) -> list[Draft]:
    if not _not_on_a_page(entry):
        return []
    kind = "sent" if entry.channel == Channel.sms else "kept"
    values = {"reply_by": event.reply_by}
    return [_draft(entry, event, kind, entry.receipt, own=True, values=values)]


def _taken_further(entry: Entry, event: events.TakenFurther) -> list[Draft]:
    if not _not_on_a_page(entry):
        return []
    values = {"reply_by": event.reply_by}
    return [_draft(entry, event, "taken_further", event.ref, own=True, values=values)]


def _reply(entry: Entry, event: events.MoreAsked | events.Answered) -> list[Draft]:
    return _news(entry, event, "reply")


def _late(entry: Entry, event: events.Late) -> list[Draft]:
    return _news(entry, event, "late")


def _news(
    entry: Entry, event: events.MoreAsked | events.Answered | events.Late, kind: str
) -> list[Draft]:
    """The way they asked for, which may be the only safe one: those who look here themselves get
    no text, and those who want a call or a letter become a task of the complaints desk."""
    if event.contact is Contact.here:
        return []
    otherwise = event.contact is not Contact.text
    return [_draft(entry, event, kind, event.ref, otherwise=otherwise)]


TRIGGERS: dict[type[Event], Callable[[Entry, Any], list[Draft]]] = {
    events.Sent: _sent,
    events.MoreAsked: _reply,
    events.Answered: _reply,
    events.Late: _late,
    events.TakenFurther: _taken_further,
}
