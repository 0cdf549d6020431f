"""Asked, seen, then agreed or refused: the office says why not, and never answers for anybody."""

from typing import Any

import pytest

from portal.appointments import office_actions
from portal.appointments.models import Answer, Decision, How, Status
from portal.database import transaction
from portal.refusals import Refusal
from tests.people import actor, again, overtaken
from tests.portal.appointments.conftest import STATES, Visit


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
