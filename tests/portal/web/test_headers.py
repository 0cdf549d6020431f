"""Response heads: strict, short, and told the truth about how the world reaches us."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.settings import Settings
from portal.web.headers import content_security_policy
from tests.databases import PostgresqlDatabase, SqliteDatabase
from tests.people import Browser, People
from wsgi import create_app

SECURE = "https://portal.example"


@pytest.fixture
def secure_client(
    migrated: SqliteDatabase | PostgresqlDatabase, app: Flask, tmp_path: Path
) -> FlaskClient:
    """A visitor of the same service, reached over HTTPS."""
    settings = Settings.for_tests(
        database_url=migrated.url, instance=tmp_path, public_url=SECURE, trusted_proxies=1
    )
    return create_app(settings).test_client()


def policy(client: FlaskClient) -> dict[str, list[str]]:
    whole = client.get("/").headers["Content-Security-Policy"]
    parts = [part.strip().split() for part in whole.split(";")]
    return {name: values for name, *values in parts}


def test_pages_load_nothing_but_our_own_files(client: FlaskClient) -> None:
    said = policy(client)
    assert said["default-src"] == ["'none'"]
    assert said["base-uri"] == said["frame-ancestors"] == ["'none'"]
    assert said["form-action"] == ["'self'", "https://www.bbc.co.uk"]
    for kind in ("script-src", "style-src", "connect-src"):
        assert all(value == "'self'" or value.startswith("'sha256-") for value in said[kind]), kind
    assert not any(
        "unsafe" in value or "*" in value for values in said.values() for value in values
    )


def test_the_policy_names_the_page_that_exit_opens() -> None:
    settings = Settings.for_tests(exit_url="https://news.example:8443/today?x=1")
    assert "form-action 'self' https://news.example:8443;" in content_security_policy(settings)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/receipts", "/health"])
def test_heads_of_every_answer(client: FlaskClient, path: str) -> None:
    heads = client.get(path).headers
    assert heads["X-Content-Type-Options"] == "nosniff"
    assert heads["Cache-Control"] == "no-store"
    assert "Server" not in heads
    assert "X-Powered-By" not in heads
    assert "Strict-Transport-Security" not in heads, "we are reached without HTTPS here"


def test_only_over_https_browsers_are_told_to_insist_on_it(secure_client: FlaskClient) -> None:
    for path in ("/", "/nowhere", "/health"):
        answer = secure_client.get(path, base_url=SECURE)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_cookie_is_out_of_reach(client: FlaskClient, secure_client: FlaskClient) -> None:
    (cookie,) = client.get("/sign-in").headers.getlist("Set-Cookie")
    assert cookie.startswith("s=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    (secure,) = secure_client.get("/sign-in", base_url=SECURE).headers.getlist("Set-Cookie")
    assert "Secure" in secure
    assert "Domain" not in secure


def test_the_cookie_says_nothing_about_the_person(app: Flask, people: People) -> None:
    browser = Browser(app).sign_in(people.alex)
    with browser.client.session_transaction() as session:
        kept = str(dict(session))
    for known in (str(people.alex.id), people.alex.id.hex, "Morgan", "7700900101"):
        assert known not in kept


def test_files_need_no_cookie_and_are_kept_for_good(app: Flask) -> None:
    sheet = Browser(app).open("/").page.all("link")[1].get("href", "")
    answer = app.test_client().get(sheet)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public,max-age=31536000,immutable"
    old = app.test_client().get(sheet.replace(sheet.split("/")[2], "0000aaaa"))
    assert old.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["site.src.css", "..%2fapp.py", "htmx.LICENSE.txt", "x.css", "a"])
def test_only_files_that_are_meant_to_be_served_are(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/f/0/{name}")
    assert answer.status_code in (200, 404)
    assert (answer.status_code == 200) == (name == "site.src.css")


def test_pages_are_compressed_for_whoever_can_read_it(client: FlaskClient) -> None:
    plain = client.get("/help", headers={"Accept-Encoding": "identity"})
    for encoding in ("br", "gzip"):
        packed = client.get("/help", headers={"Accept-Encoding": encoding})
        assert packed.headers["Content-Encoding"] == encoding
        assert len(packed.data) < len(plain.data) / 2
        assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_proxy_is_believed_only_where_there_is_one(
    app: Flask, secure_client: FlaskClient
) -> None:
    """Otherwise anybody could name another address and step round the limits."""
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    with app.test_request_context("/", headers=forged) as context:
        assert context.request.remote_addr != "203.0.113.9"
    heads = secure_client.get("/", base_url="http://inside", headers=forged).headers
    assert "Strict-Transport-Security" in heads
