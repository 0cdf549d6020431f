"""COMPLAIN by text: the story in several texts, and what is said in danger."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account import actions as account
from portal.account import concern_actions, concern_queries
from portal.account import queries as people_queries
from portal.complaints import drafts, queries
from portal.complaints.models import Complaint, Level
from portal.database import db, transaction
from tests.complaints import Handlers
from tests.notifications.complaining import STORY, complaint, sent
from tests.notifications.dialogues import Talk
from tests.people import Desk, People, actor, again


class TestByText:
    def test_in_several_texts(self, talk: Talk, people: People, handlers: Handlers) -> None:
        found = sent(talk)
        talk.hears("Not your work coach but somebody else answers.", found.receipt)
        assert talk.happened()[-1] == "sent"
        with talk.app.app_context():
            found = again(found)
            assert found.what == "\n".join(STORY)
            assert found.level is Level.office
            assert [each.id for each in queries.kept_from(found)] == [people.coach.id]
            assert queries.for_staff(again(handlers.here), found.id) is not None

    def test_the_menu_leads_there(self, talk: Talk, handlers: Handlers) -> None:
        talk.says("MENU").hears("4 complaint").says("4").hears("Write what happened")

    def test_digits_are_part_of_the_story(self, talk: Talk, handlers: Handlers) -> None:
        talk.says("COMPLAIN").says("2").says("DONE").says("1")
        assert complaint(talk).what == "2"

    def test_0_drops_it(self, talk: Talk, handlers: Handlers) -> None:
        talk.says("COMPLAIN").says("She shouted.").says("0").hears("Nothing was sent")
        with talk.app.app_context():
            assert db.session.scalar(sa.select(sa.func.count(Complaint.id))) == 0

    def test_what_was_never_finished_is_no_matter_for_other_staff(
        self, talk: Talk, handlers: Handlers
    ) -> None:
        talk.says("COMPLAIN").says("She shouted.")
        talk.time.later(minutes=31)
        talk.settles().hears("1 = send")
        talk.time.later(hours=49)
        talk.settles()
        assert talk.tasks() == set()
        with talk.app.app_context():
            draft = queries.draft(again(talk.person))
            assert drafts.read(draft) == {"what": "She shouted."}

    def test_nor_is_what_is_kept_on_the_website_touched(
        self, talk: Talk, handlers: Handlers
    ) -> None:
        with talk.app.app_context(), transaction():
            drafts.keep(again(talk.person), {"what": "He shouted."})
        talk.says("COMPLAIN").says("She shouted.")
        talk.time.later(hours=50)
        talk.settles()
        with talk.app.app_context():
            assert drafts.read(queries.draft(again(talk.person))) == {"what": "He shouted."}

    def test_what_is_too_long_is_added(
        self, talk: Talk, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from portal.complaints import rules

        monkeypatch.setattr(rules, "LONGEST", 30)
        found = sent(talk)
        with talk.app.app_context():
            assert [word.words for word in queries.words(again(found))] == [STORY[1]]
            assert again(found).what == STORY[0]

    def test_discreet_people_call(self, talk: Talk, people: People) -> None:
        with talk.app.app_context(), transaction():
            account.choose_discreet(again(people.alex), True, by=actor(people.alex))
        talk.says("COMPLAIN").hears("We cannot do this by text. Call")

    def test_what_is_said_in_danger_is_not_sent(self, talk: Talk, handlers: Handlers) -> None:
        talk.says("COMPLAIN").says("I want to kill myself").hears("999")
        with talk.app.app_context():
            assert db.session.scalar(sa.select(sa.func.count(Complaint.id))) == 0


class TestInDanger:
    """A threat is what a complaint is about. Somebody reads it at once, but not the one it is
    about; and it is a part of the complaint."""

    THREAT = "She threatened to stop my money."

    def test_the_own_coach_does_not_read_it(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        talk.says("COMPLAIN").says("On Monday.").says(self.THREAT).says("Priya did.")
        office = people.office.id
        with app.app_context():
            (concern,) = concern_queries.unread_concerns(office, people.colleague.id)
            assert self.THREAT in concern.words
            assert "Priya did." in concern.words
            assert concern_queries.unread_concerns(office, people.coach.id) == []
            assert concern_queries.concern(concern.id, office, people.coach.id) is None
            for task in people_queries.undelivered(office):
                assert task.heard == ""
        talk.time.later(minutes=20)
        for member in (people.coach, people.colleague):
            desk = Desk(app).sign_in(member)
            seen = [desk.open("/staff").text, desk.open("/staff/waiting/not-delivered").text]
            assert ("Read it now" in seen[0]) is (member is people.colleague)
            assert not [page for page in seen if "threatened" in page]
            status = 200 if member is people.colleague else 404
            desk.open(f"/staff/concerns/{concern.id}", status)

    def test_it_is_a_part_of_the_complaint(
        self, app: Flask, talk: Talk, people: People, handlers: Handlers
    ) -> None:
        talk.says("COMPLAIN").says("On Monday.").says(self.THREAT).says("Priya did.")
        with app.app_context(), transaction():
            (concern,) = concern_queries.unread_concerns(people.office.id, people.colleague.id)
            concern_actions.read_concern(
                concern,
                saw=concern_actions.shown(concern),
                staff=again(people.colleague),
                by=actor(people.colleague),
            )
        talk.says("DONE").hears("Texts kept: 3").says("1")
        assert complaint(talk).what == f"On Monday.\n{self.THREAT}\nPriya did."

    def test_where_nobody_else_is_there_the_coach_reads_it(
        self, app: Flask, talk: Talk, people: People
    ) -> None:
        with app.app_context(), transaction():
            for member in people_queries.staff_of_office(people.office.id):
                member.active = member.id == people.coach.id
        talk.says("COMPLAIN").says(self.THREAT)
        with app.app_context():
            assert len(concern_queries.unread_concerns(people.office.id, people.coach.id)) == 1

    def test_words_about_a_complaint_stand_on_no_list(
        self, app: Flask, talk: Talk, people: People
    ) -> None:
        for _ in range(4):
            talk.says("i am going to complain about priya shah ok then")
        assert talk.tasks() == {"inbound.unclear"}
        with app.app_context():
            (task,) = people_queries.undelivered(people.office.id)
            assert task.heard == ""
