"""Asking for help, a goal with steps, and courses that lead somewhere."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from portal.database import transaction
from portal.dated_data import DataError, read
from portal.plan import actions, goal_actions, offers, queries
from portal.plan.goal_actions import Course
from portal.refusals import Refusal
from tests.people import Browser, Desk, People, StoppedClock, actor, again, recorded, work


def test_a_question_is_asked_seen_and_answered_with_a_promise(app: Flask, people: People) -> None:
    alex = Browser(app).sign_in(people.alex).open("/plan").follow("What can I ask for?")
    alex.sees("A disability employment adviser", "We last checked this on", "You can say no")
    alex.open("/plan/ask/training").choose("My fares paid").fill(note="A barista course.")
    alex.press("Ask my work coach about this").sees("Your receipt", "Training, English or maths")
    alex.open("/plan/ask").sees("We will reply by Monday 8 February 2027.", "You have asked for")

    desk = Desk(app).sign_in(people.coach).open("/staff").sees("Asked for help or training: 1")
    desk.open("/staff/promises?whose=office").press("Open")
    desk.sees("My fares paid", "A barista course.")
    alex.open("/plan/ask").sees("Asked", "Seen")
    desk.fill(kind="course", words="Book a place at City College", due=["5", "2", "2027"])
    desk.press("Promise this and tell them")
    alex.open("/plan/ask").sees("They agreed and promised: Find you a course")
    alex.open("/plan").sees("Book a place at City College")
    assert recorded(app, people.alex, "plan") == ["asked", "ask_seen", "promised", "ask_agreed"]


def test_no_needs_a_reason_and_a_late_answer_says_so(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        entry = actions.ask_for(again(people.alex), "cv", by=actor(people.alex))
    clock_stopped.at(datetime(2027, 2, 9, 9, 0, tzinfo=UTC))
    Browser(app).sign_in(people.alex).open("/plan/ask").sees("Our reply is late.")
    desk = Desk(app).sign_in(people.coach).open(f"/staff/asks/{entry.about}/refuse")
    desk.press("Record this and tell them", 422).fill(why="There is a course each Monday.")
    desk.press("Record this and tell them")
    alex = Browser(app).sign_in(people.alex).open("/plan/ask")
    alex.sees("They said no. They wrote: There is a course each Monday.")
    alex.open("/record").sees("The answer was late.")


def test_asking_twice_asks_once_and_it_can_be_taken_back(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        first = actions.ask_for(again(people.alex), "cv", by=actor(people.alex)).receipt
    with app.app_context(), transaction():
        assert actions.ask_for(again(people.alex), "cv", by=actor(people.alex)).receipt == first
    alex = Browser(app).sign_in(people.alex).open(f"/plan/recorded/{first}")
    alex.press("I no longer ask for this").sees("you no longer ask for this")
    assert recorded(app, people.alex, "plan") == ["asked", "ask_withdrawn"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"offer": "gold"}, "offer"),
        ({"offer": "cv", "needs": ("yacht",)}, "needs"),
        ({"offer": "cv", "note": "x" * 5000}, "note"),
    ],
)
def test_nonsense_is_refused(app: Flask, people: People, values: dict[str, str], code: str) -> None:
    with app.app_context(), transaction(), pytest.raises(Refusal) as refusal:
        actions.ask_for(again(people.alex), by=actor(people.alex), **values)  # type: ignore[arg-type]
    assert refusal.value.code == code


def test_staff_write_down_what_the_person_asks_for(app: Flask, people: People) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/ask")
    desk.press("Record this for them", 422)
    desk.choose("A work psychologist").press("Record this for them")
    Browser(app).sign_in(people.alex).open("/record").sees("Priya Shah at your Jobcentre wrote")


def test_five_thousand_characters_are_kept_and_refused(app: Flask, people: People) -> None:
    alex = Browser(app).sign_in(people.alex).open("/plan/goal/write").fill(words="ö" * 5000)
    alex.press("Save", 422).sees("Use at most 1000 letters. You wrote 5000.")
    assert len(str(alex.value("words"))) == 5000


def test_a_goal_has_steps_and_is_looked_at_again_each_quarter(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    alex = Browser(app).sign_in(people.alex).open("/plan").follow("My goal")
    alex.fill(words="To teach French.\nالتدريس").press("Save").sees("Your receipt")
    alex.open("/plan/goal").sees("To teach French.", "look at this again by Monday 3 May 2027.")
    alex.press("Add a step").fill(what="Ask my old school.", due=["1", "1", "2020"])
    alex.press("Add this step", 422).sees("This day has passed.")
    alex.fill(due=["20", "2", "2027"]).press("Add this step").again()
    alex.open("/plan/goal").sees("Ask my old school.", "You do this by Saturday 20 February 2027.")
    alex.press("I have done this")
    assert recorded(app, people.alex, "plan") == ["goal_written", "step_added", "step_done"]

    clock_stopped.at(datetime(2027, 5, 4, 9, 0, tzinfo=UTC))
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/plan")
    desk.sees("Overdue").press("We have looked at it together")
    Browser(app).sign_in(people.alex).open("/plan/goal").sees("again by Tuesday 3 August 2027.")


def test_no_course_without_a_reason_and_what_follows_it(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        goal_actions.write_goal(again(people.alex), "Security work.", by=actor(people.alex))
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/course")
    desk.fill(what="Door supervisor course", due=["10", "2", "2027"])
    desk.press("Add this and promise what follows", 422)
    desk.sees("Say how the course helps", "Say what follows the course.")
    desk.fill(why="Employers ask for it.", next_what="Soon", next_by=["9", "2", "2027"])
    desk.press("Add this and promise what follows", 422).sees("comes on its last day or after it")
    desk.fill(next_by=["12", "2", "2027"]).press("Add this and promise what follows", 422)
    desk.sees("Say in a few words what will be done")
    desk.fill(next_what="Book two interviews with employers")
    desk.press("Add this and promise what follows")
    clock_stopped.at(datetime(2027, 2, 15, 9, 0, tzinfo=UTC))
    work(app)
    alex = Browser(app).sign_in(people.alex).open("/plan/goal")
    alex.sees("Why this course: Employers ask for it.", "Book two interviews", "3 days late.")
    alex.open("/plan").sees("3 days late.").open("/").sees("A promise to you is late")


def test_a_second_opinion_comes_from_somebody_else(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        goal_actions.write_goal(again(people.alex), "To teach French.", by=actor(people.alex))
        course = Course(
            "French for a year", "It is nearby.", date(2027, 12, 1), "Book an interview at once.",
            date(2027, 12, 2), again(people.coach), funded_until=date(2027, 6, 30),
        )  # fmt: skip
        goal_actions.add_course(again(people.alex), course, by=actor(people.coach))
    alex = Browser(app).sign_in(people.alex).open("/plan/goal")
    alex.sees("It is paid for until Wednesday 30 June 2027.").press("Ask for a second opinion")
    alex.fill(note="I speak French already.").press("Ask for a second opinion")
    with app.app_context():
        (asked,) = queries.open_asks(people.office.id)
    own = Desk(app).sign_in(people.coach).open(f"/staff/asks/{asked.id}/refuse")
    own.fill(why="No.").press("Record this and tell them", 409).sees("another work coach")
    desk = Desk(app).sign_in(people.colleague).open(f"/staff/asks/{asked.id}")
    desk.sees("French for a year", "I speak French already.")
    desk.fill(kind="second_opinion", due=["5", "2", "2027"]).press("Promise this and tell them")
    assert recorded(app, people.alex, "plan")[-2:] == ["promised", "ask_agreed"]


def test_offers_have_a_name_and_say_for_whom() -> None:
    assert set(offers.known()) == set(offers.NAMES) == set(offers.FOR_WHOM)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('voluntary = "unknown"\n', "", "cv: voluntary is missing"),
        ('voluntary = "unknown"', 'voluntary = "perhaps"', "cv: voluntary must be one of"),
        ("2027-05-21", '"May"', "cv: check_again_by must be a date"),
        ('confidence = "high"', 'confidence = "sure"', "cv: confidence must be one of"),
        ('"england"', '"france"', "cv: nations must be some of"),
        ("[cv]", "[gold]", "gold: this offer has no name here"),
        ("[cv]", "[cv]\ncolour = 1", "cv: colour is not known"),
        ("last_checked = 2026", "last_checked = 2029", "cv: check_again_by is before"),
    ],
)
def test_a_broken_file_says_what_is_wrong(
    tmp_path: object, was: str, becomes: str, says: str
) -> None:
    from pathlib import Path

    text = offers.FILE.read_text(encoding="utf-8")
    assert was in text
    broken = Path(str(tmp_path)) / "offers.toml"
    broken.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(DataError, match=says):
        read(broken, offers.Offer)
