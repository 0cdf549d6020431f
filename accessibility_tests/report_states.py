"""Pages for what gets in the way, for messages, and for calls that somebody waits for."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import Any
from uuid import UUID

from accessibility_tests.claimant_states import APPOINTMENT
from accessibility_tests.scenes import NOTE, Scene
from accessibility_tests.states import State, exchange, press, send
from portal.appointments.models import How

Mine = partial(State, who="claimant")
Desk = partial(State, who="staff")


def _soon(s: Scene, how: How = How.in_person) -> UUID:
    """It starts within the hour."""
    return s.book(0, time(9, 50), told=5, how=how, **_caller(how))


def _caller(how: How) -> dict[str, str]:
    if how is How.in_person:
        return {}
    return {"caller_name": "Casey Example", "caller_number": "01632 960100"}


def _due_call(s: Scene) -> UUID:
    """A call that should have come a little while ago."""
    return s.book(0, time(8, 50), told=5, how=How.phone, **_caller(How.phone))


def _on(page: str, make: Any = _soon, *, link: bool = False) -> Any:
    return lambda s: (s.link if link else s.open)(make(s), page)


def _reported(what: str, make: Any = _soon, *, answered: bool = False, **values: Any) -> Any:
    def prepare(s: Scene) -> str:
        of = s.report(make(s), what, **values)
        if answered:
            s.answer_report(of)
        return s.open(of)

    return prepare


def _told(what: str, make: Any = _soon, **values: Any) -> Any:
    return lambda s: s.answered(s.report(make(s), what, **values))


def _messages(s: Scene) -> str:
    s.write("Can I bring my sister?", 12)
    s.reply()
    s.write(days_ago=9)
    s.write("I sent this a moment ago.", 0)
    s.ask_for_call(50)
    return "/messages"


def _message_read(s: Scene) -> str:
    s.write()
    s.read_messages()
    return "/messages"


def _waiting_for_call(s: Scene) -> str:
    s.ask_for_call()
    return "/call-me"


def _sent(act: Any) -> Any:
    def prepare(s: Scene) -> str:
        act(s)
        return f"/messages/sent/{s.last_receipt()}"

    return prepare


def _desk_report(what: str, make: Any = _soon, *, answered: bool = False, **values: Any) -> Any:
    def prepare(s: Scene) -> str:
        of = s.report(make(s), what, **values)
        if answered:
            s.answer_report(of)
        return s.url("staff.report", report_id=s.report_id(of))

    return prepare


def _desk_call(*, reached: bool | None = None, tried: bool = False) -> Any:
    def prepare(s: Scene) -> str:
        call = s.ask_for_call()
        if tried:
            s.call(call, reached=False)
        if reached is not None:
            s.call(call, reached=reached)
        return s.url("staff.call", call_id=call)

    return prepare


def _desk_person(page: str, before: Any = None) -> Any:
    def prepare(s: Scene) -> str:
        if before:
            before(s)
        return s.url(f"staff.{page}", claimant_id=s.person)

    return prepare


def _desk_told(make: Any) -> Any:
    return lambda s: s.url("staff.told", appointment_id=make(s))


def _over(s: Scene) -> UUID:
    return s.outcome(s.book(-3, told=20), happened=True)


LATE, FARE, HOSPITAL = "appointments.late", "appointments.fare", "appointments.hospital"
ANSWERED = "appointments.answered"

STATES = (
    Mine("appointment-soon", APPOINTMENT, lambda s: s.open(_soon(s))),
    Mine("appointment-call-due", APPOINTMENT, lambda s: s.open(_due_call(s))),
    Mine("late", LATE, _on("late")),
    Mine("late-empty", LATE, _on("late"), send(), errors=True),
    Mine("late-empty-swap", LATE, _on("late"), exchange(), errors=True, exchanged=True),
    Mine("appointment-late", APPOINTMENT, _reported("running_late", minutes=10)),
    Mine(
        "appointment-late-answered",
        APPOINTMENT,
        _reported("running_late", minutes=10, answered=True),
    ),
    Mine("answered-late", ANSWERED, _told("running_late", minutes=1)),
    Mine("fare", FARE, _on("fare")),
    Mine("appointment-fare", APPOINTMENT, _reported("cannot_pay_fare")),
    Mine("answered-fare", ANSWERED, _told("cannot_pay_fare")),
    Mine("hospital", HOSPITAL, _on("hospital")),
    Mine("hospital-after", HOSPITAL, _on("hospital", lambda s: s.book(-1, told=9))),
    Mine("appointment-hospital", APPOINTMENT, _reported("in_hospital")),
    Mine("answered-hospital", ANSWERED, _told("in_hospital")),
    Mine("appointment-no-call", APPOINTMENT, _reported("they_did_not_call", _due_call)),
    Mine("answered-no-call", ANSWERED, _told("they_did_not_call", _due_call)),
    State("link-late", "appointments.link_late", _on("late", link=True)),
    State("link-late-empty", "appointments.link_late", _on("late", link=True), send(), errors=True),
    State("link-fare", "appointments.link_fare", _on("fare", link=True)),
    State("link-hospital", "appointments.link_hospital", _on("hospital", link=True)),
    # Messages and calls.
    Mine("messages-none", "messages.messages", "/messages"),
    Mine("messages", "messages.messages", _messages),
    Mine("messages-read", "messages.messages", _message_read),
    Mine("messages-empty", "messages.messages", "/messages", send(), errors=True),
    Mine(
        "messages-too-long",
        "messages.messages",
        "/messages",
        send(words=f"{NOTE} " * 80),
        errors=True,
    ),
    Mine("message-sent", "messages.sent", "/messages", send(words=NOTE)),
    Mine("call-me", "messages.call_me", "/call-me"),
    Mine("call-me-empty", "messages.call_me", "/call-me", send(), errors=True),
    Mine("call-me-again", "messages.call_me", _waiting_for_call),
    Mine("call-asked", "messages.sent", _sent(lambda s: s.ask_for_call())),
    Mine(
        "call-taken-back",
        "messages.sent",
        _waiting_for_call,
        press("form[action$=withdraw] button"),
        exchanged=True,
    ),
    # The desk.
    Desk("desk-report-late", "staff.report", _desk_report("running_late", minutes=10)),
    Desk("desk-report-fare", "staff.report", _desk_report("cannot_pay_fare")),
    Desk("desk-report-hospital", "staff.report", _desk_report("in_hospital")),
    Desk("desk-report-no-call", "staff.report", _desk_report("they_did_not_call", _due_call)),
    Desk(
        "desk-report-answered",
        "staff.report",
        _desk_report("running_late", minutes=10, answered=True),
    ),
    Desk(
        "desk-report-too-long",
        "staff.report",
        _desk_report("in_hospital"),
        send(note="a " * 1500),
        errors=True,
    ),
    Desk("desk-call", "staff.call", _desk_call()),
    Desk("desk-call-again", "staff.call", _desk_call(tried=True)),
    Desk("desk-call-reached", "staff.call", _desk_call(reached=True)),
    Desk("desk-messages", "staff.messages", _desk_person("messages", _messages)),
    Desk("desk-messages-none", "staff.messages", _desk_person("messages")),
    Desk(
        "desk-messages-empty",
        "staff.messages",
        _desk_person("messages", _messages),
        send(),
        errors=True,
    ),
    Desk("desk-told", "staff.told", _desk_told(_soon)),
    Desk("desk-told-empty", "staff.told", _desk_told(_soon), send(), errors=True),
    Desk("desk-told-late", "staff.told", _desk_told(_soon), send(what="late"), errors=True),
    Desk("desk-told-nothing", "staff.told", _desk_told(_over)),
    Desk("desk-told-message", "staff.told_message", _desk_person("told_message")),
    Desk(
        "desk-told-message-empty",
        "staff.told_message",
        _desk_person("told_message"),
        send(),
        errors=True,
    ),
    Desk("desk-told-call", "staff.told_call", _desk_person("told_call")),
    Desk(
        "desk-told-call-empty",
        "staff.told_call",
        _desk_person("told_call"),
        send(),
        errors=True,
    ),
)
