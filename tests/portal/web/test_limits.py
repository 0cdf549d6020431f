"""Too much, too long, too strange: refused in a sentence, or read as what it means."""

import io
import socket
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.database import transaction
from portal.record import log
from tests.pages import words
from tests.people import Browser, Desk, People, again, appointment
from tests.served import real_server
from tests.world import World

KB = 1024


def test_a_body_that_is_too_large_is_refused_and_the_line_closed(client: FlaskClient) -> None:
    for path in (
        "/sign-in",
        "/nowhere",
        "/exit",
        "/api/v1/appointments",
        "/webhooks/twilio/inbound",
    ):
        answer = client.post(path, data={"number": "7" * 70 * KB})
        assert answer.status_code == 413, path
        assert answer.headers["Connection"] == "close", path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_for_too_much_says_what_to_do(app: Flask) -> None:
    browser = Browser(app).open("/sign-in").fill(number="7" * 70 * KB)
    browser.press("Text me a code", 413)
    assert browser.page.title
    assert "too" in browser.text.lower()


@pytest.mark.parametrize("kind", ["multipart/form-data", "text/plain", "application/json"])
def test_every_kind_of_body_is_bounded(client: FlaskClient, kind: str) -> None:
    if kind.startswith("multipart"):
        files = {"file": (io.BytesIO(b"x" * 70 * KB), "photo.jpg")}
        answer = client.post("/sign-in", data=files)
    else:
        answer = client.post("/sign-in", data=b"x" * 70 * KB, content_type=kind)
    assert answer.status_code == 413


def test_a_large_body_may_come_with_a_page_that_takes_none(client: FlaskClient) -> None:
    answer = client.get("/help", data=b"x" * 70 * KB)
    assert answer.status_code == 413


def test_many_fields_are_no_way_in(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={f"f{n}": "1" for n in range(3000)})
    assert answer.status_code in (400, 413)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """The service behind the web server that it is run with."""
    folder = tmp_path_factory.mktemp("served")
    environ = {
        "PORTAL_MODE": "test",
        "PORTAL_SECRET_KEY": "t" * 32,
        "PORTAL_INSTANCE": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'portal.db'}",
    }
    with real_server(environ) as port:
        yield "127.0.0.1", port


def said(address: tuple[str, int], *pieces: bytes) -> str:
    """Everything that comes back on one connection until the server closes it."""
    answer = b""
    with closing(socket.create_connection(address, timeout=60)) as line:
        with suppress(OSError):  # It may close before it has heard all of it.
            for piece in pieces:
                line.sendall(piece)
        with suppress(ConnectionResetError):
            while piece := line.recv(65536):
                answer += piece
    return answer.decode(errors="replace")


NEXT = b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def test_what_is_left_of_too_much_is_not_read_as_a_request(address: tuple[str, int]) -> None:
    """A body may hold something that looks like a request. It must not be answered as one."""
    smuggled = b"GET /privacy HTTP/1.1\r\nHost: localhost\r\n\r\n"
    size = 70 * KB + len(smuggled)
    head = f"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n"
    answer = said(address, head.encode(), b"x" * 70 * KB, smuggled, NEXT)
    assert answer.startswith("HTTP/1.1 413")
    assert "connection: close" in answer.lower()
    assert answer.count("HTTP/1.1 ") == 1


def test_a_body_in_chunks_is_no_way_in_either(address: tuple[str, int]) -> None:
    head = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    smuggled = b"GET /privacy HTTP/1.1\r\nHost: localhost\r\n\r\n".ljust(0x2000, b"x")
    answer = said(address, head, kind, (b"2000\r\n" + smuggled + b"\r\n") * 10, b"0\r\n\r\n", NEXT)
    assert answer.startswith(("HTTP/1.1 400", "HTTP/1.1 413"))
    assert answer.count("HTTP/1.1 ") <= 2
    assert answer.count("HTTP/1.1 200") == answer.count('"status"'), "only /health was answered"


def test_a_small_body_leaves_the_line_open_for_the_next_request(
    address: tuple[str, int],
) -> None:
    head = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n"
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    answer = said(address, head, kind, b"number=1", NEXT)
    assert answer.startswith("HTTP/1.1 400")
    assert answer.count("HTTP/1.1 ") == 2
    assert '"status":"ok"' in answer.replace(" ", "")


# Ten thousand characters in each field


@pytest.mark.parametrize("who", ["claimant", "staff", "link", "public"])
def test_ten_thousand_characters_in_every_field_are_answered_calmly(
    app: Flask, world: World, people: People, who: str
) -> None:
    visitors = {
        "claimant": lambda: Browser(app).sign_in(people.alex),
        "staff": lambda: Desk(app).sign_in(people.coach),
    }
    browser, forms = visitors.get(who, lambda: Browser(app))(), 0
    for rule, address in world.addresses(app, who, method="POST"):
        if "GET" in (rule.methods or ()):
            browser.open(address, None)
            if browser.response.status_code == 200 and browser.fill_everything("ß" * 10_000):
                main = browser.page.one("main")
                form = next(f for f in main.iter("form") if f.get("id") == "f")
                name = next(words(b) for b in form.iter("button"))
                browser.press(name, None)
                forms += 1
    assert forms >= 2


def test_a_note_that_is_too_long_is_kept_and_says_how_long_it_is(
    app: Flask, people: People
) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
    browser = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}/cancel")
    browser.fill(note="x" * 2001).press("Ask to cancel", 422)
    browser.sees("Use at most 2000 letters. You wrote 2001. Your words are still here.")
    assert browser.value("note") == "x" * 2001
    browser.fill(note="x" * 2000).press("Ask to cancel").sees("You asked to cancel.")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("two\r\nlines", "two\nlines"),
        ("a\x00b\x07c\x1b[31md", "abc[31md"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("👩🏽‍🤝‍👨🏻 ❤️", "👩🏽‍🤝‍👨🏻 ❤️"),
        ("نص عربي و English", "نص عربي و English"),
        ("می‌خواهم", "می‌خواهم"),
        ("  spaces \t ", "spaces"),
        ("Đặng Thị Ánh, O’Neill–Śćiślak", "Đặng Thị Ánh, O’Neill–Śćiślak"),
    ],
)
def test_words_in_every_script_are_kept_and_tricks_are_not(
    app: Flask, people: People, typed: str, kept: str
) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
    browser = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}/cancel")
    browser.fill(note=typed).press("Ask to cancel")
    with app.app_context():
        event = log.event_of(log.entries(people.alex.id)[0])
        assert event.note == kept  # type: ignore[union-attr]


def test_a_lone_half_of_a_pair_cannot_break_the_database(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
    browser = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}/cancel")
    body = b"note=%ED%A0%80x%FF%FE&csrf_token=" + browser.token.encode()
    answer = browser.client.post(
        f"/appointments/{visit.id}/cancel",
        data=body,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/appointments/not-an-id",
        "/%00",
        "/a/%ff",
        "/receipts/%F0%9F%99%82",
        "/" + "x" * 4000,
        "/record?before=99999999999999999999",
        "/record?before=x",
        "/receipts?code=%00",
        "//",
        "/./",
    ],
)
def test_strange_addresses_are_answered_calmly(app: Flask, people: People, path: str) -> None:
    browser = Browser(app).sign_in(people.alex)
    assert browser.client.get(path, follow_redirects=True).status_code < 500


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_methods_we_do_not_speak_are_refused(client: FlaskClient, method: str) -> None:
    answer = client.open("/sign-in", method=method)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
