"""Pages for a signed-in person."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import Any
from uuid import UUID

from accessibility_tests.browser import Browser
from accessibility_tests.scenes import LONG_WORD, NOTE, Scene
from accessibility_tests.service import NOW
from accessibility_tests.states import State, send
from portal.account import sign_in_actions
from portal.appointments.models import How

Mine = partial(State, who="claimant")
APPOINTMENT = "appointments.appointment"


def everything(s: Scene) -> None:
    """All that the first page and the list of appointments can say."""
    s.book(1, told=0.5)
    s.move(s.book(5))
    s.refuse(s.ask(s.book(9), "cancel"))
    s.ask(s.book(10, how=How.video, place="We text you the link."), "phone_call")
    s.see(s.ask(s.book(11), "another_time"))
    s.accept(s.book(12, how=How.phone, caller_name="Casey", caller_number="01632 960100"))
    s.call_off(s.book(13))
    s.book(-20, told=30)
    s.outcome(s.book(-10, told=20), happened=True)
    with s.writing():
        s.claimant().number_suspended_at = NOW


def _start_full(s: Scene) -> str:
    everything(s)
    return "/"


def _start_after_missing_one(s: Scene) -> str:
    s.outcome(s.book(-2, told=10), happened=False)
    return "/"


def _list_full(s: Scene) -> str:
    everything(s)
    s.outcome(s.book(-3, told=20), happened=False)
    return "/appointments"


def _full_of_detail(s: Scene) -> UUID:
    return s.book(
        8,
        time(14, 0),
        purpose="other",
        purpose_note=f"To look at your papers about {LONG_WORD} together.",
        bring=("photo_id", "proof_of_address", "fit_note", "childcare_costs"),
        bring_note="The blue letter",
        interpreter="العربية",
        private_room=True,
        minutes=60,
    )


def _by_phone(s: Scene, **changes: Any) -> UUID:
    return s.book(how=How.phone, caller_name="Casey Example", caller_number="01632 960100")


def _changed_meanwhile(browser: Browser, s: Scene) -> None:
    """The office moves it while the page is open; then the person presses Accept."""
    s.move(UUID(browser.path.split("/")[2]))
    browser.submit_plainly("form[action$=accept]")


def _slot_gone(browser: Browser, s: Scene) -> None:
    """Somebody else takes it while the page is open."""
    s.take_slots(1)
    _take_first_slot(browser, s)


def _no_slot_left(browser: Browser, s: Scene) -> None:
    s.take_slots(3)
    _take_first_slot(browser, s)


def _time_with_slots(s: Scene) -> str:
    s.slots()
    return s.open(s.book(), "time")


def _time_full(s: Scene) -> str:
    s.slots(6)
    return s.open(s.book(), "time")


def _take_first_slot(browser: Browser, _s: Scene) -> None:
    browser.run("document.querySelector('[name=slot]').checked = true")
    browser.send_plainly()


def _typed_before(s: Scene) -> str:
    """The visit ended while the person wrote; they signed in again."""
    path = s.open(s.book(), "cancel")
    with s.writing():
        sign_in_actions.keep_typed_text(s.person, path, {"reason": ["ill"], "note": [NOTE]})
    s.session["kept"] = True
    return path


def _ended_while_writing(browser: Browser, s: Scene) -> None:
    s.end_visits()
    browser.send_plainly(reason="ill", note=NOTE)


def _asked(what: str) -> Any:
    return lambda s: s.answered(s.ask(s.book(), what))


STATES = (
    Mine("start-empty", "home.start", "/"),
    Mine("start-full", "home.start", _start_full),
    Mine("start-after-missing-one", "home.start", _start_after_missing_one),
    Mine("appointments-empty", "appointments.listing", "/appointments"),
    Mine("appointments-full", "appointments.listing", _list_full),
    # One appointment, from its offer to its end.
    Mine("appointment", APPOINTMENT, lambda s: s.open(s.book())),
    Mine("appointment-full-of-detail", APPOINTMENT, lambda s: s.open(_full_of_detail(s))),
    Mine("appointment-by-phone", APPOINTMENT, lambda s: s.open(_by_phone(s))),
    Mine(
        "appointment-by-video",
        APPOINTMENT,
        lambda s: s.open(s.book(how=How.video, place="We text you the link in the morning.")),
    ),
    Mine("appointment-short-notice", APPOINTMENT, lambda s: s.open(s.book(1, told=0.1))),
    Mine("appointment-moved", APPOINTMENT, lambda s: s.open(s.move(s.accept(s.book())))),
    Mine("appointment-moved-short", APPOINTMENT, lambda s: s.open(s.move(s.book(2, told=9), -1))),
    Mine("appointment-accepted", APPOINTMENT, lambda s: s.open(s.accept(s.book()))),
    Mine("appointment-asked-cancel", APPOINTMENT, lambda s: s.open(s.ask(s.book(), "cancel"))),
    Mine("appointment-asked-call", APPOINTMENT, lambda s: s.open(s.ask(s.book(), "phone_call"))),
    Mine("appointment-asked-time", APPOINTMENT, lambda s: s.open(s.ask(s.book(), "another_time"))),
    Mine("appointment-seen", APPOINTMENT, lambda s: s.open(s.see(s.ask(s.book(), "phone_call")))),
    Mine(
        "appointment-agreed-call",
        APPOINTMENT,
        lambda s: s.open(s.agree(s.ask(s.book(), "phone_call"))),
    ),
    Mine(
        "appointment-agreed-cancel",
        APPOINTMENT,
        lambda s: s.open(s.agree(s.ask(s.book(), "cancel"))),
    ),
    Mine("appointment-refused", APPOINTMENT, lambda s: s.open(s.refuse(s.ask(s.book(), "cancel")))),
    Mine("appointment-called-off", APPOINTMENT, lambda s: s.open(s.call_off(s.book()))),
    Mine("appointment-taken-back", APPOINTMENT, lambda s: s.open(s.withdraw(s.accept(s.book())))),
    Mine("appointment-passed", APPOINTMENT, lambda s: s.open(s.book(-3, told=20))),
    Mine(
        "appointment-took-place",
        APPOINTMENT,
        lambda s: s.open(s.outcome(s.book(-3, told=20), happened=True)),
    ),
    Mine(
        "appointment-did-not-happen",
        APPOINTMENT,
        lambda s: s.open(s.outcome(s.book(-3, told=20), happened=False)),
    ),
    Mine(
        "appointment-changed-meanwhile",
        "appointments.accept",
        lambda s: s.open(s.book()),
        _changed_meanwhile,
        status=409,
    ),
    # Asking for something else.
    Mine("cancel", "appointments.cancel", lambda s: s.open(s.book(), "cancel")),
    Mine(
        "cancel-too-long",
        "appointments.cancel",
        lambda s: s.open(s.book(), "cancel"),
        send(reason="ill", note=f"{NOTE} " * 40),
        errors=True,
    ),
    Mine("cancel-text-restored", "appointments.cancel", _typed_before),
    Mine(
        "session-ended",
        "account.sign_in",
        lambda s: s.open(s.book(), "cancel"),
        _ended_while_writing,
    ),
    Mine("time", "appointments.time", _time_with_slots),
    Mine("time-full", "appointments.time", _time_full),
    Mine("time-without-slots", "appointments.time", lambda s: s.open(s.book(), "time")),
    Mine("time-empty", "appointments.time", _time_with_slots, send(), errors=True),
    Mine(
        "time-empty-without-slots",
        "appointments.time",
        lambda s: s.open(s.book(), "time"),
        send(),
        errors=True,
    ),
    Mine("time-slot-gone", "appointments.time", _time_with_slots, _slot_gone, errors=True),
    Mine("time-none-left", "appointments.time", _time_with_slots, _no_slot_left, errors=True),
    # Receipts.
    Mine("answered-accepted", "appointments.answered", lambda s: s.answered(s.accept(s.book()))),
    Mine("answered-cancel", "appointments.answered", _asked("cancel")),
    Mine("answered-call", "appointments.answered", _asked("phone_call")),
    Mine("answered-time", "appointments.answered", _asked("another_time")),
    Mine("answered-slot", "appointments.answered", _time_with_slots, _take_first_slot),
    Mine(
        "answered-taken-back",
        "appointments.answered",
        lambda s: s.answered(s.withdraw(s.accept(s.book()))),
    ),
    # The same outside pages, for somebody who is here.
    Mine("signed-in-help", "home.help", "/help"),
    Mine(
        "signed-in-not-found",
        "nowhere",
        "/nowhere",
        status=404,
    ),
)
