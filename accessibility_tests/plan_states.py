"""Pages of the support plan: for the person, and at the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from accessibility_tests import scene_plan as plan
from accessibility_tests.scenes import NOTE, Scene
from accessibility_tests.states import State, send
from portal.account.models import Staff
from portal.database import db

Mine = partial(State, who="claimant")
Desk = partial(State, who="staff")
Prepare = Callable[[Scene], str]


def _with(make: Callable[[Scene], object], path: str) -> Prepare:
    """Something happened, and the visitor goes to a page."""

    def prepare(s: Scene) -> str:
        make(s)
        return path

    return prepare


def _at(endpoint: str, part: str, make: Callable[[Scene], UUID], **more: str) -> Prepare:
    """A page about the thing that was made."""
    return lambda s: s.url(endpoint, **{part: make(s)}, **more)


def _about_person(endpoint: str, *make: Callable[[Scene], object], **more: str) -> Prepare:
    def prepare(s: Scene) -> str:
        for each in make:
            each(s)
        return s.url(endpoint, claimant_id=s.person, **more)

    return prepare


def _last_receipt(make: Callable[[Scene], object], endpoint: str) -> Prepare:
    def prepare(s: Scene) -> str:
        make(s)
        return s.url(endpoint, receipt=s.last_receipt())

    return prepare


def _lists(s: Scene) -> None:
    plan.full(s)
    plan.denied(s)


def _manager(s: Scene) -> str:
    _lists(s)
    with s.writing():
        db.session.get_one(Staff, s.member).role = "manager"
    return "/staff/manager"


def _courses(s: Scene) -> None:
    plan.training(s)
    plan.training(s, 0)
    plan.training(s, None)


_promise = partial(_at, "plan.promise", "promise_id")
_desk_promise = partial(_at, "staff.promise", "promise_id")

BUSY_KEPT = "appointments.busy_kept"

STATES = (
    Mine("plan-empty", "my_plan.plan", "/plan"),
    Mine("plan-full", "my_plan.plan", _with(plan.full, "/plan")),
    Mine("plan-print", "my_plan.print_plan", _with(plan.full, "/plan/print")),
    Mine("start-promise-late", "home.start", _with(plan.late, "/")),
    Mine("promise", "plan.promise", _promise(plan.promised)),
    Mine("promise-late", "plan.promise", _promise(plan.late)),
    Mine("promise-done", "plan.promise", _promise(plan.done)),
    Mine("promise-denied", "plan.promise", _promise(plan.denied)),
    Mine("promise-reminded", "plan.recorded", _last_receipt(plan.late, "plan.recorded")),
    Mine("offers", "plan.offers_page", _with(plan.full, "/plan/ask")),
    Mine("offers-empty", "plan.offers_page", "/plan/ask"),
    Mine("ask-for-training", "plan.ask", "/plan/ask/training"),
    Mine("ask-too-long", "plan.ask", "/plan/ask/cv", send(note=NOTE + "x" * 1000), errors=True),
    Mine("asked", "plan.recorded", _last_receipt(plan.asked, "plan.recorded")),
    Mine("goal", "plan.goal", _with(plan.goal, "/plan/goal")),
    Mine("goal-write", "plan.write_goal", "/plan/goal/write"),
    Mine("goal-empty", "plan.write_goal", "/plan/goal/write", send(), errors=True),
    Mine("step", "plan.add_step", _with(plan.goal, "/plan/goal/step")),
    Mine("step-empty", "plan.add_step", _with(plan.goal, "/plan/goal/step"), send(), errors=True),
    Mine("second-opinion", "plan.second_opinion", _at("plan.second_opinion", "step_id", plan.goal)),
    Mine(
        "second-opinion-too-long",
        "plan.second_opinion",
        _at("plan.second_opinion", "step_id", plan.goal),
        send(note="x" * 1200),
        errors=True,
    ),
    Mine("training-empty", "training.listing", "/plan/training"),
    Mine("training", "training.listing", _with(_courses, "/plan/training?fares_paid=y")),
    Mine(
        "training-place",
        "my_plan.ask_for_place",
        _at("my_plan.ask_for_place", "training_id", plan.training),
    ),
    Mine(
        "training-place-full",
        "my_plan.ask_for_place",
        _at("my_plan.ask_for_place", "training_id", lambda s: plan.training(s, 0)),
        send(note="x" * 1200),
        errors=True,
    ),
    Mine("about-write", "about.write", "/plan/about-me/write"),
    Mine("about-write-empty", "about.write", "/plan/about-me/write", send(), errors=True),
    Mine(
        "about-draft",
        "about.about_me",
        _with(lambda s: plan.wrote_about(s, approved=False), "/plan/about-me"),
    ),
    Mine(
        "about-opened",
        "about.about_me",
        _with(lambda s: plan.wrote_about(s, opened=True), "/plan/about-me"),
    ),
    Mine("about-approved", "about.recorded", _last_receipt(plan.wrote_about, "about.recorded")),
    Mine("record-for-others", "history.for_others", _with(_lists, "/record/for-others")),
    Mine("busy-times", "appointments.busy", "/appointments/cannot-come"),
    Mine(
        "busy-times-half",
        "appointments.busy",
        "/appointments/cannot-come",
        send(start_0="15:00", end_1="noon"),
        errors=True,
    ),
    Mine("busy-times-kept", "appointments.busy_kept", _last_receipt(plan.busy, BUSY_KEPT)),
    # The desk.
    Desk("desk-plan-empty", "staff.plan", _about_person("staff.plan")),
    Desk("desk-plan", "staff.plan", _about_person("staff.plan", _lists, plan.goal)),
    Desk("desk-promises-empty", "staff.promises", "/staff/promises"),
    Desk("desk-promises", "staff.promises", _with(_lists, "/staff/promises?whose=office")),
    Desk("desk-manager", "staff.manager", _manager),
    Desk("desk-promise-new", "staff.make_promise", _about_person("staff.make_promise")),
    Desk(
        "desk-promise-vague",
        "staff.make_promise",
        _about_person("staff.make_promise"),
        send(kind="other", words="Help soon"),
        errors=True,
    ),
    Desk("desk-promise", "staff.promise", _desk_promise(plan.late)),
    Desk("desk-promise-done", "staff.promise", _desk_promise(plan.done)),
    Desk(
        "desk-promise-date",
        "staff.promise_date",
        _at("staff.promise_date", "promise_id", plan.late),
    ),
    Desk(
        "desk-promise-no-date",
        "staff.promise_date",
        _at("staff.promise_date", "promise_id", plan.late),
        send(),
        errors=True,
    ),
    Desk(
        "desk-promise-back",
        "staff.promise_why",
        _at("staff.promise_why", "promise_id", plan.late, what="withdraw"),
        send(),
        errors=True,
    ),
    Desk("desk-asked", "staff.ask", _at("staff.ask", "ask_id", plan.asked)),
    Desk(
        "desk-asked-vague", "staff.ask", _at("staff.ask", "ask_id", plan.asked), send(), errors=True
    ),
    Desk(
        "desk-refuse-ask",
        "staff.refuse_ask",
        _at("staff.refuse_ask", "ask_id", plan.asked),
        send(),
        errors=True,
    ),
    Desk("desk-course", "staff.add_course", _about_person("staff.add_course", plan.goal)),
    Desk(
        "desk-course-empty",
        "staff.add_course",
        _about_person("staff.add_course", plan.goal),
        send(),
        errors=True,
    ),
    Desk("desk-goal", "staff.told_goal", _about_person("staff.told_goal"), send(), errors=True),
    Desk("desk-told-ask", "staff.told_ask", _about_person("staff.told_ask"), send(), errors=True),
    Desk("desk-about", "staff.about", _about_person("staff.about", plan.about_was_opened)),
    Desk(
        "desk-person-unread",
        "staff.person",
        _about_person("staff.person", plan.wrote_about, plan.late),
    ),
    Desk("desk-book-busy", "staff.book", _about_person("staff.book", plan.busy)),
    Desk("desk-waiting-promises", "staff.waiting", _with(_lists, "/staff/waiting/promises")),
    Desk("desk-waiting-asked", "staff.waiting", _with(plan.asked, "/staff/waiting/asked")),
    Desk(
        "desk-waiting-to-read", "staff.waiting", _with(plan.wrote_about, "/staff/waiting/to-read")
    ),
)
