"""Requests for help with costs: each with its own clock, its owner, its reminders and answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from portal import clock
from portal.costs import actions, events, queries, rules
from portal.costs.rules import Wish
from portal.database import new_id, transaction
from portal.record import log
from portal.refusals import Refusal
from tests.people import NOW, People, StoppedClock, actor, again, claimant, office, recorded
from tests.portal.costs.requested import GOOD_FRIDAY, asks, nudged, refuses


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
