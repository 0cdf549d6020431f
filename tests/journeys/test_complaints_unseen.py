"""Scenario 24: complained, then threatened; and the same without the web, and past the office.

After every step the work coach's own login is looked through: not one word, count or question
to the database is different from before there was a complaint.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account.models import Staff
from portal.complaints import actions, queries, rules
from portal.complaints.models import Complaint, Kind, Level
from portal.database import db, transaction
from portal.record import log
from portal.staff.lists import LISTS
from tests import world_complaints
from tests.complaints import Handlers, answers, made_of
from tests.people import Browser, Desk, People, Phone, StoppedClock, actor, again, work
from tests.world import World, lived_in

SECRETS = ("shouted", "religion", "Complaint", "complained")
Seen = dict[str, tuple[str, int]]
_FORM_TOKEN = re.compile(r'name="(?:csrf_token|_once)" value="[^"]*"')


@pytest.fixture
def handlers(app: Flask, people: People) -> Handlers:
    with app.app_context(), transaction():
        return made_of(people)


class Coach:
    """The work coach at the desk, who may find nothing at all."""

    def __init__(self, app: Flask, people: People, member: Staff) -> None:
        self.app, self.people, self.member = app, people, member
        self.desk = Desk(app).sign_in(member)
        self.before = self._looks()

    def finds_nothing(self, found: Complaint | None = None) -> None:
        """Every page, list, count and search is as it was before anybody complained, and asks
        the database as often."""
        now = self._looks()
        for path in now:
            assert now[path] == self.before[path], path
        for path, (words, _questions) in now.items():
            assert not [secret for secret in SECRETS if secret in words], path
        if found is None:
            return
        desk = self.desk
        for path in ("", "/ask", "/answer", "/told"):
            desk.open(f"/staff/complaints/{found.id}{path}", 404)
        desk.open("/staff/people").post(f"/staff/complaints/{found.id}/open", 404)
        desk.open(f"/staff/done/{found.receipt}", 404)
        desk.open(f"/receipts/{found.receipt}").does_not_see(*SECRETS, "Alex")

    def _looks(self) -> Seen:
        desk, seen, alex = self.desk.open("/staff"), {}, self.people.alex.id
        if desk.path == "/staff/sign-in":
            desk.sign_in(self.member)
        paths = [f"/staff/waiting/{each.name}" for each in LISTS]
        paths += ["/staff", "/staff/people", "/staff/promises", "/staff/times"]
        paths += [f"/staff/people/{alex}", f"/staff/people/{alex}/plan"]
        paths += [f"/staff/people/{alex}/messages", f"/staff/people/{alex}/commitment"]
        for path in paths:
            words, questions = _counted(self.app, lambda path=path: desk.open(path).text)
            # How many texts the whole service sent today is a line of its own, and counts all;
            # what is due is named with a day that goes on.
            words = re.sub(r"Due by \w+ \d+ \w+ \d+", "", words.partition(" Texts today")[0])
            seen[path] = (words, questions)
        for text in ("Alex", "complaint", "shouted"):
            desk.open("/staff/people").fill(text=text)
            seen[f"search {text}"] = _counted(self.app, lambda: desk.press("Search").text)
        return seen


def _counted(app: Flask, look: Callable[[], str]) -> tuple[str, int]:
    """What somebody sees, and how many questions to the database it took."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        words = look()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return words, len(asked)


@pytest.mark.parametrize("who", ["coach", "manager"])
def test_no_page_of_the_desk_is_different(
    app: Flask,
    people: People,
    handlers: Handlers,
    clock_stopped: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
    who: str,
) -> None:
    """Every address there is, whatever is added later: pages, lists, counts, files for programs
    and what the service says of itself, for somebody about whom a complaint goes every way."""
    with monkeypatch.context() as nobody_complains:
        nobody_complains.setattr(world_complaints, "complained", lambda *_it: ({}, None, {}))
        world = lived_in(app, people, clock_stopped)
    member = people.coach if who == "coach" else handlers.manager
    for _each in range(3):
        work(app)
    desk = Desk(app).sign_in(member)
    _walked(app, desk, world)  # What is kept for later pages is asked for once.
    before = _walked(app, desk, world)

    monkeypatch.setattr(world_complaints, "made_of", lambda _people: handlers)
    with app.app_context(), transaction():
        parts, _handler, parts_of = world_complaints.complained(people, "She shouted.")
    (found,) = complaints(app)
    answers(app, found, handlers.here)
    with app.app_context(), transaction():
        actions.take_further(again(found), why="She shouted again.", by=actor(people.alex))
    answers(app, found, handlers.team, final=True)
    work(app)
    after = _walked(app, desk, world)
    for path in before:
        assert after[path] == before[path], path
    assert len(before) > 60
    world = replace(world, parts=world.parts | parts, parts_of=world.parts_of | parts_of)
    of_it = [path for _rule, path in world.addresses(app, "staff") if str(found.id) in path]
    for path in of_it:
        desk.open(path, 404)
    assert len(of_it) > 3


def _walked(app: Flask, desk: Desk, world: World) -> Seen:
    """What every address says to somebody at the desk, and how often it asks the database."""
    seen = {}
    for _rule, path in world.addresses(app, "staff", "public"):

        def look(path: str = path) -> str:
            response = desk.client.get(path)
            return f"{response.status} {_FORM_TOKEN.sub('', response.text)}"

        seen[path] = _counted(app, look)
    for text in ("Alex", "complaint", "shouted"):
        desk.open("/staff/people").fill(text=text)
        seen[f"search {text}"] = _counted(app, lambda: desk.press("Search").text)
    return seen


def complaints(app: Flask) -> list[Complaint]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Complaint).order_by(Complaint.sent_at)))


def writes(browser: Browser, kind: str, what: str, *, level: str = "") -> Browser:
    """From the first page to the one where everything is checked."""
    browser.open("/complaints/new").choose(kind).press("Continue")
    return checked(browser.fill(what=what), level)


def checked(browser: Browser, level: str = "") -> Browser:
    """On through the pages that may be left empty."""
    while "Check your complaint" not in browser.text:
        if level and level in browser.text:
            browser.choose(level)
        browser.press("Continue")
    return browser


def handled(app: Flask, member: Staff, found: Complaint) -> Desk:
    """Whoever deals with it opens it."""
    desk = Desk(app).sign_in(member).open(f"/staff/complaints/{found.id}")
    return desk.press("Open and read it")


def answered(desk: Desk, found: Complaint, *, final: bool = False) -> Desk:
    desk.open(f"/staff/complaints/{found.id}").press("Write the answer")
    desk.fill(looked_at="The notes.", found_out="You are right.", will_do="We say sorry.")
    if final:
        desk.fill(final="y")
    return desk.press("Send the answer")


def test_complained_then_threatened(
    app: Flask, people: People, handlers: Handlers, clock_stopped: StoppedClock
) -> None:
    """A coach hears of a complaint elsewhere and threatens: that goes to the team, which the
    coach never sees either, not even as one who deals with complaints."""
    coach = Coach(app, people, people.coach)
    manager = Coach(app, people, handlers.manager)
    browser = Browser(app).sign_in(people.alex)
    writes(browser, "How somebody behaved towards me", "She shouted at me.")
    browser.sees("Amara Obi", "Priya Shah does not see it.")
    browser.press("Send the complaint").sees("Your receipt")
    (first,) = complaints(app)
    coach.finds_nothing(first)
    manager.finds_nothing(first)

    desk = handled(app, handlers.here, first).sees("She shouted at me.", "Priya Shah")
    desk.press("Acknowledge it")
    answered(desk, first)
    work(app)
    phone = Phone(app, people.alex.mobile or "")
    phone.reads(f"You have a reply. Ref {first.receipt}.")
    browser.open(f"/complaints/{first.id}").sees("You are right.", "Amara Obi")
    coach.finds_nothing(first)

    clock_stopped.later(days=1)
    browser = Browser(app).sign_in(people.alex).open(f"/complaints/{first.id}")
    browser.press("It got worse after I complained").press("Write what happened")
    browser.fill(what="She said that she would stop my money.")
    checked(browser).sees("Mina Park").press("Send the complaint")
    worse = complaints(app)[-1]
    assert (worse.kind, worse.level, worse.after_id) == (Kind.worse, Level.team, first.id)
    coach.finds_nothing(worse)
    Desk(app).sign_in(handlers.here).open(f"/staff/complaints/{worse.id}", 404)
    answered(handled(app, handlers.team, worse), worse, final=True)
    browser.open(f"/complaints/{worse.id}").sees(
        "Independent Case Examiner until Monday 2 August 2027"
    )

    with app.app_context(), transaction():
        again(people.coach).role = rules.HANDLER
    desk = Desk(app).sign_in(people.coach).does_not_see("Alex Morgan")
    for found in (first, worse):
        desk.open(f"/staff/complaints/{found.id}", 404)
    with app.app_context(), transaction():
        again(people.coach).role = rules.TEAM
    desk = Desk(app).sign_in(people.coach).does_not_see("Alex Morgan")
    for found in (first, worse):
        desk.open(f"/staff/complaints/{found.id}", 404)
    with app.app_context():
        assert log.verify(people.alex.id) == []


def test_remarks_about_religion_go_past_the_office(
    app: Flask, people: People, handlers: Handlers
) -> None:
    """Whoever dares not tell anybody in the office need not."""
    coach = Coach(app, people, people.coach)
    browser = Browser(app).sign_in(people.alex)
    writes(
        browser,
        "I was treated worse because of who I am",
        "Remarks about my religion.",
        level="The complaints team, past my Jobcentre",
    )
    browser.sees("Mina Park").does_not_see("Amara Obi")
    browser.press("Send the complaint")
    (found,) = complaints(app)
    coach.finds_nothing(found)
    Desk(app).sign_in(handlers.here).open(f"/staff/complaints/{found.id}", 404)
    handled(app, handlers.team, found).sees("Remarks about my religion.")
    browser.open(f"/complaints/{found.id}").sees("Mina Park")
    coach.finds_nothing(found)


def test_by_text_alone_with_a_reply_that_comes_too_late(
    app: Flask, people: People, handlers: Handlers, clock_stopped: StoppedClock
) -> None:
    """No web, no smartphone: written in three texts, late, taken past the office."""
    coach = Coach(app, people, people.coach)
    phone = Phone(app, people.alex.mobile or "")

    def texts(*messages: str) -> None:
        for message in messages:
            clock_stopped.later(minutes=2)
            phone.texts(message)
            work(app)

    texts("COMPLAIN", "She shouted at me", "in front of everybody.", "DONE", "1")
    (found,) = complaints(app)
    assert phone.last.endswith(f"Ref {found.receipt}.")
    coach.finds_nothing(found)
    clock_stopped.later(days=22)
    work(app)
    work(app)
    phone.reads("Our reply is late", found.receipt)
    texts(f"ESCALATE {found.receipt}")
    phone.reads("A reply from outside your Jobcentre is due by", found.receipt)
    with app.app_context():
        assert queries.for_staff(again(handlers.here), found.id) is None
    answered(handled(app, handlers.team, found), found, final=True)
    work(app)
    phone.reads(f"You have a reply. Ref {found.receipt}.")
    texts(f"STATUS {found.receipt}")
    phone.reads("this is the last reply")
    assert not [text for text in phone.received if "shouted" in text or "omplain" in text]
    coach.finds_nothing(found)
