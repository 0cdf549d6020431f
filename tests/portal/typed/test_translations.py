"""What a translator says stands beside a person's words, replaces nothing, and goes with them."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import languages
from portal.appointments import actions as diary
from portal.database import db, transaction
from portal.messages import queries as threads
from portal.record import log, retention
from portal.refusals import Refusal
from portal.typed import desk_actions, keeping
from tests.people import Browser, Desk, People, actor, again, appointment
from tests.portal.typed.written import ENGLISH, TYPED, typed, writes


def test_a_translation_stands_beside_the_words_and_replaces_nothing(
    app: Flask, people: People
) -> None:
    about_it = writes(app, people.alex, TYPED["ar"], "ar")
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.press("Open").sees(TYPED["ar"], "Needs a translator")
    desk.follow("Write down what a translator says").sees(TYPED["ar"])
    desk.press("Keep the translation", status=422)
    desk.sees("Write in English what it says.", "Write who translated it.")
    desk.fill(english=ENGLISH, translator="Nadia <b>T</b>, line 4").press("Keep the translation")
    desk.sees("The translation is kept", "It stands beside their own words")
    desk.open(f"/staff/people/{people.alex.id}/messages").sees(TYPED["ar"], ENGLISH, "Nadia <b>T")
    assert not [e for e in desk.page.all("strong") if e.text == "Needs a translator"]
    desk.open("/staff").sees("Needs a translator: 0")
    alex = Browser(app).sign_in(people.alex).open("/messages").sees(TYPED["ar"], ENGLISH)
    assert next(e for e in alex.page.all("div") if e.get("lang") == "en")
    alex.open("/record").sees("by Nadia <b>T</b>, line 4. Your own words stay as you wrote them.")
    with app.app_context():
        (message,) = threads.thread(again(people.alex))
        assert (message.words, typed(about_it).english) == (TYPED["ar"], ENGLISH)
        entry = log.entries_about(people.alex.id, about_it)[-1]
        assert (entry.kind, entry.actor_id) == ("typed.translated", people.coach.id)
        assert log.verify(people.alex.id) == []


def translated(app: Flask, people: People) -> UUID:
    about_it = writes(app, people.alex, TYPED["ar"], "ar")
    with app.app_context(), transaction():
        desk_actions.translate(
            typed(about_it), ENGLISH, translator="N", staff=people.coach, by=actor(people.coach)
        )
    return about_it


def test_the_record_holds_no_translated_words_and_lets_them_go(app: Flask, people: People) -> None:
    found = translated(app, people)
    with app.app_context():
        for entry in log.entries(people.alex.id):
            assert ENGLISH not in entry.details.body
        column = sa.select(sa.literal_column("english")).select_from(sa.table("typed_words"))
        assert "Monday" not in db.session.execute(column).scalar_one(), "sealed"
    with app.app_context(), transaction():
        retention.erase_record(people.alex.id)
    with app.app_context():
        assert (typed(found).english, typed(found).translator) == ("", "")
        assert keeping.words_of(typed(found)) == []


def test_the_same_said_twice_is_recorded_once(app: Flask, people: People) -> None:
    about_it = translated(app, people)
    with app.app_context(), transaction():
        before = log.length(people.alex.id)
        found, more = typed(about_it), {"staff": people.coach, "by": actor(people.coach)}
        desk_actions.translate(found, f" {ENGLISH} ", translator="N", **more)
        assert log.length(people.alex.id) == before
        assert desk_actions.read_as_it_is(found, **more) is None
        desk_actions.translate(found, "Better.", translator="N", **more)
        assert log.length(people.alex.id) == before + 1


@pytest.mark.parametrize(
    ("english", "translator"), [("", "N"), ("x", ""), ("x" * 20_001, "N"), ("x", "N" * 101)]
)
def test_half_a_translation_is_refused(
    app: Flask, people: People, english: str, translator: str
) -> None:
    about_it = writes(app, people.alex, TYPED["ar"], "ar")
    with app.app_context(), transaction(), pytest.raises(Refusal):
        desk_actions.translate(
            typed(about_it), english, translator=translator, staff=people.coach,
            by=actor(people.coach),
        )  # fmt: skip


def test_words_that_are_typed_anew_lose_the_translation_of_the_old(
    app: Flask, people: People
) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
    with app.app_context(), transaction(), languages.speaking("ar"):
        diary.ask_for_another_time(again(visit), note=TYPED["ar"], by=actor(people.alex))
        asked = again(visit).open_request
    assert asked is not None
    with app.app_context(), transaction():
        more = {"staff": people.coach, "by": actor(people.coach)}
        desk_actions.translate(typed(asked.id), ENGLISH, translator="N", **more)
    with app.app_context(), transaction(), languages.speaking("ar"):
        diary.give_reason(again(asked), reason="ill", note=TYPED["ar"] * 2, by=actor(people.alex))
    with app.app_context():
        assert (typed(asked.id).english, typed(asked.id).waits) == ("", True)
        kinds = [entry.kind for entry in log.entries(people.alex.id)]
        assert "typed.translated" in kinds, "that it was translated stays in the record"
