"""Reading accounts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.account import events
from portal.account.models import (
    Card,
    Claimant,
    CodeAttempt,
    NumberChange,
    Office,
    Staff,
    TypedText,
    UndeliveredText,
    Visit,
)
from portal.account.numbers import part_of_a_number
from portal.database import count, db
from portal.record.models import Entry

CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
TYPED_TEXT_LIFE = timedelta(days=1)


def claimant(claimant_id: UUID) -> Claimant | None:
    return db.session.get(Claimant, claimant_id)


def claimant_of_office(claimant_id: UUID, office_id: UUID) -> Claimant | None:
    """A person of this office, for its staff."""
    return db.session.scalar(
        sa.select(Claimant).where(Claimant.id == claimant_id, Claimant.office_id == office_id)
    )


def claimant_by_reference(reference: str) -> Claimant | None:
    return db.session.scalar(sa.select(Claimant).where(Claimant.reference == reference))


def claimants_with_number(number: str) -> Sequence[Claimant]:
    """Everybody who uses this number, as far as we know: not those whose texts came to somebody
    else. More than one person may share a phone."""
    return db.session.scalars(
        sa.select(Claimant)
        .where(Claimant.mobile == number, Claimant.number_disowned_at.is_(None))
        .order_by(Claimant.registered_at, Claimant.id)
    ).all()


def on_this_number_since(claimants: Sequence[Claimant]) -> datetime | None:
    """When the last of these people came to the number they have; None when nobody noted it."""
    kinds = (events.Registered.kind, events.NumberChanged.kind)
    return db.session.scalar(
        sa.select(sa.func.max(Entry.at)).where(
            Entry.claimant_id.in_([each.id for each in claimants]), Entry.kind.in_(kinds)
        )
    )


def number_is_in_doubt(claimant: Claimant) -> bool:
    """True when the number may not work, or may be somebody else's by now."""
    return bool(
        claimant.number_suspended_at or claimant.number_doubted_at or claimant.number_disowned_at
    )


def claimants_of_office(office_id: UUID, text: str = "", limit: int = 50) -> Sequence[Claimant]:
    """People of an office whose name, reference or number contains `text`."""
    query = sa.select(Claimant).where(Claimant.office_id == office_id)
    if text.strip():
        wanted = text.strip()
        query = query.where(
            Claimant.full_name.icontains(wanted, autoescape=True)
            | Claimant.reference.icontains(wanted, autoescape=True)
            | Claimant.mobile.contains(part_of_a_number(wanted), autoescape=True)
        )
    return db.session.scalars(query.order_by(Claimant.full_name).limit(limit)).all()


def staff(staff_id: UUID) -> Staff | None:
    return db.session.get(Staff, staff_id)


def staff_by_email(email: str) -> Staff | None:
    return db.session.scalar(
        sa.select(Staff).where(Staff.email == email.strip().lower(), Staff.active.is_(True))
    )


def staff_of_office(office_id: UUID) -> Sequence[Staff]:
    return db.session.scalars(
        sa.select(Staff)
        .where(Staff.office_id == office_id, Staff.active.is_(True))
        .order_by(Staff.name)
    ).all()


def how_many_have_coach(staff_id: UUID) -> int:
    """People whose work coach this is."""
    return count(sa.select(Claimant).where(Claimant.coach_id == staff_id))


def office_by_code(code: str) -> Office | None:
    return db.session.scalar(sa.select(Office).where(Office.code == code))


def offices() -> Sequence[Office]:
    return db.session.scalars(sa.select(Office).order_by(Office.name)).all()


def live_attempt(attempt_id: UUID) -> CodeAttempt | None:
    """A request for a code that can still be answered: ten minutes, five tries, once."""
    return db.session.scalar(
        sa.select(CodeAttempt).where(
            CodeAttempt.id == attempt_id,
            CodeAttempt.asked_at > clock.now() - CODE_LIFE,
            CodeAttempt.tries < CODE_TRIES,
            CodeAttempt.used_at.is_(None),
        )
    )


def latest_attempt(number: str, within: timedelta) -> CodeAttempt | None:
    return db.session.scalar(
        sa.select(CodeAttempt)
        .where(
            CodeAttempt.number == number,
            CodeAttempt.asked_at > clock.now() - within,
            CodeAttempt.used_at.is_(None),
            CodeAttempt.tries == 0,
        )
        .order_by(CodeAttempt.asked_at.desc())
        .limit(1)
    )


def live_number_change(claimant: Claimant) -> NumberChange | None:
    return db.session.scalar(
        sa.select(NumberChange)
        .where(
            NumberChange.claimant_id == claimant.id,
            NumberChange.confirmed_at.is_(None),
            NumberChange.asked_at > clock.now() - CODE_LIFE,
            NumberChange.tries < CODE_TRIES,
        )
        .order_by(NumberChange.asked_at.desc())
        .limit(1)
    )


def card(reference: str) -> Card | None:
    return db.session.scalar(
        sa.select(Card).where(Card.reference == reference, Card.revoked_at.is_(None))
    )


def cards_of(claimant_id: UUID) -> Sequence[Card]:
    return db.session.scalars(
        sa.select(Card)
        .where(Card.claimant_id == claimant_id, Card.revoked_at.is_(None))
        .order_by(Card.issued_at.desc())
    ).all()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def visit(token: str) -> Visit | None:
    """The session a browser's token belongs to, ended or not."""
    return db.session.scalar(sa.select(Visit).where(Visit.token_hash == hash_of(token)))


def typed_text(claimant: Claimant) -> TypedText | None:
    return db.session.scalar(
        sa.select(TypedText).where(
            TypedText.claimant_id == claimant.id,
            TypedText.saved_at > clock.now() - TYPED_TEXT_LIFE,
        )
    )


def for_every_desk() -> sa.ColumnElement[bool]:
    """Texts that any member of staff of the office may know of. Those about complaints are
    for those who deal with complaints, and nobody else hears that there are any."""
    return UndeliveredText.what.not_like("complaints.%")


def _undelivered(whose: sa.ColumnElement[bool]) -> sa.Select[UndeliveredText]:
    known = sa.select(UndeliveredText).join(UndeliveredText.claimant)
    return known.where(whose, UndeliveredText.settled_at.is_(None), for_every_desk())


def undelivered(
    office_id: UUID, limit: int | None = None, skip: int = 0
) -> Sequence[UndeliveredText]:
    """Texts that did not arrive and nobody has made up for, longest waiting first."""
    return db.session.scalars(
        _undelivered(Claimant.office_id == office_id)
        .order_by(UndeliveredText.at, UndeliveredText.id)
        .limit(limit)
        .offset(skip)
    ).all()


def how_many_undelivered(office_id: UUID) -> int:
    return count(_undelivered(Claimant.office_id == office_id))


def undelivered_to(claimant_id: UUID) -> Sequence[UndeliveredText]:
    """What this person has not been told by text and nobody has made up for, oldest first."""
    return db.session.scalars(
        _undelivered(UndeliveredText.claimant_id == claimant_id).order_by(UndeliveredText.at)
    ).all()


def open_task(claimant_id: UUID, what: str, regarding: UUID | None) -> UndeliveredText | None:
    """What staff are to tell this person about one thing already, if anything."""
    return db.session.scalar(
        sa.select(UndeliveredText)
        .where(
            UndeliveredText.claimant_id == claimant_id,
            UndeliveredText.what == what,
            UndeliveredText.regarding.is_not_distinct_from(regarding),
            UndeliveredText.settled_at.is_(None),
        )
        .limit(1)
    )


def untold(task_id: UUID, office_id: UUID) -> UndeliveredText | None:
    """What staff of this office are to tell somebody, told already or not."""
    return db.session.scalar(
        sa.select(UndeliveredText)
        .join(UndeliveredText.claimant)
        .where(UndeliveredText.id == task_id, Claimant.office_id == office_id, for_every_desk())
    )


def may_text(claimant: Claimant) -> bool:
    """True when texts may go to this person at all: a number that is theirs as far as we know,
    not stopped, not suspended."""
    return works(claimant) and not claimant.number_doubted_at


def works(claimant: Claimant) -> bool:
    """True when a text may go to the number, though perhaps nothing about the person: it may be
    somebody else's by now."""
    return bool(
        claimant.mobile
        and not claimant.no_phone
        and not claimant.texts_stopped_at
        and not claimant.texts_blocked_at
        and not claimant.number_suspended_at
        and not claimant.number_disowned_at
        and not claimant.texts_unsafe_at
    )


def cannot_be_texted() -> sa.ColumnElement[bool]:
    """The opposite of `may_text`, for a query."""
    return sa.or_(
        Claimant.mobile.is_(None),
        Claimant.no_phone,
        Claimant.texts_stopped_at.is_not(None),
        Claimant.texts_blocked_at.is_not(None),
        Claimant.number_suspended_at.is_not(None),
        Claimant.number_disowned_at.is_not(None),
        Claimant.texts_unsafe_at.is_not(None),
        Claimant.number_doubted_at.is_not(None),
    )


def silent_numbers(since: datetime) -> Sequence[UUID]:
    """Ids of people whose number nothing came from since a moment and who were not asked about
    it, longest silent first."""
    return db.session.scalars(
        sa.select(Claimant.id)
        .where(
            Claimant.number_heard_at < since,
            Claimant.mobile.is_not(None),
            Claimant.texts_stopped_at.is_(None),
            Claimant.texts_unsafe_at.is_(None),
            Claimant.number_suspended_at.is_(None),
            Claimant.number_disowned_at.is_(None),
            Claimant.number_doubted_at.is_(None),
        )
        .order_by(Claimant.number_heard_at, Claimant.id)
    ).all()
