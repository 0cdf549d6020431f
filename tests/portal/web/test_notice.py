"""Every page says honestly how far its language was checked."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask_babel import get_babel

from portal import catalogues, languages
from portal.catalogues import Status
from portal.database import db, transaction
from tests.people import Browser, People

DRAFT = "تُرجمت هذه الصفحة بالحاسوب"
REPORT = "الإبلاغ عن خطأ في الترجمة"
CHECKED = "راجع مترجم هذه الصفحة"
SOME_ENGLISH = "جزء من هذه الصفحة لا يزال بالإنجليزية"


@pytest.fixture
def arabic(app: Flask, people: People) -> Browser:
    return Browser(app, Accept_Language="ar")


def state(monkeypatch: pytest.MonkeyPatch, state: str, *unreviewed: str) -> None:
    """Let Arabic be checked as far as this, but for these sentences."""
    monkeypatch.setattr(languages, "review_state", lambda _code: state)
    monkeypatch.setattr(languages, "unreviewed", lambda _code: frozenset(unreviewed))
    status = Status(state, date(2026, 11, 21), reviewed_on=date(2026, 12, 1))
    monkeypatch.setattr(catalogues, "read_status", lambda _folder: status)


def test_a_draft_says_so_at_the_top_of_every_page(arabic: Browser) -> None:
    for path in ("/", "/help", "/sign-in", "/help/texts"):
        arabic.open(path).sees(DRAFT, REPORT)
    assert DRAFT in arabic.client.get("/nothing-here", headers={"Accept-Language": "ar"}).text


def test_whoever_is_signed_in_can_ask_for_an_interpreter_there(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        db.session.merge(people.alex).language = "cy"
    browser = Browser(app).sign_in(people.alex).open("/help")
    assert browser.page.root.get("lang") == "cy"
    browser.follow("Gofyn am gyfieithydd")
    assert browser.path == "/settings/interpreter"


def test_english_says_nothing(app: Flask, people: People) -> None:
    html = Browser(app).open("/help").response.text
    for words in ("A computer translated", "wrong translation", "<!--"):
        assert words not in html


def test_what_was_checked_says_so_at_the_bottom(
    arabic: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    state(monkeypatch, "reviewed")
    html = arabic.open("/help").response.text
    assert DRAFT not in html
    foot = html.split("<footer>")[1]
    assert CHECKED in foot
    assert "1 ديسمبر 2026" in foot
    assert REPORT in foot


def test_what_was_checked_in_part_says_so_where_it_was_not(
    arabic: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_on_help = catalogues.string_id("navigation", "Privacy")
    nowhere = catalogues.string_id(None, "Nobody says this.")
    state(monkeypatch, "part-reviewed", nowhere)
    html = arabic.open("/help").response.text
    assert DRAFT not in html
    assert CHECKED not in html
    assert REPORT in html.split("<footer>")[1]
    state(monkeypatch, "part-reviewed", only_on_help)
    html = arabic.open("/help").response.text
    assert DRAFT in html
    assert "<!--" not in html


def test_the_words_of_the_notice_itself_do_not_count(
    arabic: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = catalogues.string_id(None, "Tell us about a wrong translation")
    state(monkeypatch, "part-reviewed", own)
    assert DRAFT not in arabic.open("/help").response.text


def test_what_a_view_says_counts_as_well(arabic: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of a form is said before the page is made."""
    said = catalogues.string_id(
        None, "We know no receipt with this code. Check each letter and number."
    )
    state(monkeypatch, "part-reviewed", said)
    arabic.open("/receipts")
    assert DRAFT not in arabic.response.text
    arabic.fill(code="K7QM-2P4A")
    arabic.press(arabic.buttons()[-1], 404)
    assert DRAFT in arabic.response.text


def test_a_page_with_english_in_it_says_so(app: Flask, arabic: Browser) -> None:
    arabic.open("/help").does_not_see(SOME_ENGLISH)
    with app.test_request_context(headers={"Accept-Language": "ar"}):
        catalogue = get_babel().instance.domain_instance.get_translations()
    taken = catalogue._catalog.pop("navigation\x04Privacy")
    try:
        arabic.open("/help").sees(SOME_ENGLISH)
        assert '<span lang="en" dir="ltr">Privacy</span>' in arabic.response.text
    finally:
        catalogue._catalog["navigation\x04Privacy"] = taken


def test_with_two_languages_the_notice_is_in_both(arabic: Browser) -> None:
    arabic.open("/help")
    arabic.open("/beside/en?next=/help")
    for words in (DRAFT, "A computer translated this page"):
        assert words in arabic.response.text
    assert "<!--" not in arabic.response.text
