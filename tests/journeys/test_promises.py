"""Scenarios 20 to 23 of the domain's facts, from the office's desk to the person's page: each ends
as its product line says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from portal.database import transaction
from tests.journeys.story import Story
from tests.people import Browser, Desk, again, work

TRAINING = (
    "reference,name,provider,place,free_places,lunch_paid,fares_paid,last_checked\n"
    "cv-1,CV writing,Library,Leeds,0,no,no,2027-01-30\n"
    "cv-2,CV writing in the evening,Open Door,Leeds,4,no,yes,2027-01-30\n"
)


def alex(story: Story) -> Browser:
    return Browser(story.app).sign_in(story.people.alex)


def wants(story: Story, work_wanted: str) -> Browser:
    browser = alex(story).open("/plan").follow("My goal")
    return browser.fill(words=work_wanted).press("Save")


def course(story: Story, **fields: str | list[str]) -> Desk:
    """The coach enters a course at the desk."""
    desk = Desk(story.app).sign_in(story.people.coach)
    desk.open(f"/staff/people/{story.people.alex.id}/plan").press(
        "Add a course, and what follows it"
    )
    return desk.fill(**fields).press("Add this and promise what follows")


def test_bethany_is_sent_on_a_year_of_french_that_she_speaks(story: Story) -> None:
    """20: the plan records the goal, why each course, and until when it is paid for; a second
    opinion is one button away, and comes from somebody else."""
    wants(story, "To teach. I speak French fluently.")
    course(
        story,
        what="French for a year",
        why="It is the course that is near.",
        due=["1", "12", "2027"],
        funded_until=["30", "6", "2027"],
        next_what="Book an interview with a school",
        next_by=["2", "12", "2027"],
    )
    hers = alex(story).open("/plan/goal")
    hers.sees("To teach. I speak French fluently.", "Why this course: It is the course that is")
    hers.sees("It is paid for until Wednesday 30 June 2027.")
    hers.press("Ask for a second opinion").fill(note="I speak French already.")
    hers.press("Ask for a second opinion").sees("Your receipt")
    work(story.app)
    own = Desk(story.app).sign_in(story.people.coach).open("/staff").press("Open")
    own.fill(kind="second_opinion", due=["5", "2", "2027"])
    own.press("Promise this and tell them", 409).sees("another work coach than their own")
    other = Desk(story.app).sign_in(story.people.colleague).open("/staff").press("Open")
    other.fill(kind="second_opinion", due=["5", "2", "2027"]).press("Promise this and tell them")
    alex(story).open("/plan").sees("Look at it again with another work coach", "Tom Reid")


def test_the_cv_course_is_full(story: Story, tmp_path: Path) -> None:
    """21: the list of training shows places, and an unmet promise stays open and turns late."""
    file = tmp_path / "training.csv"
    file.write_text(TRAINING, encoding="utf-8")
    said = story.app.test_cli_runner().invoke(args=["training", "import", str(file)])
    assert said.exit_code == 0, said.output
    hers = alex(story).open("/plan").follow("Training and help near you")
    hers.sees("4 free places.", "It is full.").follow("CV writing")
    hers.press("Ask my work coach about this").sees("Your receipt")
    desk = Desk(story.app).sign_in(story.people.coach).open("/staff").press("Open")
    desk.fill(kind="course", words="Find a CV course with a place", due=["5", "2", "2027"])
    desk.press("Promise this and tell them")
    story.time.at(datetime(2027, 2, 11, 9, 0, tzinfo=UTC))
    work(story.app)
    late = alex(story).open("/plan").sees("6 days late.", "Their promises kept: 0 of 1.")
    late.follow("Find you a course, or a place on one").press("Remind them").sees("Your receipt")
    desk = Desk(story.app).sign_in(story.people.coach).open("/staff/promises")
    desk.sees("6 days late.", "They reminded you 1 time.")
    story.the_record_is_intact()


def test_a_security_course_and_then_nothing(story: Story) -> None:
    """22: every course has a dated follow-up, which turns late by itself, reminds its owner, and
    reaches the manager."""
    wants(story, "Security work.")
    desk = Desk(story.app).sign_in(story.people.coach)
    desk.open(f"/staff/people/{story.people.alex.id}/course")
    desk.fill(what="Door supervisor", why="Employers ask for it.", due=["5", "2", "2027"])
    desk.press("Add this and promise what follows", 422).sees("Say what follows the course.")
    desk.fill(next_what="Book two interviews with employers", next_by=["8", "2", "2027"])
    desk.press("Add this and promise what follows")
    story.time.at(datetime(2027, 2, 11, 9, 0, tzinfo=UTC))
    work(story.app)
    alex(story).open("/plan/goal").sees("Book two interviews with employers", "3 days late.")
    assert any("is late. That is not your doing." in text for text in story.phone.received)
    Desk(story.app).sign_in(story.people.coach).open("/staff").sees("Promises that are late: 1")
    with_manager(story).open("/staff/manager").sees("Book two interviews with employers")


def test_nobody_goes_hungry_on_a_training_day(story: Story, tmp_path: Path) -> None:
    """23: food and fares are asked about before booking, and the request is logged."""
    file = tmp_path / "training.csv"
    file.write_text(TRAINING, encoding="utf-8")
    story.app.test_cli_runner().invoke(args=["training", "import", str(file)])
    hers = alex(story).open("/plan/training").follow("CV writing in the evening")
    hers.sees("Fares are paid.", "Ask about food and fares before you say yes.")
    hers.choose("Food or lunch on the day").press("Ask my work coach about this")
    hers.sees("Your receipt", "They said that they would reply by Monday 8 February 2027.")
    desk = Desk(story.app).sign_in(story.people.coach).open("/staff").press("Open")
    desk.sees("CV writing in the evening", "Food or lunch on the day")
    alex(story).open("/record").sees("You asked your work coach about this: A place on a course.")


def with_manager(story: Story) -> Desk:
    with story.app.app_context(), transaction():
        again(story.people.colleague).role = "manager"
    return Desk(story.app).sign_in(story.people.colleague)
