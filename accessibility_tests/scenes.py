"""What a page is about: a person, an office, appointments and what was said about them.

Every scene has people and an office of its own, so scenes do not disturb each other and the
database is never emptied. Everything is done with the actions that the service itself uses.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import cached_property
from itertools import count
from typing import Any
from uuid import UUID

from flask import url_for

from accessibility_tests.service import NOW, Service
from portal import clock
from portal.account import actions as account
from portal.account import codes
from portal.account.models import Claimant, Office, Staff, Visit
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import actions, desk_actions, office_actions
from portal.appointments.models import Appointment, How, Request, Slot
from portal.appointments.rules import Booking
from portal.database import db, new_id, transaction
from portal.record.models import Entry

_numbers = count(1)
_phones = count()

# As long as such things get: a page must hold them at 320 pixels.
ADDRESS = "Llanfairpwllgwyngyll House, 128-130 Great Northern Street, Example Town, EX4 3PL"
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
NOTE = f"My son is ill. See {LONG_WORD}. مرحبا, and thank you."


class Scene:
    """What one visitor finds, in one language."""

    def __init__(self, service: Service, language: str) -> None:
        self.service, self.language = service, language
        self.session: dict[str, Any] = {"lang": language}

    @contextlib.contextmanager
    def writing(self, at: datetime = NOW) -> Iterator[None]:
        """Inside, things happen to the person at that moment, all of them or none."""
        _ = self.person
        with self._writing(at):
            yield

    @contextlib.contextmanager
    def _writing(self, at: datetime = NOW) -> Iterator[None]:
        with self.service.app.app_context(), clock.frozen(at), transaction():
            yield

    def url(self, endpoint: str, **values: Any) -> str:
        with self.service.app.test_request_context():
            return url_for(endpoint, **values)

    # --- people -----------------------------------------------------------------------

    @cached_property
    def office(self) -> UUID:
        number = next(_numbers)
        with self._writing():
            office = Office(
                id=new_id(),
                code=f"office-{number}",
                name="Example Town Jobcentre",
                short_name="Example Town",
                address=ADDRESS,
                phone="01632 960100",
            )
            db.session.add(office)
        return office.id

    @cached_property
    def member(self) -> UUID:
        office = self.office
        with self._writing():
            member = Staff(
                id=new_id(),
                email=f"casey{next(_numbers)}@demo.example",
                name="Casey Example",
                # Nobody can sign in with this; the browser is given a session instead.
                password_hash="none",
                totp_secret="none",
                office_id=office,
            )
            db.session.add(member)
        return member.id

    @cached_property
    def person(self) -> UUID:
        return self.register()

    def register(self, name: str = "Alex Example-Featherstonehaugh", **choices: Any) -> UUID:
        """Somebody with a mobile number of their own, unless one is given."""
        number = next(_numbers)
        choices = {"mobile": f"+447700900{next(_phones) % 1000:03d}", **choices}
        office, coach = self.office, self.member
        with self._writing(NOW - timedelta(days=40)):
            person = account.register(
                reference=f"DEMO-{number}",
                full_name=name,
                office=db.session.get_one(Office, office),
                coach=db.session.get_one(Staff, coach),
                language=self.language,
                by=self.desk,
                **choices,
            )
        return person.id

    @property
    def me(self) -> Actor:
        return Actor(Kind.claimant, self.person, Channel.web, Assurance.signed_in)

    @property
    def desk(self) -> Actor:
        return Actor(Kind.staff, self.member, Channel.desk, Assurance.staff)

    def claimant(self) -> Claimant:
        """The person, inside `writing`."""
        return db.session.get_one(Claimant, self.person)

    def sign_in(self, *, staff: bool = False) -> None:
        """The visitor is signed in already when the page opens."""
        who = self.member if staff else self.person
        with self._writing():
            if staff:
                self.session["v"] = account.begin_visit(staff=db.session.get_one(Staff, who))
            else:
                self.session["v"] = account.begin_visit(claimant=self.claimant())

    def end_visits(self) -> None:
        """Ten minutes and more went by."""
        with self.writing():
            for visit in db.session.query(Visit).filter_by(claimant_id=self.person):
                visit.seen_at -= timedelta(minutes=20)

    # --- appointments -----------------------------------------------------------------

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
                slot = office_actions.offer_slot(office, start, How.in_person, 10, member)
                made.append(slot.id)
        return made

    def take_slots(self, number: int) -> None:
        """Somebody else takes the first free times."""
        other = self.book(person=self.register("Bo Example"))
        with self.writing():
            free = db.session.query(Slot).filter_by(office_id=self.office)
            for slot in free.order_by(Slot.starts_at).limit(number):
                slot.taken_by = other

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
