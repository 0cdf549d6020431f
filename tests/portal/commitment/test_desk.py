"""Writing a version: two people at once, what must not be sent, what is known, who said what."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account.models import UndeliveredText, Way
from portal.commitment import (
    desk_actions,
    drafting,
    queries,
    rules,
)
from portal.commitment.drafting import Frame, PointWords
from portal.commitment.models import Known, State
from portal.database import db, transaction
from portal.record.models import Details
from portal.refusals import Refusal
from tests.commitments import ARABIC, CV, LOOK, OFFICIAL, TYPED, draft, sent
from tests.people import Browser, Desk, People, Phone, actor, again, claimant, work


def test_two_at_one_draft_lose_nothing(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made = draft(people.alex, people.coach, (LOOK,))
    path = f"/staff/commitment/{made.id}"
    priya = Desk(app).sign_in(people.coach).open(path)
    tom = Desk(app).sign_in(people.colleague).open(path)
    priya.fill(note="From Priya", full_hours="20").press("Save")
    tom.fill(note="From Tom", full_hours="25").press("Save", 409)
    tom.sees("Priya Shah changed this draft a moment ago.", "From Priya", "20 hours a week")
    assert tom.value("note") == "From Tom"
    assert tom.value("full_hours") == "25"
    with app.app_context():
        assert again(made).note == "From Priya"
    tom.press("Save")
    with app.app_context():
        assert (again(made).note, again(made).full_hours) == ("From Tom", 25)


def test_two_at_one_point_lose_nothing(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made = draft(people.alex, people.coach, (LOOK,))
        point = made.points[0]
    path = f"/staff/commitment/{made.id}/points/{point.id}"
    priya = Desk(app).sign_in(people.coach).open(path)
    tom = Desk(app).sign_in(people.colleague).open(path)
    priya.fill(words="In Leeds only.").press("Save the point")
    tom.fill(words="In York only.").press("Save the point", 409)
    tom.sees("Priya Shah changed this draft a moment ago.", "In Leeds only.")
    assert tom.value("words") == "In York only."
    stale = Desk(app).sign_in(people.colleague).open(f"/staff/commitment/{made.id}")
    priya.open(f"/staff/commitment/{made.id}").press("Take point 1 out")
    stale.press("Take point 1 out", 409).sees("changed this draft a moment ago")
    tom.press("Save the point", 409)
    assert tom.value("words") == "In York only."
    tom.press("Save the point").sees("In York only.")


def test_a_sent_draft_is_not_sent_twice_nor_changed(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made = draft(people.alex, people.coach)
    priya = Desk(app).sign_in(people.coach).open(f"/staff/commitment/{made.id}/send")
    tom = Desk(app).sign_in(people.colleague).open(f"/staff/commitment/{made.id}")
    priya.press("Send it to them").again()
    assert priya.heading == "The commitment is sent"
    tom.fill(note="Too late").press("Save", 409).sees("This version was sent already.")
    assert tom.value("note") == "Too late"
    with app.app_context():
        assert len(queries.versions(again(people.alex))) == 1
        assert again(made).note == ""


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ((), "no-points"),
        ((PointWords(code="cv"),), "official"),
        ((LOOK, PointWords(words="x", why="y")), "official"),
    ],
)
def test_what_is_not_whole_is_not_sent(
    app: Flask, people: People, points: tuple[PointWords, ...], code: str
) -> None:
    with app.app_context(), transaction():
        made = draft(people.alex, people.coach, points)
        with pytest.raises(Refusal, match=code):
            desk_actions.offer(
                made, revision=made.revision, staff=again(people.coach), by=actor(people.coach)
            )
        assert made.state is State.draft
    desk = Desk(app).sign_in(people.coach).open(f"/staff/commitment/{made.id}/send")
    desk.press("Send it to them", 422)


BAD_POINTS = {
    "code": PointWords(code="nothing"),
    "words": PointWords(),
    "english": PointWords(words="مرحبا", language="ar", why="x"),
    "why": PointWords(words="Do this."),
    "official": PointWords(code="cv", official="x" * 2001),
}


@pytest.mark.parametrize("code", BAD_POINTS)
def test_a_point_that_says_too_little_or_too_much(app: Flask, people: People, code: str) -> None:
    with app.app_context(), transaction():
        made = draft(people.alex, people.coach, ())
        with pytest.raises(Refusal, match=code):
            drafting.put_point(
                made, BAD_POINTS[code], revision=made.revision, staff=again(people.coach)
            )
        with pytest.raises(Refusal, match="words"):
            drafting.put_point(
                made,
                PointWords(words="x" * 151, why="y"),
                revision=made.revision,
                staff=again(people.coach),
            )


def test_hours_that_make_no_sense_are_refused(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made, staff = draft(people.alex, people.coach), again(people.coach)
        for frame in (
            Frame(full_hours=20, deductions=[("caring", 15), ("training", 6)]),
            Frame(full_hours=None, deductions=[("caring", 1)]),
            Frame(full_hours=49),
        ):
            with pytest.raises(Refusal):
                drafting.save_frame(made, frame, revision=made.revision, staff=staff)
        fine = Frame(full_hours=20, deductions=[("caring", 15), ("training", 5)])
        assert drafting.save_frame(made, fine, revision=made.revision, staff=staff).hours == 0
    desk = Desk(app).sign_in(people.coach).open(f"/staff/commitment/{made.id}")
    desk.fill(full_hours="many").press("Save", 422).sees("Write the hours a week as a number")
    desk.fill(full_hours="٣٥", less_caring="").press("Save")
    with app.app_context():
        assert again(made).full_hours == 35


def test_points_are_put_in_order_and_a_new_draft_starts_from_the_last(
    app: Flask, people: People
) -> None:
    with app.app_context(), transaction():
        made, staff = draft(people.alex, people.coach, (LOOK, CV, TYPED)), again(people.coach)
        drafting.move_up(made, made.points[2].id, revision=made.revision, staff=staff)
        drafting.remove_point(made, made.points[0].id, revision=made.revision, staff=staff)
        assert [(p.position, p.code) for p in made.points] == [(1, ""), (2, "cv")]
        desk_actions.offer(made, revision=made.revision, staff=staff, by=actor(people.coach))
        second = drafting.start(again(people.alex), staff=staff)
        assert drafting.start(again(people.alex), staff=again(people.colleague)) is second
        assert [p.line for p in second.points] == [p.line for p in made.points]
        assert not {p.id for p in second.points} & {p.id for p in made.points}
        drafting.drop(second, revision=second.revision)
        assert queries.draft(people.alex.id) is None


def test_the_official_wording_of_the_office_is_offered_again(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        sent(people.stranger, people.coach, (LOOK,))
        made = draft(people.alex, people.coach, ())
    desk = Desk(app).sign_in(people.coach).open(f"/staff/commitment/{made.id}/points/new?code=cv")
    assert desk.value("official") == ""
    desk.open(f"/staff/commitment/{made.id}/points/new?code=look_for_work")
    assert desk.value("official") == f"{OFFICIAL} (search)"
    other = Desk(app).sign_in(people.other_coach)
    other.open(f"/staff/commitment/{made.id}/points/new?code=look_for_work", 404)


def test_whoever_gets_no_texts_is_told_by_staff_at_once(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        person = claimant(again(people.office), "Ana Lima", None, way=Way.letter, language="ar")
        made = sent(person, people.coach)
    work(app)
    with app.app_context():
        (task,) = db.session.scalars(sa.select(UndeliveredText)).all()
        assert (task.what, task.claimant_id) == ("commitment.offered", person.id)
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees("Tell them about their new commitment, and by when to accept it")
    desk.open(f"/staff/commitment/{made.id}/letter")
    (letter,) = [e for e in desk.page.all("div") if e.get("lang") == "ar"]
    assert letter.get("dir") == "rtl"
    assert OFFICIAL in desk.text


def test_staff_write_down_what_somebody_said_on_the_phone(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made = sent(people.alex, people.coach, (LOOK, CV))
    path = f"/staff/commitment/{made.id}/told"
    desk = Desk(app).sign_in(people.coach).open(path)
    desk.sees("Offer them the time to think: until Monday 8 February 2027.")
    desk.press("Record this for them", 422).sees("Choose what they told you.")
    desk.choose("They take time to think").press("Record this for them").sees("This is recorded")
    Phone(app, "+447700900101").reads("You take time to think until Mon 8 Feb.")
    desk.open(path).choose("They ask to change a point").fill(point="2", words="No printer")
    desk.press("Record this for them")
    with app.app_context():
        (request,) = queries.requests(again(people.alex))
        assert (request.words, request.point and request.point.position) == ("No printer", 2)
    desk.open(path).choose("They accept. I read them every point, or they read it on paper")
    desk.press("Record this for them")
    Phone(app, "+447700900101").reads("You accepted your Claimant Commitment.")
    with app.app_context():
        assert again(made).state is State.accepted
    Browser(app).sign_in(people.alex).open("/record").sees(
        "Staff read point 1 of your Claimant Commitment to you, version 1",
        "Priya Shah at your Jobcentre wrote this down for you.",
    )


@pytest.mark.parametrize(
    ("what", "since", "key"),
    [
        ("child", date(2026, 2, 2), "child_under_1"),
        ("child", date(2026, 2, 1), "child_1"),
        ("child", date(2025, 2, 1), "child_2"),
        ("child", date(2024, 2, 1), "child_3_to_12"),
        ("child", date(2014, 2, 2), "child_3_to_12"),
        ("child", date(2014, 2, 1), "child_13"),
        ("child", date(2011, 2, 1), ""),
        ("fit_note", date(2027, 1, 5), "sick"),
        ("fit_note", date(2027, 1, 4), "long_sick"),
        ("homeless", date(2027, 1, 4), "homeless"),
        ("abuse", date(2027, 1, 4), "abuse"),
    ],
)
def test_what_is_known_asks_a_question(what: str, since: date, key: str) -> None:
    known = Known(what=what, since=since.isoformat())
    found = rules.prompts([known], date(2027, 2, 1))
    assert [k for _known, k in found] == ([key] if key else [])


def test_staff_are_asked_whether_it_was_offered_and_nothing_is_decided(
    app: Flask, people: People
) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/known")
    desk.press("Note this", 422).choose("Has no home, or is about to lose it")
    desk.fill(since=["1", "3", "2027"]).press("Note this", 422).sees("a day that has come")
    desk.fill(since=["20", "1", "2027"]).press("Note this")
    with app.app_context(), transaction():
        made = draft(people.alex, people.coach)
    desk.open(f"/staff/commitment/{made.id}/send")
    desk.sees("Has this been offered?", "Usually all points are paused")
    desk.press("Send it to them")
    with app.app_context():
        assert again(made).pauses == []
        bodies = "\n".join(db.session.scalars(sa.select(Details.body)))
        stored = db.session.execute(sa.text("SELECT what, since FROM commitment_known")).all()
        assert "homeless" not in bodies
        assert "homeless" not in str(stored)
    Browser(app).sign_in(people.alex).open("/record").sees("noted something that can mean a pause")
    desk.open(f"/staff/people/{people.alex.id}/commitment").press(
        "Delete: Has no home, or is about to lose it"
    )
    with app.app_context():
        assert queries.known(people.alex.id) == []
        assert db.session.execute(sa.text("SELECT what FROM commitment_known")).scalar() == ""


def test_typed_arabic_with_its_english_is_sent(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made = sent(people.alex, people.coach, (LOOK, ARABIC))
    alex = Browser(app).sign_in(people.alex).open(f"/commitment/{made.id}/print")
    alex.sees(ARABIC.words, ARABIC.english, OFFICIAL)
