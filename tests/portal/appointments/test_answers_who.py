"""How sure we must be of whoever answers, and who does not answer in a person's name."""

import pytest

from portal.actors import Actor
from portal.database import transaction
from portal.refusals import Refusal
from tests.people import actor, again
from tests.portal.appointments.conftest import ACTIONS, Visit

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
