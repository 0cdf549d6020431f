"""The commitments of the world in which everything has happened once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal import clock
from portal.commitment import actions, ask_actions, desk_actions, queries
from portal.commitment.drafting import PointWords
from tests.commitments import ARABIC, CV, LOOK, accepted, draft, sent
from tests.people import People, actor, again

HOW = ("up", "remove")
DRAFTS = (
    "staff.draft",
    "staff.new_point",
    "staff.edit_point",
    "staff.arrange_point",
    "staff.drop_draft",
    "staff.send_draft",
)


def committed(people: People, words: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """One version in force, one that waits, one being written; and everything that can be asked.

    Returns the parts of addresses, and those of views that are about the draft.
    """
    alex, desk, coach = people.alex, actor(people.coach), again(people.coach)
    own = PointWords(words=words[:120], why=words, official=words)
    first = accepted(alex, people.coach, (LOOK, own), note=words)
    asked = ask_actions.ask_for_change(
        first.points[0], reason="caring", words=words, instead=words, by=actor(alex)
    )
    request = queries.request(again(alex), asked.about) if asked.about else None
    assert request is not None
    desk_actions.refuse(request, why=words, staff=coach, by=desk)
    ask_actions.ask_another_coach(request, words=words, by=actor(alex))
    ask_actions.ask_for_pause(again(alex), ["carer", "child_2"], words=words, by=actor(alex))
    actions.say_done(first.points[1], True, by=actor(alex))
    waits = sent(
        alex,
        people.coach,
        (LOOK, CV, ARABIC, own),
        deductions=[("caring", 10)],
        pauses=[("meetings", clock.today() + timedelta(days=20)), ("ready", None)],
        note=words,
    )
    desk_actions.note_known(
        again(alex), "carer", clock.today() - timedelta(days=40), staff=coach, by=desk
    )
    begun = draft(alex, people.coach, (LOOK, own), note=words)
    parts = {
        "version_id": waits.id,
        "position": 1,
        "point_id": waits.points[0].id,
        "change_id": request.id,
        "how": "up",
    }
    of_draft = {"version_id": begun.id, "point_id": begun.points[1].id}
    return parts, dict.fromkeys(DRAFTS, of_draft)
