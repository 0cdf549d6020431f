"""A promise: what, who, by when; late by the clock; seen by both sides."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from portal import languages
from portal.actors import Actor
from portal.database import transaction
from portal.plan import actions, events, rules
from portal.record import log
from portal.refusals import Refusal
from tests.people import Browser, Desk, People, StoppedClock, actor, again, recorded, work
from tests.portal.plan.promising import promised, refused


def test_a_promise_is_made_seen_and_turns_late_by_itself(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}")
    desk.press("Support plan").press("Promise something")
    desk.fill(kind="cv", due=["3", "2", "2027"]).press("Promise this and tell them")
    assert desk.heading == "This is recorded"

    alex = Browser(app).sign_in(people.alex).follow("My plan")
    alex.sees("Their promises kept: 0 of 1.", "Help you write your CV", "Priya Shah, work coach")
    alex.sees("By Wednesday 3 February 2027.").does_not_see("late")

    clock_stopped.at(datetime(2027, 2, 9, 9, 0, tzinfo=UTC))
    work(app)
    alex = Browser(app).sign_in(people.alex).open("/plan")
    alex.sees("6 days late. It was due by Wednesday 3 February 2027.")
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees("Promises that are late: 1", "6 days late.", "Alex Morgan")
    assert recorded(app, people.alex, "plan") == ["promised", "promise_late"]


def test_no_vague_promise_can_be_saved(app: Flask, people: People) -> None:
    assert refused(app, people, kind="sing") == "kind"
    assert refused(app, people, kind="other", words="") == "words"
    assert refused(app, people, kind="other", words="Help soon") == "words"
    assert refused(app, people, kind="other", words="We will try to look into it") == "words"
    assert refused(app, people, kind="course", words="") == "words"
    assert refused(app, people, who_name="the team", who_role="staff") == "who"
    assert refused(app, people, kind="other", words="w " * 600) == "words"
    assert recorded(app, people.alex, "plan") == []


def test_a_promise_has_a_day_that_is_still_to_come_and_on_which_the_office_is_open(
    app: Flask, people: People
) -> None:
    assert refused(app, people, due=date(2027, 1, 31)) == "past"
    assert refused(app, people, due=date(2027, 2, 6)) == "closed"
    assert refused(app, people, due=date(2027, 3, 26)) == "closed", "Good Friday"
    assert refused(app, people, due=date(2028, 6, 1)) == "far"
    assert promised(app, people, due=date(2027, 2, 1)).due == date(2027, 2, 1)


def test_the_form_keeps_what_was_typed_and_says_what_to_put_right(
    app: Flask, people: People
) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/promise")
    desk.fill(kind="other", words="Help soon", due=["31", "1", "2027"])
    desk.press("Promise this and tell them", 422).sees("Say in a few words what will be done")
    assert desk.value("words") == "Help soon"
    desk.fill(words="Call the college about a place").press("Promise this and tell them", 422)
    desk.sees("This day has passed. Choose a day from today on.")
    desk.fill(due=["", "", ""]).press("Promise this and tell them", 422)
    desk.sees("Write the day as three numbers")
    desk.fill(due=["3", "2", "2027"], who_name="Ann Lee").press("Promise this and tell them", 422)
    desk.sees("Say who will do it: their name and their role.")
    desk.fill(who_role="trainer").press("Promise this and tell them")
    Browser(app).sign_in(people.alex).open("/plan").sees(
        "Call the college about a place", "Ann Lee, trainer"
    )


def test_pressing_twice_promises_once(app: Flask, people: People) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/promise")
    desk.fill(kind="call", due=["3", "2", "2027"]).press("Promise this and tell them").again()
    assert recorded(app, people.alex, "plan") == ["promised"]


def test_the_person_says_what_became_of_it(app: Flask, people: People) -> None:
    promised(app, people)
    alex = Browser(app).sign_in(people.alex).open("/plan").follow("Help you write your CV")
    alex.press("Remind them").sees("You reminded your Jobcentre", "Your receipt")
    alex.follow("Back to my plan").follow("Help you write your CV")
    assert "Remind them" not in alex.buttons(), "once a working day"
    alex.press("Ask for a new date").sees("Until they answer, the old date stands.")
    alex.follow("Back to my plan").follow("Help you write your CV").press("This has not happened")
    alex.sees("You said that this has not happened")
    alex.follow("Back to my plan").follow("Help you write your CV").press("This happened")
    alex.follow("Back to my plan").sees("Their promises kept: 1 of 1.", "Done on Monday")
    assert recorded(app, people.alex, "plan") == [
        "promised",
        "reminded",
        "date_asked",
        "not_happened",
        "happened",
    ]


def test_reminding_is_possible_once_each_working_day(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    found = promised(app, people, due=date(2027, 2, 12))
    friday = datetime(2027, 2, 5, 12, 0, tzinfo=UTC)
    counts = []
    for days in (0, 0, 1, 2, 3, 3):
        clock_stopped.at(friday + timedelta(days=days))
        with app.app_context(), transaction():
            actions.remind(again(found), by=actor(people.alex))
            counts.append(again(found).reminders)
    assert counts == [1, 1, 2, 2, 2, 2], "Saturday's counts for Monday"


def test_nobody_else_sees_or_touches_it(app: Flask, people: People) -> None:
    found = promised(app, people)
    stranger = Browser(app).sign_in(people.stranger)
    stranger.open(f"/plan/promises/{found.id}", 404)
    stranger.open("/plan").post(f"/plan/promises/{found.id}/happened", 404)
    other = Desk(app).sign_in(people.other_coach)
    other.open(f"/staff/promises/{found.id}", 404)
    other.open(f"/staff/people/{people.alex.id}/plan", 404)
    assert recorded(app, people.alex, "plan") == ["promised"]


@pytest.mark.parametrize("does", [actions.happened, actions.remind, actions.ask_new_date])
def test_a_number_alone_is_not_sure_enough(app: Flask, people: People, does: object) -> None:
    found = promised(app, people)
    for by in (actor(people.alex, "text"), Actor.system()):
        with app.app_context(), transaction(), pytest.raises(Refusal) as refusal:
            does(again(found), by=by)  # type: ignore[operator]
        assert refusal.value.code == "not-sure-enough"


def test_an_unknown_promise_is_not_found(app: Flask, people: People) -> None:
    Browser(app).sign_in(people.alex).open(f"/plan/promises/{uuid4()}", 404)


def test_the_words_of_a_promise_can_be_proved_later(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        again(people.alex).language = "ar"
    found = promised(app, people, words="The library on Acorn Road.")
    with app.app_context():
        event = log.event_of(log.last(people.alex.id, found.id, events.Promised))
        assert isinstance(event, events.Promised)
        with languages.speaking("ar"):
            kind = languages.say(rules.KINDS["cv"])
        assert kind != rules.KINDS["cv"].english
        words = f"ar\n{kind}\nThe library on Acorn Road."
        assert event.wording == hashlib.sha256(words.encode()).hexdigest()
        assert (event.language, event.review) == ("ar", languages.review_state("ar"))
