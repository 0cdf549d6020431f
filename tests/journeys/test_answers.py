"""One appointment travels from the office to a person, and the answer travels back."""

from __future__ import annotations

import pytest

from tests.journeys.story import DOORS, Story

by_each_door = pytest.mark.parametrize("door", DOORS)


@by_each_door
def test_she_accepts_and_everybody_knows(story: Story, door: str) -> None:
    story.the_office_books_a_visit()
    story.phone.reads("Jobcentre appointment: Wed 10 Feb 10:30am, Leeds.")
    story.the_desk_opens_the_list("Not answered: 1")
    story.comes_by(door).accepts()
    story.phone.reads("Accepted: Wed 10 Feb 10:30am. Ref", story.receipts()[-1])
    story.the_desk_opens_the_list("Not answered: 0")
    assert story.kinds() == ["appointments.offered", "appointments.accepted"]
    story.the_record_is_intact()


@by_each_door
def test_she_asks_to_cancel_and_it_stands_until_the_office_agrees(story: Story, door: str) -> None:
    story.the_office_books_a_visit()
    alex = story.comes_by(door)
    alex.asks_to_cancel()
    alex.sees_that_it_still_stands()
    story.the_desk_opens_the_list("Asked to cancel: 1")
    story.the_desk_opens_what_was_asked()
    story.comes_by("web").browser.open(f"/appointments/{story.visit}").sees("Seen", "still stands")
    story.the_desk(lambda desk: desk.press("Agree to cancel"))
    story.phone.reads("Agreed:", "You do not need to come")
    story.comes_by("web").browser.open(f"/appointments/{story.visit}").sees("called off")
    assert story.kinds()[:3] == [
        "appointments.offered",
        "appointments.asked_to_cancel",
        "appointments.seen",
    ]
    assert story.kinds()[-1] == "appointments.agreed"
    story.the_record_is_intact()


@by_each_door
def test_she_asks_for_a_call_and_is_told_why_not(story: Story, door: str) -> None:
    story.the_office_books_a_visit()
    alex = story.comes_by(door)
    alex.asks_for_a_call()
    alex.sees_that_it_still_stands()
    story.the_desk_opens_what_was_asked()
    story.the_desk(lambda desk: desk.follow("Say no"))
    story.the_desk(lambda desk: desk.fill(why="We need to see your ID.").press("Say no"))
    story.phone.reads("Not agreed:", "We need to see your ID.", "still stands")
    web = story.comes_by("web").browser.open(f"/appointments/{story.visit}")
    web.sees("We need to see your ID.", "still stands")


@by_each_door
def test_a_call_that_was_agreed_says_who_calls_from_where(story: Story, door: str) -> None:
    story.the_office_books_a_visit()
    story.comes_by(door).asks_for_a_call()
    story.the_desk_opens_what_was_asked()
    story.the_desk(lambda desk: desk.press("Agree to a phone call"))
    story.phone.reads("Agreed: a phone call", "0113 496 0100")
    web = story.comes_by("web").browser.open(f"/appointments/{story.visit}")
    web.sees("Priya Shah will call you from 0113 496 0100")


@by_each_door
def test_she_changes_her_mind_until_it_starts(story: Story, door: str) -> None:
    story.the_office_books_a_visit()
    alex = story.comes_by(door)
    alex.accepts()
    alex.takes_it_back()
    story.the_desk_opens_the_list("Not answered: 1")
    alex.accepts()
    assert story.kinds() == [
        "appointments.offered",
        "appointments.accepted",
        "appointments.withdrawn",
        "appointments.accepted",
    ]


@by_each_door
def test_saying_it_twice_gives_the_same_receipt(story: Story, door: str) -> None:
    story.the_office_books_a_visit()
    alex = story.comes_by(door)
    alex.asks_for_a_call()
    before = story.receipts()
    if door == "text":
        story.phone.texts("3").reads(before[-1])
    else:
        alex.browser.again().sees(before[-1][:4])
    assert story.receipts() == before


@by_each_door
def test_a_move_voids_her_answer_and_asks_again(story: Story, door: str) -> None:
    story.the_office_books_a_visit()
    alex = story.comes_by(door)
    alex.accepts()
    story.the_office_moves_it(days=1)
    story.phone.reads("Thu 11 Feb 10:30am", "Not Wed 10 Feb 10:30am")
    story.comes_by("web").browser.open(f"/appointments/{story.visit}").sees(
        "Old time: Wednesday 10 February 2027", "New time: Thursday 11 February 2027"
    )
    story.the_desk_opens_the_list("Not answered: 1")
    alex.accepts()
    assert story.kinds()[-2:] == ["appointments.moved", "appointments.accepted"]


def test_an_answer_to_the_time_that_was_is_not_taken_for_the_new_one(story: Story) -> None:
    story.the_office_books_a_visit()
    page = story.comes_by("web").browser.open(f"/appointments/{story.visit}")
    story.the_office_moves_it(days=1)
    page.press("Accept", status=409).sees("It is now on Thursday 11 February 2027")
    assert "appointments.accepted" not in story.kinds()


def test_two_doors_at_once_and_the_second_is_told_what_happened(story: Story) -> None:
    story.the_office_books_a_visit()
    page = story.comes_by("web").browser.open(f"/appointments/{story.visit}")
    story.comes_by("text").asks_to_cancel()
    page.press("Accept", status=409).sees("You asked to cancel this appointment", "Receipt")
    assert story.kinds()[-1] == "appointments.asked_to_cancel"


def test_a_move_within_two_days_is_short_notice_she_may_refuse(story: Story) -> None:
    story.the_office_books_a_visit()
    story.time.later(days=7)
    story.the_office_moves_it(hours=-4)
    web = story.comes_by("web").browser.open(f"/appointments/{story.visit}")
    web.sees("Short notice – you can say no")


def test_after_the_start_no_door_takes_an_answer(story: Story) -> None:
    story.the_office_books_a_visit()
    story.time.later(days=10)
    story.phone.texts("1").reads("no question to answer")
    web = story.comes_by("web").browser.open(f"/appointments/{story.visit}")
    web.sees("Your appointment has passed")
    story.comes_by("link").browser.open(story.comes_by("link").path, status=404)  # type: ignore[attr-defined]
    assert story.kinds() == ["appointments.offered"]


def test_whoever_holds_the_code_sees_that_it_was_said_and_not_by_whom(story: Story) -> None:
    story.the_office_books_a_visit()
    story.comes_by("text").asks_for_a_call()
    page = story.comes_by("link").browser.open(f"/receipts/{story.receipts()[-1]}")
    page.does_not_see("Alex", "Leeds", "10 February")


def test_stop_ends_texts_and_the_desk_is_told_to_call(story: Story) -> None:
    story.phone.texts("STOP").reads("You will get no more texts")
    story.the_office_books_a_visit()
    assert "Jobcentre appointment" not in story.phone.last
    # That they want no texts, and what they were not told because of it.
    story.the_desk_opens_the_list("Text not delivered: 2")
    story.phone.texts("START").reads("You will get texts again")


def test_words_about_danger_go_to_a_person_and_nothing_else_happens(story: Story) -> None:
    story.the_office_books_a_visit()
    story.phone.texts("1 i want to die").reads("A person will read this", "999")
    assert story.kinds() == ["appointments.offered"]
    story.the_desk_opens_the_list("Read this now")
