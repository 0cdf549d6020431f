"""COMPLAIN, STATUS and ESCALATE by text, and what texts about complaints say: nearly nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import kinds, texts
from notifications.models import Notification
from portal import clock
from portal.account import actions as account
from portal.account import concern_actions, concern_queries, delivery_actions, phone_actions
from portal.account import queries as people_queries
from portal.account.models import UndeliveredText
from portal.actors import Actor
from portal.complaints import actions, desk_actions, desk_queries, drafts, queries
from portal.complaints.models import Complaint, Contact, Level, Said, Word
from portal.database import db, transaction
from tests.complaints import Handlers, answers, complains
from tests.notifications.dialogues import Talk
from tests.people import Browser, Desk, People, StoppedClock, actor, again

NEVER = ("omplain", "Jobcentre", "stop my money", "Priya", "Alex")
STORY = ("On Monday she said", "that she would stop my money.")


@pytest.fixture
def talk(app: Flask, people: People, clock_stopped: StoppedClock) -> Talk:
    return Talk(app, clock_stopped, people.alex)


def complaint(talk: Talk) -> Complaint:
    with talk.app.app_context():
        found = db.session.scalars(sa.select(Complaint)).all()
        assert len(found) == 1
        return found[0]


def sent(talk: Talk) -> Complaint:
    """Alex complains by text, from the first word to the receipt."""
    talk.says("COMPLAIN").hears("Write what happened", "Your work coach does not see it")
    talk.says(STORY[0]).hears("Kept")
    talk.says(STORY[1]).says("DONE").hears("Texts kept: 2")
    talk.says("1")
    return complaint(talk)


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
