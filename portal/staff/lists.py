"""The lists of what waits at the desk, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from portal import clock
from portal.about import queries as about_queries
from portal.account import concern_queries, guards
from portal.account import queries as account
from portal.appointments import queries as diary
from portal.appointments.models import Ask
from portal.commitment import queries as commitments
from portal.costs import queries as cost_requests
from portal.messages import queries as post
from portal.plan import queries as promised
from portal.typed import queries as typed


@dataclass(frozen=True)
class Waiting:
    """One list of what must be done, longest waiting first."""

    name: str
    title: Any
    nobody: Any
    """What to say when it is empty."""
    read: Callable[[UUID, int, int], Sequence[Any]]
    count: Callable[[UUID], int]


def _asked(ask: Ask) -> dict[str, Any]:
    return {
        "read": lambda office, limit, skip: diary.open_requests(office, ask, limit, skip),
        "count": lambda office: diary.how_many_open_requests(office, ask),
    }


def _changes(*, second: bool) -> dict[str, Any]:
    return {
        "read": lambda office, limit, skip: commitments.open_requests(office, second, limit, skip),
        "count": lambda office: commitments.how_many_open_requests(office, second),
    }


LISTS = (
    Waiting(
        "now",
        _l("Needs you now"),
        _l("Nothing is in anybody's way that you do not know of."),
        diary.open_reports,
        diary.how_many_open_reports,
    ),
    Waiting(
        "calls",
        _l("Waits for a call"),
        _l("Nobody waits for a call."),
        post.open_calls,
        post.how_many_open_calls,
    ),
    Waiting(
        "unknown-calls",
        _l("Numbers we do not know that want a call"),
        _l("No number that we do not know waits for a call."),
        concern_queries.unknown_calls,
        concern_queries.how_many_unknown_calls,
    ),
    Waiting(
        "not-answered",
        _l("Not answered"),
        _l("Nobody waits for a call from you."),
        diary.not_answered,
        diary.how_many_not_answered,
    ),
    Waiting(
        "no-interpreter",
        _l("No interpreter booked yet"),
        _l("Every visit that needs an interpreter has one."),
        diary.without_interpreter,
        diary.how_many_without_interpreter,
    ),
    Waiting(
        "cancel", _l("Asked to cancel"), _l("Nobody waits for an answer."), **_asked(Ask.cancel)
    ),
    Waiting(
        "phone-call",
        _l("Asked for a phone call"),
        _l("Nobody waits for an answer."),
        **_asked(Ask.phone_call),
    ),
    Waiting(
        "another-time",
        _l("Asked for another time"),
        _l("Nobody waits for an answer."),
        **_asked(Ask.another_time),
    ),
    Waiting(
        "costs-manager",
        _l("Help with costs: for a manager"),
        _l("Nothing waits for a manager."),
        cost_requests.for_manager,
        cost_requests.how_many_for_manager,
    ),
    Waiting(
        "costs",
        _l("Help with costs"),
        _l("Nobody waits for an answer about costs."),
        cost_requests.open_requests,
        cost_requests.how_many_open_requests,
    ),
    Waiting(
        "messages",
        _l("Waits for a reply"),
        _l("Nobody waits for a reply."),
        post.waiting,
        post.how_many_waiting,
    ),
    Waiting(
        "changes",
        _l("Asked to change their commitment"),
        _l("Nobody waits for an answer."),
        **_changes(second=False),
    ),
    Waiting(
        "second-opinions",
        _l("Asked for a second opinion"),
        _l("Nobody waits for a second opinion."),
        **_changes(second=True),
    ),
    Waiting(
        "not-accepted",
        _l("Commitment not accepted yet"),
        _l("Every commitment that was sent is accepted."),
        commitments.not_accepted,
        commitments.how_many_not_accepted,
    ),
    Waiting(
        "promises",
        _l("Promises that are late"),
        _l("No promise is late."),
        lambda office, limit, skip: promised.late(office, clock.today(), limit, skip),
        lambda office: promised.how_many_late(office, clock.today()),
    ),
    Waiting(
        "translator",
        _l("Needs a translator"),
        _l("Nothing waits for a translator."),
        typed.waiting,
        typed.how_many_waiting,
    ),
    Waiting(
        "to-read",
        _l("Read before you meet"),
        _l("There is nothing new to read about your people."),
        lambda _office, limit, skip: about_queries.unread_by(guards.this_staff(), limit, skip),
        lambda _office: about_queries.how_many_unread_by(guards.this_staff()),
    ),
    Waiting(
        "asked",
        _l("Asked for help or training"),
        _l("Nobody waits for an answer."),
        promised.open_asks,
        promised.how_many_open_asks,
    ),
    Waiting(
        "not-delivered",
        _l("Text not delivered"),
        _l("Every text arrived, or you have reached the person."),
        account.undelivered,
        account.how_many_undelivered,
    ),
)
