"""What texts about complaints say: nearly nothing; and who hears of those that were not sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import kinds, texts
from notifications.models import Notification
from portal import clock
from portal.account import actions as account
from portal.account import delivery_actions, phone_actions
from portal.account import queries as people_queries
from portal.account.models import UndeliveredText
from portal.actors import Actor
from portal.complaints import desk_actions, desk_queries
from portal.complaints.models import Contact, Said, Word
from portal.database import db, transaction
from tests.complaints import Handlers, answers, complains
from tests.notifications.dialogues import Talk
from tests.people import Desk, People, StoppedClock, actor, again

NEVER = ("omplain", "Jobcentre", "stop my money", "Priya", "Alex")


class TestWhatTextsSay:
    def test_nothing_is_texted_about_what_a_page_showed(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        with app.app_context(), transaction():
            desk_actions.open_it(again(found), staff=handlers.here, by=actor(handlers.here))
        assert talk.settles().received == []

    def test_a_reply_and_nothing_more(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        with app.app_context(), transaction():
            by, member = actor(handlers.here), again(handlers.here)
            desk_actions.acknowledge(again(found), staff=member, by=by)
            desk_actions.ask_more(again(found), "On which day?", staff=member, by=by)
        answers(app, found, handlers.here)
        talk.settles()
        assert talk.received == [f"You have a reply. Ref {found.receipt}."] * 2

    @pytest.mark.parametrize("contact", [c for c in Contact if c is not Contact.text])
    def test_no_text_where_they_asked_for_another_way(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers, contact: Contact
    ) -> None:
        """Somebody else may read the phone."""
        found = complains(app, people.alex, contact=contact)
        answers(app, found, handlers.here)
        assert talk.settles().received == []
        assert talk.tasks() == (set() if contact is Contact.here else {"complaints.reply"})

    def test_nor_when_it_is_late(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        complains(app, people.alex, contact=Contact.letter)
        talk.time.later(days=22)
        assert talk.settles().settles().received == []
        assert talk.tasks() == {"complaints.late"}

    def test_staff_who_wrote_it_down_leave_a_neutral_receipt(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        desk = Desk(app).sign_in(people.colleague).open(f"/staff/people/{people.alex.id}/complaint")
        desk.fill(kind="delay", what="Nobody called.").press("Record this for them")
        talk.settles().hears("Your message is kept. A reply is due by")
        assert not [word for word in NEVER if word in talk.last]

    @pytest.mark.parametrize("kind", sorted(k for k in texts.WORDINGS if "complaints." in k))
    def test_kinds_are_counted_with_receipts(self, kind: str) -> None:
        assert kinds.group_of(kind) == "receipts"

    def test_a_number_that_is_no_longer_safe_gets_nothing(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        """It was queued when it became unsafe: it goes nowhere, and those who may know are
        told."""
        found = complains(app, people.alex)
        with app.app_context(), transaction():
            phone_actions.note_texts_unsafe(again(people.alex), True, by=actor(people.coach))
        answers(app, found, handlers.here)
        assert talk.settles().received == []
        assert talk.tasks() == {"complaints.reply"}
        with app.app_context():
            assert people_queries.undelivered(people.office.id) == []
            assert people_queries.how_many_undelivered(people.office.id) == 0
            assert people_queries.undelivered_to(people.alex.id) == []
            assert len(desk_queries.untold(again(handlers.here))) == 1
            assert desk_queries.untold(again(handlers.elsewhere)) == []
            assert desk_queries.untold(again(people.coach)) == []

    def test_one_that_does_not_arrive_is_a_task_for_those_who_may_see_it(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex, kept_from=frozenset({people.coach.id}))
        answers(app, found, handlers.here)
        talk.settles()
        with app.app_context(), transaction():
            row = db.session.scalar(
                sa.select(Notification).where(Notification.kind == "complaints.reply")
            )
            assert row is not None
            delivery_actions.text_not_delivered(
                again(people.alex), what=row.kind, regarding=row.regarding, permanent=False,
                text_id=row.id, words=row.body, language="en", by=Actor.system(),
            )  # fmt: skip
        with app.app_context():
            (task,) = desk_queries.untold(again(handlers.here))
            assert task.words == f"You have a reply. Ref {found.receipt}."
            account.settle_undelivered_texts(people.alex.id)
            db.session.flush()
            assert len(desk_queries.untold(again(handlers.here))) == 1
            assert people_queries.untold(task.id, people.office.id) is None


def test_nothing_is_late_on_the_day_itself(
    app: Flask, people: People, handlers: Handlers, clock_stopped: StoppedClock
) -> None:
    found = complains(app, people.alex)
    days = (found.reply_by - clock.today()).days
    clock_stopped.later(days=days)
    with app.app_context(), transaction():
        assert desk_actions.tell_of_late() == 0
    clock_stopped.at(clock.now() + timedelta(days=1))
    with app.app_context(), transaction():
        assert desk_actions.tell_of_late() == 1
        assert desk_actions.tell_of_late() == 0
    with app.app_context():
        assert again(found).was_late
        assert db.session.scalar(sa.select(UndeliveredText.id)) is None
        assert db.session.scalar(sa.select(Word.id).where(Word.said == Said.answer)) is None
