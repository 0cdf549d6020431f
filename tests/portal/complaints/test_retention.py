"""What complaints keep, and for how long (facts 9, Retention)."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from portal.complaints import actions, drafts, retention
from portal.complaints.models import Complaint, Draft, Kind
from portal.complaints.rules import Wish
from portal.database import db, transaction
from portal.record import log
from tests.people import NOW, People, StoppedClock, actor, again


def closed(app: Flask, people: People) -> Complaint:
    with app.app_context(), transaction():
        alex = again(people.alex)
        wish = Wish(kind=Kind.delay, what="Nobody called me.", effect="I was afraid.")
        actions.send(alex, wish, by=actor(alex))
        found = db.session.scalars(sa.select(Complaint)).one()
        actions.add(found, "And again.", by=actor(alex))
        actions.withdraw(found, by=actor(alex))
        return found


def test_words_go_two_years_after_it_was_closed(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    found, run = closed(app, people), app.test_cli_runner()
    clock_stopped.at(NOW + timedelta(days=700))
    assert "0 complaints were redacted." in run.invoke(args=["complaints", "redact"]).output
    clock_stopped.at(NOW + timedelta(days=740))
    dry = run.invoke(args=["complaints", "redact", "--dry-run"]).output
    assert f"complaint {found.id} would be redacted" in dry
    with app.app_context():
        assert again(found).what == "Nobody called me."
    assert "1 complaints were redacted." in run.invoke(args=["complaints", "redact"]).output
    assert "0 complaints were redacted." in run.invoke(args=["complaints", "redact"]).output
    with app.app_context():
        gone = again(found)
        assert (gone.what, gone.effect, gone.kind) == ("", "", Kind.delay)
        assert log.verify(people.alex.id) == []


def test_a_draft_goes_thirty_days_after_its_last_change(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        drafts.keep(again(people.alex), {"what": "Nobody called me."})
    for days, left in ((29, 1), (31, 0)):
        clock_stopped.at(NOW + timedelta(days=days))
        with app.app_context(), transaction():
            retention.sweep(NOW + timedelta(days=days))
        with app.app_context():
            assert len(db.session.scalars(sa.select(Draft)).all()) == left


def test_words_lie_sealed(app: Flask, people: People) -> None:
    closed(app, people)
    with app.app_context(), transaction():
        drafts.keep(again(people.alex), {"what": "Nobody called me."})
    with app.app_context():
        for table in ("complaints_complaint", "complaints_word", "complaints_draft"):
            rows = db.session.execute(sa.text(f"select * from {table}")).all()
            assert rows
            assert "called" not in str(rows)
            assert "again" not in str(rows)
