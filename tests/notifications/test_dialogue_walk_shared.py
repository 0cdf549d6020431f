"""Two people on one phone, any sequence of texts: nothing is ever done for the wrong one.

Whatever is done by text is done for the one whom the last text on the phone was for, or who was
just named in answer to "Who is this?"; for one of the two only; and without discreet texts only
after the PIN of that very person.
"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from notifications.models import Dialogue
from portal.account import phone_actions
from portal.account.models import Claimant
from portal.actors import Channel
from portal.appointments import actions, office_actions
from portal.appointments.models import Appointment, How
from portal.appointments.rules import Booking
from portal.database import db, transaction
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal
from tests.databases import PostgresqlDatabase, SqliteDatabase
from tests.notifications.dialogues import Talk
from tests.people import SOON, StoppedClock, actor, again, appointment, claimant, office, staff

SHARED = "+447700900101"
PINS = {"Lex": "4821", "Kim": "7306"}
WORDS = st.sampled_from(
    ["1", "2", "3", "4", "0", "Lex", "kim", "accept", "cancel", "phone", "next", "undo", "menu",
     "late", "call me back", "settings", "help", "ok", "i cant make it", "the blue one", "", "47",
     "not me", "DONE", "Cymraeg", "START", "status K7QM2P4A", *PINS.values(), "9999"]
)  # fmt: skip


class SharedWalk(RuleBasedStateMachine):
    """Lex and Kim, an appointment each, discreet texts, and a PIN each."""

    app: Flask
    database: SqliteDatabase | PostgresqlDatabase

    def __init__(self) -> None:
        super().__init__()
        self.database.reset()
        self.time = StoppedClock()
        self.people: dict[str, Claimant] = {}
        with self.app.app_context(), transaction():
            at = office()
            self.coach = staff(at, "Priya Shah")
            for day, (name, pin) in enumerate(PINS.items(), 10):
                self.time.later(minutes=1)
                person = claimant(at, f"{name} Morgan", SHARED, nickname=name, discreet=True)
                phone_actions.choose_pin(person, pin, by=actor(person))
                appointment(person, SOON.replace(day=day))
                self.people[name] = person
        self.talk = Talk(self.app, self.time, self.people["Lex"]).settles()

    def teardown(self) -> None:
        with self.app.app_context():
            for person in self.people.values():
                assert log.verify(person.id) == []
        self.time.go_on()

    def _by_text(self, name: str) -> list[Entry]:
        with self.app.app_context():
            entries = log.entries(self.people[name].id)
            return [each for each in entries if each.channel == Channel.sms.value]

    def _asked(self) -> str:
        with self.app.app_context():
            row = db.session.get(Dialogue, SHARED)
            return row.question if row else ""

    def _named(self, words: str) -> str:
        """Whom these words name in answer to "Who is this?"."""
        return {"1": "Lex", "2": "Kim", "lex": "Lex", "kim": "Kim"}.get(words.casefold(), "")

    @rule(words=WORDS, after=st.sampled_from([1, 5, 70, 700]))
    def texts(self, words: str, after: float) -> None:
        last, asked = self.talk.last, self._asked()
        known = {name: len(self._by_text(name)) for name in self.people}
        self.talk.says(words, after=after)
        done = {name: self._by_text(name)[: len(self._by_text(name)) - known[name]]
                for name in self.people}  # fmt: skip
        changed = [name for name, entries in done.items() if entries]
        assert len(changed) <= 1, (words, last, done)
        for name in changed:
            meant = f"For {name}:" in last or (asked == "who" and self._named(words) == name)
            assert meant, (words, asked, last, [each.kind for each in done[name]])
            for entry in done[name]:
                self._needs_its_pin(entry, name, words)

    def _needs_its_pin(self, entry: Entry, name: str, words: str) -> None:
        if entry.kind != "account.discreet_chosen":
            return
        with self.app.app_context():
            discreet = again(self.people[name]).discreet
            row = db.session.get(Dialogue, SHARED)
            gave = row is not None and row.pin_of == self.people[name].id
        assert discreet or words == PINS[name] or gave, (entry.kind, words)

    @rule(which=st.sampled_from(["Lex", "Kim"]), pin=st.sampled_from(["4821", "7306", "9999"]))
    def turns_discreet_texts_off(self, which: str, pin: str) -> None:
        for words in ("settings", which, "2", pin):
            self.texts(words, 70)

    @rule(which=st.sampled_from(["Lex", "Kim"]), words=st.sampled_from(["phone", "callback"]))
    def says_who_it_is(self, which: str, words: str) -> None:
        self.texts(words, 70)
        if self._asked() == "who":
            self.texts(which, 70)

    @rule(which=st.sampled_from(["Lex", "Kim"]), what=st.sampled_from(["accept", "undo", "move"]))
    def elsewhere(self, which: str, what: str) -> None:
        self.time.later(seconds=20)
        try:
            with self.app.app_context(), transaction():
                visit = db.session.scalars(
                    sa.select(Appointment).where(Appointment.claimant_id == self.people[which].id)
                ).one()
                if what == "accept":
                    actions.accept(visit, by=actor(self.people[which]))
                elif what == "undo":
                    actions.withdraw(visit, by=actor(self.people[which]))
                else:
                    at = visit.starts_at.replace(hour=9 + (visit.starts_at.hour - 8) % 7)
                    booking = Booking(at, How.in_person, "work_search_review")
                    office_actions.move(visit, booking, by=actor(self.coach))
        except Refusal:
            pass
        self.talk.settles()

    @rule(hours=st.sampled_from([1, 5, 26]))
    def time_passes(self, hours: int) -> None:
        self.time.later(hours=hours)
        self.talk.settles()


@pytest.fixture
def walk(shared_app: Flask, migrated: SqliteDatabase | PostgresqlDatabase) -> type[SharedWalk]:
    SharedWalk.app, SharedWalk.database = shared_app, migrated
    return SharedWalk


@pytest.mark.slow
def test_nothing_is_ever_done_for_the_wrong_person(walk: type[SharedWalk]):
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


def test_a_walk_in_which_both_do_something(walk: type[SharedWalk]):
    machine = walk()
    machine.time_passes(5)
    for words in ("phone", "Kim", "phone", "lex", "undo", "2", "settings", "1", "2", "4821"):
        machine.texts(words, 70)
    kinds = {name: {each.kind for each in machine._by_text(name)} for name in PINS}
    assert "account.discreet_chosen" in kinds["Lex"]
    assert "appointments.asked_for_phone_call" in kinds["Lex"] & kinds["Kim"]
    assert "appointments.withdrawn" in kinds["Kim"]
    machine.teardown()
