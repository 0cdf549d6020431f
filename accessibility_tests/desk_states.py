"""Pages of the staff desk."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from accessibility_tests.browser import Browser
from accessibility_tests.scenes import LONG_WORD, Scene
from accessibility_tests.service import NOW
from accessibility_tests.states import State, press, send
from portal.account import actions as account
from portal.account import concern_actions, delivery_actions, queries, sign_in_actions
from portal.account.models import Concern, Staff, Way
from portal.database import db

Desk = partial(State, who="staff")
ASKS = ("cancel", "phone_call", "another_time")


def _busy(s: Scene) -> None:
    """Somebody on each list, some with long names and in other scripts."""
    names = ("Bo Example", "محمد عبد الرحمن الهاشمي", f"Ada {LONG_WORD[:40]}", "Nguyễn Thị Minh")
    for days, name in enumerate(names):
        person = s.register(name)
        s.book(days + 1, told=days + 2, person=person)
        for shift, ask in enumerate(ASKS):
            s.ask(s.book(days + shift + 3, person=person), ask)
    s.try_to_reach(s.book(2))
    with s.writing(NOW - timedelta(days=1)):
        for what in ("appointments.offer", "appointments.moved"):
            delivery_actions.text_not_delivered(
                s.claimant(), what=what, regarding=None, permanent=True, by=s.me
            )
        concern_actions.raise_concern(s.claimant(), "I have no food and nowhere to sleep.", by=s.me)


def _home(s: Scene) -> str:
    _busy(s)
    return "/staff"


def _waiting(name: str) -> Any:
    def prepare(s: Scene) -> str:
        _busy(s)
        return f"/staff/waiting/{name}"

    return prepare


def _at(page: str, make: Any = None) -> Any:
    """A page of the desk about an appointment."""

    def prepare(s: Scene) -> str:
        of: UUID = make(s) if make else s.book()
        return s.url(f"staff.{page}", appointment_id=of)

    return prepare


def _about(page: str) -> Any:
    """A page of the desk about a person."""

    def prepare(s: Scene) -> str:
        s.accept(s.book())
        s.ask(s.book(9), "cancel")
        return s.url(f"staff.{page}", claimant_id=s.person)

    return prepare


def _request(ask: str, *, then: str = "", page: str = "request") -> Any:
    def prepare(s: Scene) -> str:
        of = s.ask(s.book(), ask)
        if then:
            getattr(s, then)(of)
        return s.url(f"staff.{page}", request_id=s.request(of))

    return prepare


def _eventful(s: Scene) -> UUID:
    of = s.try_to_reach(s.refuse(s.ask(s.book(), "cancel")))
    return s.ask(of, "phone_call")


def _concern(s: Scene) -> str:
    _busy(s)
    with s.writing():
        found = db.session.query(Concern).filter_by(claimant_id=s.person).one()
    return s.url("staff.concern", concern_id=found.id)


def _person_in_trouble(s: Scene) -> str:
    """A shared number, texts that did not arrive, a card."""
    _busy(s)
    _with_card(s)
    with s.writing():
        mobile = s.claimant().mobile
    s.register("Sam Example", mobile=mobile)
    return s.url("staff.person", claimant_id=s.person)


def _untold(
    *, language: str = "", helper: str = "", homeless: bool = False, regarding: bool = False
) -> Any:
    """What a text could not tell somebody: its words, or the facts of an appointment."""

    def prepare(s: Scene) -> str:
        of = s.book() if regarding else None
        with s.writing():
            person = s.claimant()
            person.language = language or person.language
            person.helper, person.homeless = helper, homeless
            person.way = Way.helper if helper else Way.slip if homeless else Way.letter
            account.needs_telling(
                person,
                what="appointments.offer" if of else "messages.reply",
                regarding=of,
                words="لديك رد على رسالتك." if language else "You have a reply to your message.",
                language=person.language,
            )
            task = queries.undelivered_to(s.person)[0]
        return s.url("staff.untold", task_id=task.id)

    return prepare


def _heard(s: Scene) -> str:
    """What somebody texted and nobody could make anything of."""
    with s.writing():
        person = s.claimant()
        person.language = "ar"
        account.needs_telling(
            person,
            what="inbound.unclear",
            regarding=None,
            heard="لا أفهم ما تريدون\nhello??",
            language="ar",
        )
        task = queries.undelivered_to(s.person)[0]
    return s.url("staff.untold", task_id=task.id)


def _with_card(s: Scene) -> str:
    with s.writing():
        sign_in_actions.issue_card(
            s.claimant(), staff=db.session.get_one(Staff, s.member), by=s.desk
        )
    return s.url("staff.card", claimant_id=s.person)


def _people(s: Scene) -> str:
    _busy(s)
    return "/staff/people"


def _times(s: Scene) -> str:
    s.slots(5)
    return "/staff/times"


def _answered_meanwhile(browser: Browser, s: Scene) -> None:
    """The person answers while staff write why they call it off."""
    s.accept(UUID(browser.path.split("/")[3]))
    browser.send_plainly(why="The office is closed.")


BOOKING = {"day": "", "time": "half past", "minutes": "soon", "how": "phone"}

STATES = (
    State("desk-sign-in", "staff.sign_in", "/staff/sign-in"),
    State("desk-sign-in-empty", "staff.sign_in", "/staff/sign-in", send(), errors=True),
    State(
        "desk-sign-in-wrong",
        "staff.sign_in",
        "/staff/sign-in",
        send(email="casey@demo.example", password="wrong", code="123456"),
        errors=True,
    ),
    Desk("desk-empty", "staff.home", "/staff"),
    Desk("desk", "staff.home", _home),
    Desk("desk-waiting-empty", "staff.waiting", "/staff/waiting/cancel"),
    *(
        Desk(f"desk-waiting-{name}", "staff.waiting", _waiting(name))
        for name in ("not-answered", "cancel", "phone-call", "another-time", "not-delivered")
    ),
    Desk("desk-concern", "staff.concern", _concern),
    Desk("desk-concern-read", "staff.done", _concern, press("main form button")),
    # What people asked.
    *(Desk(f"desk-request-{ask}", "staff.request", _request(ask)) for ask in ASKS),
    Desk(
        "desk-request-call-empty",
        "staff.request",
        _request("phone_call"),
        send(caller_name="", caller_number=""),
        errors=True,
    ),
    Desk("desk-request-agreed", "staff.request", _request("cancel", then="agree")),
    Desk("desk-request-refused", "staff.request", _request("cancel", then="refuse")),
    Desk("desk-agreed", "staff.done", _request("cancel"), send()),
    Desk("desk-refuse", "staff.refuse", _request("cancel", page="refuse")),
    Desk(
        "desk-refuse-empty",
        "staff.refuse",
        _request("cancel", page="refuse"),
        send(),
        errors=True,
    ),
    # Appointments.
    Desk("desk-appointment", "staff.appointment", _at("appointment")),
    Desk("desk-appointment-eventful", "staff.appointment", _at("appointment", _eventful)),
    Desk(
        "desk-appointment-passed",
        "staff.appointment",
        _at("appointment", lambda s: s.book(-3, told=20)),
    ),
    Desk(
        "desk-appointment-called-off",
        "staff.appointment",
        _at("appointment", lambda s: s.call_off(s.book())),
    ),
    Desk("desk-book", "staff.book", _about("book")),
    Desk("desk-book-wrong", "staff.book", _about("book"), send(**BOOKING), errors=True),
    Desk("desk-move", "staff.move", _at("move")),
    Desk("desk-move-wrong", "staff.move", _at("move"), send(time="half past"), errors=True),
    Desk("desk-move-same", "staff.move", _at("move"), send(), errors=True),
    Desk("desk-call-off", "staff.call_off", _at("call_off")),
    Desk(
        "desk-call-off-too-long",
        "staff.call_off",
        _at("call_off"),
        send(why="a " * 1500),
        errors=True,
    ),
    Desk("desk-called-off", "staff.done", _at("call_off"), send(why="Casey is ill.")),
    Desk(
        "desk-answered-meanwhile",
        "staff.call_off",
        _at("call_off"),
        _answered_meanwhile,
        status=409,
    ),
    Desk("desk-contact", "staff.contact", _at("contact", lambda s: s.try_to_reach(s.book()))),
    Desk("desk-contact-empty", "staff.contact", _at("contact"), send(), errors=True),
    Desk("desk-outcome", "staff.outcome", _at("outcome", lambda s: s.book(-3, told=20))),
    Desk(
        "desk-outcome-empty",
        "staff.outcome",
        _at("outcome", lambda s: s.book(-3, told=20)),
        send(),
        errors=True,
    ),
    # People.
    Desk("desk-people", "staff.people", _people),
    Desk("desk-people-none", "staff.people", "/staff/people", send(text="Nobody")),
    Desk("desk-people-too-long", "staff.people", _people, send(text="a" * 300), errors=True),
    Desk("desk-person", "staff.person", _about("person")),
    Desk("desk-person-in-trouble", "staff.person", _person_in_trouble),
    Desk("desk-register", "staff.register", "/staff/people/new"),
    Desk(
        "desk-register-wrong",
        "staff.register",
        "/staff/people/new",
        send(number="12"),
        errors=True,
    ),
    Desk("desk-number", "staff.number", _about("number")),
    Desk("desk-number-wrong", "staff.number", _about("number"), send(number="12"), errors=True),
    Desk("desk-reach", "staff.reach", _about("reach")),
    Desk("desk-reach-wrong", "staff.reach", _about("reach"), send(way="helper"), errors=True),
    Desk("desk-untold", "staff.untold", _untold()),
    Desk(
        "desk-untold-arabic", "staff.untold", _untold(language="ar", helper="Maryam, 07700 900555")
    ),
    Desk("desk-untold-heard", "staff.untold", _heard),
    Desk("desk-untold-slip", "staff.untold", _untold(homeless=True, regarding=True)),
    Desk("desk-card", "staff.card", _about("card")),
    Desk("desk-card-again", "staff.card", _with_card),
    Desk("desk-card-slip", "staff.card", _about("card"), press("#make button")),
    # Free times.
    Desk("desk-times-empty", "staff.times", "/staff/times"),
    Desk("desk-times", "staff.times", _times),
    Desk(
        "desk-times-wrong",
        "staff.times",
        _times,
        send(time="half past", count="lots"),
        errors=True,
    ),
)
