"""The complaints desk: who sees what, and that others see nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from portal.account import guards
from portal.complaints import queries, rules
from portal.complaints.models import Level
from portal.database import transaction
from tests.complaints import WORDS, Handlers, at_desk, complains
from tests.people import Browser, People, StoppedClock, again
from tests.portal.staff.complaint_desk import kinds, opened


def routes(app: Flask) -> Iterator[tuple[str, str, set[str]]]:
    """Every address of the desk with the names of what goes into it."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("staff."):
            for method in (rule.methods or set()) & {"GET", "POST"}:
                yield rule.endpoint, method, set(rule.arguments)


def address(app: Flask, endpoint: str, **values: object) -> str:
    with app.test_request_context():
        return app.url_for(endpoint, **values)


class TestWhoSees:
    def test_the_roles_of_the_guards_are_those_of_the_rules(self) -> None:
        assert {rules.HANDLER, rules.TEAM} == guards.APART

    def test_the_list_is_by_when_an_answer_is_due(
        self, app: Flask, people: People, handlers: Handlers, clock_stopped: StoppedClock
    ) -> None:
        complains(app, people.alex)
        clock_stopped.later(days=16)
        complains(app, people.stranger)
        desk = at_desk(app, handlers.here)
        assert desk.path == "/staff/complaints"
        desk.sees("Overdue: 0", "Due within a week: 1", "Later: 1")
        clock_stopped.later(days=6)
        at_desk(app, handlers.here).sees("Overdue: 1", "Alex Morgan", "Robin Vale")

    def test_reading_is_an_entry_that_the_person_sees(
        self, app: Flask, people: People, handlers: Handlers, clock_stopped: StoppedClock
    ) -> None:
        found = complains(app, people.alex)
        desk = at_desk(app, handlers.here).open(f"/staff/complaints/{found.id}")
        desk.does_not_see(WORDS)
        assert kinds(app, found) == ["sent"]
        desk.press("Open and read it").sees(WORDS)
        assert kinds(app, found) == ["sent", "opened"]
        desk.open(f"/staff/complaints/{found.id}").sees(WORDS)
        clock_stopped.later(minutes=31)
        at_desk(app, handlers.here).open(f"/staff/complaints/{found.id}").does_not_see(WORDS)

    @pytest.mark.parametrize("path", ["ask", "answer", "told"])
    def test_nothing_is_written_about_what_was_not_opened(
        self, app: Flask, people: People, handlers: Handlers, path: str
    ) -> None:
        found = complains(app, people.alex)
        at_desk(app, handlers.here).open(f"/staff/complaints/{found.id}/{path}", 404)

    @pytest.mark.parametrize("who", ["coach", "colleague", "other_coach", "manager", "elsewhere"])
    def test_everybody_else_finds_nothing(
        self, app: Flask, people: People, handlers: Handlers, who: str
    ) -> None:
        found = complains(app, people.alex)
        member = getattr(people, who, None) or getattr(handlers, who)
        desk = at_desk(app, member)
        for endpoint, method, arguments in routes(app):
            if "complaint_id" not in arguments:
                continue
            pages = []
            for each in (found.id, uuid4()):
                ids = {"complaint_id": each, "task_id": uuid4()}
                path = address(app, endpoint, **{name: ids[name] for name in arguments})
                desk.open("/staff/times")
                desk.post(path, 404) if method == "POST" else desk.open(path, 404)
                pages.append(desk.text)
            assert pages[0] == pages[1], endpoint

    def test_other_roles_have_no_complaints_desk(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        for member in (people.coach, handlers.manager):
            desk = at_desk(app, member)
            desk.does_not_see("Complaints")
            for path in ("/staff/complaints", "/staff/complaints/pattern"):
                desk.open(path, 404)

    def test_those_of_the_desk_see_no_other_page(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        """Whoever deals with complaints sees no worklists, people or plans."""
        theirs = {"staff.home", "staff.times", "staff.take_back", "staff.sign_in", "staff.sign_out"}
        for member in (handlers.here, handlers.team):
            desk = at_desk(app, member)
            for endpoint, method, arguments in routes(app):
                if endpoint in theirs or "complaint" in endpoint.replace("told_complaint", ""):
                    continue
                ids = {"claimant_id": people.alex.id, "name": "cancel"}
                path = address(app, endpoint, **{n: ids.get(n, uuid4()) for n in arguments})
                desk.open("/staff/complaints")
                desk.post(path, 404) if method == "POST" else desk.open(path, 404)
            desk.open("/staff/texts", 404)

    def test_whoever_it_is_kept_from_never_sees_it(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        """Not even when the coach complained about deals with complaints one day."""
        found = complains(app, people.alex, kept_from=frozenset({people.coach.id}))
        with app.app_context(), transaction():
            again(people.coach).role = rules.HANDLER
        desk = at_desk(app, people.coach)
        desk.sees("Overdue: 0", "Due within a week: 0", "Later: 0").does_not_see("Alex Morgan")
        desk.fill(reference=found.receipt).press("Find", 422)
        desk.sees("There is no complaint with this reference that is yours to see.")
        desk.open(f"/staff/complaints/{found.id}", 404)
        opened(app, handlers.here, found).sees("Priya Shah", WORDS)

    def test_nor_when_they_moved_to_the_team(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(
            app, people.alex, kept_from=frozenset({people.coach.id}), level=Level.team
        )
        with app.app_context(), transaction():
            coach = again(people.coach)
            coach.role, coach.office_id = rules.TEAM, people.other_office.id
        at_desk(app, people.coach).open(f"/staff/complaints/{found.id}", 404)
        opened(app, handlers.team, found).sees(WORDS)

    def test_what_nobody_in_the_office_may_see_is_before_the_team(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        with app.app_context():
            assert queries.for_staff(again(handlers.team), found.id) is None
        with app.app_context(), transaction():
            again(handlers.here).active = False
        opened(app, handlers.team, found).sees(WORDS)

    def test_past_the_office(self, app: Flask, people: People, handlers: Handlers) -> None:
        found = complains(app, people.alex, level=Level.team)
        at_desk(app, handlers.here).does_not_see("Alex Morgan")
        opened(app, handlers.team, found).sees(WORDS)

    def test_it_is_found_by_its_reference(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        desk = at_desk(app, handlers.here)
        typed = f"{found.receipt[:4]}-{found.receipt[4:]}".lower()
        desk.fill(reference=typed).press("Find")
        assert desk.path == f"/staff/complaints/{found.id}"

    def test_a_claimant_finds_no_desk(self, app: Flask, people: People, handlers: Handlers) -> None:
        found = complains(app, people.alex)
        browser = Browser(app).sign_in(people.alex)
        browser.open(f"/staff/complaints/{found.id}").does_not_see(WORDS)

    def test_a_receipt_shows_other_staff_nothing(
        self, app: Flask, people: People, handlers: Handlers
    ) -> None:
        found = complains(app, people.alex)
        at_desk(app, people.coach).open(f"/staff/done/{found.receipt}", 404)
