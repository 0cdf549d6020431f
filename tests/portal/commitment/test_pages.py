"""A commitment travels from the desk to a person, is read, thought about and accepted."""

from __future__ import annotations

from flask import Flask

from portal.record import log
from tests.people import Browser, Desk, People, Phone, StoppedClock, recorded


def written_at_the_desk(app: Flask, people: People) -> Desk:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/commitment")
    desk.press("Start a new version").press("Add a point")
    desk.fill(code="look_for_work", official="I will look for work.").press("Save the point")
    desk.press("Add a point")
    desk.fill(
        words="Ring the nursery on Acorn Road.",
        why="It has jobs near you.",
        official="I will ring Acorn Road nursery.",
    ).press("Save the point")
    desk.fill(full_hours="35", less_caring="15", note="You told us about your mother.")
    desk.press("Save").press("Look at it and send it")
    desk.sees("20 hours a week", "Less 15 hours: Caring for somebody", "I will look for work.")
    return desk


def test_it_is_written_read_point_by_point_and_accepted(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    desk = written_at_the_desk(app, people).press("Send it to them")
    assert desk.heading == "The commitment is sent"
    Phone(app, "+447700900101").reads("New Claimant Commitment", "by Mon 8 Feb", "COMMITMENT")

    alex = Browser(app).sign_in(people.alex)
    alex.follow("Read your new Claimant Commitment")
    alex.sees(
        "Accept it by the end of Monday 8 February 2027.",
        "your Universal Credit payment can end",
        "You have time to think until then",
        "20 hours a week",
        "You told us about your mother.",
        "Open 2 more points, then you can accept.",
    )
    alex.press("Read it point by point")
    alex.sees(
        "Look for work, for the hours a week", "Why", "If you cannot", "I will look for work."
    )
    alex.press("Next point").sees("Ring the nursery on Acorn Road.", "It has jobs near you.")
    alex.press("Accept, or take time to think")
    alex.sees("Accepting means that you know what is asked of you.")
    alex.press("Take time to think until Monday 8 February 2027")
    alex.sees("Nothing is accepted yet.", "Your receipt")
    Phone(app, "+447700900101").reads("You take time to think until Mon 8 Feb.")

    clock_stopped.later(days=7)
    alex = Browser(app).sign_in(people.alex).open("/commitment").does_not_see("The last day")
    alex.press("Accept, or take time to think").press("Accept the commitment")
    assert alex.heading == "You accepted your Claimant Commitment"
    alex.sees("It is in force now.", "Your receipt")
    assert alex.again().heading == "You accepted your Claimant Commitment"
    Phone(app, "+447700900101").reads("You accepted your Claimant Commitment.", "Ref ")
    assert recorded(app, people.alex, "commitment") == [
        "offered",
        "point_read",
        "point_read",
        "time_taken",
        "accepted",
    ]
    alex.open("/record").sees("You accepted version 1 of your Claimant Commitment.")
    with app.app_context():
        assert log.verify(people.alex.id) == []
