"""The people of a scene: somebody at an office, staff, and the browser's session."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count
from typing import Any
from uuid import UUID

from flask import url_for

from accessibility_tests.service import NOW, Service
from portal import clock
from portal.account import actions as account
from portal.account import sign_in_actions
from portal.account.models import Claimant, Office, Staff, Visit
from portal.actors import Actor, Assurance, Channel, Kind
from portal.database import db, new_id, transaction

_numbers = count(1)
_phones = count()

# As long as such things get: a page must hold them at 320 pixels.
ADDRESS = "Llanfairpwllgwyngyll House, 128-130 Great Northern Street, Example Town, EX4 3PL"
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
NOTE = f"My son is ill. See {LONG_WORD}. مرحبا, and thank you."


class People:
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
                totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
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
                member = db.session.get_one(Staff, who)
                self.session["v"] = sign_in_actions.begin_visit(staff=member)
            else:
                self.session["v"] = sign_in_actions.begin_visit(claimant=self.claimant())

    def end_visits(self) -> None:
        """Ten minutes and more went by."""
        with self.writing():
            for visit in db.session.query(Visit).filter_by(claimant_id=self.person):
                visit.seen_at -= timedelta(minutes=20)
