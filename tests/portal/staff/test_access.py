"""Who may enter the desk, and that nobody sees past the walls of their own office."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.about import actions as about
from portal.about.actions import Words
from portal.account import concern_actions
from portal.account.models import Claimant
from portal.appointments import actions, report_actions
from portal.appointments import queries as diary
from portal.appointments.models import Appointment
from portal.database import db, transaction
from portal.messages import actions as messages
from portal.record.models import Entry
from portal.web.access import access_of
from tests.people import Browser, Desk, People, actor, again, appointment, claimant, slot

OPEN = {"staff.sign_in", "staff.sign_out"}


def routes(app: Flask) -> Iterator[tuple[str, str, set[str]]]:
    """Every address of the desk with the names of what goes into it."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("staff."):
            for method in (rule.methods or set()) & {"GET", "POST"}:
                yield rule.endpoint, method, set(rule.arguments)


def address(app: Flask, endpoint: str, **values: object) -> str:
    with app.test_request_context():
        return app.url_for(endpoint, **values)


@pytest.fixture
def theirs(app: Flask, people: People) -> dict[str, object]:
    """Ids of everything another office has."""
    with app.app_context(), transaction():
        person = claimant(again(people.other_office), "Noor Aziz", "+447700900155")
        visit = appointment(person)
        asked = actions.ask_to_cancel(visit, by=actor(person))
        concern_actions.raise_concern(person, "I have no food", by=actor(person))
        request = again(visit).open_request
        assert request is not None
        concern = db.session.scalar(sa.select(concern_actions.Concern))
        assert concern is not None
        time = slot(again(people.other_office), visit.starts_at)
        messages.write(person, "Can I have a different coach?", by=actor(person))
        waits = messages.ask_for_call(person, by=actor(person))
        report_actions.in_hospital(visit, by=actor(person))
        return {
            "claimant_id": person.id,
            "appointment_id": visit.id,
            "request_id": request.id,
            "concern_id": concern.id,
            "slot_id": time.id,
            "call_id": waits.about,
            "report_id": diary.reports_about(visit)[0].id,
            "receipt": asked.receipt,
        }


def test_every_page_but_signing_in_is_for_staff_only(app: Flask) -> None:
    closed = {endpoint for endpoint, _, _ in routes(app)} - OPEN
    assert len(closed) > 15
    assert {access_of(app.view_functions[name]) for name in closed} == {"staff"}


def values_for(arguments: set[str], ids: dict[str, object]) -> dict[str, object]:
    """Ids that nobody has where `ids` has none, and the name of a list where a name is asked."""
    return {
        name: ids.get(name, uuid4() if name.endswith("_id") else "cancel") for name in arguments
    }


@pytest.mark.parametrize("who", ["nobody", "claimant"])
def test_nobody_else_enters(
    app: Flask, people: People, theirs: dict[str, object], who: str
) -> None:
    browser = Browser(app)
    if who == "claimant":
        browser.sign_in(people.alex)
    for endpoint, method, arguments in routes(app):
        if endpoint in OPEN:
            continue
        path = address(app, endpoint, **values_for(arguments, theirs))
        browser.open("/staff/sign-in")
        if method == "POST":
            browser.post(path)
        else:
            browser.open(path)
        assert browser.path == "/staff/sign-in", endpoint
        browser.does_not_see("Noor Aziz")


def test_another_offices_people_look_like_nobody(
    app: Flask, desk: Desk, theirs: dict[str, object]
) -> None:
    unknown = {name: uuid4() for name in theirs} | {"receipt": "00000000"}
    tried = 0
    for endpoint, method, arguments in routes(app):
        if not arguments & set(theirs):
            continue
        pages = []
        for ids in (theirs, unknown):
            desk.open("/staff/people")
            path = address(app, endpoint, **values_for(arguments, ids))
            if method == "POST":
                desk.post(path, 404)
            else:
                desk.open(path, 404)
            pages.append(desk.text)
        assert pages[0] == pages[1], endpoint
        tried += 1
    assert tried > 15


def test_another_offices_people_are_on_no_list(desk: Desk, theirs: dict[str, object]) -> None:
    for path in ("/staff", "/staff/people", "/staff/waiting/cancel", "/staff/times"):
        desk.open(path).does_not_see("Noor Aziz", "10:30am")
    desk.open("/staff/people").fill(text="Noor").press("Search")
    desk.sees("Nobody of your office has this name, reference or number.")


def test_looking_changes_nothing(
    app: Flask, people: People, desk: Desk, visit: Appointment
) -> None:
    with app.app_context(), transaction():
        # So that there is no page that they may not look at.
        again(people.coach).role = "manager"
        asked = actions.ask_for_phone_call(again(visit), by=actor(people.alex))
        concern_actions.raise_concern(again(people.alex), "Help", by=actor(people.alex))
        request = again(visit).open_request
        concern = db.session.scalar(sa.select(concern_actions.Concern))
        assert request is not None
        assert concern is not None
        messages.write(again(people.alex), "Who is my coach now?", by=actor(people.alex))
        waits = messages.ask_for_call(again(people.alex), by=actor(people.alex))
        report_actions.in_hospital(again(visit), by=actor(people.alex))
        page = about.write_page(again(people.alex), Words(needs="Quiet."), by=actor(people.alex))
        about.approve_page(page, by=actor(people.alex))
        request = again(visit).open_request
        assert request is not None
        ids = {
            "call_id": waits.about,
            "report_id": diary.reports_about(again(visit))[0].id,
            "claimant_id": people.alex.id,
            "appointment_id": visit.id,
            "request_id": request.id,
            "concern_id": concern.id,
            "receipt": asked.receipt,
            "name": "cancel",
        }
    with app.app_context():
        before = db.session.scalar(sa.select(sa.func.count(Entry.id)))
    for endpoint, method, arguments in routes(app):
        if endpoint.startswith("staff.complaint"):
            continue  # Not theirs to look at: see test_complaints.
        if method == "GET" and arguments <= set(ids):
            desk.open(address(app, endpoint, **values_for(arguments, ids)))
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Entry.id))) == before
        assert again(request).seen_at is None


def test_a_person_who_moved_to_another_office_takes_their_page_along(
    app: Flask, people: People, desk: Desk
) -> None:
    with app.app_context(), transaction():
        db.session.execute(
            sa.update(Claimant)
            .where(Claimant.id == people.alex.id)
            .values(office_id=people.other_office.id)
        )
    desk.open(f"/staff/people/{people.alex.id}", 404)
