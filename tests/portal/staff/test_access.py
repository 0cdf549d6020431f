"""Who may enter the desk, and that nobody sees past the walls of their own office."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from portal.about import actions as about
from portal.about.actions import Words
from portal.account.models import Claimant
from portal.appointments.models import Request
from portal.database import db, transaction
from portal.record.models import Entry
from portal.web.access import access_of
from tests.people import Desk, People, actor, again, claimant
from tests.world import World

OPEN = {"staff.sign_in", "staff.sign_out"}


def test_every_page_but_signing_in_is_for_staff_only(app: Flask) -> None:
    desk = {each.endpoint for each in app.url_map.iter_rules() if each.rule.startswith("/staff")}
    closed = desk - OPEN
    assert len(closed) > 15
    assert {access_of(app.view_functions[name]) for name in closed} == {"staff"}


def test_another_offices_people_are_not_found(app: Flask, people: People, desk: Desk) -> None:
    with app.app_context(), transaction():
        claimant(again(people.other_office), "Noor Aziz", "+447700900155")
    desk.open("/staff/people").fill(text="Noor").press("Search")
    desk.sees("No one at your office has this name, reference or number.")


def test_looking_changes_nothing(app: Flask, people: People, desk: Desk, world: World) -> None:
    with app.app_context(), transaction():
        # So that there is no page that they may not look at.
        again(people.coach).role = "manager"
        for request in db.session.scalars(sa.select(Request)):
            request.seen_at = None
    with app.app_context():
        before = db.session.scalar(sa.select(sa.func.count(Entry.id)))
    looked = [desk.open(address, None) for _rule, address in world.addresses(app, "staff")]
    assert len(looked) > 30
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Entry.id))) == before
        assert set(db.session.scalars(sa.select(Request.seen_at))) == {None}


def test_a_person_who_moved_to_another_office_takes_their_page_along(
    app: Flask, people: People, desk: Desk
) -> None:
    with app.app_context(), transaction():
        page = about.write_page(again(people.alex), Words(needs="Quiet."), by=actor(people.alex))
        about.approve_page(page, by=actor(people.alex))
    desk.open("/staff/waiting/to-read").sees("Alex Morgan")
    with app.app_context(), transaction():
        db.session.execute(
            sa.update(Claimant)
            .where(Claimant.id == people.alex.id)
            .values(office_id=people.other_office.id)
        )
    desk.open(f"/staff/people/{people.alex.id}", 404)
    desk.open("/staff/waiting/to-read").does_not_see("Alex Morgan")
