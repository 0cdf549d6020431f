"""A claimant's pages that something else overtook: they say what happened, and do nothing."""

from datetime import timedelta

from flask import Flask

from portal.appointments import actions, office_actions
from portal.database import transaction
from tests.people import SOON, Browser, StoppedClock, actor, again, appointment, slot
from tests.portal.appointments.conftest import Visit
from tests.portal.appointments.opened import CHOICES, page

__all__ = ["page"]


def test_an_answer_after_the_start_says_whom_to_call(
    page: Browser, visit: Visit, clock_stopped: StoppedClock
) -> None:
    visit.clock.at(SOON)
    by_link = page.path.startswith("/a/")
    page.press("Accept", 404 if by_link else 200)
    if by_link:
        page.sees("it works only until the appointment starts")
    else:
        page.sees("What is your mobile number?")  # nine days later the session has ended, too
    assert visit.kinds() == ["offered"]


def test_an_answer_just_after_the_start_says_whom_to_call(app: Flask, visit: Visit) -> None:
    visit.clock.at(SOON - timedelta(minutes=2))
    browser = Browser(app).sign_in(visit.people.alex).open(f"/appointments/{visit.row.id}")
    visit.clock.later(minutes=2)
    browser.press("Accept", 409).sees("Your appointment started on", "0113 496 0100")
    assert "Accept" not in browser.buttons()
    assert visit.kinds() == ["offered"]


def test_a_page_that_is_one_answer_old_says_what_happened(page: Browser, visit: Visit) -> None:
    entry = visit.does("accept", "text")
    page.press("Ask for a phone call", 409)
    page.sees("Nothing new was recorded. You accepted this appointment.", entry.receipt)
    assert visit.kinds() == ["offered", "accepted"]


def test_a_page_from_before_a_move_says_the_new_time(page: Browser, visit: Visit) -> None:
    visit.does("accept")
    visit.moves()
    page.press("Accept", 409).sees("It is now on Friday 12 February 2027, 10:30am.")
    page.sees("Old time: Wednesday 10 February 2027, 10:30am")
    page.sees("New time: Friday 12 February 2027, 10:30am")
    assert visit.kinds()[-1] == "moved"
    page.press("Accept").sees("You accepted the appointment", "Friday 12 February")


def test_what_was_called_off_needs_nobody(page: Browser, visit: Visit) -> None:
    visit.office(office_actions.call_off, why="The office is closed.")
    page.press("Accept", 409).sees("This appointment was called off", "You do not need to come.")
    assert not set(CHOICES) & set(page.buttons())


def test_a_time_that_went_meanwhile_can_be_chosen_again(
    page: Browser, visit: Visit, app: Flask
) -> None:
    page.press("Ask for another time").choose("Friday 12 February 2027, 10:30am")
    with app.app_context(), transaction():
        other = appointment(again(visit.people.stranger))
        actions.pick_time(other, again(visit.free), by=actor(visit.people.stranger))
        slot(visit.people.office, SOON + timedelta(days=5))
    page.press("Send", None)
    assert page.response.status_code in (409, 422)
    assert visit.kinds() == ["offered"]
    page.choose("Monday 15 February 2027, 10:30am").press("Send").sees("You have a new time")
