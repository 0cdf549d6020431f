"""The complaints desk, for those who deal with complaints; and writing one down for somebody."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from accessibility_tests.browser import Browser
from accessibility_tests.scene_complaint import SAID, colleague
from accessibility_tests.scenes import LONG_WORD, NOTE, Scene
from accessibility_tests.service import NOW
from accessibility_tests.states import State, send
from portal.account import actions as account
from portal.account.models import Claimant, Staff
from portal.actors import Actor, Assurance, Channel, Kind
from portal.complaints import actions, desk_actions, desk_queries, rules
from portal.complaints.models import Complaint, Level
from portal.complaints.rules import Wish
from portal.database import db

Desk = partial(State, who="staff")
PAGE = "staff.complaint"


def _becomes(s: Scene, role: str = rules.HANDLER) -> None:
    """Whoever is at the desk deals with complaints."""
    with s.writing():
        db.session.get_one(Staff, s.member).role = role


def _complain(
    s: Scene,
    days_ago: float = 1,
    person: UUID | None = None,
    role: str = rules.HANDLER,
    **more: Any,
) -> UUID:
    """Somebody complains, all of it said; whoever is at the desk deals with complaints."""
    _becomes(s, role)
    s.book(3)
    who, receipt = person or s.person, s.last_receipt()
    values = SAID | {
        "what": f"{NOTE}\n\n{LONG_WORD}",
        "kept_from": frozenset({colleague(s)}),
        "receipts": frozenset({receipt} if person is None else ()),
        "level": Level.team if role == rules.TEAM else Level.office,
    }
    by = Actor(Kind.claimant, who, Channel.web, Assurance.signed_in)
    with s.writing(NOW - timedelta(days=days_ago)):
        wish = Wish(**(values | more))
        entry = actions.send(db.session.get_one(Claimant, who), wish, by=by)
    assert entry.about is not None
    return entry.about


def _open(s: Scene, of: UUID) -> UUID:
    with s.writing(NOW - timedelta(minutes=5)):
        found, staff = db.session.get_one(Complaint, of), db.session.get_one(Staff, s.member)
        desk_actions.open_it(found, staff=staff, by=s.desk)
    return of


def _talk(s: Scene, of: UUID) -> UUID:
    """They ask, the person adds, and they acknowledge it."""
    with s.writing(NOW - timedelta(minutes=4)):
        found, staff = db.session.get_one(Complaint, of), db.session.get_one(Staff, s.member)
        desk_actions.acknowledge(found, staff=staff, by=s.desk)
        desk_actions.ask_more(found, NOTE, staff=staff, by=s.desk)
    with s.writing(NOW - timedelta(minutes=2)):
        actions.add(db.session.get_one(Complaint, of), NOTE, by=s.me)
    return of


def _answer(s: Scene, of: UUID, *, final: bool = False) -> UUID:
    with s.writing(NOW - timedelta(minutes=3)):
        found, staff = db.session.get_one(Complaint, of), db.session.get_one(Staff, s.member)
        desk_actions.answer(
            found,
            looked_at=NOTE,
            found_out=NOTE,
            will_do=NOTE,
            final=final,
            staff=staff,
            by=s.desk,
        )
    return of


def _untell(s: Scene, of: UUID) -> UUID:
    """A text about it does not arrive."""
    with s.writing():
        found = db.session.get_one(Complaint, of)
        words = f"You have a reply. Ref {found.receipt}."
        account.needs_telling(
            found.claimant, what="complaints.reply", regarding=of, words=words, language="en"
        )
        task = desk_queries.untold(db.session.get_one(Staff, s.member))[0]
        return task.id


def _page(make: Any, page: str = PAGE) -> Any:
    return lambda s: s.url(page, complaint_id=make(s))


def _none(s: Scene) -> str:
    _becomes(s)
    return "/staff/complaints"


def _list(s: Scene) -> str:
    for number, days in enumerate((1, 16, 30)):
        _complain(s, days, s.register(f"Person {number} {LONG_WORD[:40]}"))
    _untell(s, _complain(s, 20))
    _answer(s, _open(s, _complain(s, 3, s.register("محمد عبد الرحمن"))))
    return "/staff/complaints"


def _team_list(s: Scene) -> str:
    _complain(s, role=rules.TEAM)
    return "/staff/complaints"


def _untold(s: Scene) -> str:
    of = _complain(s)
    return s.url("staff.complaint_untold", complaint_id=of, task_id=_untell(s, of))


def _counted(s: Scene) -> str:
    """More people than a group needs to be shown."""
    for number in range(21):
        _complain(s, 5, s.register(f"Person {number}"), receipts=frozenset())
    return "/staff/complaints/pattern"


def _pattern(s: Scene) -> str:
    _complain(s)
    return "/staff/complaints/pattern"


def _told(s: Scene) -> str:
    colleague(s)
    return s.url("staff.told_complaint", claimant_id=s.person)


def _answered_meanwhile(browser: Browser, s: Scene) -> None:
    """Somebody else answers while they write."""
    _answer(s, UUID(browser.path.split("/")[3]))
    browser.send_plainly(looked_at="a", found_out="b", will_do="c")


def _taken_further_meanwhile(browser: Browser, s: Scene) -> None:
    with s.writing():
        of = db.session.get_one(Complaint, UUID(browser.path.split("/")[3]))
        actions.take_further(of, by=s.me)
    browser.send_plainly(looked_at=NOTE, found_out="b", will_do="c")


def _opened(s: Scene, **more: Any) -> UUID:
    return _open(s, _complain(s, **more))


_WORDS = ("what", "happened", "who", "effect", "put_right", "contact_note")


def _in_other_letters(s: Scene) -> UUID:
    """In Tigrinya, which is no language of the service."""
    return _open(s, _complain(s, **dict.fromkeys(_WORDS, "ሰኑይ ክመጽእ ኣይክእልን እየ")))


STATES = (
    Desk("desk-complaint-in-other-letters", PAGE, _page(_in_other_letters)),
    Desk("complaints-desk-none", "staff.complaints", _none),
    Desk("complaints-desk", "staff.complaints", _list),
    Desk("complaints-desk-team", "staff.complaints", _team_list),
    Desk("complaints-desk-find-empty", "staff.complaints", _none, send(), errors=True),
    Desk(
        "complaints-desk-find-unknown",
        "staff.complaints",
        _none,
        send(reference="K7QM-2P4A"),
        errors=True,
    ),
    Desk("complaint-desk-closed", PAGE, _page(_complain)),
    Desk("complaint-desk-opened", PAGE, _page(_opened)),
    Desk("complaint-desk-late", PAGE, _page(lambda s: _opened(s, days_ago=30))),
    Desk("complaint-desk-talk", PAGE, _page(lambda s: _talk(s, _opened(s)))),
    Desk("complaint-desk-answered", PAGE, _page(lambda s: _answer(s, _opened(s)))),
    Desk(
        "complaint-desk-final",
        PAGE,
        _page(lambda s: _answer(s, _opened(s, role=rules.TEAM), final=True)),
    ),
    Desk(
        "complaint-desk-ask",
        "staff.ask_about_complaint",
        _page(_opened, "staff.ask_about_complaint"),
    ),
    Desk(
        "complaint-desk-ask-empty",
        "staff.ask_about_complaint",
        _page(_opened, "staff.ask_about_complaint"),
        send(),
        errors=True,
    ),
    Desk(
        "complaint-desk-answer", "staff.answer_complaint", _page(_opened, "staff.answer_complaint")
    ),
    Desk(
        "complaint-desk-answer-empty",
        "staff.answer_complaint",
        _page(_opened, "staff.answer_complaint"),
        send(),
        errors=True,
    ),
    Desk(
        "complaint-desk-answer-final",
        "staff.answer_complaint",
        _page(lambda s: _opened(s, days_ago=30, role=rules.TEAM), "staff.answer_complaint"),
    ),
    Desk(
        "complaint-desk-answered-meanwhile",
        "staff.answer_complaint",
        _page(_opened, "staff.answer_complaint"),
        _answered_meanwhile,
        status=409,
    ),
    Desk(
        "complaint-desk-taken-further-meanwhile",
        "staff.answer_complaint",
        _page(_opened, "staff.answer_complaint"),
        _taken_further_meanwhile,
        status=409,
    ),
    Desk("complaint-desk-told", "staff.told_more", _page(_opened, "staff.told_more")),
    Desk(
        "complaint-desk-told-empty",
        "staff.told_more",
        _page(_opened, "staff.told_more"),
        send(),
        errors=True,
    ),
    Desk("complaint-desk-untold", "staff.complaint_untold", _untold),
    Desk("complaints-desk-pattern-none", "staff.complaints_pattern", _pattern),
    Desk("complaints-desk-pattern", "staff.complaints_pattern", _counted),
    Desk("desk-told-complaint", "staff.told_complaint", _told),
    Desk("desk-told-complaint-empty", "staff.told_complaint", _told, send(), errors=True),
    Desk(
        "desk-told-complaint-written",
        "staff.told_complaint",
        _told,
        send(kind="delay", what="Nobody called me."),
    ),
)
