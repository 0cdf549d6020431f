"""Interpreters: what somebody needs, whether one is booked, sentences to show, and the page that an
interpreter follows."""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from accessibility_tests.claimant_states import APPOINTMENT
from accessibility_tests.report_states import ANSWERED
from accessibility_tests.scenes import LONG_WORD, Scene
from accessibility_tests.service import NOW
from accessibility_tests.states import State, send
from portal.account import codes, sign_in_actions
from portal.account.interpreter_actions import Need, say_need
from portal.account.interpreter_models import Help, Safe, Wanted
from portal.appointments.models import InterpreterBy
from portal.database import db
from portal.interpreting import actions
from portal.interpreting.models import Session

Mine = partial(State, who="claimant")
Desk = partial(State, who="staff")
NEED = "account.interpreter"
FOLLOW, WATCH, LINK = "interpreting.follow", "watching.watch", "watching.link"
BROWSER = "the browser of the interpreter"
SPOKEN = Need(Help.spoken, f"کوردی {LONG_WORD[:60]}", "Silêmanî", Wanted.in_person, Safe.woman)


def _said(s: Scene, need: Need = SPOKEN) -> Scene:
    with s.writing():
        say_need(s.claimant(), need, by=s.me)
    return s


def _needed(path: str) -> Any:
    return lambda s: _said(s) and path


def _visit(s: Scene, by: InterpreterBy, days: int = 9, at: time = time(10, 30)) -> UUID:
    _said(s)
    words = "" if by is InterpreterBy.not_yet else SPOKEN.language
    return s.book(days, at, told=12, interpreter_by=by, interpreter=words, minutes=20)


def _coming(by: InterpreterBy) -> Any:
    return lambda s: s.open(_visit(s, by))


def _begun(s: Scene) -> UUID:
    return _visit(s, InterpreterBy.phone, 0, time(8, 50))


def _reported(s: Scene) -> UUID:
    return s.report(_begun(s), "no_interpreter_came")


def _opened(s: Scene) -> Session:
    with s.writing():
        return actions.open_session(s.claimant(), by=s.me)


def _joined(s: Scene) -> Session:
    found = _opened(s)
    with s.writing():
        actions.join(db.session.get_one(Session, found.id), BROWSER)
    s.session["interpreter"] = BROWSER
    return found


def _open_page(path: str) -> Any:
    return lambda s: _opened(s) and path


def _link(s: Scene) -> str:
    found = _opened(s)
    with s.writing():
        token = codes.interpreter_token(found.id)
    return s.url(LINK, token=token)


def _watched(page: Any = None) -> Any:
    """The person opens this page in a browser of their own; the interpreter looks."""

    def prepare(s: Scene) -> str:
        found = _joined(s)
        if page is not None:
            with s.writing():
                token = sign_in_actions.begin_visit(claimant=s.claimant())
            theirs = s.service.app.test_client()
            with theirs.session_transaction() as session:
                session.update(v=token, lang=s.language)
            theirs.get(page if isinstance(page, str) else page(s))
        return s.url(WATCH, session_id=found.id)

    return prepare


def _left(s: Scene) -> str:
    path = str(_watched("/help")(s))
    with s.writing():
        sign_in_actions.end_visits(s.claimant())
    return path


def _desk_visit(page: str, *, need: bool = True) -> Any:
    def prepare(s: Scene) -> str:
        made = _visit(s, InterpreterBy.not_yet) if need else s.book()
        return s.url(f"staff.{page}", appointment_id=made)

    return prepare


def _desk(page: str, before: Any = None) -> Any:
    def prepare(s: Scene) -> str:
        if before:
            before(s)
        return s.url(f"staff.{page}", claimant_id=s.person)

    return prepare


def _desk_report(s: Scene) -> str:
    return s.url("staff.report", report_id=s.report_id(_reported(s)))


def _waiting(s: Scene) -> str:
    _visit(s, InterpreterBy.not_yet)
    return "/staff/waiting/no-interpreter"


def _long_ago(s: Scene) -> str:
    with s.writing(NOW - timedelta(hours=3)):
        found = actions.open_session(s.claimant(), by=s.me)
        actions.join(found, BROWSER)
    s.session["interpreter"] = BROWSER
    return s.url(WATCH, session_id=found.id)


def _hidden(s: Scene) -> str:
    """They were on a page for both, and are on their settings now."""
    path = str(_watched("/help")(s))
    with s.writing():
        found = actions.open_session(s.claimant(), by=s.me)
        assert found.visit_id is not None
        actions.keep_page(found, visit_id=found.visit_id, title="", page="")
    return path


STATES = (
    Mine("interpreter-need", NEED, "/settings/interpreter"),
    Mine("interpreter-need-known", NEED, _needed("/settings/interpreter")),
    Mine("interpreter-need-empty", NEED, "/settings/interpreter", send(), errors=True),
    Mine(
        "interpreter-need-no-language",
        NEED,
        "/settings/interpreter",
        send(help="spoken", wanted="either", safe="anyone"),
        errors=True,
    ),
    Mine(
        "interpreter-need-saved",
        NEED,
        "/settings/interpreter",
        send(help="bsl", wanted="either", safe="anyone"),
    ),
    Mine("appointment-interpreter-not-yet", APPOINTMENT, _coming(InterpreterBy.not_yet)),
    Mine("appointment-interpreter-phone", APPOINTMENT, _coming(InterpreterBy.phone)),
    Mine("appointment-interpreter-missing", APPOINTMENT, lambda s: s.open(_begun(s))),
    Mine("appointment-no-interpreter", APPOINTMENT, lambda s: s.open(_reported(s))),
    Mine("answered-no-interpreter", ANSWERED, lambda s: s.answered(_reported(s))),
    # Sentences to show.
    State("phrases", "phrases.own", "/phrases"),
    State("phrases-arabic", "phrases.chosen", "/phrases/ar"),
    State("phrases-unknown", "phrases.chosen", "/phrases/xx", status=404),
    # The page that is followed.
    Mine("follow", FOLLOW, "/interpreter"),
    Mine("follow-opened", FOLLOW, _open_page("/interpreter")),
    Mine("follow-joined", FOLLOW, lambda s: _joined(s) and "/interpreter"),
    Mine("start-followed", "home.start", _open_page("/")),
    Mine("settings-not-followed", "account.settings", _open_page("/settings")),
    State("watch-code", "watching.code", "/i"),
    State("watch-code-empty", "watching.code", "/i", send(), errors=True),
    State("watch-code-unknown", "watching.code", "/i", send(code="ZZZZ-ZZZZ"), errors=True),
    State("watch-link", LINK, _link),
    Mine("watch-link-own", LINK, _link),
    State("watch-link-over", LINK, "/i/ZZZZZZZZ", status=404),
    State("watch-nothing", WATCH, _watched()),
    State("watch-page", WATCH, _watched(lambda s: s.open(_visit(s, InterpreterBy.phone)))),
    State("watch-form", WATCH, _watched("/plan/about-me/write")),
    State("watch-hidden", WATCH, _hidden),
    State("watch-left", WATCH, _left),
    State("watch-over", WATCH, _long_ago, status=404),
    # The desk.
    Desk("desk-interpreter", "staff.interpreter", _desk("interpreter")),
    Desk("desk-interpreter-empty", "staff.interpreter", _desk("interpreter"), send(), errors=True),
    Desk("desk-person-interpreter", "staff.person", _desk("person", _said)),
    Desk("desk-book-interpreter", "staff.book", _desk("book", _said)),
    Desk(
        "desk-book-interpreter-unsaid",
        "staff.book",
        _desk("book", _said),
        send(time="10:30"),
        errors=True,
    ),
    Desk("desk-move-interpreter", "staff.move", _desk_visit("move")),
    Desk("desk-visit-interpreter", "staff.book_interpreter", _desk_visit("book_interpreter")),
    Desk(
        "desk-visit-interpreter-unsaid",
        "staff.book_interpreter",
        _desk_visit("book_interpreter", need=False),
        send(),
        errors=True,
    ),
    Desk("desk-waiting-interpreter", "staff.waiting", _waiting),
    Desk("desk-report-interpreter", "staff.report", _desk_report),
    Desk("desk-follow", "staff.interpreter_session", _desk("interpreter_session")),
    Desk("desk-follow-opened", "staff.interpreter_session", _desk("interpreter_session", _opened)),
    Desk("desk-follow-joined", "staff.interpreter_session", _desk("interpreter_session", _joined)),
)
