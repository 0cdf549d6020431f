"""What a page is about: a person, an office, appointments and what was said about them.

Every scene has people and an office of its own, so scenes do not disturb each other and the
database is never emptied. Everything is done with the actions that the service itself uses.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from accessibility_tests.scene_diary import Diary
from accessibility_tests.scene_people import ADDRESS, LONG_WORD, NOTE
from accessibility_tests.service import NOW
from portal.account.models import Staff
from portal.database import db
from portal.messages import actions, desk_actions, queries
from portal.messages.models import When
from portal.record import log

__all__ = ["ADDRESS", "LONG_WORD", "NOTE", "Scene"]


class Scene(Diary):
    """What one visitor finds, in one language: people, a diary, and what they wrote."""

    def write(self, words: str = NOTE, days_ago: float = 0.5) -> None:
        with self.writing(NOW - timedelta(days=days_ago)):
            actions.write(self.claimant(), words, by=self.me)

    def reply(self, words: str = "Thank you. We call you today.") -> None:
        """Staff read what was written, and reply."""
        with self.writing():
            person, member = self.claimant(), db.session.get_one(Staff, self.member)
            desk_actions.mark_read(person, staff=member, by=self.desk)
            last = queries.waiting_of(person)[-1]
            desk_actions.reply(person, words, staff=member, up_to=last.id, by=self.desk)

    def read_messages(self) -> None:
        with self.writing():
            member = db.session.get_one(Staff, self.member)
            desk_actions.mark_read(self.claimant(), staff=member, by=self.desk)

    def ask_for_call(self, hours_ago: float = 1, reason: str = "missed") -> UUID:
        with self.writing(NOW - timedelta(hours=hours_ago)):
            actions.ask_for_call(self.claimant(), when=When.now, reason_code=reason, by=self.me)
            call = queries.open_call(self.claimant())
            assert call is not None
            return call.id

    def call(self, call_id: UUID, *, reached: bool) -> UUID:
        """Staff call the person."""
        with self.writing():
            found = queries.call(call_id, self.claimant().office_id)
            assert found is not None
            desk_actions.record_call(found, reached=reached, by=self.desk)
        return call_id

    def last_receipt(self) -> str:
        """Of the newest entry in the person's record."""
        with self.writing():
            return str(log.entries(self.person)[0].receipt)
