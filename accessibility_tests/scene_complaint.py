"""What happens with a complaint in the scenes: written, sent, opened, answered, taken further."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from accessibility_tests.scenes import LONG_WORD, NOTE, Scene
from accessibility_tests.service import NOW
from portal.account.models import Staff
from portal.actors import Actor, Assurance, Channel, Kind
from portal.complaints import actions, desk_actions, drafts, rules
from portal.complaints.models import Complaint, Contact, Level
from portal.complaints.models import Kind as About
from portal.complaints.rules import Wish
from portal.database import db, new_id

SAID: dict[str, Any] = {
    "kind": About.behaviour,
    "what": f"{NOTE}\n\n{NOTE}",
    "happened": "On Monday",
    "who": NOTE,
    "effect": NOTE,
    "put_right": NOTE,
    "contact": Contact.call,
    "contact_note": NOTE,
}
"""A complaint with nothing left out."""


def colleague(s: Scene, role: str = "work coach") -> UUID:
    """Somebody else at the office of the scene."""
    member = Staff(
        id=new_id(),
        email=f"{new_id().hex}@demo.example",
        name=f"Sam {LONG_WORD}",
        password_hash="none",
        totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        office_id=s.office,
        role=role,
    )
    with s.writing():
        db.session.add(member)
    return member.id


def handler(s: Scene, role: str = rules.HANDLER) -> UUID:
    """Somebody who deals with complaints."""
    return colleague(s, role)


def written(s: Scene, **more: Any) -> None:
    """Everything is written, and nothing is sent."""
    s.book(3)
    answers = SAID | {
        "kind": "behaviour",
        "receipts": [s.last_receipt()],
        "codes": "",
        "contact": "call",
        "kept_from": [str(s.member)],
        "level": "office",
    }
    with s.writing(NOW - timedelta(days=2)):
        drafts.keep(s.claimant(), answers | more)


def complain(s: Scene, days_ago: float = 4, **more: Any) -> UUID:
    values = SAID | {"kept_from": frozenset({s.member})}
    if more.get("level") is not Level.team:
        handler(s)
    s.book(3)
    values["receipts"] = frozenset({s.last_receipt()})
    with s.writing(NOW - timedelta(days=days_ago)):
        entry = actions.send(s.claimant(), Wish(**(values | more)), by=s.me)
    assert entry.about is not None
    return entry.about


def complaint(of: UUID) -> Complaint:
    return db.session.get_one(Complaint, of)


def at_work(s: Scene, of: UUID) -> UUID:
    """Those who have it opened it, confirmed it, and asked for more."""
    who = handler(s)
    by = Actor(Kind.staff, who, Channel.desk, Assurance.staff)
    with s.writing(NOW - timedelta(days=2)):
        member = db.session.get_one(Staff, who)
        desk_actions.open_it(complaint(of), staff=member, by=by)
        desk_actions.acknowledge(complaint(of), staff=member, by=by)
        desk_actions.ask_more(complaint(of), NOTE, staff=member, by=by)
    return of


def add(s: Scene, of: UUID) -> UUID:
    with s.writing(NOW - timedelta(days=1)):
        actions.add(complaint(of), NOTE, by=s.me)
    return of


def answer(s: Scene, of: UUID, *, final: bool = False, days_ago: float = 1) -> UUID:
    with s.writing():
        at_the_team = complaint(of).level is Level.team
    who = handler(s, rules.TEAM if at_the_team else rules.HANDLER)
    by = Actor(Kind.staff, who, Channel.desk, Assurance.staff)
    with s.writing(NOW - timedelta(days=days_ago)):
        desk_actions.answer(
            complaint(of),
            looked_at=NOTE,
            found_out=f"{NOTE}\n{NOTE}",
            will_do=NOTE,
            final=final,
            staff=db.session.get_one(Staff, who),
            by=by,
        )
    return of


def final(s: Scene, days_ago: float = 1, **more: Any) -> UUID:
    of = complain(s, level=Level.team, days_ago=days_ago + 5, **more)
    return answer(s, of, final=True, days_ago=days_ago)


def late(s: Scene) -> UUID:
    of = complain(s, days_ago=40)
    with s.writing():
        desk_actions.tell_of_late()
    return of


def further(s: Scene, of: UUID) -> UUID:
    with s.writing():
        actions.take_further(complaint(of), why=NOTE, by=s.me)
    return of


def take_back(s: Scene, of: UUID) -> UUID:
    with s.writing():
        actions.withdraw(complaint(of), by=s.me)
    return of


def several(s: Scene) -> str:
    """One taken back, one late, one answered, and one that is being written."""
    take_back(s, complain(s, kind=About.delay))
    late(s)
    answer(s, complain(s, kind=About.data, level=Level.team))
    written(s)
    return "/complaints"
