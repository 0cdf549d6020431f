"""Asking for help with costs, what became of it, and the desk's side."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from accessibility_tests.explainer_states import LIKELY
from accessibility_tests.scenes import LONG_WORD, NOTE, Scene
from accessibility_tests.service import NOW
from accessibility_tests.states import State, send
from portal.account.models import Claimant, Staff
from portal.actors import Actor, Assurance, Channel, Kind
from portal.costs import actions, desk_actions
from portal.costs.models import CostRequest, Paid, Pay
from portal.costs.rules import Wish
from portal.database import db

Mine = partial(State, who="claimant")
Desk = partial(State, who="staff")
NEW, DETAIL, SENT = "costs.new_request", "costs.request_detail", "costs.request_sent"
FULL = {
    "item": "id",
    "item_words": f"A provisional driving licence {LONG_WORD}",
    "amount": "£34.50",
    "step": "Driver at a bakery",
    "paid": "no",
}


def _ask(s: Scene, days_ago: float = 1, **more: Any) -> UUID:
    """The person asks for something, all of it said."""
    moment = NOW - timedelta(days=days_ago)
    values = {
        "item": "id",
        "item_words": f"A licence {LONG_WORD}",
        "answers": LIKELY,
        "amount_pence": 3450,
        "amount_typed": "about £34.50",
        "step": NOTE,
        "paid": Paid.with_receipt,
        "needed_by": moment.date() + timedelta(days=30),
    }
    with s.writing(moment):
        entry = actions.ask(s.claimant(), Wish(**(values | more)), by=s.me)
    assert entry.about is not None
    return entry.about


def _request(of: UUID) -> CostRequest:
    return db.session.get_one(CostRequest, of)


def _see(s: Scene, of: UUID) -> UUID:
    with s.writing(NOW - timedelta(hours=5)):
        desk_actions.see(_request(of), staff=db.session.get_one(Staff, s.member), by=s.desk)
    return of


def _agree(s: Scene, of: UUID) -> UUID:
    with s.writing(NOW - timedelta(hours=1)):
        staff = db.session.get_one(Staff, s.member)
        desk_actions.agree(
            _request(of), pence=3450, pay=Pay.back, when=NOTE, keep=NOTE, staff=staff, by=s.desk
        )
    return of


def _refuse(s: Scene, of: UUID) -> UUID:
    with s.writing(NOW - timedelta(hours=1)):
        staff = db.session.get_one(Staff, s.member)
        desk_actions.refuse(_request(of), why=NOTE, staff=staff, by=s.desk)
    return of


def _look_again(s: Scene, of: UUID) -> UUID:
    with s.writing():
        actions.ask_to_look_again(_request(of), by=s.me)
    return of


def _take_back(s: Scene, of: UUID) -> UUID:
    with s.writing():
        actions.withdraw(_request(of), by=s.me)
    return of


def _late(s: Scene) -> UUID:
    of = _ask(s, days_ago=20)
    with s.writing():
        desk_actions.nudge()
    return of


def _page(make: Any, page: str = DETAIL) -> Any:
    return lambda s: s.url(page, cost_id=make(s))


def _receipt(make: Any) -> Any:
    def prepare(s: Scene) -> str:
        make(s)
        return s.url(SENT, receipt=s.last_receipt())

    return prepare


def _new(s: Scene) -> str:
    s.book()
    return "/costs/requests/new"


def _explained(s: Scene) -> str:
    s.session["costs"] = LIKELY
    return "/costs/requests/new"


def _list(s: Scene) -> str:
    _late(s)
    for item, then in (("clothes", _agree), ("tools", _refuse), ("travel", _take_back)):
        then(s, _ask(s, item=item))
    _ask(s, days_ago=0, item="phone", item_words="")
    return "/costs/requests"


def _desk_person(s: Scene) -> str:
    s.book()
    return s.url("staff.told_cost", claimant_id=s.person)


def _waiting(name: str) -> Any:
    def prepare(s: Scene) -> str:
        _late(s)
        _see(s, _ask(s, item="clothes"))
        _look_again(s, _refuse(s, _ask(s, item="tools")))
        return f"/staff/waiting/{name}"

    return prepare


def _counted(s: Scene) -> str:
    """More people than a group needs to be shown."""
    for number in range(21):
        person = s.register(f"Person {number}")
        with s.writing(NOW - timedelta(days=20)):
            by = Actor(Kind.claimant, person, Channel.web, Assurance.signed_in)
            actions.ask(db.session.get_one(Claimant, person), Wish(item="id"), by=by)
    return "/staff/costs/counts"


STATES = (
    Mine("cost-request", NEW, _new),
    Mine("cost-request-explained", NEW, _explained),
    Mine("cost-request-empty", NEW, _new, send(), errors=True),
    Mine(
        "cost-request-wrong",
        NEW,
        _new,
        send(item="other", amount="a million", day="31"),
        errors=True,
    ),
    Mine("cost-request-check", NEW, _new, send(**FULL)),
    Mine("cost-request-sent", SENT, _receipt(_ask)),
    Mine("cost-request-look-again", SENT, _receipt(lambda s: _look_again(s, _refuse(s, _ask(s))))),
    Mine("cost-request-taken-back", SENT, _receipt(lambda s: _take_back(s, _ask(s)))),
    Mine("cost-requests-none", "costs.requests", "/costs/requests"),
    Mine("cost-requests", "costs.requests", _list),
    Mine("cost-asked", DETAIL, _page(_ask)),
    Mine("cost-seen", DETAIL, _page(lambda s: _see(s, _ask(s)))),
    Mine("cost-late", DETAIL, _page(_late)),
    Mine("cost-agreed", DETAIL, _page(lambda s: _agree(s, _ask(s)))),
    Mine("cost-refused", DETAIL, _page(lambda s: _refuse(s, _ask(s)))),
    Mine("cost-looked-at-again", DETAIL, _page(lambda s: _look_again(s, _refuse(s, _ask(s))))),
    Mine("cost-withdrawn", DETAIL, _page(lambda s: _take_back(s, _ask(s)))),
    Mine("start-with-cost-answer", "home.start", lambda s: _agree(s, _ask(s)) and "/"),
    # The desk.
    Desk("desk-cost", "staff.cost", _page(lambda s: _see(s, _ask(s)), "staff.cost")),
    Desk(
        "desk-cost-empty",
        "staff.cost",
        _page(lambda s: _see(s, _ask(s)), "staff.cost"),
        send(),
        errors=True,
    ),
    Desk("desk-cost-late", "staff.cost", _page(_late, "staff.cost")),
    Desk("desk-cost-agreed", "staff.cost", _page(lambda s: _agree(s, _ask(s)), "staff.cost")),
    Desk("desk-cost-refused", "staff.cost", _page(lambda s: _refuse(s, _ask(s)), "staff.cost")),
    Desk(
        "desk-cost-again",
        "staff.cost",
        _page(lambda s: _look_again(s, _refuse(s, _ask(s))), "staff.cost"),
    ),
    Desk("desk-cost-refuse", "staff.refuse_cost", _page(_ask, "staff.refuse_cost")),
    Desk(
        "desk-cost-refuse-empty",
        "staff.refuse_cost",
        _page(_ask, "staff.refuse_cost"),
        send(),
        errors=True,
    ),
    Desk("desk-told-cost", "staff.told_cost", _desk_person),
    Desk("desk-told-cost-empty", "staff.told_cost", _desk_person, send(), errors=True),
    Desk("desk-waiting-costs", "staff.waiting", _waiting("costs")),
    Desk("desk-waiting-costs-manager", "staff.waiting", _waiting("costs-manager")),
    Desk("desk-cost-counts-none", "staff.cost_counts", "/staff/costs/counts"),
    Desk("desk-cost-counts", "staff.cost_counts", _counted),
)
