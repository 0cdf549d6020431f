"""An interpreter sees the page that a person is on, reads it, and can do nothing else."""

from __future__ import annotations

import re

import pytest

from portal.appointments.models import Appointment
from portal.record import log
from tests.people import Browser, StoppedClock
from tests.portal.interpreting.conftest import Watched


def test_a_session_from_the_code_to_the_end(watched: Watched, visit: Appointment) -> None:
    alex, other = watched.alex, watched.other
    link = watched.opens()
    alex.sees("It opens once, on one device, and ends at 9:50am.", "Do not open the link yourself.")
    watched.joins(link)
    other.sees("They have not opened a page yet.", "Show the page we are on")
    alex.open(f"/appointments/{visit.id}").sees("An interpreter can see this page.")
    watched.seen().sees("Can you come to this appointment?", "12 Park Row", "Ask for a phone call")
    other.does_not_see("An interpreter can see this page.")
    assert other.buttons() == [], "nothing can be pressed"
    assert not list(other.page.one("main").iter("form"))
    links = [e.get("href", "") for e in other.page.one("main").iter("a")]
    assert [each for each in links if "/appointments/" in each] == []
    watched.seen()
    watched.seen()
    alex.press("Accept")
    other.follow("Show the page we are on").sees("You accepted the appointment")
    alex.open("/interpreter").sees("An interpreter has seen your pages since 9:00am.")
    watched.seen().sees("They are on a page that is not for others.")
    alex.press("End it now")
    other.open(f"/interpreting/{watched.session().id}", 404).sees("No page is shown here")
    assert watched.happened() == ["opened", "joined", "page_seen", "page_seen", "ended"]
    alex.open("/record").sees("Your interpreter saw this page: Can you come to this appointment?")
    assert watched.session().page == ""
    alex.open("/").does_not_see("An interpreter")
    with watched.app.app_context():
        assert log.verify(watched.people.alex.id) == []


def test_both_languages_stand_line_by_line(watched: Watched, visit: Appointment) -> None:
    watched.alex.post("/language", _language="ar", _next="/")
    link = re.search(r"/i/\w{8}", watched.alex.post("/interpreter").text)
    assert link
    watched.joins(link[0])
    watched.alex.open(f"/appointments/{visit.id}")
    watched.alex.does_not_see("Ask for a phone call")
    page = watched.seen().sees("Ask for a phone call", "طلب مكالمة هاتفية").page
    english = [e for e in page.one("main").iter("span") if e.get("lang") == "en"]
    assert english
    assert all(e.get("dir") == "ltr" and not e.get("aria-hidden") for e in english)
    whole = [e for e in page.one("main").iter("div") if e.get("lang") == "ar"]
    assert [e.get("dir") for e in whole] == ["rtl"]


def test_a_form_that_is_put_right_shows_its_questions_and_no_answers(
    watched: Watched, visit: Appointment
) -> None:
    watched.joins(watched.opens())
    alex = watched.alex.open("/plan/about-me/write")
    alex.fill(needs="My secret illness", interpreter="x" * 101).press(
        "Save and read it through", 422
    )
    watched.seen().sees("What do you need?", "Use at most 100 letters.")
    watched.other.does_not_see("My secret illness", "xxx")


def test_whoever_has_left_is_not_seen_any_more(
    watched: Watched, clock_stopped: StoppedClock
) -> None:
    watched.joins(watched.opens())
    watched.alex.open("/help")
    watched.seen().sees("Whom you can call")
    watched.alex.press("Exit this page", None)
    watched.seen().sees("They have left.").does_not_see("Whom you can call")
    watched.alex.sign_in(watched.people.alex).open("/help")
    watched.seen().sees("Whom you can call")
    clock_stopped.later(minutes=11)
    watched.seen().sees("They have left.")


def test_asking_again_and_again_is_answered_with_nothing_and_records_nothing(
    watched: Watched,
) -> None:
    watched.joins(watched.opens())
    watched.alex.open("/help")
    polls = Browser(watched.app, htmx=True)
    polls.client = watched.other.client
    path = f"/interpreting/{watched.session().id}"
    polls.open(f"{path}?seen=0").sees("Whom you can call")
    (poll,) = [e.get("hx-get", "") for e in polls.page.root.iter() if e.get("hx-get")]
    for _ in range(3):
        assert polls.client.get(poll).status_code == 204
    watched.alex.open("/help")
    assert polls.client.get(poll).status_code == 204, "the same page is no news"
    watched.alex.open("/help/texts")
    assert polls.client.get(poll).status_code == 200
    assert watched.happened().count("page_seen") == 2


def test_a_page_that_cannot_be_kept_still_reaches_its_person(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.joins(watched.opens())
    watched.alex.open("/help")

    def broken(*_args: object) -> None:
        raise ValueError

    monkeypatch.setattr("portal.interpreting.text_only.read", broken)
    watched.alex.open("/help/texts").sees("How texts work")
    watched.seen().sees("They are on a page that is not for others.")
