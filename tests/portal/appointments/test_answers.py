"""What a person can do with an appointment, in every state it can be in."""

from typing import Any

import pytest

from portal.appointments import actions
from portal.appointments.models import Answer, Ask, Decision, Status
from portal.database import transaction
from portal.record import log
from tests.people import actor, again
from tests.portal.appointments.conftest import ACTIONS, STATES, Visit

CLOSED = {"cancel agreed": "called-off", "called off": "called-off"} | {
    "started": "started",
    "started, accepted": "started",
}
# For each state and action: what is recorded, `same` for the receipt there is already, or the
# code of the refusal.
OUTCOMES: dict[str, dict[str, str]] = {
    "waiting": {
        "accept": "accepted",
        "cancel": "asked_to_cancel",
        "phone": "asked_for_phone_call",
        "time": "asked_for_another_time",
        "pick": "time_picked",
        "undo": "!nothing",
    },
    "accepted": {
        "accept": "same",
        "cancel": "asked_to_cancel",
        "phone": "asked_for_phone_call",
        "time": "asked_for_another_time",
        "pick": "time_picked",
        "undo": "withdrawn",
    },
    "cancel asked": {
        "accept": "accepted",
        "cancel": "same",
        "phone": "asked_for_phone_call",
        "time": "asked_for_another_time",
        "pick": "time_picked",
        "undo": "withdrawn",
    },
    "phone asked": {
        "accept": "accepted",
        "cancel": "asked_to_cancel",
        "phone": "same",
        "time": "asked_for_another_time",
        "pick": "time_picked",
        "undo": "withdrawn",
    },
    "time asked": {
        "accept": "accepted",
        "cancel": "asked_to_cancel",
        "phone": "asked_for_phone_call",
        "time": "same",
        "pick": "time_picked",
        "undo": "withdrawn",
    },
    "time picked": {
        "accept": "same",
        "cancel": "asked_to_cancel",
        "phone": "asked_for_phone_call",
        "time": "asked_for_another_time",
        "pick": "same",
        "undo": "withdrawn",
    },
    "taken back": {
        "accept": "accepted",
        "cancel": "asked_to_cancel",
        "phone": "asked_for_phone_call",
        "time": "asked_for_another_time",
        "pick": "time_picked",
        "undo": "same",
    },
    "cancel refused": {
        "accept": "accepted",
        "cancel": "asked_to_cancel",
        "phone": "asked_for_phone_call",
        "time": "asked_for_another_time",
        "pick": "time_picked",
        "undo": "!refused-already",
    },
    "phone agreed": {
        "accept": "accepted",
        "cancel": "asked_to_cancel",
        "phone": "!phone-already",
        "time": "asked_for_another_time",
        "pick": "time_picked",
        "undo": "!agreed-already",
    },
    "moved": {
        "accept": "accepted",
        "cancel": "asked_to_cancel",
        "phone": "asked_for_phone_call",
        "time": "asked_for_another_time",
        "pick": "time_picked",
        "undo": "!nothing",
    },
} | {state: dict.fromkeys(ACTIONS, f"!{code}") for state, code in CLOSED.items()}


def test_the_table_names_every_state_and_action() -> None:
    assert set(OUTCOMES) == set(STATES)
    assert all(set(row) == set(ACTIONS) for row in OUTCOMES.values())


@pytest.mark.parametrize("state", OUTCOMES)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_in_every_state(visit: Visit, state: str, action: str) -> None:
    STATES[state](visit)
    before, was, outcome = visit.kinds(), visit.now(), OUTCOMES[state][action]
    if outcome.startswith("!"):
        assert visit.refuses(action).code == outcome[1:]
        assert visit.kinds() == before
        assert visit.now().version == was.version
        return
    entry = visit.does(action)
    if outcome == "same":
        assert visit.kinds() == before
        assert entry.receipt == (was.answer_receipt or _last(visit).receipt)
    else:
        assert visit.kinds() == [*before, outcome]
        assert visit.now().version == was.version + 1
    assert visit.does(action).receipt == entry.receipt, "the same again gives the same receipt"
    assert len(visit.kinds()) == len(before) + (outcome != "same")
    assert sum(request.decision is None for request in visit.requests()) <= 1


def _last(visit: Visit) -> Any:
    with visit.app.app_context():
        return log.entries_about(visit.people.alex.id, visit.row.id)[-1]


@pytest.mark.parametrize("action", ["cancel", "phone", "time"])
def test_asking_changes_nothing_in_the_diary(visit: Visit, action: str) -> None:
    was = visit.now()
    visit.does(action)
    now = visit.now()
    assert (now.status, now.starts_at, now.how, now.place) == (
        Status.booked,
        was.starts_at,
        was.how,
        was.place,
    )
    request = now.open_request
    assert request is not None
    assert (request.seen_at, request.decision) == (None, None)
    assert now.answer_receipt == request.receipt


def test_one_request_overtakes_another(visit: Visit) -> None:
    visit.does("cancel")
    visit.does("phone")
    visit.does("time")
    assert [(r.ask, r.decision) for r in visit.requests()] == [
        (Ask.cancel, Decision.overtaken),
        (Ask.phone_call, Decision.overtaken),
        (Ask.another_time, None),
    ]


def test_accepting_and_taking_back_withdraw_what_was_asked(visit: Visit) -> None:
    visit.does("cancel")
    visit.does("accept")
    visit.does("phone")
    visit.does("undo")
    assert {request.decision for request in visit.requests()} == {Decision.withdrawn}
    now = visit.now()
    assert (now.answer, now.answered_at, now.answer_receipt) == (Answer.none, None, None)


def test_a_reason_may_come_with_it_or_after_it_or_never(visit: Visit) -> None:
    visit.does("cancel")
    assert visit.requests()[-1].reason == ""
    entry = visit.does("cancel", reason="ill", note="Flu")
    assert visit.kinds()[-1] == "asked_to_cancel", "something new was said"
    assert visit.does("cancel", reason="ill").receipt == entry.receipt
    assert visit.does("cancel").receipt == entry.receipt, "nothing was taken back"
    with visit.app.app_context(), transaction():
        request = again(visit.requests()[-1])
        actions.give_reason(request, reason="caring", by=actor(visit.people.alex, "text"))
    last = visit.requests()[-1]
    assert (last.reason, last.note) == ("caring", "Flu")


@pytest.mark.parametrize("action", ["cancel", "phone", "time"])
def test_a_reason_that_nobody_offered_is_refused(visit: Visit, action: str) -> None:
    assert visit.refuses(action, reason="<script>").code == "reason"


def test_very_long_notes_are_kept_to_their_length(visit: Visit) -> None:
    visit.does("time", note="x" * 5000)
    assert len(visit.requests()[-1].note) == 2000
