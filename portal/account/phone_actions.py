"""What concerns the phone more than the person: a PIN for texts, what somebody is called on a
phone that several people share, a number that is not theirs, one that must get no texts.

Apart from `actions`, which had grown too long. Takes part in the caller's transaction.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa

from portal import clock
from portal.account import actions, events, pins, queries
from portal.account.models import Claimant, Staff, UnknownCall
from portal.actors import Actor, Assurance
from portal.database import db, new_id
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence

LONGEST_NICKNAME = 12
"""In characters: it stands before every text to a shared phone."""
WRONG_PERSON = "account.wrong_person"
"""What staff are asked to look into when a number may be somebody else's."""


def choose_pin(claimant: Claimant, typed: str, *, by: Actor) -> Entry:
    """Set or change the PIN for texts. Raises Refusal for one that is easily guessed, and for
    somebody who is neither signed in nor known to staff."""
    _require_sure(by)
    claimant.pin_hash = pins.hashed(pins.read(typed, claimant.mobile))
    return log.append(claimant.id, events.PinChosen(), by=by)


def remove_pin(claimant: Claimant, *, by: Actor) -> Entry | None:
    """No PIN any more: what needs one is then done by calling."""
    _require_sure(by)
    if not claimant.pin_hash:
        return None
    claimant.pin_hash = ""
    return log.append(claimant.id, events.PinRemoved(), by=by)


def _require_sure(by: Actor) -> None:
    if by.assurance < Assurance.signed_in:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))


def pin_not_matched(claimant: Claimant, *, by: Actor) -> Entry:
    """Somebody sent a wrong PIN as often as we allow."""
    return log.append(claimant.id, events.PinNotMatched(claimant.mobile or ""), by=by)


def choose_nickname(claimant: Claimant, typed: str, *, by: Actor) -> Entry | None:
    """What the person is called in texts to a phone that several people share; empty for none.

    Raises Refusal for a name that is too long, holds no letter, is the whole name of somebody
    who has two, or is what another person on this phone is called.
    """
    name = " ".join(typed.split())
    if name == claimant.nickname:
        return None
    if name:
        _check_nickname(claimant, name)
    claimant.nickname = name
    return log.append(claimant.id, events.NicknameChosen(name), by=by)


def _check_nickname(claimant: Claimant, name: str) -> None:
    if len(name) > LONGEST_NICKNAME:
        raise Refusal("nickname", sentence("Use a short name, of at most 12 letters."))
    if not any(unicodedata.category(c).startswith("L") for c in name) or not _is_plain(name):
        raise Refusal("nickname", sentence("Use letters for the name, and no signs."))
    whole = claimant.full_name.casefold()
    if " " in name and name.casefold() == " ".join(whole.split()):
        raise Refusal("nickname", sentence("Do not use your whole name. Others may read it."))
    others = queries.claimants_with_number(claimant.mobile) if claimant.mobile else ()
    if any(o.id != claimant.id and o.nickname.casefold() == name.casefold() for o in others):
        raise Refusal("nickname", sentence("Somebody on this phone uses that name. Use another."))


def _is_plain(name: str) -> bool:
    """Letters and their marks, digits, spaces, and what stands inside names."""
    return all(c in " '-.’" or unicodedata.category(c)[0] in "LMN" for c in name)


def note_texts_unsafe(claimant: Claimant, on: bool, *, by: Actor) -> Entry | None:
    """Staff know that texts put this person in danger: none goes any more. Or they may again."""
    if on == (claimant.texts_unsafe_at is not None):
        return None
    claimant.texts_unsafe_at = clock.now() if on else None
    return log.append(claimant.id, events.TextsUnsafeNoted(on), by=by)


def disown_number(people: Sequence[Claimant], *, by: Actor) -> None:
    """Whoever has this phone says that our texts are not for them: nothing goes there any more,
    and staff find out. `people` are all who gave the number; one text thanks the sender."""
    for place, person in enumerate(people):
        person.number_disowned_at = clock.now()
        event = events.NumberDisowned(person.mobile or "", answered=place == 0)
        log.append(person.id, event, by=by)
        actions.needs_telling(person, what=WRONG_PERSON, regarding=None)


def ask_for_unknown_call(number: str) -> bool:
    """Somebody we do not know wants to be called; False when that is noted already."""
    waiting = sa.select(UnknownCall.id).where(
        UnknownCall.number == number, UnknownCall.settled_at.is_(None)
    )
    if db.session.scalar(waiting) is not None:
        return False
    db.session.add(UnknownCall(id=new_id(), number=number, asked_at=clock.now()))
    db.session.flush()
    return True


def settle_unknown_call(call: UnknownCall, *, staff: Staff) -> None:
    """Staff have called that number, or will not be able to."""
    if call.settled_at is None:
        call.settled_at, call.settled_by = clock.now(), staff.id
