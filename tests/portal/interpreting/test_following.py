"""An interpreter sees the page that a person is on, reads it, and can do nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account import actions as account
from portal.account import codes
from portal.appointments import desk_actions, office_actions
from portal.appointments.models import Appointment
from portal.complaints import drafts
from portal.database import db, transaction
from portal.interpreting import actions, queries
from portal.interpreting.models import Session
from portal.record import log, retention
from portal.refusals import Refusal
from tests.people import (
    NOW,
    Browser,
    Desk,
    People,
    StoppedClock,
    actor,
    again,
    appointment,
    recorded,
)


class Watched:
    """Alex's browser, and the one of whoever interprets for them."""

    def __init__(self, app: Flask, people: People) -> None:
        self.app, self.people = app, people
        self.alex = Browser(app).sign_in(people.alex)
        self.other = Browser(app)

    def opens(self) -> str:
        """Alex makes a code; returns its link."""
        self.alex.open("/interpreter").press("Make a code for the interpreter")
        found = re.search(r"/i/[0-9A-Z]{8}", self.alex.text)
        assert found, self.alex.text
        return found[0]

    def joins(self, link: str) -> None:
        self.other.open(link).press("Begin here")

    def session(self) -> Session:
        with self.app.app_context():
            return db.session.scalars(sa.select(Session)).one()

    def seen(self) -> Browser:
        """What the interpreter has before them now."""
        return self.other.open(f"/interpreting/{self.session().id}")

    def happened(self) -> list[str]:
        return recorded(self.app, self.people.alex, "interpreting")


@pytest.fixture
def watched(app: Flask, people: People, clock_stopped: StoppedClock) -> Watched:
    return Watched(app, people)


@pytest.fixture
def visit(app: Flask, people: People) -> Appointment:
    """In ten minutes, for forty."""
    with app.app_context(), transaction():
        return appointment(again(people.alex), NOW + timedelta(minutes=10), minutes=40)


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


@pytest.mark.parametrize("path", ["/settings", "/settings/number", "/settings/pin", "/interpreter"])
def test_how_to_reach_the_person_is_never_shown(watched: Watched, path: str) -> None:
    watched.joins(watched.opens())
    watched.alex.open("/help")
    watched.seen().sees("Whom you can call")
    watched.alex.open(path).sees("An interpreter does not see this page.")
    watched.seen().sees("They are on a page that is not for others.")
    assert watched.session().page == ""


def test_a_number_in_the_record_is_covered(watched: Watched) -> None:
    with watched.app.app_context(), transaction():
        account.set_number(
            again(watched.people.alex), "+447700900155", by=actor(watched.people.coach)
        )
    with watched.app.app_context():
        alex = again(watched.people.alex)
    watched.alex = Browser(watched.app).sign_in(alex)
    watched.joins(watched.opens())
    watched.alex.open("/record").sees("07700 900155")
    watched.seen().sees("•••").does_not_see("900155", "900101")


def test_the_link_opens_once_in_one_browser(watched: Watched) -> None:
    link = watched.opens()
    second = Browser(watched.app).open(link)
    watched.joins(link)
    second.press("Begin here", 404).sees("No page is shown here")
    second.open(link, 404).open(f"/interpreting/{watched.session().id}", 404)
    watched.other.open(link).sees("They have not opened a page yet.")
    assert watched.happened() == ["opened", "joined"]


def test_looking_at_a_link_does_not_use_it_up(watched: Watched) -> None:
    link = watched.opens()
    Browser(watched.app).open(link)
    assert watched.session().joined_at is None
    watched.alex.open(link).sees("you are signed in here")
    assert "Begin here" not in watched.alex.buttons()
    watched.joins(link)


def test_a_code_is_typed_as_it_was_heard(watched: Watched) -> None:
    code = watched.opens().removeprefix("/i/")
    heard = f" {code[:4].lower()} - {code[4:].lower().replace('0', 'o').replace('1', 'l')} "
    watched.other.open("/i").press("Go on", 422).sees("Write the code that you were told.")
    watched.other.fill(code="ZZZZ-ZZZZ").press("Go on", 422).sees("No page is open with this code.")
    watched.other.fill(code=heard).press("Go on").press("Begin here")
    watched.other.sees("They have not opened a page yet.")


@pytest.mark.parametrize("token", ["ZZZZZZZZ", "x", "%2e%2e", "🌻", "A" * 300])
def test_an_unknown_link_looks_like_one_that_is_over(
    app: Flask, people: People, token: str
) -> None:
    Browser(app).open(f"/i/{token}", 404).sees("No page is shown here")


def test_it_ends_after_two_hours_without_an_appointment(
    watched: Watched, clock_stopped: StoppedClock
) -> None:
    link = watched.opens()
    watched.alex.sees("ends at 11:00am")
    watched.joins(link)
    clock_stopped.later(hours=2)
    watched.other.open(f"/interpreting/{watched.session().id}", 404)
    watched.other.open(link, 404)
    alex = (
        Browser(watched.app).sign_in(watched.people.alex).open("/").does_not_see("interpreter can")
    )
    alex.open("/interpreter").press("Make a code for the interpreter").sees("ends at 1:00pm")


@pytest.mark.parametrize("how", ["outcome", "called off", "time"])
def test_it_ends_with_the_appointment(
    watched: Watched, visit: Appointment, clock_stopped: StoppedClock, how: str
) -> None:
    watched.joins(watched.opens())
    coach = actor(watched.people.coach)
    with watched.app.app_context(), transaction():
        if how == "called off":
            office_actions.call_off(again(visit), by=coach)
        clock_stopped.later(minutes=20 if how == "outcome" else 50)
        if how == "outcome":
            desk_actions.record_outcome(again(visit), happened=True, by=coach)
    watched.other.open(f"/interpreting/{watched.session().id}", 404)


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


def test_staff_open_it_for_a_person_who_is_there(watched: Watched) -> None:
    desk = Desk(watched.app).sign_in(watched.people.coach)
    desk.open(f"/staff/people/{watched.people.alex.id}").press("A page for the interpreter")
    desk.press("Make a code for the interpreter").sees("Code for the interpreter")
    found = re.search(r"/i/\w{8}", desk.text)
    assert found
    watched.joins(found[0])
    watched.alex.open("/help").sees("An interpreter can see this page.")
    watched.seen().sees("Whom you can call")
    desk.open(f"/staff/people/{watched.people.alex.id}/interpreter-page")
    desk.sees("An interpreter has read along since 9:00am.").press("End it now")
    watched.other.open(f"/interpreting/{watched.session().id}", 404)
    Desk(watched.app).sign_in(watched.people.other_coach).open(
        f"/staff/people/{watched.people.alex.id}/interpreter-page", 404
    )


def test_opening_twice_is_opening_once(watched: Watched) -> None:
    link = watched.opens()
    watched.alex.again()
    with watched.app.app_context(), transaction():
        alex, by = again(watched.people.alex), actor(watched.people.alex)
        first = actions.open_session(alex, by=by)
        second = actions.open_session(alex, session_id=first.id, by=by)
        assert first.id == second.id
        assert link.endswith(codes.interpreter_token(first.id))
        assert actions.end(first, by=by) is not None
        assert actions.end(first, by=by) is None
        assert actions.open_session(alex, session_id=first.id, by=by).ended_at is not None
    assert watched.happened() == ["opened", "ended"]


@pytest.mark.parametrize("door", ["text", "link", "nobody"])
def test_a_number_alone_opens_nothing(app: Flask, people: People, door: str) -> None:
    with app.app_context(), transaction(), pytest.raises(Refusal, match="not-sure-enough"):
        actions.open_session(again(people.alex), by=actor(people.alex, door))


def test_another_persons_pages_are_not_kept(watched: Watched) -> None:
    watched.joins(watched.opens())
    Browser(watched.app).sign_in(watched.people.stranger).open("/help")
    watched.seen().sees("They have not opened a page yet.")


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


def test_what_is_kept_is_sealed_and_goes(watched: Watched, clock_stopped: StoppedClock) -> None:
    watched.joins(watched.opens())
    watched.alex.open("/help")
    with watched.app.app_context():
        row = str(db.session.execute(sa.text("SELECT * FROM interpreting_session")).all())
        assert "Whom you can call" not in row
        assert "Whom you can call" in watched.session().page
    clock_stopped.later(hours=3)
    with watched.app.app_context(), transaction():
        retention.sweep()
    assert watched.session().page == ""
    clock_stopped.later(days=1)
    with watched.app.app_context(), transaction():
        retention.sweep()
        assert db.session.scalars(sa.select(Session)).all() == []
        assert queries.unended(again(watched.people.alex)) is None


def test_it_goes_with_the_record(watched: Watched) -> None:
    watched.opens()
    with watched.app.app_context(), transaction():
        retention.erase_record(watched.people.alex.id)
        assert db.session.scalars(sa.select(Session)).all() == []


def test_how_a_complaint_says_to_reach_the_person_is_left_out(watched: Watched) -> None:
    with watched.app.app_context(), transaction():
        said = {"kind": "behaviour", "what": "Nobody listened.", "contact": "letter"}
        drafts.keep(again(watched.people.alex), {**said, "contact_note": "14 Hill Lane, Leeds"})
    watched.joins(watched.opens())
    watched.alex.open("/complaints/new/check").sees("14 Hill Lane", "Nobody listened.")
    watched.seen().sees("Check your complaint", "Nobody listened.").does_not_see("Hill Lane")


def test_a_link_for_somebody_who_helps_is_not_shown(watched: Watched) -> None:
    watched.joins(watched.opens())
    watched.alex.open("/help").open("/complaints/helper").fill(name="Sam", agree="y").press(
        "Make the link"
    )
    watched.alex.sees("/h/")
    watched.seen().does_not_see("/h/", "Sam").sees("They are on a page that is not for others.")


def test_what_was_seen_is_not_in_a_record_for_somebody_else(watched: Watched) -> None:
    watched.joins(watched.opens())
    watched.alex.open("/complaints")
    watched.seen()
    watched.alex.open("/record").sees("Your interpreter saw this page: Your complaints")
    watched.alex.open("/record/for-others").does_not_see("nterpreter saw", "can see your pages")
