"""The browser of the tests notices what a page must never do. Each fault is planted here once:
hundreds of tests rely on its being found."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Response, request
from werkzeug.datastructures import Headers

from portal.account.models import Office
from portal.database import db
from portal.settings import Settings
from portal.web.access import public
from tests.pages import Page, faults_of, words
from tests.people import Browser
from wsgi import create_app

GOOD = (
    '<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>A – B</title>'
    '<link rel="icon" href="data:,"><link rel="stylesheet" href="/f/1/site.css">'
    '<script defer src="/f/1/site.js"></script></head><body><main id="main"><h1>A</h1>'
    '<form method="post" action="/x"><input type="hidden" name="csrf_token" value="t">'
    '<label for="n">N</label><input id="n" name="n"><button>Go</button></form>'
    '<a href="/known">there</a></main></body></html>'
)
HEADS = {
    "Content-Security-Policy": "default-src 'none';script-src 'self'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


def faults(html: str, **heads: str) -> list[str]:
    given = HEADS | {name.replace("_", "-"): value for name, value in heads.items()}
    return faults_of(Page(html), Headers(given), lambda path, _method: path != "/nowhere")


def test_a_good_page_has_no_fault() -> None:
    assert faults(GOOD) == []


PLANTED = {
    "markup that is not HTML": ("</h1>", "</h1></div>", "End tag (div)"),
    "an attribute given twice": ('<input id="n"', '<input id="n" id="n"', "attribute"),
    "no document type": ("<!DOCTYPE html>", "", "DOCTYPE"),
    "two headings": ("<h1>A</h1>", "<h1>A</h1><h1>B</h1>", "2 <h1>"),
    "no heading": ("<h1>A</h1>", "", "0 <h1>"),
    "an empty heading": ("<h1>A</h1>", "<h1> </h1>", "empty <h1>"),
    "an empty title": ("A – B", " ", "empty <title>"),
    "no language": (' lang="en"', "", "no lang"),
    "no direction": (' dir="ltr"', "", "no dir"),
    "an id twice": ("<h1>A", '<h1 id="n">A', "id 'n' 2 times"),
    "a label of nothing": ('for="n"', 'for="m"', "names nothing"),
    "an inline style": ("<h1>", '<h1 style="color:red">', "inline style"),
    "a sheet in the page": ("</head>", "<style>h1{}</style></head>", "inline style"),
    "an inline script": ("</head>", "<script>alert(1)</script></head>", "inline script"),
    "a handler": ("<button>", '<button onclick="x()">', "onclick"),
    "an address that is a script": ('href="/known"', 'href="javascript:x()"', "a script in"),
    "a file of another site": ('src="/f/1/site.js"', 'src="//cdn.example/x.js"', "another site"),
    "a form without its token": ('value="t"', 'value=""', "without a token"),
    "a token in an address": ('method="post"', 'method="get"', "would show in the address"),
    "a link that leads nowhere": ('href="/known"', 'href="/nowhere"', "leads nowhere"),
    "a form that leads nowhere": ('action="/x"', 'action="/nowhere"', "leads nowhere"),
    "a comment": ("<h1>", "<!-- why --><h1>", "a comment"),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_is_found(what: str) -> None:
    good, bad, said = PLANTED[what]
    assert good in GOOD
    found = faults(GOOD.replace(good, bad, 1))
    assert any(said in fault for fault in found), found


@pytest.mark.parametrize(
    ("head", "value", "said"),
    [
        ("Content-Security-Policy", "", "no strict"),
        ("Content-Security-Policy", "default-src 'none';script-src 'unsafe-inline'", "unsafe"),
        ("Cache-Control", "private", "may be kept"),
        ("X-Content-Type-Options", "", "guess"),
    ],
)
def test_a_planted_fault_in_the_heads_is_found(head: str, value: str, said: str) -> None:
    assert any(said in fault for fault in faults(GOOD, **{head.replace("-", "_"): value}))


def test_words_are_read_as_people_see_them() -> None:
    page = Page(GOOD.replace("there", 'he<b>re</b> <span aria-hidden="true">→</span>you<br>are'))
    assert words(page.all("a")[0]) == "here you are"


# What a request leaves behind


@pytest.fixture
def untidy(database_url: str, tmp_path: Path) -> Iterator[Browser]:
    """A service with views that leave something open."""
    service = create_app(Settings.for_tests(database_url=database_url, instance=tmp_path))

    @service.get("/untidy/<how>")
    @public
    def untidy_view(how: str) -> Response:
        office = Office(code="X", name="X", short_name="X", address="X", phone="X")
        if how == "object":
            db.session.add(office)
        elif how == "row":
            db.session.connection(execution_options={"writes": True})
            db.session.add(office)
            db.session.flush()
        elif how == "connection":
            kept.append(db.engine.connect())
            kept[-1].execute(sa.text("SELECT 1"))
        elif how == "reading":
            db.session.execute(sa.text("SELECT 1"))
        return Response(request.path, mimetype="text/plain")

    kept: list[sa.Connection] = []
    yield Browser(service)
    for connection in kept:
        connection.close()
    with service.app_context():
        db.engine.dispose()


def test_reading_leaves_nothing_open(untidy: Browser) -> None:
    untidy.open("/untidy/reading")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("object", "changed objects that nobody committed"),
        ("row", "rows that nobody committed"),
        ("connection", "a transaction that nobody ended"),
    ],
)
def test_what_a_view_leaves_open_is_found(untidy: Browser, how: str, said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        untidy.open(f"/untidy/{how}")
