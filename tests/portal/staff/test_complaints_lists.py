"""The lists and counts of the complaints desk: neither they nor how long they take give
anything away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from portal import clock
from portal.complaints import desk_queries, queries, rules
from portal.complaints.models import Kind
from portal.database import db, transaction
from portal.record.models import Entry
from tests.complaints import Handlers, answers, at_desk, complains
from tests.people import People, again, claimant, staff
from tests.portal.staff.complaint_desk import opened


class TestThePattern:
    def test_no_group_under_twenty_is_shown(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        for number in range(20):
            with app.app_context(), transaction():
                person = claimant(
                    again(people.office), f"Person {number}", f"+4477009003{number:02}"
                )
            complains(app, person, kind=Kind.delay)
        complains(app, people.alex, kind=Kind.behaviour)
        with app.app_context():
            member = again(handlers.here)
            groups = desk_queries.by_kind(member, clock.now() - timedelta(days=365))
            assert [(g.office, g.code, g.complaints) for g in groups] == [
                ("Leeds Jobcentre", "delay", 20)
            ]
        desk = at_desk(app, handlers.here).open("/staff/complaints/pattern")
        desk.sees("Something took too long", "Leeds Jobcentre")
        desk.does_not_see("How somebody behaved", "Priya Shah")

    def test_one_person_twenty_times_is_no_group(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        for number in range(20):
            complains(app, people.alex, what=f"Number {number}")
        at_desk(app, handlers.here).open("/staff/complaints/pattern").sees(
            "There is nothing to show yet."
        )


def test_no_word_is_unsealed_for_a_list(app: Flask, people: People, handlers: Handlers) -> None:
    complains(app, people.alex)
    answers(app, complains(app, people.alex), handlers.here)
    with app.app_context():
        member = again(handlers.here)
        for found in (*queries.open_for(member), *queries.answered_for(member, 9)):
            assert {*rules.WRITTEN} <= sa.inspect(found).unloaded


def test_looking_at_the_desk_records_nothing(
    app: Flask, people: People, handlers: Handlers
) -> None:
    found = complains(app, people.alex)
    desk = opened(app, handlers.here, found)
    with app.app_context():
        before = db.session.scalar(sa.select(sa.func.count(Entry.id)))
    for path in ("", f"/{found.id}", f"/{found.id}/ask", f"/{found.id}/answer", "/pattern"):
        desk.open(f"/staff/complaints{path}")
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Entry.id))) == before


def test_nobody_counts_how_long_a_list_takes(
    app: Flask, people: People, handlers: Handlers
) -> None:
    """Whom a complaint is kept from gets their lists by the same queries as anybody: nothing is
    looked up more or less often because it is there."""
    with app.app_context(), transaction():
        kept = staff(again(people.office), "Kim Lane", role=rules.HANDLER)
    counted = []
    for there in (False, True):
        if there:
            complains(app, people.alex, kept_from=frozenset({kept.id}))
        asked: list[str] = []
        desk = at_desk(app, kept)
        with app.app_context():
            engine = db.engine
            sa.event.listen(engine, "before_cursor_execute", _noting(asked))
        desk.open("/staff/complaints")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def _noting(asked: list[str]) -> Callable[..., None]:
    def note(_c: object, _cur: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    return note
