"""The appointments of a scene, and what both sides said about them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from accessibility_tests.scene_people import LONG_WORD, NOTE, People
from accessibility_tests.service import NOW
from portal import clock
from portal.account import codes
from portal.account.models import Claimant, Staff
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import actions, desk_actions, office_actions, report_actions, slot_actions
from portal.appointments.models import Appointment, How, Report, Request, Slot
from portal.appointments.rules import Booking
from portal.database import db
from portal.record.models import Entry


class Diary(People):
    """What stands in the diary."""

    def book(
        self,
        days: float = 8,
        at: time = time(10, 30),
        *,
        told: float = 2,
        person: UUID | None = None,
        **changes: Any,
    ) -> UUID:
        """An appointment `days` from today, which the office booked `told` days ago."""
        person = person or self.person
        start = clock.from_wall_clock(
            datetime.combine(clock.local(NOW + timedelta(days=days)).date(), at)
        )
        booking = Booking(
            **{
                "starts_at": start,
                "how": How.in_person,
                "purpose": "work_search_review",
                "with_name": "Casey Example",
                "bring": ("photo_id",),
                **changes,
            }
        )
        with self.writing(NOW - timedelta(days=told)):
            made = office_actions.book(db.session.get_one(Claimant, person), booking, by=self.desk)
        return made.id

    def appointment(self, of: UUID) -> Appointment:
        """Inside `writing`."""
        return db.session.get_one(Appointment, of)

    def accept(self, of: UUID) -> UUID:
        with self.writing():
            actions.accept(self.appointment(of), by=self._owner(of))
        return of

    def ask(self, of: UUID, what: str, note: str = NOTE) -> UUID:
        """what: cancel, phone_call or another_time."""
        act = {
            "cancel": actions.ask_to_cancel,
            "phone_call": actions.ask_for_phone_call,
            "another_time": actions.ask_for_another_time,
        }[what]
        with self.writing(NOW - timedelta(hours=3)):
            act(self.appointment(of), note=note, by=self._owner(of))
        return of

    def _owner(self, of: UUID) -> Actor:
        owner = self.appointment(of).claimant_id
        return Actor(Kind.claimant, owner, Channel.web, Assurance.signed_in)

    def withdraw(self, of: UUID) -> UUID:
        with self.writing():
            actions.withdraw(self.appointment(of), by=self._owner(of))
        return of

    def see(self, of: UUID) -> UUID:
        with self.writing(NOW - timedelta(hours=2)):
            office_actions.mark_seen(self._request(of), by=self.desk)
        return of

    def agree(self, of: UUID) -> UUID:
        with self.writing(NOW - timedelta(hours=1)):
            request = self._request(of)
            caller = {"caller_name": "Casey Example", "caller_number": "01632 960100"}
            office_actions.agree(
                request, by=self.desk, **(caller if request.ask == "phone_call" else {})
            )
        return of

    def refuse(self, of: UUID) -> UUID:
        with self.writing(NOW - timedelta(hours=1)):
            why = f"We need to see your documents first. {LONG_WORD}."
            office_actions.refuse(self._request(of), why=why, by=self.desk)
        return of

    def _request(self, of: UUID) -> Request:
        found = self.appointment(of).last_request
        assert found is not None
        return found

    def request(self, of: UUID) -> UUID:
        with self.writing():
            return self._request(of).id

    def move(self, of: UUID, days: float = 1, told: float = 0.1) -> UUID:
        """The office moves it by so many days."""
        with self.writing(NOW - timedelta(days=told)):
            found = self.appointment(of)
            booking = Booking(
                starts_at=found.starts_at + timedelta(days=days),
                how=found.how,
                purpose=found.purpose,
                minutes=found.minutes,
                with_name=found.with_name,
            )
            office_actions.move(found, booking, why="The room is not free.", by=self.desk)
        return of

    def call_off(self, of: UUID) -> UUID:
        with self.writing():
            office_actions.call_off(self.appointment(of), why="Casey is ill.", by=self.desk)
        return of

    def outcome(self, of: UUID, *, happened: bool) -> UUID:
        with self.writing():
            desk_actions.record_outcome(self.appointment(of), happened=happened, by=self.desk)
        return of

    def try_to_reach(self, of: UUID) -> UUID:
        with self.writing():
            desk_actions.record_contact(
                self.appointment(of),
                staff=db.session.get_one(Staff, self.member),
                way="call",
                reached=False,
                note="No answer.",
                by=self.desk,
            )
        return of

    def slots(self, number: int = 3) -> list[UUID]:
        """Free times from tomorrow on."""
        made = []
        office, member = self.office, self.member
        with self._writing():
            for index in range(number):
                start = NOW.replace(hour=10, minute=0) + timedelta(days=1 + index)
                slot = slot_actions.offer_slot(office, start, How.in_person, 10, member)
                made.append(slot.id)
        return made

    def take_slots(self, number: int) -> None:
        """Somebody else takes the first free times."""
        other = self.book(person=self.register("Bo Example"))
        with self.writing():
            free = db.session.query(Slot).filter_by(office_id=self.office)
            for slot in free.order_by(Slot.starts_at).limit(number):
                slot.taken_by = other

    # --- what gets in the way ---------------------------------------------------------

    def report(self, of: UUID, what: str, **values: Any) -> UUID:
        """what: running_late, cannot_pay_fare, they_did_not_call or in_hospital."""
        with self.writing():
            getattr(report_actions, what)(self.appointment(of), by=self._owner(of), **values)
        return of

    def report_id(self, of: UUID) -> UUID:
        with self.writing():
            return db.session.query(Report).filter_by(appointment_id=of).one().id

    def answer_report(self, of: UUID, note: str = "We will wait for you.") -> UUID:
        report_id = self.report_id(of)
        with self.writing():
            report = db.session.get_one(Report, report_id)
            desk_actions.see_report(report, by=self.desk)
            desk_actions.answer_report(report, note=note, by=self.desk)
        return of

    # --- addresses --------------------------------------------------------------------

    def receipt(self, of: UUID) -> str:
        """The receipt of the last entry about it."""
        with self.writing():
            entries = db.session.query(Entry).filter_by(about=of).order_by(Entry.number.desc())
            return str(entries.first().receipt)

    def open(self, of: UUID, page: str = "appointment", **values: Any) -> str:
        """The address of a page about an appointment, for the person."""
        return self.url(f"appointments.{page}", appointment_id=of, **values)

    def link(self, of: UUID, page: str = "appointment", **values: Any) -> str:
        """The same behind the link in a text."""
        with self.service.app.app_context():
            token = codes.link_token(of)
        return self.url(f"appointments.link_{page}", token=token, **values)

    def answered(self, of: UUID) -> str:
        return self.open(of, "answered", receipt=self.receipt(of))
