"""What staff do with words that not everybody can read. Apart from `actions`, of which there are
none: nothing here may be done in a claimant's name.

Whoever calls these has looked whether this member of staff may see the words.
"""

from __future__ import annotations

from portal import clock
from portal.account.locks import lock
from portal.account.models import Staff
from portal.actors import Actor
from portal.database import db
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, sentence
from portal.typed import events, rules
from portal.typed.models import Side, Typed


def translate(
    found: Typed, english: str, *, translator: str, named: str = "", staff: Staff, by: Actor
) -> Entry:
    """Somebody said in English what the words say; it stands beside them, and replaces nothing.

    `named` is the language as the translator names it. Saying the same again records it once;
    another translation stands in place of the one before, with an entry of its own.
    """
    english, translator, named = english.strip(), translator.strip(), named.strip()
    if not english:
        raise Refusal("english", sentence("Write in English what it says."))
    if not translator:
        raise Refusal("translator", sentence("Write who translated it."))
    if len(english) > rules.LONGEST or max(len(translator), len(named)) > rules.LONGEST_NAME:
        raise Refusal("english", sentence("This is too long. Use fewer words."))
    _take(found)
    if (found.english, found.translator, found.named) == (english, translator, named):
        return log.last(found.claimant_id, found.about, events.Translated)
    found.english, found.translator, found.named = english, translator, named
    event = events.Translated(found.about, found.kind, translator, len(english))
    return _settled(found, event, staff, by)


def read_as_it_is(found: Typed, *, staff: Staff, by: Actor) -> Entry | None:
    """Staff can read it: it needs no translator. Nothing is recorded where nobody waited."""
    _take(found)
    if not found.waits:
        return None
    return _settled(found, events.ReadAsItIs(found.about, found.kind), staff, by)


def ask_for_translator(found: Typed, *, by: Actor) -> Entry | None:
    """Staff cannot read it, whatever its letters say. Nothing is recorded where it waits."""
    _take(found)
    if found.waits:
        return None
    found.waits = True
    event = events.TranslatorAsked(found.about, found.kind)
    return log.append(found.claimant_id, event, by=by)


def _settled(found: Typed, event: events.AboutWords, staff: Staff, by: Actor) -> Entry:
    found.waits, found.settled_at, found.settled_by = False, clock.now(), staff.id
    return log.append(found.claimant_id, event, by=by)


def _take(found: Typed) -> None:
    """Read it as it is now. The person may have typed it anew meanwhile."""
    if found.side is not Side.person:
        raise ValueError("Staff read what staff wrote.")
    lock(found.claimant)
    db.session.refresh(found)
