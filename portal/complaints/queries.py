"""Reading complaints. Claimants' reads start from the person, and staff's from the member of
staff: whoever must not see a complaint cannot be told from somebody for whom there is none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import defer

from portal.account.events import TextNotDelivered
from portal.account.models import Claimant, Staff
from portal.complaints import rules
from portal.complaints.models import (
    Attached,
    Complaint,
    Draft,
    HelperLink,
    KeptFrom,
    Level,
    Said,
    Word,
)
from portal.database import db
from portal.record.models import Entry


def of_claimant(claimant: Claimant) -> Sequence[Complaint]:
    """Everything this person complained about: what waits first, then newest first."""
    return db.session.scalars(
        sa.select(Complaint)
        .where(Complaint.claimant_id == claimant.id)
        .order_by(Complaint.answered_at.is_not(None), Complaint.sent_at.desc(), Complaint.id)
    ).all()


def complaint(claimant: Claimant, complaint_id: UUID) -> Complaint | None:
    """This person's complaint, or None: an unknown id and somebody else's look the same."""
    return db.session.scalar(
        sa.select(Complaint).where(
            Complaint.id == complaint_id, Complaint.claimant_id == claimant.id
        )
    )


def waiting_of(claimant: Claimant) -> Sequence[Complaint]:
    """What this person waits for an answer to, oldest first."""
    return db.session.scalars(
        sa.select(Complaint)
        .where(Complaint.claimant_id == claimant.id, *_unanswered())
        .order_by(Complaint.sent_at, Complaint.id)
    ).all()


def for_the_start(claimant: Claimant) -> Sequence[Complaint]:
    """What is worth a line on this person's first page: answers they have not opened, and what
    waits."""
    return db.session.scalars(
        sa.select(Complaint)
        .where(
            Complaint.claimant_id == claimant.id,
            Complaint.withdrawn_at.is_(None),
            Complaint.answer_read_at.is_(None),
        )
        .order_by(Complaint.sent_at, Complaint.id)
    ).all()


def draft(claimant: Claimant) -> Draft | None:
    """What this person is writing."""
    return db.session.scalar(sa.select(Draft).where(Draft.claimant_id == claimant.id))


def words(complaint: Complaint) -> Sequence[Word]:
    """Everything that was said about it since, oldest first, as in the record."""
    return db.session.scalars(
        sa.select(Word)
        .outerjoin(Entry, Entry.receipt == Word.receipt)
        .where(Word.complaint_id == complaint.id)
        .order_by(Word.at, Entry.number, Word.id)
    ).all()


def team_answered(complaint: Complaint) -> bool:
    """Whether the complaints team answered it before: what they say next is the last word, after
    which somebody outside can be asked."""
    said = (each for each in words(complaint) if each.said is Said.answer)
    return any(each.staff and rules.level_of(each.staff) is Level.team for each in said)


def asks(complaint: Complaint) -> bool:
    """Whether a question of the desk was the last that was said about it."""
    last = next(reversed(words(complaint)), None)
    return complaint.is_open and last is not None and last.said is Said.more_asked


def attached(complaint: Complaint) -> Sequence[str]:
    """Receipts of what it is about."""
    return db.session.scalars(
        sa.select(Attached.receipt)
        .where(Attached.complaint_id == complaint.id)
        .order_by(Attached.receipt)
    ).all()


def kept_from(complaint: Complaint) -> Sequence[Staff]:
    """Who must never see it, by name."""
    return db.session.scalars(
        sa.select(Staff)
        .join(KeptFrom, KeptFrom.staff_id == Staff.id)
        .where(KeptFrom.complaint_id == complaint.id)
        .order_by(Staff.name, Staff.id)
    ).all()


def may_be_kept_from(claimant: Claimant) -> Sequence[Staff]:
    """Whom somebody may name, and staff may name for them: those of the office, the own work
    coach wherever they are now, and the complaints team."""
    return db.session.scalars(
        sa.select(Staff)
        .where(
            sa.or_(
                sa.and_(Staff.office_id == claimant.office_id, Staff.active),
                Staff.id == claimant.coach_id,
                sa.and_(Staff.role == rules.TEAM, Staff.active),
            )
        )
        .order_by(Staff.name, Staff.id)
    ).all()


def staff_of(ids: Collection[UUID]) -> Sequence[Staff]:
    """These members of staff, by name."""
    return db.session.scalars(
        sa.select(Staff).where(Staff.id.in_(ids)).order_by(Staff.name, Staff.id)
    ).all()


_CAN_BE_ATTACHED = ("appointments.", "messages.", "commitment.", "costs.", "plan.")


def can_be_attached(
    claimant: Claimant, chosen: Collection[str] = (), limit: int = 20
) -> Sequence[Entry]:
    """What of this person's record a complaint is most likely about, and what they have chosen
    already, newest first. Anything else of it can be named by its receipt."""
    kinds = [Entry.kind.startswith(task, autoescape=True) for task in _CAN_BE_ATTACHED]
    theirs = sa.select(Entry).where(Entry.claimant_id == claimant.id)
    likely = sa.or_(*kinds, Entry.kind == TextNotDelivered.kind)
    newest = db.session.scalars(
        theirs.where(likely).order_by(Entry.number.desc()).limit(limit)
    ).all()
    named = db.session.scalars(theirs.where(Entry.receipt.in_(chosen))).all() if chosen else ()
    return sorted({*newest, *named}, key=lambda each: -each.number)


def link(link_id: UUID) -> HelperLink | None:
    """A helper's link by its id alone. Whoever asks must hold what its browser holds."""
    return db.session.get(HelperLink, link_id)


def by_token(token_hash: str) -> HelperLink | None:
    """A helper's link by what is kept of its token, whatever became of it."""
    return db.session.scalar(sa.select(HelperLink).where(HelperLink.token_hash == token_hash))


def links(draft: Draft) -> Sequence[HelperLink]:
    """Everybody who was asked to write it, the last one first."""
    return db.session.scalars(
        sa.select(HelperLink)
        .where(HelperLink.draft_id == draft.id)
        .order_by(HelperLink.made_at.desc(), HelperLink.id)
    ).all()


def was_shown(draft: Draft | None) -> bool:
    """Whether a helper has had before them what the person is writing."""
    return draft is not None and any(each.opened_at for each in links(draft))


# --- for staff ---------------------------------------------------------------------------


def may_see(staff: Staff) -> sa.ColumnElement[bool]:
    """Which complaints a member of staff may know of at all. The one rule of every list, count,
    search and page: by role, by office for those who are in one, and never theirs to see when
    they are among those it is kept from. What nobody in an office may see, because nobody there
    deals with complaints or all who do are kept from it, is before the complaints team."""
    level = rules.level_of(staff)
    if level is None or not staff.active:
        return sa.false()
    kept = sa.select(KeptFrom.complaint_id).where(KeptFrom.staff_id == staff.id)
    if level is Level.office:
        return sa.and_(
            Complaint.level == level,
            Complaint.office_id == staff.office_id,
            Complaint.id.not_in(kept),
        )
    return sa.and_(sa.or_(Complaint.level == level, ~_somebody_there()), Complaint.id.not_in(kept))


def _somebody_there() -> sa.ColumnElement[bool]:
    """Whether anybody in the office of a complaint may have it before them."""
    from_them = sa.exists().where(
        KeptFrom.complaint_id == Complaint.id, KeptFrom.staff_id == Staff.id
    )
    return sa.exists().where(
        Staff.office_id == Complaint.office_id,
        Staff.role == rules.HANDLER,
        Staff.active,
        ~from_them.correlate(Complaint, Staff),
    )


def for_staff(staff: Staff, complaint_id: UUID) -> Complaint | None:
    """A complaint that this member of staff may see, or None."""
    return db.session.scalar(
        sa.select(Complaint).where(Complaint.id == complaint_id, may_see(staff))
    )


def _unanswered() -> tuple[sa.ColumnElement[bool], ...]:
    return Complaint.answered_at.is_(None), Complaint.withdrawn_at.is_(None)


_NOT_IN_LISTS = [defer(getattr(Complaint, name)) for name in (*rules.WRITTEN, "helper")]
"""No list shows a word of it, so none is unsealed for one."""


def open_for(staff: Staff, limit: int | None = None, skip: int = 0) -> Sequence[Complaint]:
    """What waits for an answer from those this member of staff works with: what is due first."""
    return db.session.scalars(
        sa.select(Complaint)
        .where(may_see(staff), *_unanswered())
        .options(*_NOT_IN_LISTS)
        .order_by(Complaint.reply_by, Complaint.sent_at, Complaint.id)
        .limit(limit)
        .offset(skip)
    ).all()


def answered_for(staff: Staff, limit: int, skip: int = 0) -> Sequence[Complaint]:
    """What was answered, latest first."""
    return db.session.scalars(
        sa.select(Complaint)
        .where(may_see(staff), Complaint.answered_at.is_not(None))
        .options(*_NOT_IN_LISTS)
        .order_by(Complaint.answered_at.desc(), Complaint.id)
        .limit(limit)
        .offset(skip)
    ).all()


def who_could_see(office_id: UUID, level: Level, without: Sequence[UUID]) -> Sequence[Staff]:
    """Who will have a complaint before them, to be shown to the person before it is sent."""
    role = rules.HANDLER if level is Level.office else rules.TEAM
    query = sa.select(Staff).where(Staff.role == role, Staff.active, Staff.id.not_in(without))
    if level is Level.office:
        query = query.where(Staff.office_id == office_id)
    return db.session.scalars(query.order_by(Staff.name, Staff.id)).all()


def who_sees(found: Complaint) -> tuple[Level, Sequence[Staff]]:
    """Who has it before them: those of its level, or the complaints team where nobody of the
    office is left who may see it. The same as `may_see` says of each of them."""
    return who_would_see(found.office_id, found.level, [each.id for each in kept_from(found)])


def who_would_see(
    office_id: UUID, level: Level, without: Sequence[UUID]
) -> tuple[Level, Sequence[Staff]]:
    """The same of a complaint that is still to be sent."""
    there = who_could_see(office_id, level, without)
    if there or level is Level.team:
        return level, there
    return Level.team, who_could_see(office_id, Level.team, without)


def late(today: date) -> Sequence[UUID]:
    """Complaints without an answer of which the day is over, and the person was not told."""
    return db.session.scalars(
        sa.select(Complaint.id)
        .where(
            *_unanswered(),
            Complaint.reply_by < today,
            Complaint.told_late_on.is_(None),
        )
        .order_by(Complaint.reply_by, Complaint.id)
        .limit(200)
    ).all()
