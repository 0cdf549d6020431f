"""The complaints desk: who sees what, and that others see nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import clock
from portal.account import actions as account
from portal.account import guards, throttle
from portal.account.models import Staff, UndeliveredText
from portal.complaints import actions, desk_actions, desk_queries, queries, rules
from portal.complaints.models import Complaint, Contact, Kind, Level, Said, Word
from portal.database import db, transaction
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal
from tests.complaints import WORDS, Handlers, answers, at_desk, complains
from tests.people import Browser, Desk, People, StoppedClock, actor, again, claimant, staff, work


def routes(app: Flask) -> Iterator[tuple[str, str, set[str]]]:
    """Every address of the desk with the names of what goes into it."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("staff."):
            for method in (rule.methods or set()) & {"GET", "POST"}:
                yield rule.endpoint, method, set(rule.arguments)


def address(app: Flask, endpoint: str, **values: object) -> str:
    with app.test_request_context():
        return app.url_for(endpoint, **values)


def opened(app: Flask, member: Staff, found: Complaint) -> Desk:
    """Signed in, with the complaint opened."""
    desk = at_desk(app, member)
    return desk.open(f"/staff/complaints/{found.id}").press("Open and read it")


def kinds(app: Flask, found: Complaint) -> list[str]:
    with app.app_context():
        entries = log.entries_about(found.claimant_id, found.id)
        return [entry.kind.removeprefix("complaints.") for entry in entries]


def now(app: Flask, found: Complaint) -> Complaint:
    with app.app_context():
        return again(found)


class TestWhoSees:
    def test_the_roles_of_the_guards_are_those_of_the_rules(self) -> None:
        assert {rules.HANDLER, rules.TEAM} == guards.APART

    def test_the_list_is_by_when_an_answer_is_due(
        self, app: Flask, people: People, handlers: Handlers, clock_stopped: StoppedClock
    ) -> None:
        complains(app, people.alex)
        clock_stopped.later(days=16)
        complains(app, people.stranger)
        desk = at_desk(app, handlers.here)
        assert desk.path == "/staff/complaints"
        desk.sees("Overdue: 0", "Due within a week: 1", "Later: 1")
        clock_stopped.later(days=6)
        at_desk(app, handlers.here).sees("Overdue: 1", "Alex Morgan", "Robin Vale")

    def test_reading_is_an_entry_that_the_person_sees(
        self, app: Flask, people: People, handlers: Handlers, clock_stopped: StoppedClock
    ) -> None:
        found = complains(app, people.alex)
        desk = at_desk(app, handlers.here).open(f"/staff/complaints/{found.id}")
        desk.does_not_see(WORDS)
        assert kinds(app, found) == ["sent"]
        desk.press("Open and read it").sees(WORDS)
        assert kinds(app, found) == ["sent", "opened"]
        desk.open(f"/staff/complaints/{found.id}").sees(WORDS)
        clock_stopped.later(minutes=31)
        at_desk(app, handlers.here).open(f"/staff/complaints/{found.id}").does_not_see(WORDS)

    @pytest.mark.parametrize("path", ["ask", "answer", "told"])
    def test_nothing_is_written_about_what_was_not_opened(
        self, app: Flask, people: People, handlers: Handlers, path: str
    ) -> None:
        found = complains(app, people.alex)
        at_desk(app, handlers.here).open(f"/staff/complaints/{found.id}/{path}", 404)

    @pytest.mark.parametrize("who", ["coach", "colleague", "other_coach", "manager", "elsewhere"])
    def test_everybody_else_finds_nothing(
        self, app: Flask, people: People, handlers: Handlers, who: str
    ) -> None:
        found = complains(app, people.alex)
        member = getattr(people, who, None) or getattr(handlers, who)
        desk = at_desk(app, member)
        for endpoint, method, arguments in routes(app):
            if "complaint_id" not in arguments:
                continue
            pages = []
            for each in (found.id, uuid4()):
                ids = {"complaint_id": each, "task_id": uuid4()}
                path = address(app, endpoint, **{name: ids[name] for name in arguments})
                desk.open("/staff/times")
                desk.post(path, 404) if method == "POST" else desk.open(path, 404)
                pages.append(desk.text)
            assert pages[0] == pages[1], endpoint

    def test_other_roles_have_no_complaints_desk(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        for member in (people.coach, handlers.manager):
            desk = at_desk(app, member)
            desk.does_not_see("Complaints")
            for path in ("/staff/complaints", "/staff/complaints/pattern"):
                desk.open(path, 404)

    def test_those_of_the_desk_see_no_other_page(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        """Whoever deals with complaints sees no worklists, people or plans."""
        theirs = {"staff.home", "staff.times", "staff.take_back", "staff.sign_in", "staff.sign_out"}
        for member in (handlers.here, handlers.team):
            desk = at_desk(app, member)
            for endpoint, method, arguments in routes(app):
                if endpoint in theirs or "complaint" in endpoint.replace("told_complaint", ""):
                    continue
                ids = {"claimant_id": people.alex.id, "name": "cancel"}
                path = address(app, endpoint, **{n: ids.get(n, uuid4()) for n in arguments})
                desk.open("/staff/complaints")
                desk.post(path, 404) if method == "POST" else desk.open(path, 404)
            desk.open("/staff/texts", 404)

    def test_whoever_it_is_kept_from_never_sees_it(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        """Not even when the coach complained about deals with complaints one day."""
        found = complains(app, people.alex, kept_from=frozenset({people.coach.id}))
        with app.app_context(), transaction():
            again(people.coach).role = rules.HANDLER
        desk = at_desk(app, people.coach)
        desk.sees("Overdue: 0", "Due within a week: 0", "Later: 0").does_not_see("Alex Morgan")
        desk.fill(reference=found.receipt).press("Find", 422)
        desk.sees("There is no complaint with this reference that is yours to see.")
        desk.open(f"/staff/complaints/{found.id}", 404)
        opened(app, handlers.here, found).sees("Priya Shah", WORDS)

    def test_nor_when_they_moved_to_the_team(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(
            app, people.alex, kept_from=frozenset({people.coach.id}), level=Level.team
        )
        with app.app_context(), transaction():
            coach = again(people.coach)
            coach.role, coach.office_id = rules.TEAM, people.other_office.id
        at_desk(app, people.coach).open(f"/staff/complaints/{found.id}", 404)
        opened(app, handlers.team, found).sees(WORDS)

    def test_what_nobody_in_the_office_may_see_is_before_the_team(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        with app.app_context():
            assert queries.for_staff(again(handlers.team), found.id) is None
        with app.app_context(), transaction():
            again(handlers.here).active = False
        opened(app, handlers.team, found).sees(WORDS)

    def test_past_the_office(self, app: Flask, people: People, handlers: Handlers) -> None:
        found = complains(app, people.alex, level=Level.team)
        at_desk(app, handlers.here).does_not_see("Alex Morgan")
        opened(app, handlers.team, found).sees(WORDS)

    def test_it_is_found_by_its_reference(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        desk = at_desk(app, handlers.here)
        typed = f"{found.receipt[:4]}-{found.receipt[4:]}".lower()
        desk.fill(reference=typed).press("Find")
        assert desk.path == f"/staff/complaints/{found.id}"

    def test_a_claimant_finds_no_desk(self, app: Flask, people: People, handlers: Handlers) -> None:
        found = complains(app, people.alex)
        browser = Browser(app).sign_in(people.alex)
        browser.open(f"/staff/complaints/{found.id}").does_not_see(WORDS)

    def test_a_receipt_shows_other_staff_nothing(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        at_desk(app, people.coach).open(f"/staff/done/{found.receipt}", 404)


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


class TestStaffWriteItDown:
    def test_and_do_not_see_it_afterwards(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        desk = at_desk(app, people.colleague).open(f"/staff/people/{people.alex.id}")
        desk.open(f"/staff/people/{people.alex.id}/complaint")
        desk.fill(kind="delay", what="Nobody called me.").press("Record this for them")
        with app.app_context():
            found = db.session.scalar(sa.select(Complaint))
            assert found is not None
            assert (found.kind, found.level) == (Kind.delay, Level.office)
            assert [each.name for each in queries.kept_from(found)] == ["Priya Shah"]
            entry = log.by_receipt(found.receipt)
            assert entry is not None
            assert entry.actor_id == people.colleague.id
        desk.sees(f"{found.receipt[:4]}-{found.receipt[4:]}").does_not_see("Nobody called me.")
        desk.open(f"/staff/complaints/{found.id}", 404)
        desk.open(f"/staff/people/{people.alex.id}").does_not_see(found.receipt, "Nobody called me")

    def test_a_second_press_makes_no_second_one(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        desk = at_desk(app, people.colleague).open(f"/staff/people/{people.alex.id}/complaint")
        once, path = str(uuid4()), f"/staff/people/{people.alex.id}/complaint"
        for _press in range(2):
            desk.open(path)
            desk.post(path, kind="delay", what="Nobody called me.", _once=once)
        with app.app_context():
            assert db.session.scalar(sa.select(sa.func.count(Complaint.id))) == 1

    def test_staff_do_not_learn_how_many_there_are(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        for _each in range(rules.MOST_OPEN):
            complains(app, people.alex)
        desk = at_desk(app, people.coach).open(f"/staff/people/{people.alex.id}/complaint")
        desk.fill(kind="delay", what="Nobody called.").press("Record this for them")
        desk.does_not_see("Many of your complaints")

    def test_nobody_fills_the_desk(
        self, app: Flask, people: People, handlers: Handlers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(throttle.LIMITS, "complaints of a person", throttle.parse("1 per day"))
        desk = at_desk(app, people.colleague)
        for status in (200, 422):
            desk.open(f"/staff/people/{people.alex.id}/complaint")
            desk.fill(kind="delay", what="Nobody called.").press("Record this for them", status)
        desk.sees("You wrote down many complaints today.", "Nobody called.")

    def test_the_coach_is_kept_out_who_moved_away(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        with app.app_context(), transaction():
            again(people.coach).office_id = people.other_office.id
        desk = at_desk(app, people.colleague).open(f"/staff/people/{people.alex.id}/complaint")
        desk.sees("Mina Park")
        desk.fill(kind="delay", what="Nobody called.").press("Record this for them")
        with app.app_context():
            found = db.session.scalars(sa.select(Complaint)).one()
            assert [each.name for each in queries.kept_from(found)] == ["Priya Shah"]
            assert found.contact is Contact.text

    def test_it_can_go_past_the_office(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        desk = at_desk(app, people.colleague).open(f"/staff/people/{people.alex.id}/complaint")
        desk.fill(kind="delay", what="Nobody called.", past="y").press("Record this for them")
        at_desk(app, handlers.team).sees("Alex Morgan")


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
