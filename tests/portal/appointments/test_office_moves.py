"""The office moves an appointment, describes it again or calls it off: what stands then."""

from typing import Any

import pytest

from portal.appointments import office_actions
from portal.appointments.models import Answer, Decision, How, Status
from portal.appointments.rules import Booking
from portal.record import log
from tests.people import SOON
from tests.portal.appointments.conftest import LATER, STATES, Visit, code_of

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
