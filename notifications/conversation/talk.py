"""One text of one person, being answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from notifications import naming, queue, routing, segments, texts, triggers
from notifications.conversation import between, questions
from notifications.conversation.grammar import Intent
from notifications.drafts import style_of
from notifications.models import InboundText, Notification
from portal import clock, languages
from portal.account import queries
from portal.account.models import Claimant
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import queries as appointments
from portal.appointments.models import Appointment
from portal.database import db
from portal.record import log
from portal.record.models import Entry

REPLY, UNKNOWN = "conversation.reply", "conversation.unknown"
MOST_REPLIES_AN_HOUR, MOST_WITHOUT_A_QUESTION = 20, 10
"""Replies an hour to one number; the second while nothing but an offer is open."""


class Conversation:
    """One text of one person, being answered."""

    def __init__(self, inbound: InboundText, person: Claimant) -> None:
        self.inbound, self.person = inbound, person
        self.said = inbound
        """The text whose meaning is carried out: an earlier one, once a PIN or a name was given."""
        self.number = inbound.from_number
        self._known = log.length(person.id)
        self.question = questions.open_question(self.number, person)
        self.shared = len(queries.claimants_with_number(self.number)) > 1
        """Several people use this phone, be it that we may text only one of them."""
        self._replies = 0
        self._asks = False

    def by(self, assurance: Assurance = Assurance.number) -> Actor:
        """The person, as sure as a text can make us."""
        return self.by_of(self.person, assurance)

    @staticmethod
    def by_of(person: Claimant, assurance: Assurance = Assurance.number) -> Actor:
        """Somebody who uses this phone, as sure as a text can make us."""
        return Actor(Kind.claimant, person.id, Channel.sms, assurance)

    def say(self, text: str, *, heading: bool = True) -> None:
        """Send a reply, under the person's name where they share the phone. At most a few an
        hour, so that two machines cannot talk for ever."""
        if heading:
            text = naming.with_heading(text, self.person, self.number)
        self._send(text, self.person)

    def say_to_whoever(self, text: str) -> None:
        """Send a reply to the phone, for we do not know which of its people it is for."""
        self._asks = True
        self._send(text, None)

    def _send(self, text: str, person: Claimant | None) -> None:
        if self.person.texts_unsafe_at:
            return
        idle = self.question.kind in (questions.NONE, questions.OFFER, questions.AFRESH)
        most = MOST_WITHOUT_A_QUESTION if idle and not self._asks else MOST_REPLIES_AN_HOUR
        # While we doubt whose number it is, all we say is neutral.
        kind = routing.NEUTRAL if self.person.number_doubted_at else REPLY
        if replies_sent(self.number, kind, timedelta(hours=1)) >= most:
            return
        self._replies += 1
        code = languages.current().code
        queue.put(
            to_number=self.number,
            claimant_id=person.id if person else None,
            language=code,
            kind=kind,
            body=segments.fit(text, code, style_of(self.person)),
            dedupe_key=f"reply:{self.inbound.id}:{self._replies}",
        )

    def appointment(self) -> Appointment | None:
        """The appointment that the open question is about, if it is this person's."""
        regarding = self.question.regarding
        return appointments.appointment(self.person, regarding) if regarding else None

    def ask(
        self,
        kind: str,
        appointment: Appointment | None = None,
        *,
        until: datetime | None = None,
        **facts: Any,
    ) -> None:
        """Make this the one open question, until a moment if one is given."""
        self._asks = True
        questions.ask(self.number, self.person, kind, appointment, until=until, **facts)

    def ask_pin(self, intent: Intent, *, tries: int = 0, **before: Any) -> None:
        """Ask for the PIN first; the right one carries this out as if nothing had come between."""
        self._asks = True
        wanted, said = [intent.kind, intent.value], before.pop("said", self.said.id)
        between.put_before(
            self.number, self.person, questions.PIN, intent=wanted, tries=tries, said=said, **before
        )

    def close(self) -> None:
        """No question of the conversation is open any more."""
        questions.close(self.number)

    def recorded(self, entry: Entry, *, close: bool = True) -> None:
        """What was recorded confirms itself by its own text. When it was there before this text
        (it was said again), repeat the confirmation, with the same receipt."""
        if close:
            self.close()
        if entry.number <= self._known:
            event = log.event_of(entry)
            assert event is not None
            for draft in triggers.drafts(entry, event)[:1]:
                self.say(texts.word(draft, self.person))


def replies_sent(number: str | None, kind: str, within: timedelta) -> int:
    """How many texts of one kind went to a number lately; to all numbers, when it is None."""
    query = (
        sa.select(sa.func.count())
        .select_from(Notification)
        .where(Notification.kind == kind, Notification.made_at > clock.now() - within)
    )
    if number is not None:
        query = query.where(Notification.to_number == number)
    return db.session.scalar(query) or 0
