"""Whether a commitment was written for the person: the office sees the share, never who."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from portal import clock
from portal.commitment import (
    actions,
    fit_queries,
    retention,
)
from portal.commitment.models import FitAnswer
from portal.database import db, transaction
from portal.record.models import Details
from tests.commitments import LOOK, accepted
from tests.people import Browser, Desk, People, StoppedClock, actor, again, claimant


def answer_fit(app: Flask, people: People, count: int, answer: str, words: str = "") -> None:
    with app.app_context(), transaction():
        for n in range(count):
            person = claimant(again(people.office), f"Somebody {n}", None)
            made = accepted(person, people.coach, (LOOK,))
            actions.say_fit(made, answer, words, by=actor(person))


def test_the_office_sees_the_share_and_never_who(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    answer_fit(app, people, 12, "yes")
    answer_fit(app, people, 7, "no", "No bus there")
    with app.app_context(), transaction():
        made = accepted(people.alex, people.coach)
    alex = Browser(app).sign_in(people.alex).open("/commitment").follow("Was this written for you?")
    alex.sees("only 20 or more at once")
    alex.press("Tell them, without my name", 422).choose("Partly").fill(words="Too far")
    alex.press("Tell them, without my name").sees("Thank you for telling us")
    alex.open(f"/commitment/{made.id}/written-for-you").sees("You have told us.")
    path = "/staff/commitment/written-for-them"
    desk = Desk(app).sign_in(people.coach).open(path)
    desk.sees("Nothing is shown yet.").does_not_see("No bus there")
    with app.app_context():
        columns = set(FitAnswer.__table__.columns.keys())
        assert columns == {"id", "office_id", "quarter", "answer", "words"}
        bodies = "\n".join(db.session.scalars(sa.select(Details.body)))
        assert "partly" not in bodies
        assert "Too far" not in bodies
        assert actions.say_fit(again(made), "no", by=actor(people.alex)) is None
    clock_stopped.later(days=60)
    desk = Desk(app).sign_in(people.coach).open(path)
    desk.sees("6 in 10", "0 in 10", "4 in 10", "No bus there", "Too far")
    Desk(app).sign_in(people.other_coach).open(path).sees("Nothing is shown yet.")


def test_a_new_line_is_shown_only_among_many_new_ones(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    """Staff who compare the page of today with that of yesterday learn nothing of one person."""
    answer_fit(app, people, 20, "yes", "First quarter")
    for how_many, words, shown in (
        (19, "Second quarter", ["First quarter"]),
        (1, "Third quarter", ["First quarter"]),
        (1, "Fourth quarter", ["First quarter", "Second quarter", "Third quarter"]),
    ):
        clock_stopped.later(days=91)
        answer_fit(app, people, how_many, "no", words)
        with app.app_context():
            found = fit_queries.share(people.office.id, clock.today())
            assert found is not None
            assert list(dict.fromkeys(found.words)) == shown


def test_answers_are_let_go_after_the_time_a_record_is_kept(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    answer_fit(app, people, 1, "yes")
    for days, left in ((700, 1), (120, 0)):
        clock_stopped.later(days=days)
        with app.app_context(), transaction():
            retention.sweep(clock.now())
            assert db.session.scalar(sa.select(sa.func.count()).select_from(FitAnswer)) == left
