"""Requests for help with costs: each with its own clock, its owner, its reminders and answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.account.models import Claimant, Staff
from portal.costs import actions, desk_actions, events, queries, rules
from portal.costs.models import CostRequest, Decision, Paid, Pay
from portal.costs.rules import Wish
from portal.database import db, new_id, transaction
from portal.record import log
from portal.record.retention import erase_record
from portal.refusals import Refusal
from tests.people import NOW, People, StoppedClock, actor, again, claimant, office, recorded, staff

GOOD_FRIDAY = datetime(2027, 3, 26, 9, 0, tzinfo=UTC)


def asks(app: Flask, person: Claimant, item: str = "id", **more: object) -> CostRequest:
    """The person asks on the website."""
    with app.app_context(), transaction():
        wish = Wish(item=item, **more)  # type: ignore[arg-type]
        entry = actions.ask(again(person), wish, by=actor(person))
        assert entry.about is not None
        return db.session.get_one(CostRequest, entry.about)


def nudged(app: Flask) -> int:
    with app.app_context(), transaction():
        return desk_actions.nudge()


def refuses(
    app: Flask,
    people: People,
    request: CostRequest,
    why: str = "No money left.",
    by: Staff | None = None,
) -> None:
    who = by or people.coach
    with app.app_context(), transaction():
        desk_actions.refuse(again(request), why=why, staff=again(who), by=actor(who))


class TestAsking:
    def test_it_has_an_owner_a_day_and_a_receipt(self, app: Flask, people: People) -> None:
        request = asks(app, people.alex)
        assert request.owner_id == people.coach.id
        assert request.reply_by == date(2027, 2, 8)  # five working days after Monday 1 February
        assert len(request.receipt) == 8
        assert request.state == "asked"

    def test_several_things_are_several_requests(self, app: Flask, people: People) -> None:
        first = asks(app, people.alex, "id")
        second = asks(app, people.alex, "clothes")
        assert first.id != second.id
        with app.app_context():
            assert len(queries.waiting_of(again(people.alex))) == 2

    def test_the_very_same_again_is_one(self, app: Flask, people: People) -> None:
        assert asks(app, people.alex, "id").id == asks(app, people.alex, "id").id
        assert recorded(app, asks(app, people.alex, "id"), "costs") == ["asked"]

    def test_two_fares_on_two_days_are_two(self, app: Flask, people: People) -> None:
        one = asks(app, people.alex, "travel", needed_by=date(2027, 2, 20))
        two = asks(app, people.alex, "travel", needed_by=date(2027, 2, 21))
        assert one.id != two.id

    def test_a_second_press_finds_the_first(self, app: Flask, people: People) -> None:
        request_id, receipts = new_id(), set()
        for words in ("passport", "a passport"):
            with app.app_context(), transaction():
                wish = Wish(item="id", item_words=words)
                person = again(people.alex)
                entry = actions.ask(person, wish, request_id=request_id, by=actor(person))
                receipts.add(entry.receipt)
        assert len(receipts) == 1

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"amount_pence": -1}, "amount"),
            ({"amount_pence": 0}, "amount"),
            ({"amount_pence": 100_000_000}, "amount"),
            ({"needed_by": date(2027, 1, 31)}, "past"),
            ({"step": "x" * 201}, "words"),
            ({"appointment_id": new_id()}, "appointment"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, app: Flask, people: People, more: dict[str, object], code: str
    ) -> None:
        with pytest.raises(Refusal) as refused:
            asks(app, people.alex, **more)
        assert refused.value.code == code

    def test_today_is_not_past(self, app: Flask, people: People) -> None:
        assert asks(app, people.alex, needed_by=NOW.date()).reply_by == date(2027, 2, 2)

    def test_there_is_an_end_to_open_requests(self, app: Flask, people: People) -> None:
        for number in range(rules.MOST_OPEN):
            asks(app, people.alex, step=str(number))
        with pytest.raises(Refusal) as refused:
            asks(app, people.alex, step="one more")
        assert refused.value.code == "too-many"

    def test_it_is_not_for_northern_ireland(self, app: Flask, people: People) -> None:
        with app.app_context(), transaction():
            there = office(code="BT1", nation="northern_ireland")
            person = claimant(there, mobile="+447700900177")
        with pytest.raises(Refusal) as refused:
            asks(app, person)
        assert refused.value.code == "northern-ireland"

    def test_a_number_is_enough_and_nobody_is_not(self, app: Flask, people: People) -> None:
        with app.app_context(), transaction():
            person = again(people.alex)
            actions.ask(person, Wish(item="id"), by=actor(person, "text"))
        with app.app_context(), transaction(), pytest.raises(Refusal):
            actions.ask(again(people.alex), Wish(item="id"), by=actor(people.alex, "nobody"))


class TestTheClock:
    @pytest.mark.parametrize(
        ("needed_by", "reply_by"),
        [
            (None, date(2027, 2, 8)),
            (date(2027, 3, 1), date(2027, 2, 8)),
            (date(2027, 2, 5), date(2027, 2, 4)),
            (date(2027, 2, 8), date(2027, 2, 5)),
            (date(2027, 2, 2), date(2027, 2, 2)),
        ],
    )
    def test_an_answer_in_time_for_what_it_is_for(
        self, needed_by: date | None, reply_by: date
    ) -> None:
        assert rules.reply_by(NOW, needed_by, "england") == reply_by

    def test_bank_holidays_are_those_of_the_nation(self) -> None:
        # Good Friday is none in Scotland's list alone; Easter Monday is none there at all.
        assert rules.reply_by(GOOD_FRIDAY, None, "england") == date(2027, 4, 5)
        assert rules.reply_by(GOOD_FRIDAY, None, "scotland") == date(2027, 4, 2)

    def test_reminders_come_before_at_and_after_the_day(
        self, app: Flask, people: People, clock_stopped: StoppedClock
    ) -> None:
        request = asks(app, people.alex)
        late = []
        for day in range(1, 12):
            clock_stopped.at(NOW.replace(day=day, hour=9, minute=30))
            if nudged(app):
                with app.app_context():
                    event = log.event_of(log.entries(people.alex.id)[0])
                    assert isinstance(event, events.Nudged)
                    late.append((day, event.late))
        assert late == [(5, False), (8, False), (9, True)]
        assert recorded(app, request, "costs") == ["asked", "nudged", "nudged", "nudged"]

    def test_after_the_day_it_is_a_managers(
        self, app: Flask, people: People, clock_stopped: StoppedClock
    ) -> None:
        request = asks(app, people.alex)
        with app.app_context():
            assert queries.how_many_open_requests(people.office.id) == 1
        clock_stopped.at(NOW + timedelta(days=8, hours=1))
        assert nudged(app) == 1
        with app.app_context():
            assert queries.how_many_open_requests(people.office.id) == 0
            assert [r.id for r in queries.for_manager(people.office.id)] == [request.id]
            assert rules.is_late(again(request), clock.today())

    def test_a_standstill_gives_one_reminder_and_not_three(
        self, app: Flask, people: People, clock_stopped: StoppedClock
    ) -> None:
        asks(app, people.alex)
        clock_stopped.at(NOW + timedelta(days=40))
        assert [nudged(app), nudged(app)] == [1, 0]

    def test_what_is_answered_is_left_alone(
        self, app: Flask, people: People, clock_stopped: StoppedClock
    ) -> None:
        refuses(app, people, asks(app, people.alex))
        clock_stopped.at(NOW + timedelta(days=40))
        assert nudged(app) == 0

    def test_late_is_computed_even_if_nothing_ran(
        self, app: Flask, people: People, clock_stopped: StoppedClock
    ) -> None:
        request = asks(app, people.alex)
        clock_stopped.at(NOW + timedelta(days=40))
        refuses(app, people, request)
        with app.app_context():
            assert again(request).was_late


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
