"""Words about danger count as read only when somebody had all of them before their eyes."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from portal.account import concern_actions, concern_queries
from portal.account.models import Concern
from portal.database import db, transaction
from portal.record import log
from portal.refusals import Refusal
from tests.people import Desk, People, actor, again, overtaken

READ = "I have read this and look after them"
MORE = "They wrote more a moment ago. Please read it."
STRANGER = "+447700900777"


@pytest.fixture
def concern(app: Flask, people: People) -> UUID:
    """Alex wrote that she has no food."""
    with app.app_context(), transaction():
        entry = concern_actions.raise_concern(
            again(people.alex), "I have no food", number="+447700900101", by=actor(people.alex)
        )
        return entry.about  # type: ignore[return-value]


def found(concern_id: UUID) -> Concern:
    row = db.session.get(Concern, concern_id)
    assert row is not None
    return row


def test_words_that_came_while_the_page_was_open_are_not_taken_as_read(
    app: Flask, people: People, desk: Desk, concern: UUID
) -> None:
    desk.open(f"/staff/concerns/{concern}").sees("I have no food")
    with app.app_context(), transaction():
        concern_actions.add_to_concerns([found(concern)], "He is here", by=actor(people.alex))
    desk.press(READ, 409).sees(MORE).follow("Look again").sees("I have no food", "He is here")
    with app.app_context():
        assert found(concern).read_at is None
    desk.press(READ).sees("Thank you for reading this")


def test_a_page_that_does_not_say_what_it_showed_reads_nothing(
    app: Flask, people: People, concern: UUID
) -> None:
    with app.app_context(), pytest.raises(Refusal), transaction():
        concern_actions.read_concern(
            found(concern), saw="", staff=again(people.coach), by=actor(people.coach)
        )


def test_whoever_reads_waits_for_whoever_is_writing(
    app: Flask, people: People, concern: UUID
) -> None:
    with app.app_context():
        saw = concern_actions.shown(found(concern))

    def read() -> str:
        with app.app_context():
            try:
                with transaction():
                    concern_actions.read_concern(
                        found(concern), saw=saw, staff=again(people.coach), by=actor(people.coach)
                    )
            except Refusal as refusal:
                return refusal.code
            return "read"

    def write() -> None:
        concern_actions.add_to_concerns([found(concern)], "He is here", by=actor(people.alex))

    assert overtaken(app, write, read) == "more"


def test_words_that_come_as_the_others_are_read_wait_for_a_reader_of_their_own(
    app: Flask, people: People, concern: UUID
) -> None:
    def write() -> None:
        with app.app_context(), transaction():
            # It was there, unread, when the text was looked at.
            concern_actions.add_to_concerns([found(concern)], "He is here", by=actor(people.alex))

    def read() -> None:
        row = found(concern)
        saw = concern_actions.shown(row)
        concern_actions.read_concern(
            row, saw=saw, staff=again(people.coach), by=actor(people.coach)
        )

    overtaken(app, read, write)
    with app.app_context():
        assert found(concern).words == "I have no food"
        (new,) = concern_queries.unread_concerns_of(again(people.alex))
        assert (new.words, new.number) == ("He is here", "+447700900101")
        assert log.verify(people.alex.id) == []


def test_the_same_holds_for_somebody_nobody_knows(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        concern_actions.raise_strangers_concern(STRANGER, "he hits me")
        (row,) = concern_queries.unread_strangers_concerns(STRANGER)
        saw = concern_actions.shown(row)
        concern_actions.read_concern(
            row, saw=saw, staff=again(people.coach), by=actor(people.coach)
        )
        concern_actions.add_to_concerns([row], "come now", by=actor(people.alex))
        (new,) = concern_queries.unread_strangers_concerns(STRANGER)
        assert new.words == "come now"


def test_where_there_is_too_much_the_middle_goes(app: Flask, people: People, concern: UUID) -> None:
    with app.app_context(), transaction():
        row, me = found(concern), actor(people.alex)
        for number in range(30):
            concern_actions.add_to_concerns([row], f"{number}: " + "a" * 1000, by=me)
        concern_actions.add_to_concerns([row], "He is here", by=me)
        assert len(row.words) == concern_actions.MOST_WORDS
        assert row.words.startswith("I have no food\n0: ")
        assert row.words.endswith("He is here")
        full = concern_actions.shown(row)
        concern_actions.add_to_concerns([row], "He is here", by=me)
        assert concern_actions.shown(row) != full
