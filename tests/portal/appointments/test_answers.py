"""What a person can do with an appointment, in every state it can be in."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask

from portal.actors import Actor
from portal.appointments import actions, office_actions
from portal.appointments import slot_queries as free_times
from portal.appointments.models import Answer, Appointment, Ask, Decision, How, Slot, Status
from portal.database import transaction
from portal.languages import say
from portal.record import log
from portal.refusals import Refusal
from tests.crowd import together
from tests.people import SOON, actor, again, appointment, slot
from tests.portal.appointments.conftest import ACTIONS, LATER, STATES, Visit

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


# Who may answer


NOT_ENOUGH = {
    "nobody": set(ACTIONS),
    "text": {"cancel"},
    "echo": set(),
    "link": set(),
    "web": set(),
}


@pytest.mark.parametrize("door", NOT_ENOUGH)
@pytest.mark.parametrize("action", ["accept", "cancel", "phone", "time", "pick", "undo"])
def test_each_action_states_how_sure_we_must_be(visit: Visit, door: str, action: str) -> None:
    """A sender number can be forged: by number alone nobody asks to cancel."""
    if action == "undo":
        visit.does("accept")
    if action in NOT_ENOUGH[door]:
        before = visit.kinds()
        assert visit.refuses(action, door).code == "not-sure-enough"
        assert visit.kinds() == before
    else:
        entry = visit.does(action, door)
        assert entry.channel == {"echo": "sms", "text": "sms"}.get(door, door)


@pytest.mark.parametrize("action", ["pick", "undo"])
def test_staff_do_not_answer_in_a_persons_name(visit: Visit, action: str) -> None:
    visit.does("accept")
    by = actor(visit.people.coach)
    with pytest.raises(Refusal) as refused, visit.app.app_context(), transaction():
        ACTIONS[action](visit, again(visit.row), by, {})
    assert refused.value.code == "not-sure-enough"


def test_the_service_itself_answers_for_nobody(visit: Visit) -> None:
    for action in ("pick", "undo"):
        with pytest.raises(Refusal), visit.app.app_context(), transaction():
            ACTIONS[action](visit, again(visit.row), Actor.system(), {})
    assert visit.kinds() == ["offered"]


# Which state the person saw


def english(app: Flask, refusal: Refusal) -> str:
    with app.app_context():
        return say(refusal.sentence)


def test_an_answer_to_the_state_that_was_seen_is_taken(visit: Visit) -> None:
    assert visit.does("accept", version=visit.now().version)
    assert visit.does("cancel", version=visit.now().version)
    assert visit.does("undo", version=visit.now().version)


@pytest.mark.parametrize("action", ["cancel", "phone", "time", "pick"])
def test_whoever_was_slower_hears_what_happened(visit: Visit, action: str) -> None:
    entry = visit.does("accept", "text")
    refusal = visit.refuses(action, version=1)
    assert refusal.code == "answered"
    said = english(visit.app, refusal)
    assert "Nothing new was recorded. You accepted this appointment." in said
    assert "Monday 1 February 2027, 9:01am" in said
    assert entry.receipt in said


@pytest.mark.parametrize("action", ACTIONS)
def test_whoever_answers_the_old_time_hears_the_new_one(visit: Visit, action: str) -> None:
    visit.does("accept")
    seen = visit.now().version
    visit.moves()
    if action == "undo":
        visit.does("accept")
    refusal = visit.refuses(action, version=seen)
    said = english(visit.app, refusal)
    if action == "undo":
        assert refusal.code == "answered"
        assert "You accepted this appointment." in said
    else:
        assert refusal.code == "moved"
        assert "It is now on Friday 12 February 2027, 10:30am." in said


def test_saying_the_same_again_is_no_conflict(visit: Visit) -> None:
    """A page that is one answer old, pressed twice: the same receipt, not a refusal."""
    for action in ("accept", "cancel", "phone"):
        seen = visit.now().version
        entry = visit.does(action, version=seen)
        assert visit.does(action, version=seen).receipt == entry.receipt


def test_nonsense_about_the_version_is_refused(visit: Visit) -> None:
    assert visit.refuses("accept", version=99).code == "changed"
    assert visit.refuses("accept", version=-1).code == "changed"


# Free times


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


def both_at_once(app: Flask, *acts: Any) -> list[str]:
    """Do these in threads at the same moment; the kind of entry, or the code of the refusal."""

    def run(act: Any) -> str:
        with app.app_context():
            try:
                with transaction():
                    return str(act().kind)
            except Refusal as refusal:
                return f"!{refusal.code}"

    return together(*(partial(run, act) for act in acts))


def test_a_time_that_several_take_at_once_goes_to_one(visit: Visit) -> None:
    people = (visit.people.alex, visit.people.stranger)
    with visit.app.app_context(), transaction():
        rows = [appointment(again(person)) for person in people for _ in range(2)]
    whose = [people[0]] * 2 + [people[1]] * 2

    def take(row: Appointment, person: Any) -> Any:
        return lambda: actions.pick_time(again(row), again(visit.free), by=actor(person))

    found = both_at_once(visit.app, *(take(*pair) for pair in zip(rows, whose, strict=True)))
    assert sorted(found) == ["!slot-gone"] * 3 + ["appointments.time_picked"]
    with visit.app.app_context():
        taken = again(visit.free).taken_by
        assert taken in [row.id for row in rows]
        assert [again(row).starts_at for row in rows].count(LATER) == 1
        assert [log.verify(person.id) for person in people] == [[], []]


def test_two_doors_at_once_one_wins_and_the_other_hears_of_it(visit: Visit) -> None:
    alex = visit.people.alex
    found = both_at_once(
        visit.app,
        lambda: actions.accept(again(visit.row), version=1, by=actor(alex)),
        lambda: actions.ask_to_cancel(again(visit.row), version=1, by=actor(alex, "link")),
        lambda: actions.ask_for_phone_call(again(visit.row), version=1, by=actor(alex, "text")),
    )
    assert sorted(kind.startswith("!answered") for kind in found) == [False, True, True]
    assert len(visit.kinds()) == 2
    with visit.app.app_context():
        assert log.verify(alex.id) == []


def test_the_same_answer_through_many_doors_is_one_entry(visit: Visit) -> None:
    alex = visit.people.alex

    def accept(door: str) -> Any:
        return lambda: actions.accept(again(visit.row), version=1, by=actor(alex, door))

    doors = ("web", "web", "link", "text")
    assert both_at_once(visit.app, *map(accept, doors)) == ["appointments.accepted"] * 4
    assert visit.kinds() == ["offered", "accepted"]


def test_an_answer_and_a_move_at_once_leave_no_answer_to_the_old_time(visit: Visit) -> None:
    coach = actor(visit.people.coach)

    def move() -> Any:
        row = again(visit.row)
        booking = office_actions.Booking(LATER, How.in_person, row.purpose)
        return office_actions.move(row, booking, by=coach)

    def accept() -> Any:
        return actions.accept(again(visit.row), version=1, by=actor(visit.people.alex))

    found = both_at_once(visit.app, move, accept)
    assert found[0] == "appointments.moved"
    assert found[1] in ("appointments.accepted", "!moved")
    now = visit.now()
    assert (now.starts_at, now.answer) == (LATER, Answer.none)


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
