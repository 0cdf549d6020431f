"""Everything that changes an account. Takes part in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from portal import clock
from portal.account import codes, events, queries, rules, sign_in_actions
from portal.account.models import (
    Claimant,
    Letters,
    NumberChange,
    Office,
    Staff,
    UndeliveredText,
    Way,
)
from portal.actors import Actor, Assurance
from portal.database import db, new_id
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

STILL_BLOCKED = "account.still_blocked"
"""A task: the person wants texts, and the provider's own list does not let them through."""
TEXTS_STOPPED = "account.texts_stopped"
LONGEST_HEARD = 2000
"""Characters of what somebody texted that stand with a task: some twelve texts."""
"""What staff are asked to do when somebody stops texts: find out how to tell them things."""


def register(
    *,
    reference: str,
    full_name: str,
    office: Office,
    mobile: str | None,
    language: str,
    by: Actor,
    coach: Staff | None = None,
    **choices: Any,
) -> Claimant:
    """Open a record for a person the office told us about. `mobile` is E.164 or None."""
    person = Claimant(
        id=new_id(),
        reference=reference,
        full_name=full_name,
        mobile=mobile,
        language=language,
        way=choices.pop("way", Way.text if mobile else Way.letter),
        office_id=office.id,
        coach_id=coach.id if coach else None,
        registered_at=clock.now(),
        number_heard_at=clock.now() if mobile else None,
        **choices,
    )
    db.session.add(person)
    db.session.flush()
    log.append(person.id, events.Registered(office.name), by=by)
    return person


def choose_language(claimant: Claimant, code: str, *, by: Actor) -> Entry | None:
    """The language of pages and texts from now on."""
    if code == claimant.language:
        return None
    was, claimant.language = claimant.language, code
    return log.append(claimant.id, events.LanguageChosen(was, code), by=by)


def choose_way(claimant: Claimant, way: Way, *, by: Actor) -> Entry | None:
    """How the person wants to be told things."""
    if way is claimant.way:
        return None
    if way is Way.text and not claimant.mobile:
        raise Refusal("no-number", sentence("Add a mobile number first. Then we can text you."))
    was, claimant.way = claimant.way, way
    if way in (Way.text, Way.call):
        # They say that they have a phone after all.
        claimant.no_phone = False
    return log.append(claimant.id, events.WayChosen(was.value, way.value), by=by)


def choose_discreet(claimant: Claimant, on: bool, *, by: Actor) -> Entry | None:
    """Texts that name neither the Jobcentre nor Universal Credit, or the usual ones."""
    if on == claimant.discreet:
        return None
    if not on and by.assurance < Assurance.saw_our_text:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))
    claimant.discreet = on
    return log.append(claimant.id, events.DiscreetChosen(on), by=by)


def choose_morning_text(claimant: Claimant, on: bool, *, by: Actor) -> Entry | None:
    """A text on the morning of an appointment, or none."""
    if on == claimant.morning_text:
        return None
    claimant.morning_text = on
    return log.append(claimant.id, events.MorningTextChosen(on), by=by)


def choose_letters(claimant: Claimant, letters: Letters, *, by: Actor) -> Entry | None:
    """Texts with the accents of their language, without them, or as they fit."""
    if letters is claimant.letters:
        return None
    claimant.letters = letters
    return log.append(claimant.id, events.LettersChosen(letters), by=by)


def choose_quiet_times(
    claimant: Claimant, start: time | None, end: time | None, *, by: Actor
) -> Entry | None:
    """Wall-clock times between which nothing unasked is sent; both or neither."""
    if (start is None) != (end is None):
        raise Refusal("quiet", sentence("Choose both times, or leave both empty."))
    if (start, end) == (claimant.quiet_from, claimant.quiet_to):
        return None
    if not rules.leaves_room(start, end):
        raise Refusal(
            "quiet",
            sentence("Leave us at least one hour between 8 in the morning and 8 in the evening."),
        )
    claimant.quiet_from, claimant.quiet_to = start, end
    return log.append(claimant.id, events.QuietTimesChosen(start, end), by=by)


def ask_to_change_number(
    claimant: Claimant, number: str, *, has_old_phone: bool = False, by: Actor
) -> NumberChange:
    """Start a change of number: a code goes to the old phone and another to the new one. The
    same number again needs one code, and is refused unless there is a doubt about it.

    `has_old_phone`: they write from it and gave their PIN, so only the new one needs a code.
    """
    same = number == claimant.mobile
    if same and not queries.number_is_in_doubt(claimant):
        raise Refusal("same", sentence("That is the number we have already."))
    old = None if same or has_old_phone else claimant.mobile
    change = NumberChange(
        id=new_id(),
        claimant_id=claimant.id,
        old_number=old,
        new_number=number,
        asked_at=clock.now(),
    )
    db.session.add(change)
    db.session.flush()
    log.append(claimant.id, events.NumberChangeAsked(change.id, old, number), by=by)
    return change


def confirm_number_change(claimant: Claimant, *, old_code: str, new_code: str, by: Actor) -> Entry:
    """Both phones answered: the number changes. The caller commits even when refused."""
    # One try at a time, or tries made together would count as one.
    db.session.execute(
        sa.select(NumberChange.id).where(NumberChange.claimant_id == claimant.id).with_for_update()
    )
    change = queries.live_number_change(claimant)
    if change is None:
        raise Refusal("expired", sentence("These codes have run out. Start again."))
    change.tries += 1
    db.session.flush()
    old_ok = change.old_number is None or codes.same(
        old_code, codes.digits("number-old", change.id)
    )
    if not old_ok or not codes.same(new_code, codes.digits("number-new", change.id)):
        raise Refusal(
            "wrong", sentence("That code does not match. Check it, or ask for a new one.")
        )
    change.confirmed_at = clock.now()
    return _set_number(claimant, change.new_number, "codes", by)


def set_number(claimant: Claimant, number: str | None, *, by: Actor) -> Entry | None:
    """Staff changed the number with the person in front of them. Whoever is signed in is out:
    it may be who has the old phone.

    The same number again records nothing, unless it was suspended and works after all. Only a
    new number lets texts start again that the person had stopped.
    """
    if number == claimant.mobile:
        if not queries.number_is_in_doubt(claimant):
            return None
        _known_again(claimant)
        return log.append(claimant.id, events.NumberChanged(number, number, "desk"), by=by)
    sign_in_actions.end_visits(claimant)
    return _set_number(claimant, number, "desk", by)


def _set_number(claimant: Claimant, number: str | None, how: str, by: Actor) -> Entry:
    was, claimant.mobile = claimant.mobile, number
    claimant.texts_stopped_at = None
    claimant.no_phone = claimant.no_phone and not number
    _known_again(claimant)
    return log.append(claimant.id, events.NumberChanged(was, number, how), by=by)


def _known_again(claimant: Claimant) -> None:
    """The number works, and is this person's."""
    claimant.number_suspended_at = claimant.number_doubted_at = None
    claimant.number_disowned_at = claimant.texts_blocked_at = None
    claimant.number_heard_at = clock.now()


def stop_texts(claimant: Claimant, *, answered: bool = True, by: Actor) -> Entry | None:
    """No more texts to this person's number. Appointments go on, and staff are told. `answered`
    is False for the others on a shared phone, to which one closing text has gone."""
    if claimant.texts_stopped_at is not None:
        return None
    claimant.texts_stopped_at = clock.now()
    needs_telling(claimant, what=TEXTS_STOPPED, regarding=None)
    return log.append(claimant.id, events.TextsStopped(claimant.mobile or "", answered), by=by)


def start_texts(claimant: Claimant, *, answered: bool = True, by: Actor) -> Entry | None:
    """Texts again, after they were stopped or the number was suspended. `answered` is False when
    the provider has confirmed it already."""
    claimant.texts_started_at = clock.now()
    blocks = (claimant.texts_stopped_at, claimant.number_suspended_at, claimant.texts_blocked_at)
    if not any(blocks):
        return None
    claimant.texts_stopped_at = claimant.number_suspended_at = claimant.texts_blocked_at = None
    _need_not_ask_for_start(claimant)
    event = events.TextsStarted(claimant.mobile or "", answered)
    return log.append(claimant.id, event, by=by)


def _need_not_ask_for_start(claimant: Claimant) -> None:
    """They have asked for texts again; should a provider still block them, it is a new task."""
    db.session.execute(
        sa.delete(UndeliveredText).where(
            UndeliveredText.claimant_id == claimant.id,
            UndeliveredText.what == STILL_BLOCKED,
            UndeliveredText.settled_at.is_(None),
        )
    )


def settle_undelivered_texts(claimant_id: UUID) -> None:
    """The person was reached another way."""
    db.session.execute(
        sa.update(UndeliveredText)
        .where(
            UndeliveredText.claimant_id == claimant_id,
            UndeliveredText.settled_at.is_(None),
            queries.for_every_desk(),
        )
        .values(settled_at=clock.now(), words="", heard="")
    )


def needs_telling(
    claimant: Claimant,
    *,
    what: str,
    regarding: UUID | None,
    words: str = "",
    heard: str = "",
    language: str = "",
) -> None:
    """Staff must tell this person another way, for we may not or cannot text them. `words` are
    those of the text, where there is one, in the person's language. `heard` is what the person
    texted to us, for staff to read; more of it is added to the task that is open already."""
    already = queries.open_task(claimant.id, what, regarding)
    if already is None:
        db.session.add(
            UndeliveredText(
                claimant_id=claimant.id,
                regarding=regarding,
                what=what,
                words=words,
                heard=heard[:LONGEST_HEARD],
                language=language,
                at=clock.now(),
            )
        )
    elif heard:
        more = f"{already.heard}\n{heard}".strip()
        already.heard = rules.without_middle(more, LONGEST_HEARD)


def drop_tasks(ids: Sequence[UUID]) -> None:
    """These people need not be told any more. Should it come up again, it is a new task."""
    db.session.execute(sa.delete(UndeliveredText).where(UndeliveredText.id.in_(ids)))
