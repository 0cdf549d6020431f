"""Whom no text about a complaint reaches is told by those who may see the complaint."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from portal.account import actions as account
from portal.account.models import UndeliveredText
from portal.complaints import desk_queries, rules
from portal.complaints.models import Complaint, Contact
from portal.database import db, transaction
from tests.complaints import Handlers, answers, at_desk, complains
from tests.people import People, again, staff, work


class TestUntold:
    def late_text(self, app: Flask, people: People, found: Complaint) -> None:
        with app.app_context(), transaction():
            account.needs_telling(
                again(people.alex),
                what="complaints.reply",
                regarding=found.id,
                words="You have a reply. Ref K7QM2P4A.",
                language="en",
            )

    def test_only_those_who_may_see_the_complaint_hear_of_it(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        self.late_text(app, people, found)
        with app.app_context():
            task = db.session.scalar(sa.select(UndeliveredText))
            assert task is not None
        for member in (people.coach, handlers.manager):
            desk = at_desk(app, member)
            desk.sees("Text not delivered: 0").does_not_see("You have a reply")
            desk.open(f"/staff/people/{people.alex.id}").does_not_see("did not reach them")
            desk.open(f"/staff/untold/{task.id}", 404)
            desk.post(f"/staff/people/{people.alex.id}/reached")
        desk = at_desk(app, handlers.here).sees("Tell them another way", "Alex Morgan")
        desk.press("Tell Alex Morgan").sees("You have a reply. Ref K7QM2P4A.", "Call them.")
        desk.press("I have told them").does_not_see("Tell them another way")
        with app.app_context():
            assert again(task).settled_at is not None

    def test_nor_those_it_is_kept_from(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        with app.app_context(), transaction():
            kept = staff(again(people.office), "Kim Lane", role=rules.HANDLER)
        found = complains(app, people.alex, kept_from=frozenset({kept.id}))
        self.late_text(app, people, found)
        at_desk(app, handlers.here).sees("Tell them another way", "Alex Morgan")
        at_desk(app, kept).does_not_see("Tell them another way", "Alex Morgan")


def test_how_to_reach_somebody_is_read_where_it_is_recorded(
    app: Flask, people: People, handlers: Handlers
) -> None:
    found = complains(app, people.alex, contact=Contact.call, contact_note="Never at home.")
    answers(app, found, handlers.here)
    work(app)
    desk = at_desk(app, handlers.here)
    with app.app_context():
        (task,) = desk_queries.untold(again(handlers.here))
    path = f"/staff/complaints/{found.id}/untold/{task.id}"
    desk.open(path).does_not_see("Never at home.").follow(
        "They wrote how it is safe to reach them. Open the complaint first."
    )
    desk.press("Open and read it").open(path).sees("Never at home.")
