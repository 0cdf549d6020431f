"""Tell it once: the person writes and approves it; each new work coach is shown it and marks it
read; the person sees who opened it and when."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask

from portal.about import actions, desk_actions, queries
from portal.about.models import AboutMe, Reading
from portal.database import db, transaction
from portal.record import retention
from portal.record.models import Details
from tests.people import Browser, Desk, People, StoppedClock, actor, again, recorded

WORDS = "I lose words when I am rushed.\nأحتاج إلى وقت"


def written(app: Flask, people: People, *, approved: bool = True) -> Browser:
    alex = Browser(app).sign_in(people.alex).open("/plan").follow("Tell it once")
    alex.fill(needs=WORDS, interpreter="العربية").choose("I need a private room")
    alex.press("Save and read it through").sees("Only you can see this.", *WORDS.split("\n"))
    if approved:
        alex.press("This is right, show it to my work coach").sees("Your receipt")
    return alex


def test_staff_see_nothing_until_the_person_says_so(app: Flask, people: People) -> None:
    written(app, people, approved=False)
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}")
    desk.does_not_see("I lose words", "Read what they do not want to explain again")
    desk.open(f"/staff/people/{people.alex.id}/about", 404)
    desk.post(f"/staff/people/{people.alex.id}/about/open", 404)
    assert recorded(app, people.alex, "about") == []


def test_each_new_work_coach_is_shown_it_and_marks_it_read(app: Flask, people: People) -> None:
    alex = written(app, people)
    desk = Desk(app).sign_in(people.coach).open("/staff").sees("Read before you meet: 1")
    desk.open(f"/staff/people/{people.alex.id}").sees("You have not read yet")
    desk.press("Read what they do not want to explain again").sees("العربية", "private room")
    desk.press("I have read this")
    desk.open("/staff").sees("Read before you meet: 0")
    alex.open("/plan/about-me").sees(
        "Priya Shah, work coach, opened it on Monday 1 February 2027", "They marked it as read"
    )
    with app.app_context(), transaction():
        again(people.alex).coach_id = people.colleague.id
    colleague = Desk(app).sign_in(people.colleague).open("/staff").sees("Read before you meet: 1")
    colleague.press("Open").sees("I lose words when I am rushed.")
    alex.open("/plan/about-me").sees("Tom Reid")
    assert recorded(app, people.alex, "about") == ["approved", "opened", "read", "opened"]


def test_nobody_reads_it_without_having_opened_it(app: Flask, people: People) -> None:
    written(app, people)
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/about")
    assert desk.path == f"/staff/people/{people.alex.id}"
    desk.does_not_see("I lose words")
    assert recorded(app, people.alex, "about") == ["approved"]


def test_a_change_is_a_draft_again_and_an_old_reading_does_not_count(
    app: Flask, people: People
) -> None:
    alex = written(app, people)
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}")
    desk.press("Read what they do not want to explain again")
    alex.open("/plan/about-me/write").fill(helps="Breaks").press("Save and read it through")
    desk.press("I have read this", 404)
    alex.press("This is right, show it to my work coach")
    desk.open("/staff").sees("Read before you meet: 1")
    alex.open("/plan/about-me").sees("You have changed it since then.")


def test_it_can_be_taken_back(app: Flask, people: People) -> None:
    alex = written(app, people).open("/plan/about-me").press("Show it to nobody any more")
    alex.open("/plan/about-me").sees("Only you can see this.", "I lose words")
    Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/about", 404)


def test_after_half_a_year_the_person_is_asked_again(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    written(app, people)
    clock_stopped.at(datetime(2027, 8, 3, 9, 0, tzinfo=UTC))
    assert "Look again at what" not in Browser(app).sign_in(people.alex).open("/").text
    clock_stopped.at(datetime(2027, 8, 4, 9, 0, tzinfo=UTC))
    alex = Browser(app).sign_in(people.alex).open("/")
    alex.follow("Look again at what you do not want to explain again")
    alex.sees("It is half a year old. Is it still right?").press("It is still right")
    alex.open("/").does_not_see("Look again at what")


def test_an_empty_page_and_a_very_long_one_are_not_taken(app: Flask, people: People) -> None:
    alex = Browser(app).sign_in(people.alex).open("/plan/about-me/write")
    alex.press("Save and read it through", 422).sees("Write something first.")
    alex.fill(more="x" * 5000).press("Save and read it through", 422)
    alex.sees("Use at most 2000 letters. You wrote 5000.")


def test_words_are_sealed_and_no_word_is_in_the_record(app: Flask, people: People) -> None:
    written(app, people)
    with app.app_context():
        raw = db.session.execute(sa.text("SELECT needs, interpreter FROM about_me")).one()
        assert not any("rushed" in text or "العربية" in text for text in raw)
        bodies = " ".join(db.session.scalars(sa.select(Details.body)))
        assert "rushed" not in bodies
        assert "العربية" not in bodies


def test_nobody_else_sees_it(app: Flask, people: People) -> None:
    written(app, people)
    Desk(app).sign_in(people.other_coach).open(f"/staff/people/{people.alex.id}/about", 404)
    stranger = Browser(app).sign_in(people.stranger).open("/plan/about-me")
    stranger.does_not_see("I lose words")


def test_it_goes_with_the_record(app: Flask, people: People) -> None:
    written(app, people)
    with app.app_context(), transaction():
        retention.erase_record(people.alex.id)
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(AboutMe)) == 0
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Reading)) == 0


def test_the_record_for_others_leaves_out_what_was_read_or_opened(
    app: Flask, people: People
) -> None:
    alex = written(app, people)
    Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}").press(
        "Read what they do not want to explain again"
    )
    alex.open("/record").sees("opened what you wrote about yourself").follow(
        "Print it for somebody else"
    )
    alex.does_not_see("opened what you wrote", "You signed in")
    alex.sees("This leaves out what you read")


def test_approving_twice_gives_the_first_receipt_whoever_opened_it_between(
    app: Flask, people: People
) -> None:
    written(app, people)
    with app.app_context(), transaction():
        page = queries.page_of(people.alex.id)
        assert page is not None
        first = actions.approve_page(page, by=actor(people.alex))
        desk_actions.open_page(page, staff=again(people.coach), by=actor(people.coach))
        assert actions.approve_page(page, by=actor(people.alex)).receipt == first.receipt
