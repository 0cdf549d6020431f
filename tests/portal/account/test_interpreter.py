"""Saying which interpreter one needs: the spoken language apart from the one that is read."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account.interpreter_actions import Need, need_none, need_of, say_need
from portal.account.interpreter_models import Help, InterpreterNeed, Safe, Wanted
from portal.database import db, transaction
from portal.record import retention
from portal.refusals import Refusal
from tests.people import Browser, Desk, People, actor, again, recorded


def known(app: Flask, people: People) -> Need | None:
    with app.app_context():
        found = need_of(people.alex)
        if found is None:
            return None
        return Need(found.help, found.language, found.dialect, found.wanted, Safe(found.safe))


def test_a_person_says_what_they_need_and_takes_it_back(app: Flask, people: People) -> None:
    alex = Browser(app).sign_in(people.alex).open("/settings").follow("Your interpreter")
    alex.choose("An interpreter for a language that I speak").choose("In the same room")
    alex.choose("I need a woman").fill(language="کوردیی ناوەندی", dialect="Silêmanî")
    alex.press("Save").sees("Your settings are saved")
    said = Need(Help.spoken, "کوردیی ناوەندی", "Silêmanî", Wanted.in_person, Safe.woman)
    assert known(app, people) == said
    alex.again().sees("Nothing has changed")
    alex.open("/record").sees("You said that you need an interpreter", "Silêmanî")
    alex.does_not_see("a woman", "I need a woman")
    alex.open("/settings/interpreter").choose("I need no interpreter").press("Save")
    assert known(app, people) is None
    assert recorded(app, people.alex, "account")[-2:] == [
        "interpreter_said",
        "interpreter_not_needed",
    ]


def test_a_spoken_language_has_to_be_named(app: Flask, people: People) -> None:
    alex = Browser(app).sign_in(people.alex).open("/settings/interpreter")
    alex.press("Save", 422).sees("Choose what you need.")
    alex.choose("An interpreter for a language that I speak").fill(dialect="Sylheti")
    alex.press("Save", 422).sees("Write which language you speak.")
    assert alex.value("dialect") == "Sylheti"
    alex.fill(language="x" * 101).press("Save", 422).sees("Use at most 100 letters.")
    assert known(app, people) is None


def test_signing_has_no_spoken_language(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        say_need(again(people.alex), Need(Help.bsl, "English"), by=actor(people.alex))
    assert known(app, people) == Need(Help.bsl)


def test_what_was_typed_survives_another_language(app: Flask, people: People) -> None:
    alex = Browser(app).sign_in(people.alex).open("/settings/interpreter")
    alex.post("/settings/interpreter", language="ትግርኛ", dialect="<b>", _language="cy")
    assert (alex.value("language"), alex.value("dialect")) == ("ትግርኛ", "<b>")
    assert known(app, people) is None


def test_staff_write_down_what_they_are_told(app: Flask, people: People) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}")
    desk.sees("None is needed").follow("Change the interpreter")
    desk.choose("A British Sign Language (BSL) interpreter").choose("I need a man").press("Save")
    desk.open(f"/staff/people/{people.alex.id}")
    desk.sees("British Sign Language (BSL) It has to be a man, so that they feel safe.")
    alex = Browser(app).sign_in(people.alex).open("/record")
    alex.sees("You said that you need a British Sign Language (BSL) interpreter.")


@pytest.mark.parametrize("door", ["text", "echo", "link", "nobody"])
def test_a_number_alone_cannot_say_it(app: Flask, people: People, door: str) -> None:
    with app.app_context(), transaction():
        alex, by = again(people.alex), actor(people.alex, door)
        with pytest.raises(Refusal, match="not-sure-enough"):
            say_need(alex, Need(Help.spoken, "Dari"), by=by)
        with pytest.raises(Refusal, match="not-sure-enough"):
            need_none(alex, by=by)


def test_it_is_sealed_and_goes_with_the_record(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        need = Need(Help.spoken, "Dari", "Herat", safe=Safe.woman)
        say_need(again(people.alex), need, by=actor(people.alex))
    with app.app_context():
        kept = str(db.session.execute(sa.text("SELECT * FROM account_interpreter_need")).all())
        assert not any(word in kept for word in ("Dari", "Herat", "woman"))
    with app.app_context(), transaction():
        retention.erase_record(people.alex.id)
        assert db.session.scalars(sa.select(InterpreterNeed)).all() == []
