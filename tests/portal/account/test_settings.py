"""Settings: each change has its receipt, and a new number is confirmed on both phones."""

import re
from contextlib import suppress
from datetime import time
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import clock
from portal.account import actions, delivery_actions, rules
from portal.account.models import Letters, NumberChange, Way
from portal.database import db, transaction
from portal.record import log
from portal.refusals import Refusal
from tests.crowd import together
from tests.people import Browser, People, Phone, StoppedClock, actor, again, claimant, recorded

OLD, NEW = "+447700900101", "+447700900155"
WRONG = "That code does not match. Check it, or ask for a new one."


@pytest.fixture
def alex(app: Flask, people: People) -> Browser:
    """Alex, signed in, at her settings."""
    return Browser(app).sign_in(people.alex).open("/settings")


def kinds(app: Flask, people: People) -> list[str]:
    """What was recorded since they signed in."""
    return recorded(app, people.alex, "account")[3:]


def test_what_is_chosen_is_saved_with_a_receipt(app: Flask, people: People, alex: Browser) -> None:
    alex.choose("By phone call").choose("Keep texts discreet")
    alex.fill(quiet_from="22:00", quiet_to="07:00").press("Save")
    alex.sees("Your settings are saved", "Your receipt")
    assert kinds(app, people) == ["way_chosen", "discreet_chosen", "quiet_times_chosen"]
    with app.app_context():
        person = again(people.alex)
        assert (person.way, person.discreet) == (Way.call, True)
        assert (person.quiet_from, person.quiet_to) == (time(22), time(7))
        assert log.entries(person.id)[0].receipt in alex.text.replace("-", "")
    alex.open("/settings")
    assert (alex.value("way"), alex.value("discreet")) == ("call", "y")
    assert (alex.value("quiet_from"), alex.value("quiet_to")) == ("22:00", "07:00")


def test_saving_what_is_so_already_records_nothing(
    app: Flask, people: People, alex: Browser
) -> None:
    alex.press("Save").sees("Nothing has changed")
    assert kinds(app, people) == []


def test_pressing_twice_records_once(app: Flask, people: People, alex: Browser) -> None:
    alex.choose("By letter").press("Save").again().sees("Nothing has changed")
    assert kinds(app, people) == ["way_chosen"]


def test_one_quiet_time_without_the_other_changes_nothing_at_all(
    app: Flask, people: People, alex: Browser
) -> None:
    alex.choose("By phone call").fill(quiet_from="22:00").press("Save", 422)
    alex.sees("Choose both times, or leave both empty.")
    assert (alex.value("way"), alex.value("quiet_from")) == ("call", "22:00")
    assert kinds(app, people) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("way", "pigeon"), ("language", "xx"), ("quiet_from", "25:00"), ("quiet_to", "midnight")],
)
def test_an_answer_that_was_not_offered_is_refused(
    app: Flask, people: People, alex: Browser, field: str, value: str
) -> None:
    fields = {"language": "en", "way": "text"} | {field: value}
    alex.post("/settings", 422, **fields).sees("Choose one of the answers.")
    assert kinds(app, people) == []


def test_texts_need_a_number(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        person = claimant(again(people.office), "Jo Bell", None)
        with pytest.raises(Refusal) as refused:
            actions.choose_way(person, Way.text, by=actor(person))
    assert refused.value.code == "no-number"


# A new number


def two_codes(app: Flask) -> tuple[str, str]:
    """What the old and the new phone got."""
    found = [re.findall(r"\b\d{6}\b", Phone(app, number).last) for number in (OLD, NEW)]
    return found[0][0], found[1][0]


def asked(alex: Browser, number: str = "07700 900155") -> Browser:
    alex.open("/settings").follow("Change your mobile number")
    return alex.fill(number=number).press("Send the codes")


def test_a_number_changes_when_both_phones_agree(app: Flask, people: People, alex: Browser) -> None:
    asked(alex).sees("We have texted a code to each number.")
    old, new = two_codes(app)
    assert old != new
    alex.fill(old_code=old, new_code=new).press("Change my number").sees("Your settings are saved")
    alex.open("/settings").sees("07700 900155").does_not_see("07700 900101")
    Phone(app, NEW).reads("We will text this number from now on.")
    assert kinds(app, people) == ["number_change_asked", "number_changed"]
    with app.app_context():
        alex_now = again(people.alex)
    Browser(app).sign_in(alex_now).open("/settings")


@pytest.mark.parametrize("which", ["old", "new", "both", "swapped"])
def test_a_wrong_code_changes_nothing(
    app: Flask, people: People, alex: Browser, which: str
) -> None:
    asked(alex)
    old, new = two_codes(app)
    wrong = next(code for code in ("111111", "222222", "333333") if code not in (old, new))
    given = {
        "old": (wrong, new),
        "new": (old, wrong),
        "both": (wrong, wrong),
        "swapped": (new, old),
    }[which]
    alex.fill(old_code=given[0], new_code=given[1]).press("Change my number", 422).sees(WRONG)
    alex.open("/settings").sees("07700 900101")


def test_five_tries_at_the_codes_and_no_more(app: Flask, people: People, alex: Browser) -> None:
    asked(alex)
    old, new = two_codes(app)
    wrong = "111111" if new != "111111" else "222222"
    for _ in range(5):
        alex.fill(old_code=old, new_code=wrong).press("Change my number", 422)
    alex.open("/settings/number/codes").sees("These codes have run out.")
    alex.post("/settings/number/codes", old_code=old, new_code=new)
    alex.sees("Your number has not changed.")


def test_codes_for_a_number_run_out_after_ten_minutes(
    app: Flask, people: People, alex: Browser, clock_stopped: StoppedClock
) -> None:
    asked(alex)
    old, new = two_codes(app)
    clock_stopped.later(minutes=9)
    alex.open("/settings/number/codes")
    clock_stopped.later(minutes=1)
    alex.fill(old_code=old, new_code=new).press("Change my number")
    alex.sees("These codes have run out. Your number has not changed.").press("Start again")
    assert alex.path == "/settings/number"


def test_tries_that_come_together_are_counted_one_by_one(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        actions.ask_to_change_number(again(people.alex), NEW, by=actor(people.alex))

    def guess(code: str) -> None:
        # Committed even when it is refused, or tries would not count.
        with app.app_context(), transaction(), suppress(Refusal):
            actions.confirm_number_change(
                again(people.alex), old_code=code, new_code="x", by=actor(people.alex)
            )

    together(*(partial(guess, f"00000{each}") for each in range(4)))
    with app.app_context():
        assert db.session.scalar(sa.select(NumberChange.tries)) == 4


def test_the_same_number_again_is_no_change(app: Flask, people: People, alex: Browser) -> None:
    alex.open("/settings/number").fill(number="+44 7700 900101").press("Send the codes", 422)
    alex.sees("That is the number we have already.")
    assert kinds(app, people) == []


def test_without_an_old_phone_the_new_one_is_enough(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        person = claimant(again(people.office), "Jo Bell", None)
        change = actions.ask_to_change_number(person, NEW, by=actor(person))
        code = actions.codes.digits("number-new", change.id)
        actions.confirm_number_change(person, old_code="", new_code=code, by=actor(person))
        assert person.mobile == NEW
        assert change.confirmed_at == clock.now()


def test_only_a_few_changes_can_be_asked_for(
    app: Flask, people: People, alex: Browser, clock_stopped: StoppedClock
) -> None:
    for last in range(5):
        asked(alex, f"07700 90016{last}")
        clock_stopped.later(seconds=40)
    alex.open("/settings/number").fill(number="07700 900169").press("Send the codes", 422)
    alex.sees("There were too many tries.")


def test_staff_change_a_number_with_the_person_before_them(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        person = again(people.alex)
        actions.stop_texts(person, by=actor(person, "text"))
        assert actions.set_number(person, OLD, by=actor(people.coach)) is None
        assert person.texts_stopped_at is not None
        assert actions.set_number(person, NEW, by=actor(people.coach)) is not None
        assert (person.mobile, person.texts_stopped_at) == (NEW, None)
    Phone(app, NEW).reads("We will text this number from now on.")


# Texts: stopped, started, not arrived


def test_stopping_and_starting_texts_is_recorded_once(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        person = again(people.alex)
        by = actor(person, "text")
        assert actions.start_texts(person, by=by) is None
        assert actions.stop_texts(person, by=by) is not None
        assert actions.stop_texts(person, by=by) is None
        assert actions.start_texts(person, by=by) is not None
        assert actions.start_texts(person, by=by) is None


@pytest.mark.parametrize(
    ("permanent", "blocked", "may_text"),
    [(False, False, True), (True, False, False), (True, True, False)],
)
def test_a_number_that_reaches_nobody_is_not_used_again(
    app: Flask, people: People, permanent: bool, blocked: bool, may_text: bool
) -> None:
    with app.app_context(), transaction():
        person = again(people.alex)
        delivery_actions.text_not_delivered(
            person,
            what="appointments.offer",
            regarding=None,
            permanent=permanent,
            blocked=blocked,
            by=actor(people.coach),
        )
        assert actions.queries.may_text(person) is may_text
        assert actions.queries.how_many_undelivered(person.office_id) == 1
        assert actions.queries.how_many_undelivered(people.other_office.id) == 0
        actions.needs_telling(person, what="appointments.offer", regarding=None)
        actions.settle_undelivered_texts(person.id)
        assert actions.queries.how_many_undelivered(person.office_id) == 0


# Letters and hours


def test_accents_are_chosen_where_a_language_has_them(
    app: Flask, people: People, alex: Browser
) -> None:
    alex.open("/settings")
    assert all(e.get("name") != "letters" for e in alex.page.all("input"))
    with app.app_context(), transaction():
        again(people.alex).language = "cy"
    alex.open("/settings").choose("Byth").press("Cadw")
    assert kinds(app, people) == ["letters_chosen"]
    with app.app_context():
        assert again(people.alex).letters is Letters.plain
    alex.open("/settings")
    assert alex.value("letters") == "plain"


@pytest.mark.parametrize(("start", "end"), [("08:00", "20:00"), ("00:00", "23:00")])
def test_some_hour_is_left_for_texts(
    app: Flask, people: People, alex: Browser, start: str, end: str
) -> None:
    alex.fill(quiet_from=start, quiet_to=end).press("Save", 422)
    alex.sees("Leave us at least one hour between 8 in the morning and 8 in the evening.")
    assert kinds(app, people) == []


@pytest.mark.parametrize(
    ("start", "end", "room"),
    [
        (time(8), time(20), False), (time(20), time(8), True), (time(9), time(20), True),
        (time(19), time(18), True), (time(20), time(19), True), (time(0), time(0), True),
        (None, None, True), (time(7), time(21), False), (time(8, 30), time(19, 30), False),
    ],
)  # fmt: skip
def test_what_leaves_room_for_texts(start: time | None, end: time | None, room: bool) -> None:
    assert rules.leaves_room(start, end) is room


def test_the_same_number_again_only_when_it_is_in_doubt(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        person = again(people.alex)
        with pytest.raises(Refusal):
            actions.ask_to_change_number(person, OLD, by=actor(person))
        person.number_doubted_at = clock.now()
        change = actions.ask_to_change_number(person, OLD, by=actor(person))
        assert (change.old_number, change.new_number) == (None, OLD)
