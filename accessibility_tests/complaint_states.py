"""Complaints as the person sees them: which it is, writing one, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from accessibility_tests.browser import Browser
from accessibility_tests.scenes import LONG_WORD, NOTE, Scene
from accessibility_tests.service import NOW
from accessibility_tests.states import State, send
from portal.account import throttle
from portal.account.models import Office, Staff
from portal.actors import Actor, Assurance, Channel, Kind
from portal.complaints import actions, checking, desk_actions, drafts, queries, rules
from portal.complaints.models import Complaint, Contact, Level
from portal.complaints.models import Kind as About
from portal.complaints.rules import Wish
from portal.database import db, new_id
from portal.record import log

Mine = partial(State, who="claimant")
STEP, CHECK, ONE = "complaints.step", "complaints.check", "complaints.complaint"
SENT, WORSE, LIST = "complaints.sent", "complaints.worse", "complaints.listing"
FIRST = "/complaints/new/kind"


def _handler(s: Scene, role: str = rules.HANDLER) -> UUID:
    """Somebody who deals with complaints."""
    member = Staff(
        id=new_id(),
        email=f"{new_id().hex}@demo.example",
        name=f"Sam {LONG_WORD}",
        password_hash="none",
        totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        office_id=s.office,
        role=role,
    )
    with s.writing():
        db.session.add(member)
    return member.id


def _written(s: Scene, **more: Any) -> None:
    """Everything is written, and nothing is sent."""
    s.book(3)
    answers = {
        "kind": "behaviour",
        "what": f"{NOTE}\n\n{NOTE}",
        "happened": "On Monday",
        "who": NOTE,
        "effect": NOTE,
        "put_right": NOTE,
        "receipts": [s.last_receipt()],
        "codes": "",
        "contact": "call",
        "contact_note": NOTE,
        "kept_from": [str(s.member)],
        "level": "office",
    }
    with s.writing(NOW - timedelta(days=2)):
        drafts.keep(s.claimant(), answers | more)


def _draft(path: str, **more: Any) -> Any:
    def prepare(s: Scene) -> str:
        _handler(s)
        _written(s, **more)
        return path

    return prepare


def _send(s: Scene, days_ago: float = 4, **more: Any) -> UUID:
    values: dict[str, Any] = {
        "kind": About.behaviour,
        "what": f"{NOTE}\n\n{NOTE}",
        "happened": "On Monday",
        "who": NOTE,
        "effect": NOTE,
        "put_right": NOTE,
        "contact": Contact.call,
        "contact_note": NOTE,
        "kept_from": frozenset({s.member}),
    }
    if more.get("level") is not Level.team:
        _handler(s)
    s.book(3)
    values["receipts"] = frozenset({s.last_receipt()})
    with s.writing(NOW - timedelta(days=days_ago)):
        entry = actions.send(s.claimant(), Wish(**(values | more)), by=s.me)
    assert entry.about is not None
    return entry.about


def _complaint(of: UUID) -> Complaint:
    return db.session.get_one(Complaint, of)


def _at_work(s: Scene, of: UUID) -> UUID:
    """Those who have it opened it, confirmed it, and asked for more."""
    who = _handler(s)
    by = Actor(Kind.staff, who, Channel.desk, Assurance.staff)
    with s.writing(NOW - timedelta(days=2)):
        member = db.session.get_one(Staff, who)
        desk_actions.open_it(_complaint(of), staff=member, by=by)
        desk_actions.acknowledge(_complaint(of), staff=member, by=by)
        desk_actions.ask_more(_complaint(of), NOTE, staff=member, by=by)
    return of


def _add(s: Scene, of: UUID) -> UUID:
    with s.writing(NOW - timedelta(days=1)):
        actions.add(_complaint(of), NOTE, by=s.me)
    return of


def _answer(s: Scene, of: UUID, *, final: bool = False, days_ago: float = 1) -> UUID:
    with s.writing():
        at_the_team = _complaint(of).level is Level.team
    who = _handler(s, rules.TEAM if at_the_team else rules.HANDLER)
    by = Actor(Kind.staff, who, Channel.desk, Assurance.staff)
    with s.writing(NOW - timedelta(days=days_ago)):
        desk_actions.answer(
            _complaint(of),
            looked_at=NOTE,
            found_out=f"{NOTE}\n{NOTE}",
            will_do=NOTE,
            final=final,
            staff=db.session.get_one(Staff, who),
            by=by,
        )
    return of


def _final(s: Scene, days_ago: float = 1, **more: Any) -> UUID:
    of = _send(s, level=Level.team, days_ago=days_ago + 5, **more)
    return _answer(s, of, final=True, days_ago=days_ago)


def _in_northern_ireland(s: Scene) -> UUID:
    with s.writing():
        db.session.get_one(Office, s.office).nation = "northern_ireland"
    return _final(s)


def _late(s: Scene) -> UUID:
    of = _send(s, days_ago=40)
    with s.writing():
        desk_actions.tell_of_late()
    return of


def _further(s: Scene, of: UUID) -> UUID:
    with s.writing():
        actions.take_further(_complaint(of), why=NOTE, by=s.me)
    return of


def _download_often(s: Scene, of: UUID) -> UUID:
    with s.writing():
        while throttle.allow_within("documents of a person", str(s.person)):
            pass
    return of


def _take_back(s: Scene, of: UUID) -> UUID:
    with s.writing():
        actions.withdraw(_complaint(of), by=s.me)
    return of


def _document(s: Scene) -> str:
    of = _add(s, _further(s, _late(s)))
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
    of = _send(s)
    _written(s)
    return s.url(WORSE, complaint_id=of)


def _worse_begun(s: Scene) -> str:
    of = _send(s)
    with s.writing():
        drafts.keep(s.claimant(), {"after": str(of), "kind": "worse"})
    return "/complaints/new/what"


def _list(s: Scene) -> str:
    _take_back(s, _send(s, kind=About.delay))
    _late(s)
    _answer(s, _send(s, kind=About.data, level=Level.team))
    _written(s)
    return "/complaints"


def _in_two_windows(browser: Browser, s: Scene) -> None:
    """Another window keeps something else; then this one goes on."""
    with s.writing():
        drafts.keep(s.claimant(), {"what": f"Another window. {NOTE}"})
    browser.send_plainly(what=NOTE)


STATES = (
    State("complaint-which", "complaints.which", "/complaints/which"),
    State(
        "complaint-which-answered",
        "complaints.which",
        "/complaints/which",
        send(private_danger="yes", private_decision="yes", private_data="yes"),
    ),
    Mine(
        "complaint-which-signed-in",
        "complaints.which",
        "/complaints/which",
        send(private_danger="yes"),
    ),
    State("complaint-decision", "complaints.decision", "/complaints/decision"),
    State(
        "complaint-decision-empty",
        "complaints.decision",
        "/complaints/decision",
        send(),
        errors=True,
    ),
    State("complaint-data", "complaints.data", "/complaints/data"),
    Mine("complaints-none", LIST, "/complaints"),
    Mine("complaints", LIST, _list),
    Mine("complaint-kind", STEP, FIRST),
    Mine("complaint-kind-empty", STEP, FIRST, send(), errors=True),
    Mine("complaint-what", STEP, _draft("/complaints/new/what")),
    Mine("complaint-what-empty", STEP, "/complaints/new/what", send(), errors=True),
    Mine(
        "complaint-two-windows", STEP, _draft("/complaints/new/what"), _in_two_windows, errors=True
    ),
    Mine("complaint-when", STEP, "/complaints/new/when"),
    Mine("complaint-who", STEP, "/complaints/new/who"),
    Mine("complaint-effect", STEP, "/complaints/new/effect"),
    Mine("complaint-right", STEP, "/complaints/new/right"),
    Mine("complaint-about-nothing", STEP, "/complaints/new/about"),
    Mine("complaint-about", STEP, _draft("/complaints/new/about")),
    Mine(
        "complaint-about-wrong",
        STEP,
        _draft("/complaints/new/about"),
        send(codes="K7QM-2P4A"),
        errors=True,
    ),
    Mine("complaint-contact", STEP, _draft("/complaints/new/contact")),
    Mine("complaint-hidden", STEP, _draft("/complaints/new/hidden")),
    Mine("complaint-whom", STEP, _draft("/complaints/new/whom")),
    Mine("complaint-check", CHECK, _draft("/complaints/new/check")),
    Mine("complaint-check-missing", CHECK, _draft("/complaints/new/check", kind="", what="")),
    Mine("complaint-check-team", CHECK, _draft("/complaints/new/check", level="team")),
    Mine("complaint-sent", SENT, _receipt(_send)),
    Mine("complaint-added", SENT, _receipt(lambda s: _add(s, _send(s)))),
    Mine("complaint-further", SENT, _receipt(lambda s: _further(s, _late(s)))),
    Mine("complaint-taken-back", SENT, _receipt(lambda s: _take_back(s, _send(s)))),
    Mine("complaint-received", ONE, _page(_send)),
    Mine("complaint-looked-at", ONE, _page(lambda s: _add(s, _at_work(s, _send(s))))),
    Mine("complaint-late", ONE, _page(_late)),
    Mine("complaint-with-the-team", ONE, _page(lambda s: _further(s, _late(s)))),
    Mine("complaint-answered", ONE, _page(lambda s: _answer(s, _send(s)))),
    Mine("complaint-final", ONE, _page(_final)),
    Mine("complaint-final-long-ago", ONE, _page(lambda s: _final(s, days_ago=300))),
    Mine("complaint-final-data", ONE, _page(lambda s: _final(s, kind=About.data))),
    Mine("complaint-final-northern-ireland", ONE, _page(_in_northern_ireland)),
    Mine("complaint-withdrawn", ONE, _page(lambda s: _take_back(s, _send(s)))),
    Mine(
        "complaint-document",
        "complaints.document",
        _page(lambda s: _add(s, _further(s, _late(s))), "complaints.document"),
    ),
    Mine(
        "complaint-document-too-often",
        "complaints.document_file",
        _page(lambda s: _download_often(s, _send(s)), "complaints.document_file"),
        status=429,
    ),
    State("receipt-of-a-document", "history.receipt", _document),
    State("receipt-of-a-changed-document", "history.receipt", _changed_document),
    Mine("complaint-document-final", "complaints.document", _page(_final, "complaints.document")),
    Mine("complaint-add", "complaints.add", _page(_send, "complaints.add")),
    Mine(
        "complaint-add-empty", "complaints.add", _page(_send, "complaints.add"), send(), errors=True
    ),
    Mine("complaint-take-further", "complaints.further", _page(_late, "complaints.further")),
    Mine(
        "complaint-ask-for-final",
        "complaints.further",
        _page(lambda s: _answer(s, _send(s, level=Level.team)), "complaints.further"),
    ),
    Mine(
        "complaint-take-further-at-once", "complaints.further", _page(_send, "complaints.further")
    ),
    Mine(
        "complaint-further-over",
        "complaints.further",
        _page(lambda s: _take_back(s, _send(s)), "complaints.further"),
        send(),
        errors=True,
    ),
    Mine("complaint-worse", WORSE, _page(_send, WORSE)),
    Mine("complaint-worse-while-writing", WORSE, _worse_while_writing),
    Mine("complaint-worse-begun", STEP, _worse_begun),
    Mine("start-with-complaints", "home.start", lambda s: _list(s) and "/"),
)
