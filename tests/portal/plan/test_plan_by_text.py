"""The plan by text: late promises first, with the PIN, and never what was promised unasked."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import Flask

from portal.account import actions as account
from portal.account import phone_actions
from portal.database import transaction
from portal.plan import desk_actions
from portal.plan.desk_actions import Offer
from tests.people import People, Phone, StoppedClock, actor, again, recorded, work

PIN = "4821"


def prepared(app: Flask, people: People, clock_stopped: StoppedClock) -> Phone:
    """Two promises to Alex, one of them six days late; she has a PIN for texts."""
    with app.app_context(), transaction():
        phone_actions.choose_pin(again(people.alex), PIN, by=actor(people.alex))
        for kind, due in (("call", date(2027, 2, 12)), ("cv", date(2027, 2, 3))):
            desk_actions.promise(
                again(people.alex), Offer(kind, again(people.coach), due), by=actor(people.coach)
            )
    clock_stopped.at(datetime(2027, 2, 9, 10, 0, tzinfo=UTC))
    work(app)
    return Phone(app, people.alex.mobile or "")


def test_late_promises_come_first_and_can_be_chased(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    phone = prepared(app, people, clock_stopped)
    assert any("is late. That is not your doing." in text for text in phone.received)
    phone.texts("PLAN").reads("PIN")
    phone.texts(PIN).reads("Help you write your CV: due Wed 3 Feb, late 6 days.", "1 = next")
    phone.texts("2").reads("You reminded them.", "Ref ")
    phone.texts("2").reads("You reminded them.")
    phone.texts("1").reads("Call you: due Fri 12 Feb.", "3 = it happened")
    phone.texts("4").reads("You asked for a new date.")
    phone.texts("3").reads("you said that it happened")
    assert recorded(app, people.alex, "plan")[-3:] == ["reminded", "date_asked", "happened"]


def test_the_menu_leads_there(app: Flask, people: People, clock_stopped: StoppedClock) -> None:
    phone = prepared(app, people, clock_stopped)
    phone.texts("MENU").reads("2 my plan")
    phone.texts("2").reads("PIN")
    phone.texts(PIN).reads("late 6 days")


def test_without_the_pin_nothing_is_shown(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    phone = prepared(app, people, clock_stopped)
    phone.texts("PLAN").texts("1111")
    assert not any("your CV" in text for text in phone.received)


def test_texts_that_we_send_do_not_say_what_was_promised(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    phone = prepared(app, people, clock_stopped)
    assert not any("your CV" in text or "Priya" in text for text in phone.received)


def test_discreet_texts_say_only_that_there_is_a_message(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        account.choose_discreet(again(people.alex), True, by=actor(people.alex))
    phone = prepared(app, people, clock_stopped)
    news = [text for text in phone.received if "Ref " in text]
    assert news
    assert all(text.startswith("You have a message. Ref ") for text in news), news
    phone.texts("PLAN").texts(PIN)
    assert not any("your CV" in text for text in phone.received)
