"""The document about a complaint: the page and the PDF hold everything, for the person alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from portal.account import actions as account
from portal.account import throttle
from portal.complaints.models import Complaint
from portal.database import transaction
from portal.languages import known, offered
from tests.complaints import WORDS, complains
from tests.people import Browser, People, actor, again
from tests.portal.complaints.documents import ARABIC, address, code_of


def pdf_of(browser: Browser, found: Complaint) -> PdfReader:
    response = browser.client.get(address(found, ".pdf"))
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    return PdfReader(io.BytesIO(response.data))


def text_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def tags_of(node: Any) -> Iterator[tuple[str, str]]:
    """Every tag of a PDF in reading order, with its language."""
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from tags_of(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), str(node.get("/Lang", ""))
        if "/K" in node:
            yield from tags_of(node["/K"])


def test_the_page_holds_everything(app: Flask, people: People, documented: Complaint) -> None:
    browser = Browser(app).sign_in(people.alex)
    browser.open(f"/complaints/{documented.id}").follow(
        "All of it in one document, to print or pass on"
    )
    browser.sees(
        WORDS,
        ARABIC,
        "I could not sleep.",
        "She said it twice.",
        "We read the notes of 1 February.",
        "You were told something wrong.",
        "We say sorry, and we train our staff by 1 March.",
        "It is not true.",
        "Name: Alex Morgan",
        "You took your complaint further",
        "A text to 07700 900101 did not arrive",
        code_of(app, documented),
    )


def test_nobody_else_gets_it(app: Flask, people: People, documented: Complaint) -> None:
    other = Browser(app).sign_in(people.stranger)
    for end in ("", ".pdf"):
        assert other.client.get(address(documented, end)).status_code == 404
        assert app.test_client().get(address(documented, end)).status_code == 303


@pytest.mark.parametrize("code", [each.code for each in offered()])
def test_a_pdf_is_tagged_text(app: Flask, people: People, documented: Complaint, code: str) -> None:
    with app.app_context(), transaction():
        account.choose_language(again(people.alex), code, by=actor(people.alex))
    pdf = pdf_of(Browser(app).sign_in(people.alex), documented)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == known()[code].html_lang.partition("-")[0]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data(), "it says that it keeps PDF/UA"
    tags = [tag for tag, _ in tags_of(root["/StructTreeRoot"])]
    assert {"/Title", "/H1", "/P", "/BlockQuote", "/LI"} <= set(tags)
    text = text_of(pdf)
    assert WORDS in text
    assert "#let x = 1 *not bold* <b>" in text
    for word in ("ستوقف", "المال", "الاثنين"):
        assert word in text
    assert code_of(app, documented) in text


def test_whoever_asks_for_very_many_is_told_to_wait(
    app: Flask, people: People, documented: Complaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making one is work. The page, which says the same, is always there."""
    monkeypatch.setitem(throttle.LIMITS, "documents of a person", throttle.parse("1 per hour"))
    browser = Browser(app).sign_in(people.alex)
    pdf_of(browser, documented)
    browser.open(address(documented, ".pdf"), 429).sees("Wait one hour, then get it again.", WORDS)
    browser.open(address(documented)).does_not_see("Wait one hour")


def test_a_letter_without_a_font_loses_nothing_else(app: Flask, people: People) -> None:
    found = complains(app, people.alex, "They laughed 😀 at me.")
    browser = Browser(app).sign_in(people.alex)
    pdf = pdf_of(browser, found)
    assert "This file cannot show some letters." in text_of(pdf)
    assert "at me." in text_of(pdf)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_very_long_complaint_is_a_pdf_too(app: Flask, people: People) -> None:
    found = complains(app, people.alex, "word " * 3999, effect="x" * 20_000)
    assert len(pdf_of(Browser(app).sign_in(people.alex), found).pages) > 4
