"""What happens in a support plan, once, for the world that is walked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal import clock
from portal.about import actions as about
from portal.about import desk_actions as about_desk
from portal.about.actions import Words
from portal.account.models import Claimant
from portal.database import db
from portal.plan import actions, desk_actions, goal_actions, queries
from portal.plan.desk_actions import Offer
from portal.plan.goal_actions import Course
from portal.training.models import Training
from tests.people import People, actor, again

ADDRESSES: dict[str, list[dict[str, Any]]] = {
    "plan.say": [{"what": each} for each in ("happened", "not-happened", "remind", "new-date")],
    "plan.ask": [{"offer": "training"}],
    "staff.told_promise": [{"what": "remind"}],
    "staff.promise_why": [{"what": "withdraw"}, {"what": "keep-date"}],
}


def planned(people: People, words: str) -> dict[str, Any]:
    """Promises kept and late, questions, a goal with a course, and a page about Alex; in the
    caller's transaction. Returns the parts of addresses."""
    alex, coach = again(people.alex), again(people.coach)
    by, desk = actor(people.alex), actor(people.coach)
    late = _promised(alex, Offer("cv", coach, clock.today(), words), desk)
    _promised(alex, Offer("call", coach, clock.today(), words), desk)
    actions.remind(again(late), by=by)
    actions.ask_new_date(again(late), by=by)
    asked = actions.ask_for(alex, "training", needs=("fares",), note=words, by=by)
    desk_actions.see_ask(queries.asks(alex)[0], by=desk)
    goal_actions.write_goal(alex, words, by=by)
    day = clock.today()
    goal_actions.add_step(alex, words, day, missing=words, by=by)
    course = goal_actions.add_course(
        alex,
        Course(words, words, day, "Book an interview with an employer.", late.due, coach, words),
        by=desk,
    )
    page = about.write_page(alex, Words(needs=words, more=words, interpreter="العربية"), by=by)
    about.approve_page(page, by=by)
    about_desk.open_page(page, staff=coach, by=desk)
    training = _training()
    return {
        "promise_id": late.id,
        "ask_id": asked.about,
        "step_id": course.about,
        "training_id": training.id,
    }


def _promised(alex: Claimant, offer: Offer, desk: Any) -> Any:
    entry = desk_actions.promise(alex, offer, by=desk)
    assert entry.about is not None
    found = queries.promise(alex, entry.about)
    assert found is not None
    return found


def _training() -> Training:
    training = Training(
        source="walk",
        reference="1",
        name="Food hygiene",
        provider="City College",
        place="Leeds",
        free_places=2,
        last_checked=clock.today() - timedelta(days=3),
        changed_at=clock.now(),
    )
    db.session.add(training)
    db.session.flush()
    return training
