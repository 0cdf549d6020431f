"""What goes wrong on the way: replies get lost, texts come late, links are guessed. Nothing is
done twice, nothing is done to the wrong thing, and the person is told what is so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.appointments import office_actions
from portal.appointments.bookings import booking_of
from portal.appointments.models import Answer
from portal.database import transaction
from tests.journeys.story import DOORS, Story, again_by_id
from tests.people import SOON, Browser, Phone, actor, again, appointment, claimant, work
from tests.phone import code_for

by_each_door = pytest.mark.parametrize("door", DOORS)


@by_each_door
def test_a_lost_reply_and_a_second_try_leave_one_entry(story: Story, door: str) -> None:
    story.the_office_books_a_visit()
    alex = story.comes_by(door)
    alex.accepts()
    for _ in range(2):
        story.time.later(minutes=1)
        if door == "text":
            story.phone.texts("1").reads("Accepted", story.receipts()[-1])
        else:
            alex.browser.again().sees("You accepted the appointment")
            assert story.receipts()[-1] in alex.browser.text.replace("-", "")
    assert story.kinds() == ["appointments.offered", "appointments.accepted"]


def test_a_text_that_the_provider_hands_over_twice_counts_once(story: Story) -> None:
    story.the_office_books_a_visit()
    before = len(story.phone.received)
    for _ in range(3):
        story.phone.texts("1", provider_id="SM1")
    assert story.kinds() == ["appointments.offered", "appointments.accepted"]
    assert len(story.phone.received) == before + 1


def test_an_old_text_answered_after_a_move_accepts_nothing(story: Story) -> None:
    """She reads the first text, while the second is still on its way."""
    story.the_office_books_a_visit()
    story.the_office_moves_it(days=1)
    assert len(story.phone.received) == 2
    story.phone.texts("1")
    assert story.the_appointment().starts_at == SOON + timedelta(days=1)
    story.phone.reads("Accepted: Thu 11 Feb 10:30am")


def test_an_answer_that_crosses_with_a_move_is_not_taken_for_the_new_time(story: Story) -> None:
    """Her text was on its way while the office moved it, and nothing had told her yet."""
    story.the_office_books_a_visit()
    story.time.later(minutes=5)
    with story.app.app_context(), transaction():
        _move_without_telling(story)
    story.phone.texts("1")
    assert "appointments.accepted" not in story.kinds()
    assert story.the_appointment().answer is Answer.none
    assert any("Thu 11 Feb 10:30am" in text for text in story.phone.received[1:])


def _move_without_telling(story: Story) -> None:
    visit = again_by_id(story.visit)
    booking = booking_of(visit)
    later = replace(booking, starts_at=booking.starts_at + timedelta(days=1))
    office_actions.move(visit, later, by=actor(story.people.coach))


def test_the_first_digit_of_a_late_text_is_not_the_second_step_of_another(story: Story) -> None:
    """Asking to cancel by text takes our number back; a wrong one, or a bare digit, does not."""
    story.the_office_books_a_visit()
    story.phone.texts("2").reads("To ask to cancel")
    (wanted,) = re.findall(r"reply (\d\d)\.", story.phone.last)
    story.phone.texts("2")
    story.phone.texts("99" if wanted != "99" else "98").reads("still stands")
    assert story.kinds() == ["appointments.offered"]


def test_a_code_that_ran_out_is_no_way_in(story: Story) -> None:
    story.the_office_books_a_visit()
    browser = Browser(story.app).open("/sign-in").fill(number="07700 900101")
    browser.press("Text me a code")
    code = code_for(story.app, "+447700900101")
    story.time.later(minutes=10)
    browser.fill(code=code).press("Sign in", 422).sees("That code has run out.")
    browser.follow("No text? Ask for a new code").fill(number="07700 900101")
    browser.press("Text me a code").fill(code=code_for(story.app, "+447700900101"))
    browser.press("Sign in").sees("Can you come to this appointment?")


def test_a_guessed_link_shows_nothing_and_a_real_one_only_its_appointment(story: Story) -> None:
    story.the_office_books_a_visit()
    link = story.phone.link()
    for guess in ("/a/AAAAAAAAAA", link[:-1] + ("0" if link[-1] != "0" else "1"), link[:-1]):
        Browser(story.app).open(guess, 404)
    browser = Browser(story.app).open(link).sees("Can you come to this appointment?")
    browser.does_not_see("Alex", "Morgan", "07700")
    browser.open("/record").sees("What is your mobile number?")
    browser.open(f"/appointments/{story.visit}").sees("What is your mobile number?")


def test_two_people_with_one_phone_answer_nothing_by_accident(story: Story) -> None:
    story.the_office_books_a_visit()
    story.time.later(minutes=1)
    with story.app.app_context(), transaction():
        brother = claimant(again(story.people.office), "Sam Morgan", "+447700900101")
        appointment(brother)
    work(story.app)
    story.time.later(minutes=1)
    story.phone.texts("1")
    assert "appointments.accepted" not in story.kinds()


def test_a_stranger_with_a_phone_learns_nothing(story: Story) -> None:
    story.the_office_books_a_visit()
    phone = Phone(story.app, "+447700900199")
    for text in ("1", "2", "NEXT", "Alex Morgan"):
        story.time.later(minutes=1)
        phone.texts(text)
    said = "\n".join(phone.received)
    assert "Alex" not in said
    assert "10 Feb" not in said
    assert story.kinds() == ["appointments.offered"]


@by_each_door
def test_her_record_tells_all_of_it_with_receipts(story: Story, door: str) -> None:
    story.the_office_books_a_visit()
    alex = story.comes_by(door)
    alex.asks_for_a_call()
    story.time.later(minutes=1)
    story.the_desk_opens_what_was_asked()
    story.the_desk(lambda desk: desk.press("Agree to a phone call"))
    web = story.comes_by("web").browser.open("/record")
    for receipt in story.receipts():
        assert f"{receipt[:4]}-{receipt[4:]}" in web.text, receipt
    said = {"web": "On the website.", "link": "Through the link in a text.", "text": "By text."}
    web.sees(said[door], "By staff.")
    web.open("/record.json")
    assert [e["receipt"].replace("-", "") for e in web.response.json["entries"]][-1]


@by_each_door
def test_whoever_holds_a_receipt_can_show_that_it_was_said(story: Story, door: str) -> None:
    story.the_office_books_a_visit()
    story.comes_by(door).asks_to_cancel()
    asked = story.receipts()[story.kinds().index("appointments.asked_to_cancel")]
    page = Browser(story.app).open("/receipts").fill(code=asked.lower())
    main = page.buttons()
    page.press(main[-1]).sees("was recorded on Monday 1 February 2027")
    page.does_not_see("Alex", "Leeds", "10 February", "cancel")
