"""What people type stays as typed; its language is known, and what staff cannot read waits."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from portal import clock, languages
from portal.about import actions as about
from portal.commitment.models import Request as Change
from portal.costs.models import CostRequest
from portal.database import db, transaction
from portal.messages import queries as threads
from portal.typed import keeping, queries, rules
from portal.typed.models import Fit, Side
from tests.people import Browser, Desk, People, actor, again, claimant, office
from tests.portal.typed.written import OFFERED, SORANI, TIGRINYA, TYPED, typed, writes


@pytest.mark.parametrize("code", OFFERED)
def test_a_message_keeps_the_language_of_its_page(app: Flask, people: People, code: str) -> None:
    browser = Browser(app).sign_in(people.alex)
    browser.post("/language", _language=code, _next="/messages").open("/messages")
    browser.post("/messages", words=TYPED[code])
    own = languages.known()[code]
    with app.app_context():
        (message,) = threads.thread(again(people.alex))
        assert message.words == TYPED[code]
        found = typed(message.id)
        assert (found.language, found.fit, found.waits) == (code, Fit.whole, code != "en")
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees(f"Needs a translator: {int(code != 'en')}")
    desk.open(f"/staff/people/{people.alex.id}/messages").sees(own.endonym, own.english_name)
    box = next(e for e in desk.page.all("div") if e.get("lang") == own.html_lang)
    assert TYPED[code] in "".join(box.itertext())
    assert {e.get("dir") for e in box.iter("p")} == {"auto"}


@pytest.mark.parametrize("words", [SORANI, TIGRINYA])
def test_letters_of_another_language_are_called_unknown(
    app: Flask, people: People, words: str
) -> None:
    writes(app, people.alex, words)
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees("Needs a translator: 1", "A message", "Language not known")
    desk.open(f"/staff/people/{people.alex.id}/messages")
    desk.sees(words, "They used the service in English, and these are other letters.")
    box = next(e for e in desk.page.all("div") if words in "".join(e.itertext()))
    assert box.get("lang") is None, "nobody guesses"


def test_polish_on_an_english_page_waits_once_staff_say_so(app: Flask, people: People) -> None:
    """Latin letters tell nothing: whoever reads it does."""
    about_it = writes(app, people.alex, TYPED["pl"])
    desk = Desk(app).sign_in(people.coach).open("/staff").sees("Needs a translator: 0")
    desk.open(f"/staff/typed/{about_it}").press("I cannot read this. It needs a translator")
    desk.open("/staff").sees("Needs a translator: 1").open(f"/staff/typed/{about_it}")
    desk.fill(english="No.", translator="N", named="Polish").press("Keep the translation")
    desk.open(f"/staff/people/{people.alex.id}/messages")
    desk.sees("Language, as the translator named it: Polish.")


def test_staff_who_can_read_it_say_so_and_who_cannot_ask(app: Flask, people: People) -> None:
    about_it = writes(app, people.alex, TYPED["ar"], "ar")
    desk = Desk(app).sign_in(people.coach).open(f"/staff/typed/{about_it}")
    desk.press("I can read this myself").sees("This is recorded")
    desk.open("/staff").sees("Needs a translator: 0")
    desk.open(f"/staff/people/{people.alex.id}/messages").sees("Priya Shah could read it.")
    desk.open(f"/staff/typed/{about_it}").press("I cannot read this. It needs a translator")
    desk.sees("It waits for a translator now").open("/staff").sees("Needs a translator: 1")
    alex = Browser(app).sign_in(people.alex).open("/record")
    alex.sees("It needed no translator.", "Your Jobcentre asked for a translator")


def test_another_office_finds_nothing(app: Flask, people: People) -> None:
    about_it = writes(app, people.alex, TYPED["ar"], "ar")
    desk = Desk(app).sign_in(people.other_coach).open("/staff").sees("Needs a translator: 0")
    desk.open(f"/staff/typed/{about_it}", 404).open(f"/staff/typed/{UUID(int=1)}", 404)
    desk.open("/staff").post(f"/staff/typed/{about_it}/read", 404)
    desk.open("/staff").post(f"/staff/typed/{about_it}/translator", 404)


def test_welsh_waits_for_nobody_in_wales(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        cardiff = office(code="CF1", name="Cardiff", short_name="Cardiff")
        cardiff.nation = "wales"
        nia = claimant(cardiff, "Nia", "+447700900177", language="cy")
    about_it = writes(app, nia, TYPED["cy"], "cy")
    with app.app_context():
        assert not typed(about_it).waits
        assert queries.how_many_waiting(cardiff.id) == 0


def test_whatever_holds_words_says_in_which_language(app: Flask, people: People) -> None:
    """Every table that holds what a person typed is named, and so is each door: it happens below
    them all."""
    assert set(rules.WHAT) == {
        kept.__tablename__
        for kept, how in keeping._kept.items()
        if how.columns[Side.person]
    }  # fmt: skip
    with app.app_context(), transaction(), languages.speaking("ar"):
        for row in (
            CostRequest(claimant_id=people.alex.id, item="other", item_words=TYPED["ar"],
                        reply_by=clock.today(), asked_at=clock.now(), paid=""),
            Change(claimant_id=people.alex.id, words="", instead=TYPED["ar"],
                   asked_at=clock.now(), reply_by=clock.today()),
        ):  # fmt: skip
            db.session.add(row)
            db.session.flush()
            assert typed(row.id).waits


def test_a_page_that_is_not_approved_is_nobodys_to_translate(app: Flask, people: People) -> None:
    with app.app_context(), transaction(), languages.speaking("ar"):
        page = about.write_page(
            again(people.alex), about.Words(needs=TYPED["ar"]), by=actor(people.alex)
        )
        assert queries.typed(page.id) is None
        about.approve_page(page, by=actor(people.alex))
    with app.app_context(), transaction():
        assert typed(page.id).waits
        about.take_back_page(again(page), by=actor(people.alex))
    with app.app_context():
        assert queries.typed(page.id) is None
        assert queries.how_many_waiting(people.office.id) == 0
