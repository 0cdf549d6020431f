"""COMPLAIN in as many texts as it needs, how a complaint stands, and ESCALATE: past the office.

What was complained about is in no text of ours, nor the word, nor who it was about: whoever
holds the phone may read it. Whoever chose texts that give nothing away calls instead.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import pgettext

from notifications.conversation import replies, writing
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import Line, Writing, left_out, on, task
from notifications.conversation.talk import Conversation
from notifications.models import Dialogue
from portal import clock
from portal.account.models import Claimant
from portal.appointments.models import Appointment
from portal.complaints import actions, drafts, queries, rules
from portal.complaints.models import Complaint, Contact, Kind, Level
from portal.complaints.rules import Wish
from portal.database import db
from portal.languages import day_in_text, when_in_text
from portal.record import log

here = task()
here.lines.append(Line("4", lambda: pgettext("sms", "complaint"), "complaint", discreet=left_out))
COMPLAINT = "complaint"
"""The question that is open while they write."""


@on(here, "complaint")
def _complaint(talk: Conversation, intent: Intent) -> None:
    if talk.person.discreet:
        talk.say(replies.ask_by_phone(talk.person))
        return
    writing.begin(talk, COMPLAINT)


def _send(talk: Conversation, parts: list[str]) -> None:
    """What is too long for one complaint is added to it. The work coach never sees it."""
    first, *more = writing.joined(parts, rules.LONGEST)
    coach = frozenset({talk.person.coach_id} if talk.person.coach_id else ())
    wish = Wish(kind=Kind.other, what=first, contact=Contact.text, kept_from=coach)
    entry = actions.send(talk.person, wish, by=talk.by())
    talk.recorded(entry)
    found = queries.complaint(talk.person, entry.about) if entry.about else None
    assert found is not None
    for words in more:
        actions.add(found, words, by=talk.by())


def opening(person: Claimant) -> str:
    if person.discreet:
        # They chose that while they were writing.
        return replies.ask_by_phone(person)
    return pgettext(
        "sms",
        "Write what happened, in as many texts as you need. Your work coach does not see it. "
        "Text DONE to finish, 0 to drop.",
    )


def _keep(person: Claimant, parts: list[str]) -> None:
    """What was never sent waits on the website, as what is written there does, unless they are
    writing another one there."""
    if queries.draft(person) is None:
        drafts.keep(person, {"what": "\n".join(parts)})


writing.add(here, Writing(COMPLAINT, opening, _send, unfinished="", keep=_keep))


def is_meant(number: str, *meant: str) -> bool:
    """Whether words from this phone, with what they may mean, have to do with a complaint: the
    staff of the office, the own work coach among them, must not come to read them on a list."""
    row = db.session.get(Dialogue, number)
    asked = {*meant}
    if row is not None and row.expires_at > clock.now():
        kind, facts = row.question, row.facts or {}
        asked |= {kind, facts.get("of", "")}
        while below := facts.get("before"):
            kind, facts = below["question"], below["facts"] or {}
            asked |= {kind, facts.get("of", "")}
    return COMPLAINT in asked


def found_by(talk: Conversation, code: str) -> Complaint | None:
    """This person's complaint, by any receipt that has to do with it."""
    entry = log.by_receipt(code) if code else None
    if entry is None or entry.claimant_id != talk.person.id or entry.about is None:
        return None
    return queries.complaint(talk.person, entry.about)


@on(here, "escalate", pin_if_shared=True)
def _escalate(talk: Conversation, intent: Intent) -> None:
    """Only what this person sent: somebody else's code is simply not found."""
    found = found_by(talk, intent.value)
    if found is None:
        talk.say(not_found())
    elif rules.may_go_further(found) and not talk.person.discreet:
        talk.recorded(actions.take_further(found, by=talk.by()))
    else:
        tell(talk, found)


def tell(talk: Conversation, found: Complaint) -> None:
    """Say how it stands; to whoever wants texts that give nothing away, that they can call."""
    if talk.person.discreet:
        talk.say(replies.ask_by_phone(talk.person))
    else:
        talk.say(standing(found, asked=queries.asks(found)))


def standing(found: Complaint, *, asked: bool = False) -> str:
    """How it stands and what the person can do, as whole sentences. Not what it is about.
    `asked`: the desk waits for an answer to a question."""
    ref, phone = found.receipt, found.claimant.office.phone
    when, day = when_in_text(found.sent_at), day_in_text(found.reply_by)
    today, outside = clock.today(), found.level is Level.team
    if found.withdrawn_at:
        return pgettext("sms", "%(ref)s: you took it back.", ref=ref)
    if found.final_at:
        return pgettext(
            "sms",
            "%(ref)s: this is the last reply. To read it, and to see where you can go next, sign "
            "in or call %(phone)s.",
            ref=ref,
            phone=phone,
        )
    if found.answered_at:
        return pgettext(
            "sms",
            "%(ref)s: you have a reply. To read it, sign in or call %(phone)s. Not happy with it? "
            "Text ESCALATE %(ref)s.",
            ref=ref,
            phone=phone,
        )
    if rules.is_late(found, today) and outside:
        return pgettext(
            "sms",
            "%(ref)s: our reply is late, and we are sorry. It was due by %(day)s. To see what you "
            "can do now, sign in or call %(phone)s.",
            ref=ref,
            day=day,
            phone=phone,
        )
    if rules.is_late(found, today):
        return pgettext(
            "sms",
            "%(ref)s: our reply is late, and we are sorry. It was due by %(day)s. To take it past "
            "the office, text ESCALATE %(ref)s.",
            ref=ref,
            day=day,
        )
    if asked:
        return pgettext(
            "sms",
            "%(ref)s: we asked you something. To read it, sign in or call %(phone)s. A reply is "
            "due by %(day)s.",
            ref=ref,
            phone=phone,
            day=day,
        )
    if not outside:
        return _standing_in_the_office(found)
    if found.opened_at:
        return pgettext(
            "sms",
            "%(ref)s: sent %(when)s. Somebody has opened it. A reply is due by %(day)s.",
            ref=ref,
            when=when,
            day=day,
        )
    return pgettext(
        "sms",
        "%(ref)s: sent %(when)s. Nobody has opened it yet. A reply is due by %(day)s.",
        ref=ref,
        when=when,
        day=day,
    )


def _standing_in_the_office(found: Complaint) -> str:
    """Nobody need wait for the office (sms.md in the design: ESCALATE at any time)."""
    ref, when = found.receipt, when_in_text(found.sent_at)
    day = day_in_text(found.reply_by)
    if found.opened_at:
        return pgettext(
            "sms",
            "%(ref)s: sent %(when)s. Somebody has opened it. A reply is due by %(day)s. To take it "
            "past the office, text ESCALATE %(ref)s.",
            ref=ref,
            when=when,
            day=day,
        )
    return pgettext(
        "sms",
        "%(ref)s: sent %(when)s. Nobody has opened it yet. A reply is due by %(day)s. To take it "
        "past the office, text ESCALATE %(ref)s.",
        ref=ref,
        when=when,
        day=day,
    )


def not_found() -> str:
    return pgettext(
        "sms", "We do not know that code. Text ESCALATE and the code from your receipt."
    )


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    """Every state of a complaint."""
    when, day = appointment.starts_at, appointment.starts_at.date()
    states: dict[str, dict[str, Any]] = {
        "waits": {},
        "opened": {"opened_at": when},
        "waits_outside": {"level": Level.team},
        "opened_outside": {"opened_at": when, "level": Level.team},
        "late": {"reply_by": date(2000, 1, 1)},
        "late_outside": {"reply_by": date(2000, 1, 1), "level": Level.team},
        "answered": {"answered_at": when},
        "final": {"answered_at": when, "final_at": when},
        "withdrawn": {"withdrawn_at": when},
    }
    known = {"receipt": "K7QM2P4A", "sent_at": when, "reply_by": day, "claimant": person}
    known["level"] = Level.office
    found = {"complaint_opening": opening(person), "complaint_not_found": not_found()}
    for name, values in states.items():
        found[f"complaint_{name}"] = standing(Complaint(**(known | values)))
    found["complaint_asked"] = standing(Complaint(**known), asked=True)
    return found


here.samples.append(_samples)
