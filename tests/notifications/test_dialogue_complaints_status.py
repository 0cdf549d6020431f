"""STATUS and ESCALATE by text: how a complaint stands, and past the office at any time."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.account import actions as account
from portal.complaints import actions, desk_actions, queries
from portal.complaints.models import Level
from portal.database import transaction
from tests.complaints import Handlers, answers, complains
from tests.notifications.complaining import sent
from tests.notifications.dialogues import Talk
from tests.people import Browser, People, actor, again


class TestHowItStands:
    def test_at_every_stage(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        found = sent(talk)
        status, escalate = f"STATUS {found.receipt}", f"ESCALATE {found.receipt}"
        talk.says(status).hears(f"{found.receipt}: sent", "Nobody has opened it yet", "by Mon 22")
        with app.app_context(), transaction():
            desk_actions.open_it(again(found), staff=handlers.here, by=actor(handlers.here))
        talk.says(status, after=700).hears("Somebody has opened it")
        answers(app, found, handlers.here)
        talk.settles().hears(f"You have a reply. Ref {found.receipt}.")
        talk.says(status, after=700).hears("you have a reply", escalate)
        talk.says(escalate).hears("A reply from outside your Jobcentre is due by", found.receipt)
        with app.app_context():
            assert again(found).level is Level.team
        talk.says(escalate, after=700).hears("Nobody has opened it yet")
        answers(app, found, handlers.team, final=True)
        talk.settles()
        talk.says(status, after=700).hears("this is the last reply")
        for each in talk.received:
            assert "stop my money" not in each
            assert "omplain" not in each

    def test_nobody_need_wait_for_the_office(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        """ESCALATE at any time; said a second time, it says how it stands there."""
        found = sent(talk)
        escalate = f"ESCALATE {found.receipt}"
        talk.says(f"STATUS {found.receipt}").hears(escalate)
        talk.says(escalate).hears("A reply from outside your Jobcentre is due by", found.receipt)
        with app.app_context():
            assert again(found).level is Level.team
            assert queries.for_staff(again(handlers.here), found.id) is None
        talk.says(escalate, after=700).hears("Nobody has opened it yet")
        assert escalate not in talk.last
        assert talk.happened().count("taken_further") == 1

    def test_late_is_said_once_and_leads_on(
        self, app: Flask, talk: Talk, handlers: Handlers
    ) -> None:
        found = sent(talk)
        talk.time.later(days=22)
        talk.settles().settles().hears("Our reply is late", f"STATUS {found.receipt}")
        before = len(talk.received)
        talk.time.later(days=3)
        talk.settles().settles().hears_nothing_new(before)
        talk.says(f"STATUS {found.receipt}").hears("our reply is late", "ESCALATE")
        talk.says(f"ESCALATE {found.receipt}").hears("outside your Jobcentre")

    def test_a_question_of_theirs_is_said(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        found = sent(talk)
        with app.app_context(), transaction():
            desk_actions.open_it(again(found), staff=handlers.here, by=actor(handlers.here))
            desk_actions.ask_more(
                again(found), "When?", staff=again(handlers.here), by=actor(handlers.here)
            )
        talk.settles().says(f"STATUS {found.receipt}").hears("we asked you something")
        Browser(app).sign_in(people.alex).open("/").sees("Answer a question about your complaint")
        with app.app_context(), transaction():
            actions.add(again(found), "On Monday.", by=actor(people.alex))
        talk.says(f"STATUS {found.receipt}")
        assert [text for text in talk.received if "Somebody has opened it" in text]
        browser = Browser(app).sign_in(people.alex).open("/")
        browser.does_not_see("Answer a question about your complaint")

    @pytest.mark.parametrize("word", ["STATUS", "ESCALATE"])
    def test_discreet_people_call_about_it(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers, word: str
    ) -> None:
        found = sent(talk)
        with app.app_context(), transaction():
            account.choose_discreet(again(people.alex), True, by=actor(people.alex))
        talk.time.later(days=22)
        talk.settles().says(f"{word} {found.receipt}").hears("We cannot do this by text. Call")
        with app.app_context():
            assert again(found).level is Level.office

    def test_any_of_its_receipts_names_it(self, app: Flask, talk: Talk, handlers: Handlers) -> None:
        found = sent(talk)
        with app.app_context(), transaction():
            entry = desk_actions.acknowledge(
                again(found), staff=again(handlers.here), by=actor(handlers.here)
            )
            assert entry is not None
        talk.settles().says(f"STATUS {entry.receipt}").hears(f"{found.receipt}: sent")

    def test_somebody_elses_is_not_found(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        theirs = complains(app, people.stranger)
        talk.says(f"ESCALATE {theirs.receipt}").hears("We do not know that code")
        talk.says(f"STATUS {theirs.receipt}").hears("We do not know that code")
        with app.app_context():
            assert again(theirs).level is Level.office
