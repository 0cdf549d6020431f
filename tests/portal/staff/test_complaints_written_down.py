"""Staff write a complaint down for somebody, and do not see it afterwards."""

from __future__ import annotations

from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account import throttle
from portal.complaints import queries, rules
from portal.complaints.models import Complaint, Contact, Kind, Level
from portal.database import db, transaction
from portal.record import log
from tests.complaints import Handlers, at_desk, complains
from tests.people import People, again


class TestStaffWriteItDown:
    def test_and_do_not_see_it_afterwards(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        desk = at_desk(app, people.colleague).open(f"/staff/people/{people.alex.id}")
        desk.open(f"/staff/people/{people.alex.id}/complaint")
        desk.fill(kind="delay", what="Nobody called me.").press("Record this for them")
        with app.app_context():
            found = db.session.scalar(sa.select(Complaint))
            assert found is not None
            assert (found.kind, found.level) == (Kind.delay, Level.office)
            assert [each.name for each in queries.kept_from(found)] == ["Priya Shah"]
            entry = log.by_receipt(found.receipt)
            assert entry is not None
            assert entry.actor_id == people.colleague.id
        desk.sees(f"{found.receipt[:4]}-{found.receipt[4:]}").does_not_see("Nobody called me.")
        desk.open(f"/staff/complaints/{found.id}", 404)
        desk.open(f"/staff/people/{people.alex.id}").does_not_see(found.receipt, "Nobody called me")

    def test_a_second_press_makes_no_second_one(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        desk = at_desk(app, people.colleague).open(f"/staff/people/{people.alex.id}/complaint")
        once, path = str(uuid4()), f"/staff/people/{people.alex.id}/complaint"
        for _press in range(2):
            desk.open(path)
            desk.post(path, kind="delay", what="Nobody called me.", _once=once)
        with app.app_context():
            assert db.session.scalar(sa.select(sa.func.count(Complaint.id))) == 1

    def test_staff_do_not_learn_how_many_there_are(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        for _each in range(rules.MOST_OPEN):
            complains(app, people.alex)
        desk = at_desk(app, people.coach).open(f"/staff/people/{people.alex.id}/complaint")
        desk.fill(kind="delay", what="Nobody called.").press("Record this for them")
        desk.does_not_see("Many of your complaints")

    def test_nobody_fills_the_desk(
        self, app: Flask, people: People, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(throttle.LIMITS, "complaints of a person", throttle.parse("1 per day"))
        desk = at_desk(app, people.colleague)
        for status in (200, 422):
            desk.open(f"/staff/people/{people.alex.id}/complaint")
            desk.fill(kind="delay", what="Nobody called.").press("Record this for them", status)
        desk.sees("You wrote down many complaints today.", "Nobody called.")

    def test_the_coach_is_kept_out_who_moved_away(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        with app.app_context(), transaction():
            again(people.coach).office_id = people.other_office.id
        desk = at_desk(app, people.colleague).open(f"/staff/people/{people.alex.id}/complaint")
        desk.sees("Mina Park")
        desk.fill(kind="delay", what="Nobody called.").press("Record this for them")
        with app.app_context():
            found = db.session.scalars(sa.select(Complaint)).one()
            assert [each.name for each in queries.kept_from(found)] == ["Priya Shah"]
            assert found.contact is Contact.text

    def test_it_can_go_past_the_office(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        desk = at_desk(app, people.colleague).open(f"/staff/people/{people.alex.id}/complaint")
        desk.fill(kind="delay", what="Nobody called.", past="y").press("Record this for them")
        at_desk(app, handlers.team).sees("Alex Morgan")
