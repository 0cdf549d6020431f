"""The part of the lived-in world that is about complaints: one of Alex's, past every stage that
leaves it open, and who deals with it."""

from __future__ import annotations

from typing import Any

from portal.account import actions as account
from portal.account import codes
from portal.account.models import Staff
from portal.complaints import actions, desk_actions, desk_queries, drafts, helper_actions
from portal.complaints.models import Complaint, Contact, Kind
from portal.complaints.rules import Wish
from portal.database import db
from tests.complaints import made_of
from tests.people import People, actor, again


def complained(
    people: People, words: str
) -> tuple[dict[str, Any], Staff, dict[str, dict[str, Any]]]:
    """What the addresses of these pages are made of, who deals with it and opened it a moment
    ago, and what those of single views are made of."""
    handler = made_of(people).here
    wish = Wish(
        kind=Kind.behaviour,
        what=words,
        happened=words,
        who=words,
        effect=words,
        put_right=words,
        contact=Contact.call,
        contact_note=words,
        kept_from=frozenset({people.colleague.id}),
    )
    sent = actions.send(again(people.alex), wish, by=actor(people.alex))
    assert sent.about is not None
    found = db.session.get_one(Complaint, sent.about)
    desk = actor(handler)
    desk_actions.open_it(found, staff=handler, by=desk)
    desk_actions.acknowledge(found, staff=handler, by=desk)
    desk_actions.ask_more(found, words, staff=handler, by=desk)
    actions.add(found, words, by=actor(people.alex))
    account.needs_telling(
        again(people.alex), what="complaints.reply", regarding=found.id, words=words, language="en"
    )
    task = desk_queries.untold(handler)[0]
    drafts.keep(again(people.alex), {"what": words, "contact_note": words})
    link = helper_actions.let_help(again(people.alex), "Sam", by=actor(people.alex))
    parts = {"complaint_id": found.id, "link_id": link.id}
    of_views: dict[str, dict[str, Any]] = {
        "staff.complaint_untold": {"task_id": task.id},
        "helping.link": {"token": codes.helper_token(link.id)},
    }
    return parts, handler, of_views
