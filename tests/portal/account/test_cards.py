"""A printed card lets people in who have no phone. Its code is shown once and kept nowhere."""

import pytest
from flask import Flask

from portal.account import queries, sign_in_actions
from portal.database import transaction
from portal.record import log
from portal.record.receipts import ALPHABET, grouped
from tests.people import Browser, People, Phone, actor, again, claimant, work

WRONG = "That reference and code do not match. Check both, and try again."


def card_for(app: Flask, people: People) -> tuple[str, str]:
    """A fresh card of Alex: its reference and its code."""
    with app.app_context(), transaction():
        card, code = sign_in_actions.issue_card(
            again(people.alex), staff=people.coach, by=actor(people.coach)
        )
        return card.reference, code


def tried(app: Flask, reference: str, code: str, status: int = 200) -> Browser:
    browser = Browser(app).open("/sign-in").follow("Sign in with a card")
    return browser.fill(reference=reference, code=code).press("Sign in", status)


def test_a_card_lets_its_person_in(app: Flask, people: People) -> None:
    reference, code = card_for(app, people)
    assert len(code) == 10
    assert set(code) <= set(ALPHABET)
    tried(app, reference, code).open("/settings").sees("07700 900101")
    with app.app_context():
        entry = log.entries(people.alex.id)[0]
        assert str(log.event_of(entry)) == "SignedIn(how='card')"


def test_a_card_works_again_and_again(app: Flask, people: People) -> None:
    reference, code = card_for(app, people)
    for _ in range(3):
        tried(app, reference, code).open("/settings")


def test_a_card_is_read_as_people_type_it(app: Flask, people: People) -> None:
    reference, code = card_for(app, people)
    tried(app, grouped(reference).lower(), f" {code[:5]}-{code[5:]} ".lower()).open("/settings")
    tried(app, reference.replace("0", "O"), code.replace("1", "l").replace("0", "o"))


@pytest.mark.parametrize("reference", ["", "AB12-CD34", "00000000", "🙂", "x" * 40])
def test_an_unknown_card_is_refused(app: Flask, people: People, reference: str) -> None:
    browser = tried(app, reference, "0" * 10, 422)
    browser.sees(WRONG if reference else "Enter the reference from your card")
    assert browser.value("code") in ("", None), "a code is never shown again"


def test_a_wrong_code_is_refused_in_the_same_words(app: Flask, people: People) -> None:
    reference, code = card_for(app, people)
    tried(app, reference, code[::-1], 422).sees(WRONG)
    tried(app, reference, code[:-1], 422).sees(WRONG)


def test_a_new_card_makes_the_old_one_useless(app: Flask, people: People) -> None:
    old, new = card_for(app, people), card_for(app, people)
    tried(app, *old, 422).sees(WRONG)
    tried(app, *new).open("/settings")


def test_a_lost_card_can_be_revoked(app: Flask, people: People) -> None:
    reference, code = card_for(app, people)
    with app.app_context(), transaction():
        (card,) = queries.cards_of(people.alex.id)
        sign_in_actions.revoke_card(card, by=actor(people.coach))
    tried(app, reference, code, 422).sees(WRONG)


def test_ten_tries_with_one_reference_are_enough(app: Flask, people: People) -> None:
    reference, code = card_for(app, people)
    for _ in range(10):
        tried(app, reference, "0" * 10, 422).sees(WRONG)
    tried(app, reference.lower(), code, 422).sees("There were too many tries.")


def test_spaces_and_hyphens_do_not_give_more_tries(app: Flask, people: People) -> None:
    reference, code = card_for(app, people)
    for _ in range(5):
        tried(app, grouped(reference), "0" * 10, 422)
        tried(app, reference, "0" * 10, 422)
    tried(app, f" {reference}", code, 422).sees("There were too many tries.")


def test_the_person_hears_of_a_card_and_who_made_it(app: Flask, people: People) -> None:
    """Whoever holds it sees all that the person does: it must not be made behind their back."""
    reference, code = card_for(app, people)
    work(app)
    assert Phone(app, "+447700900101").received == [
        "A sign-in card was made for you. Was it not your wish? Call 0113 496 0100."
    ]
    browser = tried(app, reference, code).open("/record")
    browser.sees("A sign-in card was made for you. Priya Shah at your Jobcentre made it.")


def test_a_card_for_somebody_without_a_phone(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        person = claimant(again(people.office), "Jo Bell", None)
        card, code = sign_in_actions.issue_card(person, staff=people.coach, by=actor(people.coach))
    browser = tried(app, card.reference, code)
    browser.open("/settings").sees("We have no mobile number for you.")
