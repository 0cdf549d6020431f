"""What the office does: it asks again after a move, says why not, and never answers for anybody."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from portal.account import actions as account
from portal.appointments import actions, desk_actions, office_actions, queries
from portal.appointments import slot_queries as free_times
from portal.appointments.models import Answer, Ask, Decision, How, Status
from portal.appointments.rules import Booking
from portal.database import db, new_id, transaction
from portal.record import log
from portal.refusals import Refusal
from tests.people import SOON, actor, again, appointment, overtaken, slot
from tests.portal.appointments.conftest import LATER, STATES, Visit

MEANT = {
    "waiting": "moved",
    "accepted": "moved",
    "cancel asked": "moved",
    "phone agreed": "moved",
    "cancel refused": "moved",
    "cancel agreed": "!called-off",
    "called off": "!called-off",
    "started": "!started",
}


def code_of(visit: Visit, act: Any, **choices: Any) -> str:
    """The code of the office's refusal."""
    with pytest.raises(Refusal) as refused:
        visit.office(act, **choices)
    return f"!{refused.value.code}"


def to(visit: Visit, **more: Any) -> Booking:
    row = visit.now()
    known = {"caller_name": row.caller_name, "caller_number": row.caller_number}
    values: dict[str, Any] = {"starts_at": LATER, "how": row.how, "purpose": row.purpose}
    return Booking(**(values | known | more))


@pytest.mark.parametrize("state", MEANT)
def test_a_move_voids_the_answer_and_asks_again(visit: Visit, state: str) -> None:
    STATES[state](visit)
    was, booking = visit.now(), to(visit)
    if MEANT[state].startswith("!"):
        assert code_of(visit, office_actions.move, booking=booking) == MEANT[state]
        return
    visit.office(office_actions.move, booking=booking, why="The room is taken.")
    now = visit.now()
    assert (now.answer, now.answered_at, now.answer_receipt) == (Answer.none, None, None)
    assert (now.starts_at, now.moved_from, now.version) == (LATER, SOON, was.version + 1)
    assert now.open_request is None
    assert visit.kinds()[-1] == "moved"


def test_a_request_that_a_move_overtook_is_not_lost_from_the_record(visit: Visit) -> None:
    visit.does("cancel", reason="ill")
    visit.moves()
    assert [r.decision for r in visit.requests()] == [Decision.overtaken]
    assert visit.kinds() == ["offered", "asked_to_cancel", "moved"]


def test_the_same_time_and_way_is_no_move(visit: Visit) -> None:
    assert code_of(visit, office_actions.move, booking=to(visit, starts_at=SOON)) == "!same"


def test_a_new_way_of_meeting_is_a_move(visit: Visit) -> None:
    call = to(visit, starts_at=SOON, how=How.phone, caller_name="P", caller_number="1")
    visit.office(office_actions.move, booking=call)
    assert visit.now().how is How.phone


def test_what_is_only_described_again_asks_nobody(visit: Visit) -> None:
    visit.does("accept")
    booking = to(visit, starts_at=SOON, bring_note="Your glasses")
    assert visit.office(office_actions.describe_again, booking=booking) is None
    now = visit.now()
    assert (now.bring_note, now.answer) == ("Your glasses", Answer.accepted)
    assert visit.office(office_actions.describe_again, booking=to(visit)).kind.endswith("moved")
    assert visit.now().answer is Answer.none


def test_the_desk_does_not_overrule_what_it_has_not_seen(visit: Visit) -> None:
    seen = visit.now().version
    visit.does("accept")
    assert code_of(visit, office_actions.move, booking=to(visit), version=seen) == "!changed"
    assert code_of(visit, office_actions.call_off, version=seen) == "!changed"
    assert visit.now().answer is Answer.accepted


def test_calling_off_settles_what_was_asked_and_happens_once(visit: Visit) -> None:
    visit.does("cancel")
    assert visit.office(office_actions.call_off, why="Office closed.") is not None
    assert visit.office(office_actions.call_off) is None
    assert visit.now().status is Status.called_off
    assert [r.decision for r in visit.requests()] == [Decision.overtaken]
    assert visit.kinds() == ["offered", "asked_to_cancel", "called_off"]


def test_what_has_started_is_not_called_off(visit: Visit) -> None:
    visit.clock.at(SOON)
    assert code_of(visit, office_actions.call_off) == "!started"


# Asked, seen, then agreed or refused


def test_opening_is_seeing_once(visit: Visit) -> None:
    visit.does("cancel")
    assert visit.decides(office_actions.mark_seen) is not None
    seen_at = visit.requests()[-1].seen_at
    assert visit.decides(office_actions.mark_seen) is None
    assert visit.requests()[-1].seen_at == seen_at
    assert visit.now().status is Status.booked
    assert visit.kinds() == ["offered", "asked_to_cancel", "seen"]


def test_two_who_open_it_at_once_have_seen_it_once(visit: Visit) -> None:
    STATES["cancel asked"](visit)

    def see() -> Any:
        request = visit.now().open_request
        assert request is not None
        return office_actions.mark_seen(again(request), by=actor(visit.people.coach))

    def see_too() -> Any:
        with visit.app.app_context(), transaction():
            return see()

    assert overtaken(visit.app, see, see_too) is None
    assert visit.kinds().count("seen") == 1


def test_agreeing_to_cancel_calls_it_off(visit: Visit) -> None:
    visit.does("cancel")
    visit.decides(office_actions.agree)
    assert visit.now().status is Status.called_off
    request = visit.requests()[-1]
    assert request.decision is Decision.agreed
    assert request.seen_at == request.decided_at, "whoever agrees has seen it"


def test_agreeing_to_a_call_makes_it_one_and_says_who_calls(visit: Visit) -> None:
    visit.does("phone")
    caller = {"caller_name": "Priya Shah", "caller_number": "0113 496 0111"}
    for missing in caller:
        with pytest.raises(Refusal, match="caller"):
            visit.decides(office_actions.agree, **(caller | {missing: ""}))
    visit.decides(office_actions.agree, **caller)
    now = visit.now()
    assert (now.how, now.caller_name, now.status) == (How.phone, "Priya Shah", Status.booked)
    assert now.answer is Answer.asked_for_phone_call


def test_another_time_is_agreed_by_moving(visit: Visit) -> None:
    visit.does("time")
    with pytest.raises(Refusal, match="needs-a-time"):
        visit.decides(office_actions.agree)
    visit.moves()
    assert visit.requests()[-1].decision is not None


@pytest.mark.parametrize("why", ["", "   ", "\n\t"])
def test_a_refusal_needs_a_reason(visit: Visit, why: str) -> None:
    visit.does("cancel")
    with pytest.raises(Refusal, match="why"):
        visit.decides(office_actions.refuse, why=why)
    assert visit.kinds() == ["offered", "asked_to_cancel"]


def test_what_was_refused_still_stands_and_says_why(visit: Visit) -> None:
    visit.does("cancel")
    visit.decides(office_actions.refuse, why="We must meet this week.")
    now = visit.now()
    assert now.status is Status.booked
    assert now.requests[-1].decision_note == "We must meet this week."
    assert visit.kinds()[-1] == "refused"


@pytest.mark.parametrize("first", [office_actions.agree, office_actions.refuse])
@pytest.mark.parametrize("second", [office_actions.agree, office_actions.refuse])
def test_a_request_is_settled_once(visit: Visit, first: Any, second: Any) -> None:
    visit.does("cancel")
    whys = {office_actions.refuse: {"why": "No."}, office_actions.agree: {}}
    request = visit.requests()[-1]
    visit.decides(first, **whys[first])
    with pytest.raises(Refusal, match="decided"), visit.app.app_context(), transaction():
        second(again(request), by=actor(visit.people.coach), **whys[second])


def test_what_the_person_took_back_cannot_be_agreed(visit: Visit) -> None:
    visit.does("cancel")
    request = visit.requests()[-1]
    visit.does("accept")
    with pytest.raises(Refusal, match="decided"), visit.app.app_context(), transaction():
        office_actions.agree(again(request), by=actor(visit.people.coach))
    assert visit.now().status is Status.booked


# What the desk writes down


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
        assert office_actions.offer_slot(*offer).id == office_actions.offer_slot(*offer).id
        with pytest.raises(Refusal, match="past"):
            office_actions.offer_slot(office, SOON - timedelta(days=99), How.phone, 10, None)


def test_a_time_that_somebody_took_is_not_taken_back(visit: Visit) -> None:
    visit.does("pick")
    with visit.app.app_context(), transaction():
        free = slot(visit.people.office, LATER + timedelta(hours=1))
        desk_actions.take_back_slot(free)
        assert free_times.one_of_office(free.id, visit.people.office.id) is None
        with pytest.raises(Refusal, match="taken"):
            desk_actions.take_back_slot(again(visit.free))


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


def test_everything_the_office_does_is_in_the_chain(visit: Visit) -> None:
    visit.does("cancel")
    visit.decides(office_actions.mark_seen)
    visit.decides(office_actions.refuse, why="We must meet.")
    visit.moves()
    visit.office(office_actions.call_off)
    with visit.app.app_context():
        assert log.verify(visit.people.alex.id) == []
        by = {entry.actor_id for entry in log.entries(visit.people.alex.id)[:4]}
    assert by == {visit.people.coach.id}
