"""When something goes wrong: what happened, what was kept, what to do now, whom to call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from structlog.testing import capture_logs

from portal.account import throttle
from portal.database import db
from portal.home import views
from portal.settings import Settings
from tests.pages import Page, faults_of, words
from tests.people import Browser, People
from wsgi import create_app

HELPLINE = "Is it urgent? Call your Jobcentre, or this helpline. "
SECRET = "nobody should read this"


@pytest.fixture(params=["postgresql", "sqlite"])
def no_database_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The service, and a database that does not answer."""
    url = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}"  # a folder is no database
    app = create_app(Settings.for_tests(database_url=url, instance=tmp_path))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the privacy page go wrong: in our own code, or with nonsense for the database."""

    def break_it(how: str) -> None:
        def page(*_args: object, **_values: object) -> None:
            if how == "database":
                db.session.connection().exec_driver_sql(f"SELECT '{SECRET}' FRUM nowhere")
            raise LookupError(SECRET)

        monkeypatch.setattr(views, "page", page)

    return break_it


def test_an_unknown_page(app: Flask, people: People) -> None:
    for browser in (Browser(app), Browser(app, htmx=True), Browser(app).sign_in(people.alex)):
        browser.open("/nowhere", status=404)
        assert browser.heading == "We cannot find this page"
        browser.sees(HELPLINE, "0800 328 5644", "Nothing that you told us is lost.")
        browser.follow("Go to the first page")


def test_too_much(app: Flask) -> None:
    browser = Browser(app).open("/sign-in")
    browser.post("/sign-in", status=413, number="7" * 70_000)
    assert browser.heading == "That was too much for one page"


def test_too_many(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "allow", lambda limit, who: False)
    browser = Browser(app).open("/receipts/K7QM-2P4A", status=429)
    assert browser.heading == "Too many tries for now"
    answer = app.test_client().get("/receipts/K7QM-2P4A")
    assert answer.headers["Retry-After"] == "900"


def test_what_cannot_be_done(app: Flask) -> None:
    answer = app.test_client().get("/sign-out")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert Browser(app).open("/sign-out", status=405).heading == "That did not work"


def test_programs_get_a_problem_instead_of_a_page(app: Flask) -> None:
    answer = app.test_client().get("/api/nothing")
    assert answer.mimetype == "application/problem+json"


def test_a_form_that_was_open_too_long_gives_back_what_was_typed(app: Flask) -> None:
    typed = "First line\n  <b>second</b> & last"
    answer = app.test_client().post(
        "/settings/number",
        data={
            "csrf_token": "old",
            "_next": "/settings/number",
            "note": typed,
            "name": "محمد",
            "version": "3",
            "slot": "12345678-1234-5678-1234-567812345678",
            "discreet": "y",
            "code": "123456",
            "password": SECRET,
        },
    )
    assert answer.status_code == 400
    assert SECRET not in answer.get_data(as_text=True)
    assert faults_of(Page(answer.text), answer.headers) == []
    text = answer.get_data(as_text=True)
    assert "Please send that once more" in text
    assert text.count("<textarea") == 2
    assert "First line\n  &lt;b&gt;second&lt;/b&gt; &amp; last</textarea>" in text
    assert "محمد</textarea>" in text
    assert text.count("readonly") == 2
    assert 'href="/settings/number"' in text


def test_the_way_back_from_a_stale_form_stays_within_this_site(app: Flask) -> None:
    client = app.test_client()
    away = client.post("/sign-in", data={"_next": "https://bad.example/"})
    assert "bad.example" not in away.get_data(as_text=True)
    only_a_button = client.post("/language").get_data(as_text=True)
    assert 'href="/">Open the page again' in only_a_button
    assert "What you typed" not in only_a_button


@pytest.mark.parametrize("how", ["code", "database"])
def test_our_own_mistake(
    app: Flask, people: People, breaks: Callable[[str], None], how: str
) -> None:
    """It is said, signed in or not, and nothing that people wrote reaches the log."""
    signed_in = Browser(app).sign_in(people.alex)
    breaks(how)
    # SQLite has one kind of error for a database that is away and for a mistake of ours.
    away = how == "database" and "sqlite" in app.config["SQLALCHEMY_ENGINES"]["default"]["url"]
    for browser in (Browser(app), signed_in):
        with capture_logs() as logs:
            browser.open("/privacy", status=503 if away else 500)
        browser.sees("The mistake is ours, not yours.", HELPLINE)
        assert len(logs) == 1
        assert SECRET not in str(logs)
    assert ("My record" in words(signed_in.page.one("header"))) is not away


def test_without_a_database_every_page_says_what_to_do(no_database_app: Flask) -> None:
    client = no_database_app.test_client()
    with client.session_transaction() as session:
        session["v"] = "somebody"
    for path in ("/", "/record", "/appointments", "/receipts/K7QM-2P4A"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert answer.headers["Retry-After"] == "60"
        text = answer.get_data(as_text=True)
        assert "We cannot reach your details now" in text
        assert 'href="tel:08003285644"' in text


def test_without_a_database_an_unknown_page_is_still_only_that(no_database_app: Flask) -> None:
    client = no_database_app.test_client()
    with client.session_transaction() as session:
        session["v"] = "somebody"
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "We cannot find this page" in answer.text


def test_without_a_database_what_needs_none_still_works(no_database_app: Flask) -> None:
    browser = Browser(no_database_app)
    for path in ("/", "/help", "/help/cannot-come", "/accessibility", "/privacy", "/sign-in"):
        browser.open(path)
    browser.fill(number="07700 900101").press("Text me a code", status=503)
    assert browser.heading == "We cannot reach your details now"
    browser.sees(HELPLINE)


def test_without_a_database_programs_get_a_problem(no_database_app: Flask) -> None:
    answer = no_database_app.test_client().get(
        "/api/v1/appointments", headers={"Authorization": "Bearer x"}
    )
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
