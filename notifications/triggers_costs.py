"""Who hears of what becomes of a request about costs. Apart from `triggers`, for length; pure as
well.
"""

from __future__ import annotations

from typing import Any

from notifications.drafts import Draft, Trigger
from portal.costs import events as costs
from portal.record.events import Event
from portal.record.models import Entry

SILENT: dict[str, str] = {
    costs.Seen.kind: "The page shows it; a text would only interrupt.",
}


def _costs_asked(entry: Entry, event: costs.Asked) -> list[Draft]:
    return [_costs(entry, "asked", own=True, values={"reply_by": event.reply_by})]


def _costs_look_again(entry: Entry, event: costs.LookAgainAsked) -> list[Draft]:
    return [_costs(entry, "look_again", own=True, values={"reply_by": event.reply_by})]


def _costs_withdrawn(entry: Entry, event: costs.Withdrawn) -> list[Draft]:
    return [_costs(entry, "withdrawn", own=True, values={"asked": event.ref})]


def _costs_answered(entry: Entry, event: costs.Agreed | costs.Refused) -> list[Draft]:
    # Neither yes or no nor an amount: whoever holds the phone may read it.
    return [_costs(entry, "answered", values={"asked": event.ref})]


def _costs_nudged(entry: Entry, event: costs.Nudged) -> list[Draft]:
    if not event.late:
        return []  # It is the office that is reminded; the page shows it.
    return [_costs(entry, "late", values={"asked": event.ref, "reply_by": event.reply_by})]


def _card(entry: Entry, event: costs.CardTexted) -> list[Draft]:
    # Staff read English: whoever shows the phone needs both.
    kinds = ["card", "card_english"] if event.english else ["card"]
    return [_costs(entry, kind, own=True, values={"card": event.card}) for kind in kinds]


def _costs(entry: Entry, kind: str, **more: Any) -> Draft:
    return Draft(f"costs.{kind}", entry.claimant_id, receipt=entry.receipt, **more)


TRIGGERS: dict[type[Event], Trigger] = {
    costs.Asked: _costs_asked,
    costs.LookAgainAsked: _costs_look_again,
    costs.Withdrawn: _costs_withdrawn,
    costs.Agreed: _costs_answered,
    costs.Refused: _costs_answered,
    costs.Nudged: _costs_nudged,
    costs.CardTexted: _card,
}
