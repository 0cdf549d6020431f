"""A person's record, and the receipts that anybody can check."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import structlog
from flask import Blueprint, Response, abort, request, url_for
from markupsafe import Markup

from portal import clock
from portal.account import guards, throttle
from portal.complaints import checking
from portal.history import export, queries, words
from portal.history.forms import ReceiptForm
from portal.languages import say
from portal.record import log
from portal.record.models import Entry
from portal.record.receipts import grouped, read_code
from portal.refusals import sentence
from portal.web.access import public
from portal.web.fragments import page, to

bp = Blueprint("history", __name__)
logger = structlog.get_logger()

PAGE = 50
_NO_SUCH = sentence("We know no receipt with this code. Check each letter and number.")

bp.add_app_template_filter(words.sentence_of, "entry_sentence")


@bp.app_template_filter("entry_how")
def entry_how(entry: Entry) -> str:
    """How an entry was made, with its receipt as a link."""
    code = grouped(entry.receipt)
    link = Markup('<a dir="ltr" href="{}">{}</a>').format(
        url_for("history.receipt", code=code), code
    )
    return words.how_said(entry, link)


@bp.get("/record")
@guards.claimant_only
def record() -> Any:
    """Every entry, newest first, fifty to a page."""
    person = guards.this_claimant()
    before = _number(request.args.get("before", ""))
    found = queries.entries_before(person, before, PAGE + 1)
    shown = found[:PAGE]
    return page(
        "history/record.html",
        days=words.by_day(shown),
        before=before,
        older=shown[-1].number if len(found) > PAGE else None,
    )


def _number(text: str) -> int | None:
    """The number of an entry, or None if it cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


@bp.get("/record/print")
@guards.claimant_only
def print_record() -> Any:
    """The whole record on one page, with what is needed to compare it later."""
    person = guards.this_claimant()
    return page(
        "history/print.html",
        days=words.by_day(log.entries(person.id)),
        person=person,
        chain=queries.chain(person.id),
        intact=not (log.verify(person.id) or checking.faults(person.id)),
        now=clock.now(),
    )


@bp.get("/record/for-others")
@guards.claimant_only
def for_others() -> Any:
    """The record to give to somebody else: without what was read, opened or not answered."""
    person = guards.this_claimant()
    return page(
        "history/for_others.html",
        days=words.by_day(export.for_others(log.entries(person.id))),
        person=person,
        now=clock.now(),
    )


@bp.get("/record.json")
@guards.claimant_only
def download() -> Response:
    """The whole record for machines. The chain can be checked from this file alone."""
    person = guards.this_claimant()
    entries = log.entries(person.id, newest_first=False)
    document = export.document(person, queries.chain(person.id), entries)
    return Response(
        json.dumps(document, ensure_ascii=False, indent=1),
        mimetype="application/json",
        headers={"Content-Disposition": "attachment; filename=record.json"},
    )


@bp.get("/receipts")
@public
def receipts() -> Any:
    """Type a code to check it."""
    typed = request.args.get("code")
    if typed is None:
        return page("history/receipts.html", form=ReceiptForm(formdata=None))
    form = ReceiptForm(formdata=request.args)
    if not form.validate():
        return page("history/receipts.html", form.status, form=form)
    document, code = checking.read(typed), read_code(typed)
    if document is not None:
        return to(url_for("history.receipt", code=checking.printed(document)))
    if code is None:
        return _unknown(form)
    return to(url_for("history.receipt", code=grouped(code)))


@bp.get("/receipts/<code>")
@public
def receipt(code: str) -> Any:
    """That an entry of its kind was recorded then and that its chain holds; nothing about who.
    The code of a document stands for all entries it was made of."""
    if not throttle.allow("receipt from an address", request.remote_addr or ""):
        abort(429)
    covered = checking.covered(code)
    if covered:
        return _document(checking.printed(checking.code(covered)), covered)
    read = read_code(code)
    entry = log.by_receipt(read) if read else None
    if entry is None:
        return _unknown(ReceiptForm(formdata=None, code=code[:40]))
    faults = log.verify(entry.claimant_id)
    if entry.kind.startswith("complaints."):
        faults += checking.faults(entry.claimant_id)
    if faults:
        logger.error("chain does not hold", faults=len(faults))
    return page(
        "history/receipt.html", code=entry.receipt, said=words.general(entry), faults=faults
    )


def _document(code: str, covered: Sequence[Entry]) -> Any:
    """That a document with this code was made, and the fingerprints that its words must have."""
    whose, about = covered[0].claimant_id, covered[0].about
    assert about is not None
    faults = log.verify(whose) + checking.faults(whose)
    if faults:
        logger.error("record does not hold", faults=len(faults))
    return page(
        "history/document.html",
        code=code,
        last=covered[-1].at,
        fingerprints=checking.fingerprints(covered),
        faults=faults,
        erased=checking.was_erased(log.entries_about(whose, about)),
    )


def _unknown(form: ReceiptForm) -> Any:
    form.code.errors = [say(_NO_SUCH)]
    return page("history/receipts.html", 404, form=form)
