"""What becomes of a request: its answer, a second look, the counts, and its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal import clock
from portal.costs import actions, desk_actions, queries, rules
from portal.costs.models import CostRequest, Decision, Paid, Pay
from portal.costs.rules import Wish
from portal.database import db, transaction
from portal.record import log
from portal.record.retention import erase_record
from portal.refusals import Refusal
from tests.people import NOW, People, actor, again, claimant, recorded, staff
from tests.portal.costs.requested import asks, refuses


class TestAnswers:
    def test_agreed(self, app: Flask, people: People) -> None:
        request = asks(app, people.alex, paid=Paid.no)
        with app.app_context(), transaction():
            member = again(people.coach)
            desk_actions.see(again(request), staff=member, by=actor(member))
            desk_actions.see(again(request), staff=member, by=actor(member))
            desk_actions.agree(
                again(request),
                pence=3400,
                pay=Pay.before,
                when="On Friday",
                keep="The receipt",
                staff=member,
                by=actor(member),
            )
        with app.app_context():
            found = again(request)
            assert (found.state, found.agreed_pence, found.keep) == ("agreed", 3400, "The receipt")
            assert queries.unread_answers(again(people.alex)) == 1
        assert recorded(app, request, "costs") == ["asked", "seen", "agreed"]

    def test_a_no_needs_a_reason(self, app: Flask, people: People) -> None:
        request = asks(app, people.alex)
        with pytest.raises(Refusal):
            refuses(app, people, request, why="  ")
        assert recorded(app, request, "costs") == ["asked"]

    def test_nobody_answers_twice(self, app: Flask, people: People) -> None:
        request = asks(app, people.alex)
        refuses(app, people, request)
        with pytest.raises(Refusal) as refused:
            refuses(app, people, request)
        assert refused.value.code == "decided"

    def test_somebody_else_looks_again(self, app: Flask, people: People) -> None:
        request = asks(app, people.alex)
        refuses(app, people, request)
        for _press in range(2):
            with app.app_context(), transaction():
                actions.ask_to_look_again(again(request), by=actor(people.alex))
        with app.app_context():
            assert [r.id for r in queries.for_manager(people.office.id)] == [request.id]
            assert again(request).first_why == "No money left."
        with pytest.raises(Refusal) as refused:
            refuses(app, people, request)
        assert refused.value.code == "same-person"
        with app.app_context(), transaction():
            by = actor(people.colleague)
            coach = again(people.colleague)
            desk_actions.refuse(again(request), why="Still no.", staff=coach, by=by)
        with app.app_context():
            assert not again(request).by_a_manager
        with app.app_context(), transaction(), pytest.raises(Refusal) as refused:
            actions.ask_to_look_again(again(request), by=actor(people.alex))
        assert refused.value.code == "no-look-again"
        assert recorded(app, request, "costs") == [
            "asked",
            "refused",
            "look_again_asked",
            "refused",
        ]

    def test_where_there_is_another_manager_only_a_manager_looks_again(
        self, app: Flask, people: People
    ) -> None:
        request = asks(app, people.alex)
        refuses(app, people, request)
        with app.app_context(), transaction():
            actions.ask_to_look_again(again(request), by=actor(people.alex))
            mo = staff(again(people.office), "Mo Hill", role="manager")
        with pytest.raises(Refusal) as refused:
            refuses(app, people, request, by=people.colleague)
        assert refused.value.code == "manager"
        refuses(app, people, request, by=mo)
        with app.app_context():
            assert again(request).by_a_manager

    def test_the_only_manager_said_no_so_somebody_else_looks_again(
        self, app: Flask, people: People
    ) -> None:
        request = asks(app, people.alex)
        with app.app_context(), transaction():
            again(people.coach).role = "manager"
        refuses(app, people, request)
        with app.app_context(), transaction():
            actions.ask_to_look_again(again(request), by=actor(people.alex))
        refuses(app, people, request, by=people.colleague)
        with app.app_context():
            assert not again(request).by_a_manager

    def test_taking_back_works_once_and_only_while_it_waits(
        self, app: Flask, people: People
    ) -> None:
        request = asks(app, people.alex)
        for _press in range(2):
            with app.app_context(), transaction():
                actions.withdraw(again(request), by=actor(people.alex))
        assert recorded(app, request, "costs") == ["asked", "withdrawn"]
        other = asks(app, people.alex, "clothes")
        refuses(app, people, other)
        with app.app_context(), transaction(), pytest.raises(Refusal):
            actions.withdraw(again(other), by=actor(people.alex))

    def test_a_strangers_request_is_not_found(self, app: Flask, people: People) -> None:
        request = asks(app, people.alex)
        with app.app_context():
            assert queries.request(again(people.stranger), request.id) is None
            assert queries.request_of_office(request.id, people.other_office.id) is None


class TestCounts:
    def _ask(self, people: People, language: str, how_many: int) -> None:
        for number in range(how_many):
            mobile = f"+4477009{number:05d}"
            person = claimant(again(people.office), mobile=mobile, language=language)
            entry = actions.ask(person, Wish(item="id"), by=actor(person))
            if number < 3:
                request = db.session.get_one(CostRequest, entry.about)
                request.decision = Decision.refused

    def test_no_small_group_is_shown(self, app: Flask, people: People) -> None:
        with app.app_context(), transaction():
            self._ask(people, "en", 25)
            self._ask(people, "cy", 19)
        with app.app_context():
            found = queries.counts(people.office.id, NOW - timedelta(days=1), clock.today())
        assert [(each.language, each.asked, each.refused) for each in found] == [("en", 25, 3)]

    def test_the_whole_office_is_shown_only_while_nobody_is_left_out(
        self, app: Flask, people: People
    ) -> None:
        with app.app_context(), transaction():
            self._ask(people, "en", 25)
            self._ask(people, "ar", 19)
            self._ask(people, "cy", 1)
        with app.app_context():
            found = queries.counts(people.office.id, NOW - timedelta(days=1), clock.today())
        assert [(each.language, each.people) for each in found] == [("en", 25), ("", 20), ("*", 45)]

    def test_small_groups_are_shown_together(self, app: Flask, people: People) -> None:
        with app.app_context(), transaction():
            self._ask(people, "ar", 12)
            self._ask(people, "cy", 12)
        with app.app_context():
            found = queries.counts(people.office.id, NOW - timedelta(days=1), clock.today())
        assert [(each.language, each.people) for each in found] == [("", 24)]

    def test_nobody_asked(self, app: Flask, people: People) -> None:
        with app.app_context():
            assert queries.counts(people.office.id, NOW, clock.today()) == []

    def test_one_person_who_asks_often_is_one_person(self, app: Flask, people: People) -> None:
        for number in range(rules.MOST_OPEN):
            asks(app, people.alex, step=str(number))
        with app.app_context():
            assert queries.counts(people.office.id, NOW, clock.today()) == []


def test_words_and_amounts_go_with_the_record(app: Flask, people: People) -> None:
    request = asks(
        app, people.alex, item_words="passport", amount_pence=8800, amount_typed="88", step="shop"
    )
    refuses(app, people, request)
    with app.app_context(), transaction():
        erase_record(people.alex.id)
    with app.app_context():
        found = again(request)
        kept = (found.item_words, found.amount_pence, found.amount_typed, found.step, found.why)
        assert kept == ("", None, "", "", "")
        assert log.verify(people.alex.id) == []
