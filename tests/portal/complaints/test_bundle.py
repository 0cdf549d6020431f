"""The document about a complaint: the page, the PDF, and the code that shows it is unaltered."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader

from portal import clock
from portal.account import actions as account
from portal.account import delivery_actions, throttle
from portal.complaints import actions, checking, queries, retention, rules
from portal.complaints.models import Complaint, Contact, KeptFrom, Kind, Word
from portal.database import transaction
from portal.languages import known, offered
from portal.record import log
from portal.record.receipts import grouped
from portal.record.retention import erase_record
from tests.complaints import WORDS, Handlers, answers, complains
from tests.people import Browser, People, StoppedClock, actor, again, appointment

ARABIC = "قالت إنها ستوقف المال في يوم الاثنين."


@pytest.fixture
def sent(app: Flask, people: People, handlers: Handlers) -> Complaint:
    """Alex complained about an appointment whose text never came; she added something, it was
    answered, and she took it further and said why."""
    with app.app_context(), transaction():
        visit = appointment(again(people.alex), by=people.coach)
        delivery_actions.text_not_delivered(
            again(people.alex),
            what="appointments.offer",
            regarding=visit.id,
            permanent=False,
            by=actor(people.coach),
        )
        offered_in = log.entries_about(people.alex.id, visit.id)[0].receipt
    found = complains(
        app,
        people.alex,
        f"{WORDS}\n{ARABIC}\n#let x = 1 *not bold* <b>",
        effect="I could not sleep.",
        receipts=frozenset({offered_in}),
    )
    with app.app_context(), transaction():
        actions.add(again(found), "She said it twice.", by=actor(people.alex))
    answers(app, found, handlers.here)
    with app.app_context(), transaction():
        actions.take_further(again(found), why="It is not true.", by=actor(people.alex))
    return found


def address(found: Complaint, end: str = "") -> str:
    return f"/complaints/{found.id}/document{end}"


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


def code_of(app: Flask, found: Complaint) -> str:
    with app.app_context():
        return checking.printed(checking.code(log.entries_about(found.claimant_id, found.id)))


def test_the_page_holds_everything(app: Flask, people: People, sent: Complaint) -> None:
    browser = Browser(app).sign_in(people.alex)
    browser.open(f"/complaints/{sent.id}").follow("All of it in one document, to print or pass on")
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
        code_of(app, sent),
    )


def test_nobody_else_gets_it(app: Flask, people: People, sent: Complaint) -> None:
    other = Browser(app).sign_in(people.stranger)
    for end in ("", ".pdf"):
        assert other.client.get(address(sent, end)).status_code == 404
        assert app.test_client().get(address(sent, end)).status_code == 303


@pytest.mark.parametrize("code", [each.code for each in offered()])
def test_a_pdf_is_tagged_text(app: Flask, people: People, sent: Complaint, code: str) -> None:
    with app.app_context(), transaction():
        account.choose_language(again(people.alex), code, by=actor(people.alex))
    pdf = pdf_of(Browser(app).sign_in(people.alex), sent)
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
    assert code_of(app, sent) in text


def test_whoever_asks_for_very_many_is_told_to_wait(
    app: Flask, people: People, sent: Complaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making one is work. The page, which says the same, is always there."""
    monkeypatch.setitem(throttle.LIMITS, "documents of a person", throttle.parse("1 per hour"))
    browser = Browser(app).sign_in(people.alex)
    pdf_of(browser, sent)
    browser.open(address(sent, ".pdf"), 429).sees("Wait one hour, then get it again.", WORDS)
    browser.open(address(sent)).does_not_see("Wait one hour")


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


def test_its_code_is_known_where_receipts_are_checked(
    app: Flask, people: People, sent: Complaint
) -> None:
    code = code_of(app, sent)
    visitor = Browser(app).open("/receipts").fill(code=code.lower().replace("-", " "))
    visitor.press("Check")
    visitor.sees("nothing is missing and nothing was changed", code)
    with app.app_context():
        entries = log.entries_about(sent.claimant_id, sent.id)
        prints = [digest for _, digest in checking.fingerprints(entries)]
    assert len(prints) == 4
    visitor.sees(*prints)
    browser = Browser(app).sign_in(people.alex).open(address(sent))
    browser.sees(*(f"Its fingerprint: {each}" for each in prints), f"Its number: {sent.id}")
    visitor.does_not_see("omplain", "Alex", "sleep")


def test_a_document_from_before_is_still_known(
    app: Flask, sent: Complaint, handlers: Handlers, clock_stopped: StoppedClock
) -> None:
    before = code_of(app, sent)
    clock_stopped.at(clock.now() + timedelta(days=1))
    answers(app, sent, handlers.team, final=True)
    assert code_of(app, sent) != before
    Browser(app).open(f"/receipts/{before}").sees("nothing is missing and nothing was changed")


def test_no_document_has_another_code(app: Flask, sent: Complaint) -> None:
    code = code_of(app, sent)
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    assert app.test_client().get(f"/receipts/{wrong}").status_code == 404


def _flip(text: str) -> str:
    """The same with one byte changed, where what was sealed lies."""
    at = len(text) // 2
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


def _change(app: Flask, kind: type[Complaint] | type[Word], column: str, row: Any) -> None:
    """One byte of one value, behind the service's back."""
    with app.app_context(), transaction() as session:
        raw = sa.type_coerce(kind.__table__.c[column], sa.Text)
        before = session.scalar(sa.select(raw).where(kind.id == row))
        assert before
        changed = {column: sa.literal(_flip(before))}
        session.execute(sa.update(kind).where(kind.id == row).values(changed))


def _faults(app: Flask, people: People) -> list[tuple[str, str]]:
    with app.app_context():
        return [(each.receipt, each.what) for each in checking.faults(people.alex.id)]


def _seen_at_receipts(app: Flask, code: str, receipt: str) -> None:
    page = Browser(app).open(f"/receipts/{code}")
    page.sees("something does not fit", grouped(receipt))
    page.does_not_see("nothing was changed")


def test_one_changed_byte_is_found_and_named(app: Flask, people: People, sent: Complaint) -> None:
    assert _faults(app, people) == []
    code = code_of(app, sent)
    _change(app, Complaint, "effect", sent.id)
    assert _faults(app, people) == [(sent.receipt, "the words of the complaint cannot be opened")]
    _seen_at_receipts(app, code, sent.receipt)
    said = app.test_cli_runner().invoke(args=["record", "verify"])
    assert said.exit_code == 1
    assert grouped(sent.receipt) in said.output


def test_other_words_under_a_good_seal_are_found(
    app: Flask, people: People, sent: Complaint
) -> None:
    with app.app_context(), transaction():
        answer = queries.words(again(sent))[1]
        again(answer).found = "You were told something right."
        receipt = answer.receipt
    assert _faults(app, people) == [(receipt, "the words were changed")]
    _seen_at_receipts(app, code_of(app, sent), receipt)


def test_words_put_in_or_taken_out_are_found(app: Flask, people: People, sent: Complaint) -> None:
    with app.app_context(), transaction() as session:
        first, second, *_rest = queries.words(again(sent))
        session.delete(again(first))
        more = actions.add_words(again(sent), "More.", second.said, staff_id=None)
        more.receipt = second.receipt
    whats = [what for _, what in _faults(app, people)]
    assert "the words are missing" in whats
    assert "words were put in that nothing in the record speaks of" in whats


def test_a_changed_receipt_or_day_is_found(app: Flask, people: People, sent: Complaint) -> None:
    with app.app_context(), transaction():
        again(sent).reply_by += timedelta(days=1)
        again(sent).kind = Kind.service
    assert [what for _, what in _faults(app, people)] == [
        "what the complaint is about was changed",
        "the day by which to reply was changed",
    ]


def test_redacted_words_leave_nothing_to_compare(
    app: Flask, people: People, sent: Complaint
) -> None:
    with app.app_context(), transaction():
        assert not retention.redact(sent.id)  # It is open.
        actions.withdraw(again(sent), by=actor(people.alex))
        assert retention.redact(sent.id)
        assert not rules.may_go_further(again(sent))
    assert _faults(app, people) == []
    browser = Browser(app).sign_in(people.alex)
    browser.open(address(sent)).sees("were deleted after the time")
    page = Browser(app).open(f"/receipts/{code_of(app, sent)}")
    page.sees("Its words were erased").does_not_see("We checked every word of it")


def test_whoever_it_was_kept_from_is_checked_too(
    app: Flask, people: People, sent: Complaint
) -> None:
    """One row less, and the work coach could read it."""
    with app.app_context(), transaction() as session:
        session.add(KeptFrom(complaint_id=sent.id, staff_id=people.other_coach.id))
    assert _faults(app, people) == [(sent.receipt, "the words of the complaint were changed")]


@pytest.mark.parametrize("change", [{"contact": Contact.letter}, {"helper": "Sam"}])
def test_what_else_the_document_says_is_checked(
    app: Flask, people: People, sent: Complaint, change: dict[str, object]
) -> None:
    with app.app_context(), transaction():
        for name, value in change.items():
            setattr(again(sent), name, value)
    assert _faults(app, people) == [(sent.receipt, "the words of the complaint were changed")]


def test_what_was_erased_with_the_record_is_no_fault(
    app: Flask, people: People, sent: Complaint
) -> None:
    with app.app_context(), transaction():
        erase_record(people.alex.id)
    assert _faults(app, people) == []
