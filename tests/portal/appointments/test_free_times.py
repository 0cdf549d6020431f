"""Free times that a person takes, leaves and finds taken."""

from datetime import timedelta
from typing import Any

from portal.appointments import actions
from portal.appointments import slot_queries as free_times
from portal.appointments.models import Answer, How, Slot
from portal.database import transaction
from tests.people import SOON, actor, again, appointment, slot
from tests.portal.appointments.conftest import LATER, Visit


def test_a_free_time_moves_the_appointment_and_counts_as_accepted(visit: Visit) -> None:
    visit.does("pick")
    now = visit.now()
    assert (now.starts_at, now.moved_from, now.answer) == (LATER, SOON, Answer.accepted)
    assert now.notice_given_at > now.moved_from - timedelta(days=30)
    with visit.app.app_context():
        assert again(visit.free).taken_by == visit.row.id


def test_a_time_that_somebody_leaves_is_free_again(visit: Visit) -> None:
    first = visit.does("pick")
    taken = visit.free
    with visit.app.app_context(), transaction():
        visit.free = slot(visit.people.office, LATER + timedelta(hours=1))
    second = visit.does("pick")
    assert first.receipt != second.receipt
    with visit.app.app_context():
        assert again(taken).taken_by is None
        assert again(visit.free).taken_by == visit.row.id
        assert [s.id for s in free_times.free(again(visit.row))] == [taken.id]
    visit.free = taken
    assert visit.does("pick").receipt not in (first.receipt, second.receipt)


def test_a_time_of_ones_own_can_be_taken_again_after_taking_the_answer_back(visit: Visit) -> None:
    visit.does("pick")
    visit.does("undo")
    visit.does("pick")
    assert visit.kinds() == ["offered", "time_picked", "withdrawn", "time_picked"]
    assert visit.now().answer is Answer.accepted


def test_a_time_that_was_taken_is_gone(visit: Visit) -> None:
    with visit.app.app_context(), transaction():
        other = appointment(again(visit.people.stranger))
        actions.pick_time(other, again(visit.free), by=actor(visit.people.stranger))
    refusal = visit.refuses("pick")
    assert refusal.code == "slot-gone"
    assert visit.now().starts_at == SOON
    assert visit.kinds() == ["offered"]


def test_a_time_that_has_passed_is_gone(visit: Visit) -> None:
    with visit.app.app_context(), transaction():
        visit.free = slot(visit.people.office, SOON - timedelta(days=8))
    visit.clock.at(SOON - timedelta(days=8))
    assert visit.refuses("pick").code == "slot-gone"


def test_a_time_of_another_office_is_none(visit: Visit) -> None:
    with visit.app.app_context(), transaction():
        visit.free = slot(visit.people.other_office, LATER)
    assert visit.refuses("pick").code == "slot-gone"
    with visit.app.app_context():
        assert again(visit.free).taken_by is None


def test_free_times_are_those_of_the_office_and_of_the_same_way_to_meet(visit: Visit) -> None:
    def offer(at: Any, **more: Any) -> Slot:
        return slot(more.pop("office", visit.people.office), at, **more)

    with visit.app.app_context(), transaction():
        offer(LATER, how=How.phone)
        offer(LATER, office=visit.people.other_office)
        later = offer(LATER + timedelta(hours=1))
        sooner = offer(LATER - timedelta(hours=1))
    with visit.app.app_context():
        found = free_times.free(again(visit.row), 10)
        assert [s.id for s in found] == [sooner.id, visit.free.id, later.id]
