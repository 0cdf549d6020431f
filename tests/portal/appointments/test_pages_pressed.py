"""What pressing on a claimant's pages about an appointment does, once or twice."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from tests.people import SOON, Browser
from tests.portal.appointments.conftest import Visit
from tests.portal.appointments.opened import CHOICES, STANDS, page, receipt

__all__ = ["page"]


def test_the_choices_have_exactly_these_names(page: Browser) -> None:
    assert page.buttons() == CHOICES
    page.sees("Can you come to this appointment?", "Wednesday 10 February 2027, 10:30am")


def test_accepting_gives_a_receipt_and_a_calendar_file(page: Browser, visit: Visit) -> None:
    page.press("Accept").sees("You accepted the appointment", "Keep this")
    assert receipt(page) == visit.now().answer_receipt
    page.follow("Put it in a calendar")
    assert page.response.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(page.response.data).walk("VEVENT")
    assert event["DTSTART"].dt == SOON
    assert event["DTEND"].dt == SOON + timedelta(minutes=10)
    assert "Jobcentre" not in str(event["SUMMARY"])
    assert "12 Park Row" in str(event["LOCATION"])


def test_asking_to_cancel_says_first_that_it_still_stands(page: Browser, visit: Visit) -> None:
    page.press("Ask to cancel")
    page.sees("The appointment still stands until your Jobcentre agrees.")
    assert visit.kinds() == ["offered"]
    page.choose("I am ill or in hospital").fill(note="Flu").press("Ask to cancel")
    page.sees("You asked to cancel. The appointment still stands", f"Until they agree, {STANDS}.")
    assert receipt(page) == visit.now().answer_receipt
    page.follow("Back to the appointment")
    page.sees("Your appointment still stands", f"Until your Jobcentre agrees, {STANDS}.")
    assert "Ask to cancel" not in page.buttons()
    assert "Take my answer back" in page.buttons()


def test_one_press_asks_for_a_phone_call(page: Browser, visit: Visit) -> None:
    page.press("Ask for a phone call").sees("You asked for a phone call.", STANDS)
    assert visit.kinds() == ["offered", "asked_for_phone_call"]


def test_times_that_are_possible_can_be_written(page: Browser, visit: Visit) -> None:
    page.press("Ask for another time").fill(note="Fridays after 2").press("Send")
    page.sees("You asked for another time. The appointment still stands")
    assert visit.requests()[-1].note == "Fridays after 2"


def test_a_free_time_can_be_taken(page: Browser, visit: Visit) -> None:
    page.press("Ask for another time").sees("A free time is yours as soon as you choose it.")
    page.choose("Friday 12 February 2027, 10:30am").press("Send")
    page.sees("You have a new time", "Friday 12 February 2027, 10:30am")
    assert receipt(page) == visit.now().answer_receipt


def test_neither_time_nor_words_is_said_kindly(page: Browser, visit: Visit) -> None:
    page.press("Ask for another time").press("Send", 422)
    page.sees("Choose a time, or tell us which times are possible.")
    assert visit.kinds() == ["offered"]


@pytest.mark.parametrize(
    "how",
    [
        lambda page: page.press("Accept"),
        lambda page: page.press("Ask for a phone call"),
        lambda page: page.press("Ask to cancel").fill(note="Ill").press("Ask to cancel"),
        lambda page: page.press("Ask for another time").fill(note="Fridays").press("Send"),
        lambda page: (
            page.press("Ask for another time")
            .choose("Friday 12 February 2027, 10:30am")
            .press("Send")
        ),
    ],
    ids=["accept", "phone", "cancel", "time", "pick"],
)
def test_pressing_twice_or_losing_the_reply_gives_the_same_receipt(
    page: Browser, visit: Visit, how: object
) -> None:
    how(page)  # type: ignore[operator]
    first = receipt(page)
    for _ in range(2):
        visit.clock.later(seconds=20)
        page.again()
        assert receipt(page) == first
    assert len(visit.kinds()) == 2


def test_taking_back_twice_gives_the_same_receipt(page: Browser, visit: Visit) -> None:
    page.press("Accept").press("Take my answer back").sees("You took your answer back")
    first = receipt(page)
    page.again()
    assert receipt(page) == first
    page.follow("Back to the appointment")
    assert page.buttons() == CHOICES
    assert visit.kinds() == ["offered", "accepted", "withdrawn"]


def test_a_get_on_a_button_shows_the_appointment_and_does_nothing(
    page: Browser, visit: Visit
) -> None:
    """A link preview, a reload, a curious finger: reading is never answering."""
    at = page.path
    for what in ("accept", "phone", "undo"):
        page.open(f"{at}/{what}")
        assert page.path == at
    assert visit.kinds() == ["offered"]


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999", "1.0", "٣"])
def test_nonsense_in_hidden_fields_breaks_nothing(
    page: Browser, visit: Visit, version: str
) -> None:
    page.post(f"{page.path}/accept", None, version=version)
    assert page.response.status_code in (200, 409)
    assert set(visit.kinds()) <= {"offered", "accepted"}
