"""Any sequence of texts, web answers, staff changes, hours and duplicates: what never happens.

Nothing is ever asked to be cancelled by text without the number that was sent last; no text is
acted on twice; a bare digit answers the last question and nothing else; only staff call off.
"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from notifications.models import Dialogue, InboundText, Notification
from portal.account.models import Claimant
from portal.actors import Channel, Kind
from portal.appointments import actions, office_actions
from portal.appointments.models import Appointment, How, Status
from portal.appointments.rules import Booking
from portal.database import db, new_id, transaction
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal
from tests.databases import PostgresqlDatabase, SqliteDatabase
from tests.notifications.dialogues import Talk
from tests.people import SOON, StoppedClock, actor, appointment, claimant, office, slot, staff

WORDS = st.sampled_from(
    ["1", "2", "3", "4", "9", "0", "47", "yes", "no", "ok", "cancel", "phone", "change", "next",
     "undo", "menu", "message", "DONE", "late", "nofare", "hospital", "call me", "language",
     "settings", "costs", "5", "help", "i cant make it", "the blue one", "", "1?", "22", "Cymraeg",
     "START"]
)  # fmt: skip
ACTED = {"accepted", "asked_to_cancel", "asked_for_phone_call", "time_picked", "withdrawn"}


class Walk(RuleBasedStateMachine):
    """One person, two appointments, free times; whatever comes."""

    app: Flask
    database: SqliteDatabase | PostgresqlDatabase

    def __init__(self) -> None:
        super().__init__()
        self.database.reset()
        self.time = StoppedClock()
        with self.app.app_context(), transaction():
            at = office()
            self.coach = staff(at, "Priya Shah")
            self.alex: Claimant = claimant(at, "Alex Morgan", "+447700900101", coach=self.coach)
            for day in (10, 11):
                appointment(self.alex, SOON.replace(day=day))
            for day in (12, 15, 16):
                slot(at, SOON.replace(day=day))
        self.talk = Talk(self.app, self.time, self.alex).settles()
        self.ids: list[str] = []

    def teardown(self) -> None:
        with self.app.app_context():
            assert log.verify(self.alex.id) == []
            for visit in db.session.scalars(sa.select(Appointment)):
                off = {"appointments.called_off", "appointments.agreed"}
                kinds = {e.kind for e in log.entries_about(self.alex.id, visit.id)}
                assert visit.status is not Status.called_off or kinds & off
            for entry in log.entries(self.alex.id):
                if entry.kind.endswith((".called_off", ".agreed", ".refused", ".moved")):
                    assert entry.actor_kind == Kind.staff.value
        self.time.go_on()

    def _appointments(self) -> list[Appointment]:
        found = sa.select(Appointment).order_by(Appointment.id)
        return list(db.session.scalars(found))

    def _by_text(self) -> list[Entry]:
        with self.app.app_context():
            return [e for e in log.entries(self.alex.id) if e.channel == Channel.sms.value]

    def _kept(self) -> tuple[str, str]:
        """The question that is open, and the number that was sent with it."""
        with self.app.app_context():
            row = db.session.get(Dialogue, self.talk.number)
            return (row.question, str(row.facts.get("code", ""))) if row else ("", "")

    def _text(self, words: str, provider_id: str, after: float) -> None:
        asked, code = self._kept()
        known = {e.number for e in self._by_text()}
        self.talk.says(words, after=after, provider_id=provider_id)
        new = [e for e in self._by_text() if e.number not in known]
        kinds = [e.kind.split(".")[1] for e in new]
        assert len(new) <= 1, (words, kinds)
        if "asked_to_cancel" in kinds:
            assert asked == "confirm_cancel"
            assert words == code
        if "costs.asked" in {e.kind for e in new}:
            assert asked == "costs_result"
            assert words in ("1", "2")
        if asked in (
            "costs",
            "costs_result",
            "menu",
            "call_when",
            "settings",
            "language",
            "late",
            "message",
            "review",
        ):
            assert not (words.isdigit() and ACTED & set(kinds)), (asked, words, kinds)
        for entry in new:
            self._confirmed_once(entry)

    def _confirmed_once(self, entry: Entry) -> None:
        with self.app.app_context():
            texts = db.session.scalars(
                sa.select(Notification.kind).where(
                    Notification.dedupe_key.contains(f":{entry.receipt}:")
                )
            ).all()
        own = [each for each in texts if each != "appointments.reason_question"]
        # Nothing is sent to somebody who asked us not to.
        assert len(own) <= 1, (entry.kind, texts)
        assert own, (entry.kind, texts)

    @rule(words=WORDS, after=st.sampled_from([1, 5, 70, 700]))
    def texts(self, words: str, after: float) -> None:
        self.ids.append(new_id().hex)
        self._text(words, self.ids[-1], after)

    @rule(
        opening=st.sampled_from(["callback", "settings", "language", "change", "next", "menu"]),
        digit=st.sampled_from("123"),
    )
    def presses_twice(self, opening: str, digit: str) -> None:
        """The second press means nothing new: not the offer that was open before."""
        self._text(opening, new_id().hex, 60)
        asked, _code = self._kept()
        self._text(digit, new_id().hex, 60)
        if asked in ("", "offer", "message") or self._kept()[0]:
            return  # That digit was the offer's already, or led to another question.
        before = self._by_text()
        self._text(digit, new_id().hex, 2)
        again = [e.kind for e in self._by_text()[: -len(before) or None]]
        assert not any(kind.split(".")[1] in ACTED for kind in again), (opening, digit, again)

    @rule(digits=st.text("0123456", min_size=3, max_size=10))
    def goes_through_the_questions_about_costs(self, digits: str) -> None:
        """Forwards, back and past the end. Something is sent only where the text offered it."""
        for words in ("costs", *digits):
            self._text(words, new_id().hex, 60)

    @rule(after=st.sampled_from([1, 120]))
    def repeats_the_number_it_was_sent(self, after: float) -> None:
        asked, code = self._kept()
        if asked == "confirm_cancel":
            self.ids.append(new_id().hex)
            self._text(code, self.ids[-1], after)

    @rule(words=WORDS)
    def a_text_comes_again(self, words: str) -> None:
        if not self.ids:
            return
        before = self.talk.happened()
        self.talk.says(words, provider_id=self.ids[-1], after=1)
        assert [k for k in self.talk.happened() if k in ACTED] == [k for k in before if k in ACTED]

    @rule(which=st.integers(0, 1), what=st.sampled_from(["accept", "cancel", "phone", "undo"]))
    def answers_on_the_website(self, which: int, what: str) -> None:
        act = {
            "accept": actions.accept,
            "cancel": actions.ask_to_cancel,
            "phone": actions.ask_for_phone_call,
            "undo": actions.withdraw,
        }[what]
        self._tries(lambda: act(self._appointments()[which], by=actor(self.alex)))

    @rule(which=st.integers(0, 1), hour=st.integers(9, 16))
    def staff_move_it(self, which: int, hour: int) -> None:
        def move() -> None:
            visit = self._appointments()[which]
            booking = Booking(
                visit.starts_at.replace(hour=hour), How.in_person, "work_search_review"
            )
            office_actions.move(visit, booking, by=actor(self.coach))

        self._tries(move)

    @rule(which=st.integers(0, 1), what=st.sampled_from(["agree", "refuse", "call off"]))
    def staff_decide(self, which: int, what: str) -> None:
        def decide() -> None:
            visit, by = self._appointments()[which], actor(self.coach)
            if what == "call off":
                office_actions.call_off(visit, why="The office is closed.", by=by)
            elif visit.open_request is not None and what == "agree":
                office_actions.agree(
                    visit.open_request, caller_name="Priya", caller_number="0113", by=by
                )
            elif visit.open_request is not None:
                office_actions.refuse(visit.open_request, why="We must meet.", by=by)

        self._tries(decide)

    @rule(hours=st.sampled_from([1, 5, 26, 60]))
    def time_passes(self, hours: int) -> None:
        self.time.later(hours=hours)
        self.talk.settles()

    def _tries(self, act: object) -> None:
        assert callable(act)
        self.time.later(seconds=20)
        try:
            with self.app.app_context(), transaction():
                act()
        except Refusal:
            pass
        self.talk.settles()


@pytest.fixture
def walk(shared_app: Flask, migrated: SqliteDatabase | PostgresqlDatabase) -> type[Walk]:
    Walk.app, Walk.database = shared_app, migrated
    return Walk


@pytest.mark.slow
def test_no_sequence_does_harm(walk: type[Walk]):
    run_state_machine_as_test(
        walk,
        settings=settings(
            max_examples=6,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_text_of_a_walk_is_settled(walk: type[Walk]):
    machine = walk()
    for words in ("2", "1", "4", "2", "undo", "3"):
        machine.texts(words, 70)
    with machine.app.app_context():
        open_ones = sa.select(InboundText.id).where(InboundText.handled_at.is_(None))
        assert db.session.scalars(open_ones).all() == []
    machine.teardown()
