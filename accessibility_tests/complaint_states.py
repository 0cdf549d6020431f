"""Complaints after they are sent: what became of one, its document, and what can be done then."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from accessibility_tests.scene_complaint import (
    add,
    answer,
    at_work,
    complain,
    final,
    further,
    late,
    several,
    take_back,
    written,
)
from accessibility_tests.scenes import Scene
from accessibility_tests.states import State, send
from portal.account import throttle
from portal.account.models import Office
from portal.complaints import checking, drafts, queries
from portal.complaints.models import Kind as About
from portal.complaints.models import Level
from portal.database import db
from portal.record import log

Mine = partial(State, who="claimant")
ONE, SENT = "complaints.complaint", "complaints.sent"
WORSE, STEP = "complaints.worse", "complaints.step"


def _in_northern_ireland(s: Scene) -> UUID:
    with s.writing():
        db.session.get_one(Office, s.office).nation = "northern_ireland"
    return final(s)


def _download_often(s: Scene, of: UUID) -> UUID:
    with s.writing():
        while throttle.allow_within("documents of a person", str(s.person)):
            pass
    return of


def _document(s: Scene) -> str:
    of = add(s, further(s, late(s)))
    with s.writing():
        entries = log.entries_about(s.person, of)
        return f"/receipts/{checking.printed(checking.code(entries))}"


def _changed_document(s: Scene) -> str:
    path = _document(s)
    with s.writing():
        queries.of_claimant(s.claimant())[0].effect = "Nothing"
    return path


def _page(make: Any, page: str = ONE) -> Any:
    return lambda s: s.url(page, complaint_id=make(s))


def _receipt(make: Any) -> Any:
    def prepare(s: Scene) -> str:
        make(s)
        return s.url(SENT, receipt=s.last_receipt())

    return prepare


def _worse_while_writing(s: Scene) -> str:
    of = complain(s)
    written(s)
    return s.url(WORSE, complaint_id=of)


def _worse_begun(s: Scene) -> str:
    of = complain(s)
    with s.writing():
        drafts.keep(s.claimant(), {"after": str(of), "kind": "worse"})
    return "/complaints/new/what"


STATES = (
    Mine("complaint-sent", SENT, _receipt(complain)),
    Mine("complaint-added", SENT, _receipt(lambda s: add(s, complain(s)))),
    Mine("complaint-further", SENT, _receipt(lambda s: further(s, late(s)))),
    Mine("complaint-taken-back", SENT, _receipt(lambda s: take_back(s, complain(s)))),
    Mine("complaint-received", ONE, _page(complain)),
    Mine("complaint-looked-at", ONE, _page(lambda s: add(s, at_work(s, complain(s))))),
    Mine("complaint-late", ONE, _page(late)),
    Mine("complaint-with-the-team", ONE, _page(lambda s: further(s, late(s)))),
    Mine("complaint-answered", ONE, _page(lambda s: answer(s, complain(s)))),
    Mine("complaint-final", ONE, _page(final)),
    Mine("complaint-final-long-ago", ONE, _page(lambda s: final(s, days_ago=300))),
    Mine("complaint-final-data", ONE, _page(lambda s: final(s, kind=About.data))),
    Mine("complaint-final-northern-ireland", ONE, _page(_in_northern_ireland)),
    Mine("complaint-withdrawn", ONE, _page(lambda s: take_back(s, complain(s)))),
    Mine(
        "complaint-document",
        "complaints.document",
        _page(lambda s: add(s, further(s, late(s))), "complaints.document"),
    ),
    Mine(
        "complaint-document-too-often",
        "complaints.document_file",
        _page(lambda s: _download_often(s, complain(s)), "complaints.document_file"),
        status=429,
    ),
    State("receipt-of-a-document", "history.receipt", _document),
    State("receipt-of-a-changed-document", "history.receipt", _changed_document),
    Mine("complaint-document-final", "complaints.document", _page(final, "complaints.document")),
    Mine("complaint-add", "complaints.add", _page(complain, "complaints.add")),
    Mine(
        "complaint-add-empty",
        "complaints.add",
        _page(complain, "complaints.add"),
        send(),
        errors=True,
    ),
    Mine("complaint-take-further", "complaints.further", _page(late, "complaints.further")),
    Mine(
        "complaint-ask-for-final",
        "complaints.further",
        _page(lambda s: answer(s, complain(s, level=Level.team)), "complaints.further"),
    ),
    Mine(
        "complaint-take-further-at-once",
        "complaints.further",
        _page(complain, "complaints.further"),
    ),
    Mine(
        "complaint-further-over",
        "complaints.further",
        _page(lambda s: take_back(s, complain(s)), "complaints.further"),
        send(),
        errors=True,
    ),
    Mine("complaint-worse", WORSE, _page(complain, WORSE)),
    Mine("complaint-worse-while-writing", WORSE, _worse_while_writing),
    Mine("complaint-worse-begun", STEP, _worse_begun),
    Mine("start-with-complaints", "home.start", lambda s: several(s) and "/"),
)
