"""What a person can settle about our texts: how discreet, when, and with which letters."""

from __future__ import annotations

from datetime import time

from flask_babel import pgettext

from notifications import segments
from notifications.conversation import questions, replies
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import (
    Line,
    answers,
    digits_of,
    listed,
    on,
    settings_lines,
    take_line,
    task,
)
from notifications.conversation.talk import Conversation
from portal import languages
from portal.account import actions as account
from portal.account import rules
from portal.account.models import Claimant, Letters
from portal.actors import Assurance
from portal.appointments.models import Appointment
from portal.record.models import Entry

here = task()
here.settings.append(Line("1", lambda: pgettext("sms", "discreet texts"), "discreet"))
here.settings.append(Line("2", lambda: pgettext("sms", "usual texts again"), "usual_texts"))
here.settings.append(
    Line("3", lambda: pgettext("sms", "text on the morning, on or off"), "morning_text")
)
here.settings.append(Line("4", lambda: pgettext("sms", "hours for texts"), "quiet_times"))
here.settings.append(Line("5", lambda: accents_line(), "letters"))
_HOURS = {"1": (8, 20), "2": (8, 12), "3": (12, 17), "4": (17, 20)}
_LETTERS = {"1": Letters.auto, "2": Letters.plain, "3": Letters.full}


@on(here, "settings")
def _settings(talk: Conversation, intent: Intent) -> None:
    lines = settings_lines(talk.person)
    talk.ask(questions.SETTINGS, None, digits=digits_of(lines))
    talk.say(listed(lines, talk.person))


@answers(here, questions.SETTINGS)
def _chosen_setting(talk: Conversation, intent: Intent) -> None:
    talk.close()
    if not take_line(talk, settings_lines(talk.person), intent.value):
        talk.say(replies.help_text(talk.person))


def _said(talk: Conversation, entry: Entry | None) -> None:
    """What was recorded is confirmed by its own text; this says that nothing was."""
    if entry is None:
        talk.say(so_already())


@on(here, "discreet")
def _discreet(talk: Conversation, intent: Intent) -> None:
    _said(talk, account.choose_discreet(talk.person, True, by=talk.by()))


# Turning it off shows more to whoever holds the phone: not by a number alone.
@on(here, "usual_texts", pin=True)
def _usual_texts(talk: Conversation, intent: Intent) -> None:
    by = talk.by(Assurance.saw_our_text)
    _said(talk, account.choose_discreet(talk.person, False, by=by))


@on(here, "morning_text")
def _morning_text(talk: Conversation, intent: Intent) -> None:
    account.choose_morning_text(talk.person, not talk.person.morning_text, by=talk.by())


@on(here, "quiet_times")
def _quiet_times(talk: Conversation, intent: Intent) -> None:
    talk.ask(questions.QUIET_TIMES, None)
    talk.say(which_hours())


@answers(here, questions.QUIET_TIMES)
def _chosen_hours(talk: Conversation, intent: Intent) -> None:
    if intent.value == "0":
        talk.close()
        talk.say(replies.help_text(talk.person))
        return
    first, last = _HOURS.get(intent.value) or map(int, intent.value.split("-"))
    try:
        start, end = rules.quiet_outside(first, last)
    except ValueError:
        talk.ask(questions.QUIET_TIMES, None)
        talk.say(not_these_hours())
        return
    talk.close()
    _said(talk, account.choose_quiet_times(talk.person, start, end, by=talk.by()))


@on(here, "letters")
def _letters(talk: Conversation, intent: Intent) -> None:
    talk.ask(questions.LETTERS, None, digits="".join(_LETTERS) + "0")
    talk.say(which_letters())


@answers(here, questions.LETTERS)
def _chosen_letters(talk: Conversation, intent: Intent) -> None:
    talk.close()
    letters = _LETTERS.get(intent.value)
    if letters is None:
        talk.say(replies.help_text(talk.person))
    else:
        _said(talk, account.choose_letters(talk.person, letters, by=talk.by()))


@on(here, "plain", "full")
def _plain_or_full(talk: Conversation, intent: Intent) -> None:
    if not segments.in_gsm7(languages.current().code):
        talk.say(only_one_way_to_write())
        return
    _said(talk, account.choose_letters(talk.person, Letters(intent.kind), by=talk.by()))


def accents_line() -> str:
    """Nothing in a language without accents, for there is nothing to choose."""
    return pgettext("sms", "accents") if languages.current().has_accents else ""


def which_hours() -> str:
    """Each choice on a line of its own, with the clock as the language reads it."""
    hours = [(digit, _clock(first), _clock(last)) for digit, (first, last) in _HOURS.items()]
    lines = [f"{digit} = {first} - {last}" for digit, first, last in hours]
    back = pgettext("sms", "back")
    return "\n".join(
        [
            pgettext("sms", "When may we text you?"),
            *lines,
            pgettext("sms", "Or text two hours, like 9-17."),
            f"0 {back}",
        ]
    )


def _clock(hour: int) -> str:
    return languages.clock_time(time(hour))


def not_these_hours() -> str:
    return pgettext(
        "sms", "We text from 8 to 20 at most. Text two hours from 8 to 20, like 9-17, or 0 = back."
    )


def which_letters() -> str:
    return pgettext("sms", "Accents in our texts: reply 1 = where they fit, 2 = never, 3 = always.")


def so_already() -> str:
    return pgettext("sms", "That is so already. Nothing has changed.")


def only_one_way_to_write() -> str:
    return pgettext("sms", "Texts in this language have no accents to leave out.")


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {
        "settings": listed(settings_lines(person), person),
        "which_hours": which_hours(),
        "not_these_hours": not_these_hours(),
        "which_letters": which_letters(),
        "so_already": so_already(),
        "only_one_way_to_write": only_one_way_to_write(),
    }


here.samples.append(_samples)
