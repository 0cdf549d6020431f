"""The one open question of a phone number: which it is, and asking a new one.

An offer's question is the offer itself, as it was sent. Questions of the conversation (the
echo code, a choice, "did you mean") are kept in `Dialogue`. Whichever was asked last is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from notifications.conversation import grammar, offers
from notifications.models import Dialogue
from portal import clock
from portal.account.models import Claimant
from portal.appointments import queries as appointments
from portal.appointments.models import Appointment
from portal.database import db

NONE = "none"
OFFER = "offer"
AFRESH = "afresh"
"""Something else was asked since the offer, so a bare digit cannot mean it: it is put again."""
WHICH = "which"
CONFIRM_CANCEL = "confirm_cancel"
REASON = "reason"
PICK_TIME = "pick_time"
SUGGEST = "suggest"
MENU = "menu"
SETTINGS = "settings"
LANGUAGE = "language"
CALL_WHEN = "call_when"
LATE = "late"
QUIET_TIMES = "quiet_times"
LETTERS = "letters"
NEW_NUMBER = "new_number"
NEW_NUMBER_CODE = "new_number_code"
NUMBER_CHECK = "number_check"
WHO = "who"
PIN = "pin"
"""These two come before what was asked or said, and give it back afterwards."""
MESSAGE = "message"
REVIEW = "review"

LIFE = {
    OFFER: timedelta(days=14),
    LATE: timedelta(hours=2),
    NUMBER_CHECK: timedelta(days=365),
    WHO: timedelta(hours=4),
    PIN: timedelta(hours=1),
    # A sender can be forged: these two trust that the PIN was given just before.
    NEW_NUMBER: timedelta(minutes=15),
    NEW_NUMBER_CODE: timedelta(minutes=15),
}
USUAL_LIFE = timedelta(hours=24)
_WRITING_LIFE = timedelta(hours=48)
_BEFORE_START = {CONFIRM_CANCEL: timedelta(hours=2)}


@dataclass(frozen=True)
class Question:
    """What was asked last, and about which appointment as it was then."""

    kind: str = NONE
    asked_at: datetime | None = None
    regarding: UUID | None = None
    version: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_writing(self) -> bool:
        """Somebody is in the middle of writing to us: their words are no answers."""
        return "parts" in self.facts and self.kind != REVIEW

    @property
    def state(self) -> grammar.State:
        """As the grammar needs it to read an answer."""
        match self.kind:
            case "offer":
                return grammar.OFFER
            case "confirm_cancel":
                return grammar.CONFIRM_CANCEL
            case "suggest":
                return grammar.SUGGESTION
            case "reason":
                return grammar.choice("012345")
            case "review":
                return grammar.REVIEW
            case "new_number" | "new_number_code":
                return grammar.FIGURES
            case "quiet_times":
                return grammar.HOURS
            case "pin":
                return grammar.PIN
            case _ if self.is_writing:
                return grammar.FREE_TEXT
            case _ if self.facts.get("digits"):
                return grammar.choice(str(self.facts["digits"]))
            case _:
                return grammar.IDLE


def open_question(number: str, person: Claimant) -> Question:
    """The question that the next bare answer from this number answers."""
    now = clock.now()
    kept = db.session.get(Dialogue, number)
    offered = _offered(number, person)
    if kept is not None and kept.question and kept.expires_at > now and not _is_of(kept, person):
        if offered is not None and (
            _is_stale(offered, kept) or (offered.asked_at or now) > now - offers.JUST_NOW
        ):
            # Somebody else on this phone was asked something: which of the two is meant?
            return _afresh(offered)
    elif kept is not None and kept.question and kept.expires_at > now:
        newer = offers.put_by_text_since(number, person, kept.asked_at)
        if newer is None:
            version = offers.MOVED_SINCE if kept.regarding and _moved_since(kept) else kept.version
            return Question(kept.question, kept.asked_at, kept.regarding, version, kept.facts)
        if offered is not None and newer > now - offers.JUST_NOW:
            return _afresh(offered)
    elif offered is not None and (
        (kept is not None and _is_stale(offered, kept))
        or offers.crossed(offered.regarding, number, now)
    ):
        return _afresh(offered)
    return offered or Question()


def _is_of(kept: Dialogue, person: Claimant) -> bool:
    return kept.claimant_id == person.id


def _offered(number: str, person: Claimant) -> Question | None:
    last = offers.latest(number, person)
    return Question(OFFER, last.asked_at, last.regarding, last.version) if last else None


def asked_since(number: str, person: Claimant, since: datetime) -> bool:
    """True when any question was put to this number after that moment."""
    kept = db.session.get(Dialogue, number)
    if kept is not None and kept.question and kept.asked_at >= since:
        return True
    return offers.put_by_text_since(number, person, since) is not None


def _afresh(offered: Question) -> Question:
    return Question(AFRESH, offered.asked_at, offered.regarding, None, {"digits": "1234"})


def _is_stale(offered: Question, kept: Dialogue) -> bool:
    """True when the conversation went on to something else after the offer was sent: then a
    digit pressed twice, or late, must not be taken for an answer to the offer."""
    return offered.asked_at is not None and kept.asked_at > offered.asked_at


def _moved_since(kept: Dialogue) -> bool:
    appointment = appointments.any_appointment(kept.regarding) if kept.regarding else None
    return appointment is None or appointment.notice_given_at > kept.asked_at


def ask(
    number: str,
    person: Claimant,
    kind: str,
    appointment: Appointment | None = None,
    *,
    until: datetime | None = None,
    **facts: Any,
) -> None:
    """Make this the number's open question, until a moment if one is given; it closes others."""
    now = clock.now()
    usual = _WRITING_LIFE if "parts" in facts else USUAL_LIFE
    expires = until or now + LIFE.get(kind, usual)
    if appointment is not None and kind in _BEFORE_START:
        expires = min(expires, max(now, appointment.starts_at - _BEFORE_START[kind]))
        if expires <= now + timedelta(minutes=10):
            expires = appointment.starts_at
    row = db.session.get(Dialogue, number)
    if row is None:
        row = Dialogue(number=number)
        db.session.add(row)
    if "parts" not in facts:
        set_aside(row)
    row.claimant_id, row.question, row.facts = person.id, kind, dict(facts)
    row.regarding = appointment.id if appointment else None
    row.version = appointment.version if appointment else None
    row.asked_at, row.expires_at = now, expires
    db.session.flush()


def close(number: str) -> None:
    """Nothing of the conversation is open any more. Noted with its time: an offer that is older
    is not what the next digit means."""
    row = db.session.get(Dialogue, number)
    if row is not None:
        set_aside(row)
        row.question, row.facts, row.asked_at = "", {}, clock.now()


def set_aside(row: Dialogue) -> None:
    """Whatever comes in between, what somebody has written is not lost by it."""
    found = written(row)
    if found is not None:
        row.unsent = found


def written(row: Dialogue) -> dict[str, Any] | None:
    """What somebody is writing on a phone: whose, what, its parts. It may lie below a question
    that comes before it, such as that for the PIN. None when they wrote nothing yet."""
    claimant, kind = row.claimant_id.hex if row.claimant_id else None, row.question
    facts = row.facts or {}
    while "parts" not in facts and facts.get("before"):
        below = facts["before"]
        claimant, kind, facts = below["claimant_id"], below["question"], below["facts"]
    if not facts.get("parts") or not claimant:
        return None
    return {"claimant_id": claimant, "of": facts.get("of") or kind, "parts": facts["parts"]}
