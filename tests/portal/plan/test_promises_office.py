"""What the office does with its promises: changes, takes back, is reminded of late ones."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime

from flask import Flask

from portal.account.locks import lock
from portal.database import transaction
from portal.plan import actions, queries
from portal.plan.models import Status
from tests.people import Browser, Desk, People, StoppedClock, actor, again, recorded, work
from tests.portal.plan.promising import promised


def test_what_the_office_calls_done_can_be_denied_and_goes_to_the_manager(
    app: Flask, people: People
) -> None:
    promised(app, people)
    desk = Desk(app).sign_in(people.coach).open("/staff/promises").press("Open")
    desk.press("It is done")
    alex = (
        Browser(app)
        .sign_in(people.alex)
        .open("/plan")
        .sees("1 of 1")
        .follow("Help you write your CV")
    )
    alex.press("This has not happened")
    alex.follow("Back to my plan").sees("Their promises kept: 0 of 1.")
    with app.app_context(), transaction():
        again(people.coach).role = "manager"
    desk.open("/staff").follow("For the manager")
    desk.sees("Marked as done, and not done", "They say that it has not happened.", "Alex Morgan")
    with app.app_context():
        (found,) = queries.disputed(people.office.id)
        assert found.status is Status.promised
    Desk(app).sign_in(people.colleague).open("/staff/manager", 404)


def test_a_late_promise_reminds_its_owner_and_reaches_the_manager(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    promised(app, people)
    with app.app_context(), transaction():
        again(people.colleague).role = "manager"
    times = []
    for day in range(4, 13):
        clock_stopped.at(datetime(2027, 2, day, 9, 0, tzinfo=UTC))
        work(app)
        desk = Desk(app).sign_in(people.colleague).open("/staff/manager")
        times.append(
            (day, recorded(app, people.alex, "plan").count("promise_late"), "Alex" in desk.text)
        )
    assert times == [
        (4, 1, False),
        (5, 1, False),
        (6, 1, True),
        (7, 1, True),
        (8, 1, True),
        (9, 1, True),
        (10, 1, True),
        (11, 2, True),
        (12, 2, True),
    ]
    desk = Desk(app).sign_in(people.coach).open("/staff/promises")
    desk.sees("We reminded Priya Shah 2 times that it is late.")


def test_the_office_changes_takes_back_and_answers(app: Flask, people: People) -> None:
    found = promised(app, people)
    with app.app_context(), transaction():
        actions.ask_new_date(again(found), by=actor(people.alex))
    desk = Desk(app).sign_in(people.coach).open("/staff/promises").sees("Asked for a new date")
    desk.open(f"/staff/promises/{found.id}").press("I am at it")
    desk.open(f"/staff/promises/{found.id}").press("Name another day")
    desk.fill(due=["10", "2", "2027"]).press("Promise this day and tell them")
    alex = Browser(app).sign_in(people.alex).open("/plan")
    alex.sees("By Wednesday 10 February 2027. In progress.")
    desk.open(f"/staff/promises/{found.id}").press("Take the promise back, and say why")
    desk.press("Record this and tell them", 422).sees("Say why, in plain words.")
    desk.fill(why="The course has closed.").press("Record this and tell them")
    alex.open("/plan").sees("Taken back on Monday 1 February 2027.", "0 of 0").follow(
        "Help you write your CV"
    )
    alex.sees("The course has closed.")
    assert alex.buttons() == []


def test_two_staff_cannot_both_change_one_promise(app: Flask, people: People) -> None:
    found = promised(app, people)
    first = Desk(app).sign_in(people.coach).open(f"/staff/promises/{found.id}/date")
    second = Desk(app).sign_in(people.colleague).open(f"/staff/promises/{found.id}/date")
    first.fill(due=["10", "2", "2027"]).press("Promise this day and tell them")
    second.fill(due=["12", "2", "2027"]).press("Promise this day and tell them", 409)
    second.sees("Somebody changed this a moment ago.")
    with app.app_context():
        assert again(found).due == date(2027, 2, 10)


def test_staff_write_down_what_the_person_said(app: Flask, people: People) -> None:
    found = promised(app, people)
    desk = Desk(app).sign_in(people.coach).open(f"/staff/promises/{found.id}")
    desk.press("They remind us")
    alex = Browser(app).sign_in(people.alex).open("/record")
    alex.sees("You reminded your Jobcentre of its promise", "Priya Shah at your Jobcentre wrote")


def test_two_workers_at_once_tell_of_a_late_promise_once(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    promised(app, people)
    clock_stopped.at(datetime(2027, 2, 9, 9, 0, tzinfo=UTC))
    told: list[int] = []

    def sweep() -> None:
        with app.app_context(), transaction():
            told.append(actions.remind_of_late())

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    with app.app_context(), transaction():
        lock(again(people.alex))
        for thread in threads:
            thread.start()
        time.sleep(0.5)
    for thread in threads:
        thread.join(60)
    assert sorted(told) == [0, 1]
    assert recorded(app, people.alex, "plan") == ["promised", "promise_late"]
