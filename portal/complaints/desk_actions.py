"""What those who deal with complaints do, and what time does. Apart from `actions`: nothing here
may be done in a claimant's name. Whoever calls it has read the complaint through
`queries.for_staff`, which is where it is decided who may.
"""

from __future__ import annotations

from uuid import UUID

from portal import clock
from portal.account.models import Staff
from portal.actors import Actor
from portal.complaints import events, queries, rules, wording
from portal.complaints.actions import TOO_LONG, add_words, again, receipt_of
from portal.complaints.models import Complaint, Level, Said, Word
from portal.database import db
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, Sentence, sentence

SOMEBODY_ELSES = sentence("Somebody else deals with this complaint now.")


def open_it(found: Complaint, *, staff: Staff, by: Actor) -> Entry:
    """A member of staff reads the complaint. Recorded each time, for the person to see; from the
    first time on it is being looked at."""
    again(found)
    _must_see_it(found, staff)
    if found.opened_at is None and found.is_open:
        found.opened_at = clock.now()
    return log.append(found.claimant_id, events.Opened(found.id, found.receipt), by=by)


def acknowledge(found: Complaint, *, staff: Staff, by: Actor) -> Entry | None:
    """Tell the person that it has come, who answers, and by when. Once at each level."""
    again(found)
    _must_see_it(found, staff)
    if found.acknowledged_at is not None or not found.is_open:
        return None
    found.acknowledged_at = clock.now()
    event = events.Acknowledged(found.id, found.receipt, found.reply_by)
    return log.append(found.claimant_id, event, by=by)


def ask_more(
    found: Complaint, words: str, *, word_id: UUID | None = None, staff: Staff, by: Actor
) -> Entry:
    """Ask the person for more. The clock goes on: it is no reason to be late. With the id that
    the page has, a second press of the button finds the first question."""
    words = _written(words, sentence("Write what you need to know. The person will see it."))
    again(found)
    known = db.session.get(Word, word_id) if word_id else None
    if known is not None and known.complaint_id == found.id:
        return receipt_of(known.receipt)
    _must_be_theirs(found, staff)
    word = add_words(found, words, Said.more_asked, staff_id=staff.id, word_id=word_id)
    digest = wording.digest_of_word(word)
    event = events.MoreAsked(found.id, found.receipt, digest, found.contact)
    entry = log.append(found.claimant_id, event, by=by)
    word.receipt = entry.receipt
    return entry


def answer(
    found: Complaint,
    *,
    looked_at: str,
    found_out: str,
    will_do: str,
    final: bool,
    staff: Staff,
    by: Actor,
) -> Entry:
    """The answer, in three parts: what was looked at, what was found, what will be done. What the
    person can do now is said by this service, so that it is always right. A final response is
    the one after which the Independent Case Examiner can be asked; only the complaints team
    gives it."""
    looked_at = _written(looked_at, sentence("Write what you looked at."))
    found_out = _written(found_out, sentence("Write what you found."))
    will_do = _written(will_do, sentence("Write what you will do now, or why nothing is needed."))
    again(found)
    _must_be_theirs(found, staff)
    if final and rules.level_of(staff) is not Level.team:
        raise Refusal("level", sentence("Only the complaints team gives a final response."))
    if not final and queries.team_answered(found):
        raise Refusal("final", sentence("You answered before. This must be the final response."))
    now, late = clock.now(), rules.is_late(found, clock.today())
    word = add_words(found, looked_at, Said.final if final else Said.answer, staff_id=staff.id)
    word.found, word.will_do = found_out, will_do
    db.session.flush()
    found.answered_at, found.was_late = now, found.was_late or late
    found.answer_read_at = None
    found.acknowledged_at = found.acknowledged_at or now
    if final:
        found.final_at = now
    digest = wording.digest_of_word(word)
    event = events.Answered(found.id, found.receipt, final, late, digest, found.contact)
    entry = log.append(found.claimant_id, event, by=by)
    word.receipt = entry.receipt
    return entry


def tell_of_late() -> int:
    """Record, once, that the day is over without an answer, and so tell the person that they can
    go further. Returns how many."""
    today, told = clock.today(), 0
    for complaint_id in queries.late(today):
        found = db.session.get(Complaint, complaint_id)
        assert found is not None
        again(found)
        if not rules.is_late(found, today) or found.told_late_on is not None:
            continue
        found.told_late_on, found.was_late = today, True
        event = events.Late(found.id, found.receipt, found.reply_by, found.contact)
        log.append(found.claimant_id, event, by=Actor.system())
        told += 1
    return told


def _must_see_it(found: Complaint, staff: Staff) -> None:
    """It may have been taken further while they waited for the lock."""
    if queries.for_staff(staff, found.id) is None:
        raise Refusal("level", SOMEBODY_ELSES)


def _must_be_theirs(found: Complaint, staff: Staff) -> None:
    """It may have been taken further, answered or taken back while they wrote."""
    _must_see_it(found, staff)
    if not found.is_open:
        raise Refusal("settled", sentence("This complaint was answered, or taken back, just now."))


def _written(words: str, missing: Sentence) -> str:
    words = words.strip()
    if not words:
        raise Refusal("words", missing)
    if len(words) > rules.LONGEST:
        raise Refusal("words", TOO_LONG)
    return words
