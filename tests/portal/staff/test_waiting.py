"""The first page: everybody who waits, longest first, each with the one next thing to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.account import actions as account
from portal.account import concern_actions, delivery_actions
from portal.actors import Actor
from portal.appointments import actions
from portal.appointments.models import Appointment
from portal.database import transaction
from portal.staff.desk import waited
from tests.pages import words
from tests.people import (
    NOW,
    SOON,
    Desk,
    People,
    StoppedClock,
    actor,
    again,
    appointment,
    claimant,
)
from tests.portal.staff.conftest import Ask

BLAME = ("failed", "fail to", "did not reply", "no response", "ignored", "overdue", "missed")


def rows(desk: Desk, name: str) -> list[str]:
    """The words of the rows of one list, from the page that shows all of it."""
    desk.open(f"/staff/waiting/{name}")
    return [words(row) for body in desk.page.all("tbody") for row in body]


def test_nobody_waits(desk: Desk) -> None:
    desk.open("/staff").sees(
        "Who waits for you",
        "Not answered: 0",
        "Nobody waits for a call from you.",
        "Nobody waits for an answer.",
        "Every text arrived, or you have reached the person.",
    )


def test_who_has_not_answered_is_to_be_called(desk: Desk, visit: Appointment) -> None:
    desk.open("/staff").sees("Not answered: 1", "They may not have seen it")
    (row,) = rows(desk, "not-answered")
    assert row.startswith("Alex Morgan In person Wednesday 10 February 2027, 10:30am")
    desk.open("/staff").press("Get in touch")
    assert desk.heading == "Get in touch with Alex Morgan"


def test_not_answering_is_never_held_against_anybody(
    app: Flask, desk: Desk, visit: Appointment, people: People, clock_stopped: StoppedClock
) -> None:
    pages = [
        "/staff",
        "/staff/waiting/not-answered",
        f"/staff/people/{people.alex.id}",
        f"/staff/appointments/{visit.id}",
    ]
    for moment in (NOW, SOON + timedelta(hours=1)):
        clock_stopped.at(moment)
        desk = Desk(app).sign_in(people.coach)
        for path in pages:
            text = desk.open(path).text.lower()
            assert not [word for word in BLAME if word in text], path


@pytest.mark.parametrize(
    ("what", "name", "title"),
    [
        ("cancel", "cancel", "Asked to cancel"),
        ("phone", "phone-call", "Asked for a phone call"),
        ("time", "another-time", "Asked for another time"),
    ],
)
def test_what_people_ask_is_on_its_own_list(
    desk: Desk, asks: Ask, clock_stopped: StoppedClock, what: str, name: str, title: str
) -> None:
    asks(what)
    clock_stopped.later(minutes=5)
    desk.open("/staff").sees(f"{title}: 1", "Not answered: 0")
    (row,) = rows(desk, name)
    assert row == "Alex Morgan In person Wednesday 10 February 2027, 10:30am Waiting 5 minutes Open"
    desk.open("/staff").press("Open").sees(title)


def test_whoever_waited_longest_comes_first(
    app: Flask, people: People, desk: Desk, clock_stopped: StoppedClock
) -> None:
    for name, days in (("Bo Late", 3), ("Ada Soon", 30), ("Cy Last", 2)):
        with app.app_context(), transaction():
            appointment(claimant(again(people.office), name), NOW + timedelta(days=days))
        clock_stopped.later(minutes=3)
    assert [row[:6] for row in rows(desk, "not-answered")] == ["Bo Lat", "Ada So", "Cy Las"]


def test_a_text_that_did_not_arrive_waits_until_somebody_was_reached(
    app: Flask, people: People, desk: Desk, visit: Appointment
) -> None:
    with app.app_context(), transaction():
        delivery_actions.text_not_delivered(
            again(people.alex),
            what="appointments.offer",
            regarding=visit.id,
            permanent=True,
            by=Actor.system(),
        )
    desk.open("/staff").sees("Text not delivered: 1")
    (row,) = rows(desk, "not-delivered")
    assert "A text about their appointment on Wednesday 10 February 2027" in row
    desk.press("Get in touch").choose("Phone call").choose("Not yet").press("Record this")
    assert len(rows(desk, "not-delivered")) == 1
    desk.press("Get in touch").choose("Phone call").choose("Yes").press("Record this")
    assert rows(desk, "not-delivered") == []


def test_a_text_about_nothing_in_particular_leads_to_the_person(
    app: Flask, people: People, desk: Desk
) -> None:
    with app.app_context(), transaction():
        account.needs_telling(again(people.alex), what="account.number_changed", regarding=None)
    desk.open("/staff/waiting/not-delivered").press("Get in touch")
    assert desk.heading == "Alex Morgan"
    desk.sees("1 text did not reach them.").press("I have told them")
    desk.does_not_see("did not reach them").open("/staff").sees("Text not delivered: 0")


def test_what_came_while_the_page_was_open_is_not_taken_as_told(
    app: Flask, people: People, desk: Desk
) -> None:
    with app.app_context(), transaction():
        account.needs_telling(again(people.alex), what="account.number_changed", regarding=None)
    desk.open(f"/staff/people/{people.alex.id}").sees("1 text did not reach them.")
    with app.app_context(), transaction():
        account.needs_telling(again(people.alex), what="messages.reply", regarding=None)
    desk.press("I have told them").sees("1 text did not reach them.")
    desk.press("I have told them").does_not_see("did not reach them")


def test_the_last_try_to_reach_somebody_is_on_the_list(
    desk: Desk, visit: Appointment, clock_stopped: StoppedClock
) -> None:
    desk.open(f"/staff/appointments/{visit.id}/contact")
    desk.choose("Phone call").choose("Not yet").press("Record this")
    (row,) = rows(desk, "not-answered")
    assert "Phone call, Monday 1 February 2027, 9:00am: not reached yet." in row


def test_settled_past_and_called_off_things_wait_for_nobody(
    app: Flask, people: People, desk: Desk, visit: Appointment, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        actions.accept(again(visit), by=actor(people.alex))
        appointment(claimant(again(people.office)), NOW + timedelta(minutes=5))
    assert len(rows(desk, "not-answered")) == 1
    clock_stopped.later(minutes=6)
    assert rows(desk, "not-answered") == []


def test_a_long_list_is_cut_and_goes_on_elsewhere(app: Flask, people: People, desk: Desk) -> None:
    with app.app_context(), transaction():
        person = claimant(again(people.office))
        for minutes in range(205):
            appointment(person, SOON + timedelta(minutes=minutes))
    desk.open("/staff").sees("Not answered: 205")
    assert len(desk.page.all("tr")) == 11
    desk.follow("See all 205: Not answered")
    assert len(desk.page.all("tr")) == 101
    desk.follow("The next page").follow("The next page")
    assert len(desk.page.all("tr")) == 6
    desk.does_not_see("The next page").follow("The page before")
    desk.open("/staff/waiting/not-answered?page=9999").sees("Nobody waits for a call from you.")
    for page in ("0", "-1", "99999999999999999999"):
        desk.open(f"/staff/waiting/not-answered?page={page}", 404)
    desk.open("/staff/waiting/nothing", 404)


def test_words_that_may_mean_danger_come_before_everything(
    app: Flask, people: People, desk: Desk, visit: Appointment
) -> None:
    with app.app_context(), transaction():
        concern_actions.raise_concern(
            again(people.alex), "I have no food\n<b>today</b>", by=actor(people.alex)
        )
    desk.open("/staff")
    assert desk.text.index("Read this now") < desk.text.index("Not answered")
    desk.does_not_see("no food").press("Read").sees("I have no food", "<b>today</b>")
    desk.press("I have read this and look after them").sees("Thank you for reading this")
    desk.again().open("/staff").does_not_see("Read this now")


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=-5), "Waiting less than a minute"),
        (timedelta(seconds=59), "Waiting less than a minute"),
        (timedelta(minutes=1), "Waiting 1 minute"),
        (timedelta(minutes=59, seconds=59), "Waiting 59 minutes"),
        (timedelta(hours=1), "Waiting 1 hour"),
        (timedelta(hours=47, minutes=59), "Waiting 47 hours"),
        (timedelta(days=2), "Waiting 2 days"),
        (timedelta(days=400), "Waiting 400 days"),
    ],
)
def test_waiting_is_said_in_words(
    app: Flask, clock_stopped: StoppedClock, ago: timedelta, said: str
) -> None:
    with app.app_context():
        assert waited(NOW - ago) == said
