"""The code of a document about a complaint shows that nothing was altered, or what was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import clock
from portal.complaints import actions, checking, queries, retention, rules
from portal.complaints.models import Complaint, Contact, KeptFrom, Kind, Word
from portal.database import transaction
from portal.record import log
from portal.record.receipts import grouped
from portal.record.retention import erase_record
from tests.complaints import Handlers, answers
from tests.people import Browser, People, StoppedClock, actor, again
from tests.portal.complaints.documents import address, code_of


def test_its_code_is_known_where_receipts_are_checked(
    app: Flask, people: People, documented: Complaint
) -> None:
    code = code_of(app, documented)
    visitor = Browser(app).open("/receipts").fill(code=code.lower().replace("-", " "))
    visitor.press("Check")
    visitor.sees("nothing is missing and nothing was changed", code)
    with app.app_context():
        entries = log.entries_about(documented.claimant_id, documented.id)
        prints = [digest for _, digest in checking.fingerprints(entries)]
    assert len(prints) == 4
    visitor.sees(*prints)
    browser = Browser(app).sign_in(people.alex).open(address(documented))
    browser.sees(*(f"Its fingerprint: {each}" for each in prints), f"Its number: {documented.id}")
    visitor.does_not_see("omplain", "Alex", "sleep")


def test_a_document_from_before_is_still_known(
    app: Flask, documented: Complaint, handlers: Handlers, clock_stopped: StoppedClock
) -> None:
    before = code_of(app, documented)
    clock_stopped.at(clock.now() + timedelta(days=1))
    answers(app, documented, handlers.team, final=True)
    assert code_of(app, documented) != before
    Browser(app).open(f"/receipts/{before}").sees("nothing is missing and nothing was changed")


def test_no_document_has_another_code(app: Flask, documented: Complaint) -> None:
    code = code_of(app, documented)
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


def test_one_changed_byte_is_found_and_named(
    app: Flask, people: People, documented: Complaint
) -> None:
    assert _faults(app, people) == []
    code = code_of(app, documented)
    _change(app, Complaint, "effect", documented.id)
    assert _faults(app, people) == [
        (documented.receipt, "the words of the complaint cannot be opened")
    ]
    _seen_at_receipts(app, code, documented.receipt)
    said = app.test_cli_runner().invoke(args=["record", "verify"])
    assert said.exit_code == 1
    assert grouped(documented.receipt) in said.output


def test_other_words_under_a_good_seal_are_found(
    app: Flask, people: People, documented: Complaint
) -> None:
    with app.app_context(), transaction():
        answer = queries.words(again(documented))[1]
        again(answer).found = "You were told something right."
        receipt = answer.receipt
    assert _faults(app, people) == [(receipt, "the words were changed")]
    _seen_at_receipts(app, code_of(app, documented), receipt)


def test_words_put_in_or_taken_out_are_found(
    app: Flask, people: People, documented: Complaint
) -> None:
    with app.app_context(), transaction() as session:
        first, second, *_rest = queries.words(again(documented))
        session.delete(again(first))
        more = actions.add_words(again(documented), "More.", second.said, staff_id=None)
        more.receipt = second.receipt
    whats = [what for _, what in _faults(app, people)]
    assert "the words are missing" in whats
    assert "words were put in that nothing in the record speaks of" in whats


def test_a_changed_receipt_or_day_is_found(
    app: Flask, people: People, documented: Complaint
) -> None:
    with app.app_context(), transaction():
        again(documented).reply_by += timedelta(days=1)
        again(documented).kind = Kind.service
    assert [what for _, what in _faults(app, people)] == [
        "what the complaint is about was changed",
        "the day by which to reply was changed",
    ]


def test_redacted_words_leave_nothing_to_compare(
    app: Flask, people: People, documented: Complaint
) -> None:
    with app.app_context(), transaction():
        assert not retention.redact(documented.id)  # It is open.
        actions.withdraw(again(documented), by=actor(people.alex))
        assert retention.redact(documented.id)
        assert not rules.may_go_further(again(documented))
    assert _faults(app, people) == []
    browser = Browser(app).sign_in(people.alex)
    browser.open(address(documented)).sees("were deleted after the time")
    page = Browser(app).open(f"/receipts/{code_of(app, documented)}")
    page.sees("Its words were erased").does_not_see("We checked every word of it")


def test_whoever_it_was_kept_from_is_checked_too(
    app: Flask, people: People, documented: Complaint
) -> None:
    """One row less, and the work coach could read it."""
    with app.app_context(), transaction() as session:
        session.add(KeptFrom(complaint_id=documented.id, staff_id=people.other_coach.id))
    assert _faults(app, people) == [(documented.receipt, "the words of the complaint were changed")]


@pytest.mark.parametrize("change", [{"contact": Contact.letter}, {"helper": "Sam"}])
def test_what_else_the_document_says_is_checked(
    app: Flask, people: People, documented: Complaint, change: dict[str, object]
) -> None:
    with app.app_context(), transaction():
        for name, value in change.items():
            setattr(again(documented), name, value)
    assert _faults(app, people) == [(documented.receipt, "the words of the complaint were changed")]


def test_what_was_erased_with_the_record_is_no_fault(
    app: Flask, people: People, documented: Complaint
) -> None:
    with app.app_context(), transaction():
        erase_record(people.alex.id)
    assert _faults(app, people) == []
