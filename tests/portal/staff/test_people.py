"""The people of an office: finding and registering them, their numbers and their cards."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account import actions as account
from portal.account import queries
from portal.account.models import Claimant, Way
from portal.actors import Actor
from portal.database import db, transaction
from portal.record import log
from tests.people import Browser, Desk, People, again, claimant

BOOK = "/staff/people"


def test_everybody_of_the_office_is_listed(desk: Desk) -> None:
    desk.open(BOOK).sees("Alex Morgan", "Robin Vale", "07700 900101", "Priya Shah")


@pytest.mark.parametrize("text", ["alex", " Morgan ", "07700 900101", "+447700900101", "900101"])
def test_people_are_found_however_they_are_asked_for(desk: Desk, text: str) -> None:
    desk.open(BOOK).fill(text=text).press("Search")
    assert desk.heading == "1 person found"
    desk.sees("Alex Morgan").does_not_see("Robin Vale")
    assert desk.path == BOOK
    assert desk.response.request.query_string == b""


@pytest.mark.parametrize("text", ["%", "_", "x' OR '1'='1", "\u202e", "\x00", "😀"])
def test_odd_searches_find_nobody_or_everybody_and_break_nothing(desk: Desk, text: str) -> None:
    desk.open(BOOK).fill(text=text).press("Search")
    everybody = text in ("\u202e", "\x00")
    assert ("Alex Morgan" in desk.text) is everybody


def test_a_search_that_is_too_long(desk: Desk) -> None:
    desk.open(BOOK).fill(text="a" * 10_000).press("Search", 422)
    desk.sees("Use at most 200 letters. You wrote 10000.")


def test_a_big_office_shows_the_first_and_says_so(app: Flask, people: People, desk: Desk) -> None:
    with app.app_context(), transaction():
        for number in range(60):
            claimant(again(people.office), f"Person {number:02}", None)
    desk.open(BOOK).sees("These are the first 50. Search to find the rest.")
    desk.fill(text="Person 59").press("Search").sees("1 person found")


def test_what_we_know_of_a_person_is_said_as_facts(app: Flask, people: People, desk: Desk) -> None:
    with app.app_context(), transaction():
        alex = again(people.alex)
        by = Actor.system()
        account.choose_discreet(alex, True, by=by)
        account.choose_way(alex, Way.letter, by=by)
        account.choose_language(alex, "cy", by=by)
        account.stop_texts(alex, by=by)
    desk.open(f"{BOOK}/{people.alex.id}").sees(
        "Texts must not name the Jobcentre or Universal Credit.",
        "By letter",
        "Cymraeg",
        "They stopped texts on Monday 1 February 2027, 9:00am.",
    )


def test_a_number_that_several_people_use_is_pointed_out(
    app: Flask, people: People, desk: Desk
) -> None:
    with app.app_context(), transaction():
        claimant(again(people.other_office), "Noor Aziz", "+447700900101")
    desk.open(f"{BOOK}/{people.alex.id}").sees("Other people use this number too.")
    desk.does_not_see("Noor")


def register(desk: Desk, status: int = 200, **values: str) -> Desk:
    fields = {"full_name": "سارة", "reference": "UC-77", "number": "07700 900133"} | values
    return desk.open(f"{BOOK}/new").fill(**fields).press("Register", status)


def test_registering_opens_a_record(app: Flask, people: People, desk: Desk) -> None:
    register(desk)
    assert desk.heading == "They are registered"
    desk.again().press("See the person").sees("سارة", "UC-77", "07700 900133", "Priya Shah")
    with app.app_context():
        made = queries.claimant_by_reference("UC-77")
        assert made is not None
        assert (made.mobile, made.way, made.office_id) == (
            "+447700900133",
            Way.text,
            people.office.id,
        )
        assert len(log.entries(made.id)) == 1


def test_a_person_without_a_phone_is_told_by_letter(desk: Desk) -> None:
    register(desk, number="", language="en").press("See the person")
    desk.sees("No mobile number", "By letter")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"full_name": " "}, "Write the person's name."),
        ({"full_name": "a" * 201}, "Use at most 200 letters. You wrote 201."),
        ({"reference": "\u202e"}, "Write the reference your office uses."),
        ({"number": "0113 496 0100"}, "Enter a UK mobile number, like 07700 900123"),
        ({"number": "+33 6 12 34 56 78"}, "Enter a UK mobile number, like 07700 900123"),
        ({"language": "tlh"}, "Choose one of the answers."),
        ({"coach": "00000000-0000-0000-0000-000000000000"}, "Choose one of the answers."),
    ],
)
def test_nobody_is_registered_by_mistake(
    app: Flask, desk: Desk, values: dict[str, str], said: str
) -> None:
    fine = {"full_name": "Sara", "reference": "UC-77", "number": "", "language": "en"}
    desk.open(f"{BOOK}/new").post(f"{BOOK}/new", 422, **(fine | values)).sees(said)
    with app.app_context():
        assert queries.claimant_by_reference("UC-77") is None


def test_a_reference_belongs_to_one_person_everywhere(
    app: Flask, people: People, desk: Desk
) -> None:
    with app.app_context(), transaction():
        claimant(again(people.other_office), "Noor Aziz", None, reference="UC-77")
    register(desk, 422).sees("Somebody is registered with this reference already.")
    desk.does_not_see("Noor")


def test_a_new_number_at_the_desk(app: Flask, people: People, desk: Desk) -> None:
    desk.open(f"{BOOK}/{people.alex.id}/number").sees("07700 900101")
    desk.fill(number="0207 946 0000").press("Change the number", 422)
    desk.fill(number="+44 7700 900 144").press("Change the number")
    assert desk.heading == "Their number is changed"
    desk.again()
    assert desk.heading == "Alex Morgan"
    desk.open(f"{BOOK}/{people.alex.id}/number").fill(number="").press("Change the number")
    with app.app_context():
        kinds = [entry.kind for entry in log.entries(people.alex.id)]
        assert kinds.count("account.number_changed") == 2
        assert again(people.alex).mobile is None


def test_typing_the_same_number_again_does_not_undo_stop(
    app: Flask, people: People, desk: Desk
) -> None:
    with app.app_context(), transaction():
        account.stop_texts(again(people.alex), by=Actor.system())
        again(people.alex).number_suspended_at = again(people.alex).texts_stopped_at
    path = f"{BOOK}/{people.alex.id}/number"
    desk.open(path).fill(number="07700 900101").press("Change the number")
    with app.app_context():
        alex = again(people.alex)
        assert alex.texts_stopped_at is not None
        assert alex.number_suspended_at is None


def make_card(desk: Desk, person: Claimant, status: int = 200) -> list[str]:
    """Reference and code of a new card, as they are printed on its slip."""
    desk.open(f"{BOOK}/{person.id}/card").press("Make a new card", status)
    return re.findall(r'<bdi dir="ltr">([0-9A-Z]{4,5}-[0-9A-Z]{4,5})</bdi>', desk.response.text)


def sign_in_by_card(app: Flask, card: list[str], status: int = 200) -> Browser:
    browser = Browser(app).open("/sign-in/card")
    return browser.fill(reference=card[0], code=card[1]).press("Sign in", status)


def test_a_card_from_the_desk_opens_the_record(app: Flask, people: People, desk: Desk) -> None:
    card = make_card(desk, people.alex)
    desk.sees("Print this card now", "Whoever has it can sign in.", "/sign-in/card")
    browser = sign_in_by_card(app, card)
    assert browser.open("/appointments").path == "/appointments"
    assert sign_in_by_card(app, [card[0].lower(), f" {card[1].lower()} "]).path != "/sign-in/card"


def test_the_code_is_shown_once_and_kept_nowhere(app: Flask, people: People, desk: Desk) -> None:
    reference, code = make_card(desk, people.alex)
    desk.open(f"{BOOK}/{people.alex.id}/card").sees(reference).does_not_see(code)
    with app.app_context():
        stored = db.session.execute(sa.text("SELECT code_hash FROM account_card")).scalar_one()
        bodies = db.session.execute(sa.text("SELECT body FROM record_details")).scalars().all()
    plain = code.replace("-", "")
    assert plain not in stored
    assert not [body for body in bodies if plain in body]


def test_pressing_twice_keeps_the_slip_that_was_printed(
    app: Flask, people: People, desk: Desk
) -> None:
    card = make_card(desk, people.alex)
    desk.again(409).sees("A card was made a moment ago.")
    assert sign_in_by_card(app, card).path != "/sign-in/card"
    desk.press("Look again").sees(card[0])


def test_a_new_card_ends_the_old_one(app: Flask, people: People, desk: Desk) -> None:
    old, new = make_card(desk, people.alex), make_card(desk, people.alex)
    sign_in_by_card(app, old, 422).sees("That reference and code do not match.")
    assert sign_in_by_card(app, new).path != "/sign-in/card"


def test_a_lost_card_is_ended(app: Flask, people: People, desk: Desk) -> None:
    card = make_card(desk, people.alex)
    desk.open(f"{BOOK}/{people.alex.id}/card").press("End this card")
    assert desk.heading == "The card no longer works"
    desk.again().does_not_see("A card was made")
    sign_in_by_card(app, card, 422)


def test_whoever_came_in_with_a_lost_card_is_out(app: Flask, people: People, desk: Desk) -> None:
    thief = sign_in_by_card(app, make_card(desk, people.alex)).open("/settings")
    desk.open(f"{BOOK}/{people.alex.id}/card").press("End this card")
    thief.open("/settings").sees("Sign in").does_not_see("07700 900101")


def test_whoever_has_the_old_phone_is_out_once_the_number_is_another(
    app: Flask, people: People, desk: Desk
) -> None:
    finder, stranger = Browser(app).sign_in(people.alex), Browser(app).sign_in(people.stranger)
    path = f"{BOOK}/{people.alex.id}/number"
    desk.open(path).fill(number="07700 900101").press("Change the number")
    finder.open("/settings").sees("07700 900101")
    desk.open(path).fill(number="07700 900144").press("Change the number")
    finder.open("/settings").sees("Sign in").does_not_see("07700 900144")
    stranger.open("/settings").sees("07700 900102")


def test_one_persons_card_is_not_ended_on_anothers_page(
    app: Flask, people: People, desk: Desk
) -> None:
    card = make_card(desk, people.alex)
    path = f"{BOOK}/{people.stranger.id}/card"
    desk.open(path).post(f"{path}/revoke", reference=card[0].replace("-", ""))
    assert sign_in_by_card(app, card).path != "/sign-in/card"
