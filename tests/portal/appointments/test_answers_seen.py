"""An answer to what somebody saw, when it has changed since."""

import pytest
from flask import Flask

from portal.languages import say
from portal.refusals import Refusal
from tests.portal.appointments.conftest import ACTIONS, Visit


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
