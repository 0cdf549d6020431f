"""Writing a complaint, page by page: nothing that was typed is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.complaints import queries, rules
from portal.record import log
from tests.people import Browser, People, StoppedClock
from tests.phone import code_for
from tests.portal.complaints.pages import NEW, complaints, drafts, written


@pytest.mark.parametrize(
    "what",
    [
        "Late",
        "x" * rules.LONGEST,
        "ভুল " * (rules.LONGEST // 4),
        "🙂" * rules.LONGEST,
        "“Curly” quotes – dashes…\tTabs\r\n• bullets from Word",
        "<script>alert(1)</script><b>bold</b>",
        "موعدي تغير مرتين",
    ],
    ids=["one word", "longest", "Bengali", "emoji", "Word", "HTML", "Arabic"],
)
def test_whatever_is_written_comes_back_as_it_was(app: Flask, browser: Browser, what: str) -> None:
    written(browser, what).press("Send the complaint").sees("Your complaint is sent")
    (sent,) = complaints(app)
    assert sent.what == what.replace("\r\n", "\n").strip()
    browser.open(f"/complaints/{sent.id}").sees(" ".join(what.split()))


def test_what_is_too_long_is_kept_and_not_sent(app: Flask, browser: Browser) -> None:
    browser.open(f"{NEW}/what").fill(what="x" * (rules.LONGEST + 1)).press("Continue", 422)
    browser.sees("Use at most 20000 letters. You wrote 20001. Your words are still here.")
    browser.open(f"{NEW}/check").sees("Write what happened.")
    assert "Send the complaint" not in browser.buttons()
    assert browser.open(f"{NEW}/what").value("what") == "x" * (rules.LONGEST + 1)


def test_each_page_is_kept_however_it_is_left(app: Flask, people: People, browser: Browser) -> None:
    browser.open(f"{NEW}/effect").fill(effect="I did not sleep.").press("Back")
    assert browser.path == f"{NEW}/who"
    browser.fill(who="Somebody at the desk").press("Keep it and stop for now")
    assert browser.path == "/complaints"
    browser.sees("You are writing a complaint", "It stays here until Wednesday 3 March 2027.")
    # Another computer, where somebody closed the browser without signing out.
    other = Browser(app).sign_in(people.alex).open(f"{NEW}/effect")
    assert other.value("effect") == "I did not sleep."
    assert other.open(f"{NEW}/who").value("who") == "Somebody at the desk"


def test_a_page_that_comes_too_late_is_kept_for_thirty_days(
    app: Flask, people: People, browser: Browser, clock_stopped: StoppedClock
) -> None:
    browser.open(f"{NEW}/what").fill(what="Nobody called me.")
    clock_stopped.later(minutes=20)
    browser.press("Continue")
    assert browser.path == "/sign-in"
    clock_stopped.later(days=20)
    later = Browser(app).sign_in(people.alex)
    assert later.open(f"{NEW}/what").value("what") == "Nobody called me."


@pytest.mark.parametrize(
    ("name", "field"), [("kind", "kind"), ("about", "codes"), ("contact", "contact_note")]
)
def test_every_page_that_comes_too_late_is_kept(
    app: Flask, people: People, browser: Browser, clock_stopped: StoppedClock, name: str, field: str
) -> None:
    browser.open(f"{NEW}/{name}").fill(**{field: "delay"})
    clock_stopped.later(minutes=20)
    browser.press("Continue")
    clock_stopped.later(days=2)
    assert Browser(app).sign_in(people.alex).open(f"{NEW}/{name}").value(field) == "delay"


def test_a_screen_that_ends_by_itself_keeps_the_page(
    app: Flask, people: People, browser: Browser, clock_stopped: StoppedClock
) -> None:
    """Scripts send the page to where a visit ends."""
    browser.open(f"{NEW}/what")
    browser.post("/session/end", what="🙂" * 9000, _next=f"{NEW}/what", version="")
    clock_stopped.later(days=20)
    assert Browser(app).sign_in(people.alex).open(f"{NEW}/what").value("what") == "🙂" * 9000


def test_signing_in_again_shows_what_came_too_late(
    app: Flask, people: People, browser: Browser, clock_stopped: StoppedClock
) -> None:
    browser.open(f"{NEW}/what").fill(what="Nobody called me.")
    clock_stopped.later(minutes=20)
    browser.press("Continue").fill(number=people.alex.mobile or "").press("Text me a code")
    browser.fill(code=code_for(app, people.alex.mobile or "")).press("Sign in")
    browser.sees("We kept what you typed.")
    assert (browser.path, browser.value("what")) == (f"{NEW}/what", "Nobody called me.")
    browser.press("Continue").sees("When did it happen?")


def test_another_window_loses_nothing(app: Flask, people: People, browser: Browser) -> None:
    other = Browser(app).sign_in(people.alex).open(f"{NEW}/what")
    browser.open(f"{NEW}/what").fill(what="From the first window").press("Continue")
    other.fill(what="From the second window").press("Continue", 422)
    other.sees("in another window", "From the first window")
    assert other.value("what") == "From the second window"
    other.press("Continue")
    assert browser.open(f"{NEW}/what").value("what") == "From the second window"
    # Pages that the other window did not have open stay as they are.
    browser.open(f"{NEW}/who").fill(who="A").press("Continue")
    other.open(f"{NEW}/effect").fill(effect="B").press("Continue")
    assert browser.open(f"{NEW}/who").value("who") == "A"


def test_another_language_keeps_the_page(browser: Browser) -> None:
    browser.open(f"{NEW}/what").fill(what="Nobody called me.").press("Cymraeg")
    assert (browser.path, browser.value("what")) == (f"{NEW}/what", "Nobody called me.")


def test_what_it_is_about_comes_from_ones_own_record(
    app: Flask, people: People, browser: Browser
) -> None:
    with app.app_context():
        offered = (e for e in log.entries(people.alex.id) if e.kind == "appointments.offered")
        mine = next(offered).receipt
        theirs = log.entries(people.stranger.id)[0].receipt
    browser.open(f"{NEW}/about").fill(codes=theirs).press("Continue", 422)
    browser.sees("We know no receipt of yours with this code")
    browser.fill(codes="K7QM").press("Continue", 422)
    browser.sees("We know no receipt of yours with this code: K7QM")
    browser.open(f"{NEW}/about").fill(codes="", receipts=[mine]).press("Continue")
    written(browser).sees("Your Jobcentre booked an appointment").press("Send the complaint")
    with app.app_context():
        assert list(queries.attached(complaints(app)[0])) == [mine]


def test_what_was_never_offered_is_refused_or_left_out(app: Flask, people: People) -> None:
    browser = Browser(app).sign_in(people.alex).open(f"{NEW}/kind")
    browser.post(f"{NEW}/kind", 422, kind="revenge")
    browser.post(f"{NEW}/hidden", kept_from=str(people.other_coach.id))
    browser.post(f"{NEW}/nothing", 404)
    browser.open(f"{NEW}/check").does_not_see("Ines Costa")


@pytest.mark.parametrize(("minutes", "is_kept"), [(30, True), (90, False)])
def test_who_comes_to_the_browser_later_writes_in_no_draft(
    app: Flask, browser: Browser, clock_stopped: StoppedClock, minutes: int, is_kept: bool
) -> None:
    """At a library somebody else may press the button of a page that was left open."""
    browser.open(f"{NEW}/what").fill(what="She shouted.")
    clock_stopped.later(minutes=minutes)
    browser.press("Continue", None)
    assert bool(drafts(app)) is is_kept
