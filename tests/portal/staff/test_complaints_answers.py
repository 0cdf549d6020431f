"""Dealing with a complaint: it is acknowledged, asked about, and answered once."""

from __future__ import annotations

from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.complaints import actions, desk_actions, rules
from portal.complaints.models import Complaint, Level, Said, Word
from portal.database import db, transaction
from portal.refusals import Refusal
from tests.complaints import Handlers, answers, complains
from tests.people import Browser, People, StoppedClock, actor, again
from tests.portal.staff.complaint_desk import kinds, opened


def now(app: Flask, found: Complaint) -> Complaint:
    with app.app_context():
        return again(found)


class TestAnswering:
    def test_acknowledged_once(self, app: Flask, people: People, handlers: Handlers) -> None:
        found = complains(app, people.alex)
        desk = opened(app, handlers.here, found).press("Acknowledge it")
        assert "Acknowledge it" not in desk.buttons()
        desk.post(f"/staff/complaints/{found.id}/acknowledge")
        assert kinds(app, found) == ["sent", "opened", "acknowledged"]

    def test_asking_for_more_keeps_the_clock(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        desk = opened(app, handlers.here, found).open(f"/staff/complaints/{found.id}/ask")
        desk.fill(words="").press("Send the question", 422).sees("Write what you need to know.")
        desk.fill(words="On which day was it?").press("Send the question")
        desk.sees("On which day was it?")
        assert now(app, found).reply_by == found.reply_by
        with app.app_context(), transaction():
            actions.add(again(found), "On Friday.", by=actor(people.alex))
        desk.open(f"/staff/complaints/{found.id}").sees("On Friday.")

    def test_an_answer_has_three_parts(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        desk = opened(app, handlers.here, found).open(f"/staff/complaints/{found.id}/answer")
        desk.does_not_see("This is the final response")
        desk.fill(looked_at="The notes.", found_out="", will_do="We say sorry.")
        desk.press("Send the answer", 422).sees("Write what you found.", "The notes.")
        desk.fill(looked_at="The notes.", found_out="It was wrong.", will_do="We say sorry.")
        desk.press("Send the answer").sees("It was wrong.", "It was answered")
        assert kinds(app, found) == ["sent", "opened", "answered"]
        assert now(app, found).final_at is None

    def test_only_the_team_gives_a_final_response(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        desk = opened(app, handlers.here, found)
        parts = {"looked_at": "a", "found_out": "b", "will_do": "c", "final": "y"}
        desk.open(f"/staff/complaints/{found.id}/answer")
        desk.post(f"/staff/complaints/{found.id}/answer", **parts)
        assert now(app, found).final_at is None
        with app.app_context(), transaction():
            actions.take_further(again(found), by=actor(people.alex))
        desk = opened(app, handlers.team, found)
        desk.open(f"/staff/complaints/{found.id}/answer").sees("Sunday 1 August 2027")
        desk.post(f"/staff/complaints/{found.id}/answer", **parts)
        assert now(app, found).final_at is not None

    def test_what_was_taken_further_meanwhile_is_no_longer_theirs(
        self, app: Flask, people: People, handlers: Handlers, clock_stopped: StoppedClock
    ) -> None:
        found = complains(app, people.alex)
        clock_stopped.later(days=22)
        desk = opened(app, handlers.here, found).open(f"/staff/complaints/{found.id}/answer")
        with app.app_context(), transaction():
            actions.take_further(again(found), by=actor(people.alex))
        parts = {"looked_at": "We read it.", "found_out": "All wrong.", "will_do": "Pay it."}
        desk.fill(**parts).press("Send the answer", 409)
        desk.sees("Somebody else deals with this complaint now.", *parts.values())
        desk.does_not_see("Alex Morgan").press("Look again")
        assert desk.path == "/staff/complaints"
        desk.open(f"/staff/complaints/{found.id}/answer", 404)
        for path in ("acknowledge", "told", "ask", "further"):
            desk.open("/staff/complaints").post(f"/staff/complaints/{found.id}/{path}", 409)
        assert kinds(app, found)[-1] == "taken_further"

    def test_two_answers_at_once_are_one(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        first = opened(app, handlers.here, found).open(f"/staff/complaints/{found.id}/answer")
        answers(app, found, handlers.here)
        first.fill(looked_at="a", found_out="b", will_do="c").press("Send the answer", 409)
        first.sees("This complaint was answered, or taken back, just now.")
        with app.app_context():
            query = sa.select(sa.func.count()).select_from(Word).where(Word.said == Said.answer)
            assert db.session.scalar(query) == 1

    def test_what_took_long_to_write_is_not_lost(
        self, app: Flask, people: People, handlers: Handlers, clock_stopped: StoppedClock
    ) -> None:
        """Longer than reading it holds, as long as it may be, and in any script."""
        found = complains(app, people.alex)
        desk = opened(app, handlers.here, found)
        for _pause in range(3):
            clock_stopped.later(minutes=9)
            desk.open(f"/staff/complaints/{found.id}/answer")
        parts = dict.fromkeys(("looked_at", "found_out", "will_do"), "\u0643" * rules.LONGEST)
        desk.fill(**parts)
        clock_stopped.later(minutes=9)
        desk.press("Send the answer")
        assert kinds(app, found)[-1] == "answered"

    def test_what_was_typed_is_shown_when_somebody_was_quicker(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        desk = opened(app, handlers.here, found).open(f"/staff/complaints/{found.id}/answer")
        answers(app, found, handlers.here)
        parts = {"looked_at": "We read it.", "found_out": "All wrong.", "will_do": "Pay it."}
        desk.fill(**parts).press("Send the answer", 409).sees(*parts.values())

    def test_after_one_answer_the_team_gives_its_final_response(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        """Without it nobody outside would look at the complaint."""
        found = complains(app, people.alex, level=Level.team)
        answers(app, found, handlers.team)
        with app.app_context(), transaction():
            actions.take_further(again(found), by=actor(people.alex))
        with pytest.raises(Refusal, match="final"):
            answers(app, found, handlers.team)
        answers(app, found, handlers.team, final=True)

    def test_what_went_further_meanwhile_is_not_opened_for_the_team(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        """They held the page when the person took it further."""
        found = complains(app, people.alex)
        answers(app, found, handlers.here)
        with app.app_context(), transaction():
            actions.take_further(again(found), by=actor(people.alex))
        by = actor(handlers.here)
        for act in (desk_actions.open_it, desk_actions.acknowledge):
            with app.app_context(), pytest.raises(Refusal), transaction():
                act(again(found), staff=again(handlers.here), by=by)
        assert now(app, found).opened_at is None
        assert now(app, found).acknowledged_at is None

    def test_a_question_pressed_twice_is_one(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        desk = opened(app, handlers.here, found)
        path, once = f"/staff/complaints/{found.id}/ask", str(uuid4())
        for _press in range(2):
            desk.open(path).post(path, words="On which day?", _once=once)
        assert kinds(app, found).count("more_asked") == 1

    @pytest.mark.parametrize("nation", ["england", "northern_ireland"])
    def test_the_last_day_of_the_examiner_only_where_there_is_one(
        self, app: Flask, people: People, handlers: Handlers, nation: str
    ) -> None:
        found = complains(app, people.alex, level=Level.team)
        with app.app_context(), transaction():
            again(people.office).nation = nation
        desk = opened(app, handlers.team, found).open(f"/staff/complaints/{found.id}/answer")
        assert ("Sunday 1 August 2027" in desk.text) is (nation == "england")
        browser = Browser(app).sign_in(people.alex).open(f"/complaints/{found.id}")
        assert ("For Northern Ireland we could not confirm" in browser.text) is (
            nation != "england"
        )

    def test_a_handler_writes_down_what_they_were_told(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        desk = opened(app, handlers.here, found).open(f"/staff/complaints/{found.id}/told")
        desk.fill(words="It happened again.").press("Record this for them")
        desk.sees("It happened again.")
        desk.press("They want the complaints team to look at it")
        assert desk.path == "/staff/complaints"
        desk.does_not_see("Alex Morgan")
        opened(app, handlers.team, found).sees("It happened again.")
