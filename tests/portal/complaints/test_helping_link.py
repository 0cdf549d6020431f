"""The link for somebody who helps: made with consent, shown once, opened once, and it ends."""

from __future__ import annotations

import pytest
from flask import Flask
from limits import parse

from portal.account import throttle
from portal.complaints import helper_actions, queries
from portal.complaints.models import HelperLink
from portal.database import transaction
from portal.record import log
from portal.record import retention as record_retention
from tests.people import Browser, People, StoppedClock, again
from tests.portal.complaints.helping import NAME, begun, events_of, is_over, link_of, rows, wrote


def test_without_consent_or_a_name_there_is_no_link(app: Flask, person: Browser) -> None:
    person.open("/complaints/helper").fill(name=NAME).press("Make the link", 422)
    person.sees("Tick this box if you agree.")
    assert person.value("name") == NAME
    person.fill(name=" ", agree="y").press("Make the link", 422).sees("Write who helps you.")
    assert rows(app, HelperLink) == []


def test_a_second_press_makes_no_second_link(app: Flask, people: People, person: Browser) -> None:
    link = link_of(person)
    person.again()
    assert link in person.text
    assert len(rows(app, HelperLink)) == 1
    assert events_of(app, people) == ["helper_asked"]


def test_another_window_cannot_make_a_second_one(app: Flask, person: Browser) -> None:
    other = person.open("/complaints/helper").fill(name="Kim", agree="y")
    token, once = other.token, other.value("_once")
    link_of(person)
    data = {"csrf_token": token, "name": "Kim", "agree": "y"}
    answer = person.client.post("/complaints/helper", data=data)
    assert answer.status_code == 422
    assert "Somebody can already write for you." in answer.text
    assert once
    assert len(rows(app, HelperLink)) == 1


def test_it_is_shown_once_and_kept_nowhere(app: Flask, person: Browser) -> None:
    token = link_of(person).removeprefix("/h/")
    person.open("/complaints/helper").does_not_see(token)
    (link,) = rows(app, HelperLink)
    kept = {column.name: str(getattr(link, column.name)) for column in link.__table__.columns}
    assert token not in "".join(kept.values())


def test_looking_at_it_does_not_use_it_up(app: Flask, person: Browser) -> None:
    """Programs that pass a link on fetch it first, to show what it is."""
    link = link_of(person)
    Browser(app).open(link).sees("Write a complaint for somebody")
    begun(app, link).sees("The complaint of the person you help")


def test_two_presses_on_begin_open_it_once(app: Flask, person: Browser) -> None:
    helper = begun(app, link_of(person))
    helper.again().sees("The complaint of the person you help")


def test_opened_elsewhere_or_late_it_looks_as_if_it_had_never_been(
    app: Flask, person: Browser, clock_stopped: StoppedClock
) -> None:
    unknown = is_over(Browser(app), "/h/ABCDEFGHJKMNPQ")
    used = link_of(person)
    begun(app, used)
    assert is_over(Browser(app), used) == unknown
    person.open("/complaints/helper").press("End the link")
    late = link_of(person)
    clock_stopped.later(days=6, hours=23)
    Browser(app).open(late).sees("Write a complaint for somebody")
    clock_stopped.later(days=1)
    assert is_over(Browser(app), late) == unknown


def test_who_began_too_late_cannot_begin(
    app: Flask, person: Browser, clock_stopped: StoppedClock
) -> None:
    helper = Browser(app).open(link_of(person))
    clock_stopped.later(days=9)
    helper.press("Begin here", 404).sees("This link does not open")


def test_of_two_browsers_the_first_to_begin_has_it(app: Flask, person: Browser) -> None:
    link = link_of(person)
    first, second = Browser(app).open(link), Browser(app).open(link)
    first.press("Begin here").sees("The complaint of the person you help")
    second.press("Begin here", 404)
    is_over(second, first.path)
    first.open(link).sees("The complaint of the person you help")


def test_an_hour_away_ends_it_and_shows_what_was_typed(
    app: Flask, people: People, person: Browser, clock_stopped: StoppedClock
) -> None:
    helper = wrote(begun(app, link_of(person)))
    page = helper.path
    clock_stopped.later(minutes=59)
    helper.open(page)
    clock_stopped.later(minutes=61)
    helper.fill(happened="On a Tuesday.").press("Continue", 404)
    helper.sees("This link does not open", "This was not kept", "On a Tuesday.")
    person.sign_in(people.alex).open("/complaints").sees(f"{NAME} cannot write for you any more.")


@pytest.mark.parametrize("how", ["ended", "dropped", "sent"])
def test_the_person_ends_it(app: Flask, people: People, person: Browser, how: str) -> None:
    person.open("/complaints/new/kind")
    person.choose("Something took too long, or never happened").press("Continue")
    helper = wrote(begun(app, link_of(person)))
    if how == "ended":
        person.open("/complaints/helper").press("End the link")
    elif how == "dropped":
        person.open("/complaints").press("Delete what I wrote")
    else:
        person.open("/complaints/new/check").sees(f"{NAME} opened the link and can write")
        person.press("Send the complaint")
    helper.fill(happened="On a Tuesday.").press("Continue", 404).sees("On a Tuesday.")
    assert events_of(app, people) == ["helper_asked", "helper_ended"]
    assert len(rows(app, HelperLink)) == (1 if how == "ended" else 0)


def test_the_person_does_not_use_up_their_own_link(app: Flask, person: Browser) -> None:
    link = link_of(person)
    person.open(link).sees("Opened here, it would be used up.")
    person.post(link)
    begun(app, link).sees("The complaint of the person you help")


def test_openings_from_one_address_are_counted(
    app: Flask, person: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(throttle.LIMITS, "helper from an address", parse("2 per 15 minutes"))
    for status in (404, 404, 429):
        Browser(app).open("/h/ABCDEFGHJKMNPQ", status)


def test_no_log_holds_the_token(
    app: Flask,
    person: Browser,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    link = link_of(person)
    begun(app, link)
    is_over(Browser(app), link)

    def goes_wrong(token: str) -> None:
        raise KeyError(token)

    monkeypatch.setattr(helper_actions, "by_token", goes_wrong)
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    assert app.test_client().get(link).status_code == 500
    said = capfd.readouterr()
    logged = said.out + said.err + caplog.text
    assert "KeyError" in logged
    assert link.removeprefix("/h/") not in logged


def test_a_forged_browser_is_nobody(app: Flask, people: People, person: Browser) -> None:
    """A link that nobody opened belongs to no browser: not even to one that holds nothing."""
    link_of(person)
    with app.app_context():
        link = helper_actions.helping(again(people.alex))
        assert link is not None
        assert not helper_actions.is_of(link, "")
        assert not helper_actions.is_of(link, "x")


def test_it_goes_with_a_draft_that_nobody_went_on_with(
    app: Flask, people: People, person: Browser, clock_stopped: StoppedClock
) -> None:
    link_of(person)
    clock_stopped.later(days=31)
    with app.app_context():
        with transaction():
            record_retention.sweep()
        assert queries.draft(again(people.alex)) is None
        assert log.verify(people.alex.id) == []
    assert rows(app, HelperLink) == []
