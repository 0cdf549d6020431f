"""What the office writes down, each thing once, and its lists of whoever waits for an answer."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from portal.account import actions as account
from portal.appointments import actions, desk_actions, office_actions, queries, slot_actions
from portal.appointments import slot_queries as free_times
from portal.appointments.models import Ask, How
from portal.appointments.rules import Booking
from portal.database import db, new_id, transaction
from portal.refusals import Refusal
from tests.people import SOON, actor, again, appointment, slot
from tests.portal.appointments.conftest import LATER, Visit, code_of


def test_reaching_the_person_settles_texts_that_did_not_arrive(visit: Visit) -> None:
    alex, staff = visit.people.alex, visit.people.coach
    with visit.app.app_context(), transaction():
        account.needs_telling(again(alex), what="appointments.offer", regarding=visit.row.id)
    for reached, left in ((False, 1), (True, 0)):
        visit.office(desk_actions.record_contact, staff=staff, way="call", reached=reached)
        with visit.app.app_context():
            assert account.queries.how_many_undelivered(alex.office_id) == left
    assert visit.kinds() == ["offered", "contact_attempted", "contact_attempted"]


def test_a_second_press_writes_nothing_down_twice(visit: Visit) -> None:
    once = {"staff": visit.people.coach, "way": "call", "reached": False, "attempt_id": new_id()}
    assert visit.office(desk_actions.record_contact, **once) is not None
    assert visit.office(desk_actions.record_contact, **once) is None
    with visit.app.app_context():
        assert len(queries.contacts([visit.row.id])[visit.row.id]) == 1


def test_an_outcome_is_said_after_the_start_and_can_be_put_right(visit: Visit) -> None:
    assert code_of(visit, desk_actions.record_outcome, happened=True) == "!not-yet"
    visit.clock.at(SOON)
    for happened, kind in ((False, "missed"), (True, "attended")):
        assert visit.office(desk_actions.record_outcome, happened=happened) is not None
        assert visit.office(desk_actions.record_outcome, happened=happened) is None
        assert visit.now().happened is happened
        assert visit.kinds()[-1] == kind


def test_what_was_called_off_neither_happened_nor_was_missed(visit: Visit) -> None:
    visit.office(office_actions.call_off)
    visit.clock.at(SOON)
    assert code_of(visit, desk_actions.record_outcome, happened=False) == "!called-off"


def test_a_booking_made_twice_by_one_form_is_one(visit: Visit) -> None:
    form, alex = new_id(), visit.people.alex
    booking = Booking(LATER, How.in_person, "support")
    with visit.app.app_context(), transaction():
        office_actions.book(again(alex), booking, appointment_id=form, by=actor(visit.people.coach))
    with visit.app.app_context(), pytest.raises(IntegrityError), transaction():
        office_actions.book(again(alex), booking, appointment_id=form, by=actor(visit.people.coach))
    with visit.app.app_context():
        assert len(queries.of_claimant(alex.id, alex.office_id)) == 2


def test_free_times_are_offered_once_and_only_ahead(visit: Visit) -> None:
    with visit.app.app_context(), transaction():
        office, form = visit.people.office.id, new_id()
        offer = (office, LATER, How.phone, 10, None, form)
        assert slot_actions.offer_slot(*offer).id == slot_actions.offer_slot(*offer).id
        with pytest.raises(Refusal, match="past"):
            slot_actions.offer_slot(office, SOON - timedelta(days=99), How.phone, 10, None)


def test_a_time_that_somebody_took_is_not_taken_back(visit: Visit) -> None:
    visit.does("pick")
    with visit.app.app_context(), transaction():
        free = slot(visit.people.office, LATER + timedelta(hours=1))
        slot_actions.take_back_slot(free)
        assert free_times.one_of_office(free.id, visit.people.office.id) is None
        with pytest.raises(Refusal, match="taken"):
            slot_actions.take_back_slot(again(visit.free))


def test_worklists_are_oldest_first_and_of_one_office(visit: Visit) -> None:
    with visit.app.app_context(), transaction():
        first = appointment(again(visit.people.stranger))
    visit.clock.later(minutes=5)
    with visit.app.app_context(), transaction():
        second = appointment(again(visit.people.stranger), LATER)
        for row in (second, first):
            visit.clock.later(minutes=1)
            actions.ask_to_cancel(again(row), by=actor(visit.people.stranger))
    office, other = visit.people.office.id, visit.people.other_office.id
    with visit.app.app_context():
        asked = queries.open_requests(office, Ask.cancel)
        assert [request.appointment_id for request in asked] == [second.id, first.id]
        assert queries.how_many_open_requests(office, Ask.cancel) == 2
        assert queries.how_many_not_answered(office) == 1
        assert [row.id for row in queries.not_answered(office)] == [visit.row.id]
        assert queries.how_many_not_answered(other) == 0
        assert queries.open_requests(other, Ask.cancel) == []
        assert queries.request(asked[0].id, other) is None
        assert db.session.get(type(asked[0]), asked[0].id) is not None
