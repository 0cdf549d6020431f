"""What a person can do about a complaint: send it, add to it, take it further, take it back.

Each function takes part in the caller's transaction and returns the entry whose receipt proves
it. Saying the same thing twice records it once.
"""

from __future__ import annotations

from uuid import UUID

from portal import clock, languages
from portal.account.locks import lock
from portal.account.models import Claimant
from portal.actors import Actor
from portal.actors import Kind as ActorKind
from portal.complaints import drafts, events, queries, rules, wording
from portal.complaints.models import Attached, Complaint, KeptFrom, Kind, Level, Said, Word
from portal.complaints.rules import Wish
from portal.database import db, new_id
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence


def send(
    claimant: Claimant,
    wish: Wish,
    *,
    complaint_id: UUID | None = None,
    after: Complaint | None = None,
    by: Actor,
) -> Entry:
    """The person complains. With an id that the draft has, a second press of the button, or a
    second window, finds the first complaint. `after`: things got worse since that one, so it goes
    to the complaints team, past the office.

    The draft it was written in is gone with it. Raises Refusal for no words, or too many, and
    for too many complaints that wait.
    """
    rules.require("send", by)
    _check(claimant, wish, after)
    lock(claimant)
    known = queries.complaint(claimant, complaint_id) if complaint_id else None
    if known is not None:
        return _sent(known)
    # Staff who write one down must not learn how many there are, nor refuse one.
    if by.kind is ActorKind.claimant and len(queries.waiting_of(claimant)) >= rules.MOST_OPEN:
        raise Refusal(
            "too-many",
            sentence(
                "Many of your complaints wait for an answer. Please call %(phone)s.",
                phone=claimant.office.phone,
            ),
        )
    now = clock.now()
    found = Complaint(
        id=complaint_id or new_id(),
        claimant_id=claimant.id,
        office_id=claimant.office_id,
        level=level_for(claimant, wish, after),
        kind=Kind.worse if after is not None else wish.kind,
        what=wish.what,
        happened=wish.happened,
        who=wish.who,
        effect=wish.effect,
        put_right=wish.put_right,
        contact=wish.contact,
        contact_note=wish.contact_note,
        helper=wish.helper,
        language=languages.current().code,
        after_id=after.id if after is not None else None,
        sent_at=now,
        level_since=now,
        reply_by=rules.reply_by(clock.local(now).date(), claimant.office.nation),
    )
    db.session.add(found)
    db.session.flush()
    kept = sorted(kept_from(wish, after))
    db.session.add_all(KeptFrom(complaint_id=found.id, staff_id=each) for each in kept)
    db.session.add_all(
        Attached(complaint_id=found.id, receipt=each) for each in sorted(wish.receipts)
    )
    draft = queries.draft(claimant)
    if draft is not None and draft.id == found.id:
        drafts.let_go(draft)
    db.session.flush()
    event = events.Sent(
        found.id,
        found.kind,
        found.level,
        found.reply_by,
        digest(found),
        bool(found.helper),
        after.receipt if after is not None else "",
    )
    entry = log.append(claimant.id, event, by=by)
    found.receipt = entry.receipt
    return entry


def digest(found: Complaint) -> str:
    """What the record keeps of a complaint, to show later that nothing of it was changed."""
    kept = [each.id for each in queries.kept_from(found)]
    return wording.digest(found, queries.attached(found), kept)


def kept_from(wish: Wish, after: Complaint | None) -> frozenset[UUID]:
    """Who must not see it: whom the person named, and whoever must not see the one before."""
    before = queries.kept_from(after) if after is not None else ()
    return wish.kept_from | {each.id for each in before}


def level_for(claimant: Claimant, wish: Wish, after: Complaint | None) -> Level:
    """Who gets it. The complaints team, where nobody in the office could be shown it: a complaint
    that nobody sees would wait for ever."""
    if after is not None or wish.level is Level.team:
        return Level.team
    kept = sorted(kept_from(wish, after))
    return queries.who_would_see(claimant.office_id, Level.office, kept)[0]


def add(found: Complaint, words: str, *, word_id: UUID | None = None, by: Actor) -> Entry:
    """The person adds something, or answers what staff asked. The clock goes on."""
    rules.require("add", by)
    words = words.strip()
    if not words:
        raise Refusal("words", sentence("Write what you want to add."))
    if len(words) > rules.LONGEST:
        raise Refusal("words", TOO_LONG)
    again(found)
    known = db.session.get(Word, word_id) if word_id else None
    if known is not None and known.complaint_id == found.id:
        return receipt_of(known.receipt)
    if not rules.may_add(found):
        raise Refusal("answered", sentence("This complaint was answered. You can take it further."))
    said = Word(
        id=word_id or new_id(),
        complaint_id=found.id,
        said=Said.added,
        at=clock.now(),
        language=languages.current().code,
        words=words,
    )
    db.session.add(said)
    db.session.flush()
    event = events.Added(found.id, found.receipt, wording.digest_of_word(said))
    entry = log.append(found.claimant_id, event, by=by)
    said.receipt = entry.receipt
    return entry


def take_further(found: Complaint, *, why: str = "", by: Actor) -> Entry:
    """The person is not satisfied, does not want to wait, or the answer is late: the complaints
    team looks at it, outside the office, with a clock of its own (facts 5, step 2)."""
    rules.require("take_further", by)
    again(found)
    if found.level is Level.team and found.is_open:
        return log.last(found.claimant_id, found.id, events.TakenFurther, events.Sent)
    if not rules.may_go_further(found):
        raise Refusal(
            "over", sentence("This complaint is over. You can complain again at any time.")
        )
    word = add_words(found, why.strip(), Said.added, staff_id=None) if why.strip() else None
    now = clock.now()
    found.level, found.level_since = Level.team, now
    found.reply_by = rules.reply_by(clock.local(now).date(), found.office.nation)
    found.answered_at = found.opened_at = found.acknowledged_at = found.answer_read_at = None
    found.told_late_on = None
    digest = wording.digest_of_word(word) if word else ""
    event = events.TakenFurther(found.id, found.receipt, found.reply_by, digest)
    entry = log.append(found.claimant_id, event, by=by)
    if word:
        word.receipt = entry.receipt
    return entry


def withdraw(found: Complaint, *, by: Actor) -> Entry:
    """The person no longer complains. Only while nobody has answered."""
    rules.require("withdraw", by)
    again(found)
    if found.withdrawn_at is not None:
        return log.last(found.claimant_id, found.id, events.Withdrawn)
    if found.answered_at is not None:
        raise Refusal("answered", sentence("This complaint was answered. You can take it further."))
    found.withdrawn_at = clock.now()
    return log.append(found.claimant_id, events.Withdrawn(found.id, found.receipt), by=by)


def open_answer(found: Complaint) -> None:
    """The person has the answer before them. Not recorded: it is nobody's duty to read."""
    if found.answered_at is not None:
        found.answer_read_at = found.answer_read_at or clock.now()


def add_words(
    found: Complaint, words: str, said: Said, *, staff_id: UUID | None, word_id: UUID | None = None
) -> Word:
    """Put down what somebody said about it."""
    word = Word(
        id=word_id or new_id(),
        complaint_id=found.id,
        said=said,
        at=clock.now(),
        staff_id=staff_id,
        language=languages.current().code,
        words=words,
    )
    db.session.add(word)
    db.session.flush()
    return word


TOO_LONG = sentence("This is too long for one page. Send the rest afterwards.")


def _check(claimant: Claimant, wish: Wish, after: Complaint | None) -> None:
    if not wish.what.strip():
        raise Refusal("what", sentence("Write what happened."))
    for name in rules.WRITTEN:
        if len(getattr(wish, name)) > rules.LONGEST:
            raise Refusal(name, TOO_LONG)
    # Whoever was offered may have moved to another office since, or closed their account.
    if len(queries.staff_of(wish.kept_from)) != len(wish.kept_from):
        raise Refusal("kept_from", sentence("Choose people of your Jobcentre."))
    kept = sorted(kept_from(wish, after))
    team = {each.id for each in queries.who_could_see(claimant.office_id, Level.team, ())}
    if team and not team - {*kept} and level_for(claimant, wish, after) is Level.team:
        raise Refusal("kept_from", sentence("Leave at least one person who can read it."))
    for receipt in wish.receipts:
        entry = log.by_receipt(receipt)
        if entry is None or entry.claimant_id != claimant.id:
            raise Refusal("receipts", sentence("Choose things from your own record."))


def _sent(found: Complaint) -> Entry:
    return receipt_of(found.receipt)


def receipt_of(receipt: str) -> Entry:
    """The entry with this receipt, which is one of ours."""
    entry = log.by_receipt(receipt)
    assert entry is not None
    return entry


def again(found: Complaint) -> None:
    """Take the person's lock, and read the complaint as it is now."""
    lock(found.claimant)
    db.session.refresh(found)
