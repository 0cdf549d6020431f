"""Scenario 6 of the facts, ending as its product line says: times that a person cannot do are
stored once, and checked before a time is offered."""

from __future__ import annotations

from datetime import UTC, datetime

from portal.database import transaction
from tests.journeys.story import Story
from tests.people import Browser, slot

PICK_UP = {"start_2": "2:45pm", "end_2": "3:45pm"}
"""Wednesdays."""


def test_6_nobody_takes_the_children_out_of_school_early(story: Story) -> None:
    story.the_office_books_a_visit()
    with story.app.app_context(), transaction():
        for hour in (15, 16):
            slot(story.people.office, datetime(2027, 2, 17, hour, 0, tzinfo=UTC))

    alex = (
        Browser(story.app)
        .sign_in(story.people.alex)
        .open("/appointments")
        .follow("When I can never come")
    )
    alex.fill(**PICK_UP).press("Save").sees("Your receipt")

    said = "They said that they cannot come at this time. Choose another one."
    desk = story.desk.open(f"/staff/people/{story.people.alex.id}/book")
    desk.sees("They can never come at these times:", "Wednesday, from 2:45pm to 3:45pm")
    desk.fill(day=["10", "2", "2027"], time="15:00", purpose="work_search_review")
    desk.choose("In person").press("Book and tell them", 422).sees(said)
    desk.fill(time="16:00").press("Book and tell them")
    assert desk.heading == "The appointment is booked"

    alex.open(f"/appointments/{story.visit}/time")
    alex.sees("Wednesday 17 February 2027, 4:00pm").does_not_see("17 February 2027, 3:00pm")
    alex.choose("Wednesday 17 February 2027, 4:00pm").press("Send")
    assert story.kinds()[-1] == "appointments.time_picked"
