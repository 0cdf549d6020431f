"""Sending the words for the Jobcentre to one's own phone. Apart from `actions`, which ask the
office for something: this asks nobody."""

from __future__ import annotations

from datetime import timedelta

from portal import clock
from portal.account import queries
from portal.account.locks import lock
from portal.account.models import Claimant, Way
from portal.actors import Actor
from portal.costs import events, rules
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

SAME_FOR = timedelta(minutes=10)
"""Asking for the same words again so soon is a second press of the button."""


def may_text_card(claimant: Claimant) -> bool:
    """Whether the words may go to this person's phone. Whoever chose discreet texts gets none
    that name the fund (sms.md in the design: privacy)."""
    return queries.may_text(claimant) and claimant.way is Way.text and not claimant.discreet


def text_card(claimant: Claimant, lines: tuple[str, ...], *, by: Actor) -> Entry:
    """Text the card to the person: in their language, and once more in English. Raises Refusal
    when this person gets no such texts."""
    rules.require("text_card", by)
    if not may_text_card(claimant):
        raise Refusal(
            "no-texts", sentence("We cannot text you these words. You can print the card instead.")
        )
    lock(claimant)
    card = " ".join(lines)
    for entry in log.entries(claimant.id):
        if clock.now() - entry.at > SAME_FOR:
            break
        event = log.event_of(entry)
        if isinstance(event, events.CardTexted) and event.card == card:
            return entry
    return log.append(claimant.id, events.CardTexted(card, claimant.language != "en"), by=by)
