"""Entries in plain sentences.

The full sentence of an entry is a small template of its task, found by the name of its kind:
`appointments.accepted` is said by `appointments/entries/accepted.html`. What a stranger may
know of an entry is one general sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from flask import current_app
from flask_babel import gettext
from markupsafe import Markup

from portal import clock, languages
from portal.account import queries as accounts
from portal.actors import Channel, Kind
from portal.appointments import rules
from portal.record import events, log
from portal.record.models import Entry
from portal.refusals import Sentence, sentence

ANSWER = sentence("An answer about an appointment was recorded on %(when)s.")
NEWS = sentence("News about an appointment was recorded on %(when)s.")
REPLY = sentence("The office's reply about an appointment was recorded on %(when)s.")
CONTACT = sentence("An attempt to get in touch was recorded on %(when)s.")
OUTCOME = sentence("What became of an appointment was recorded on %(when)s.")
VISIT = sentence("A visit to this service was recorded on %(when)s.")
CHANGE = sentence("A change to an account was recorded on %(when)s.")
DELIVERY = sentence("A report about a text was recorded on %(when)s.")
MESSAGE = sentence("A message was recorded on %(when)s.")
NOTICE = sentence("Something that was told about an appointment was recorded on %(when)s.")
PROMISE = sentence("Something about a promise was recorded on %(when)s.")
GOAL = sentence("Something about a goal was recorded on %(when)s.")
ABOUT_ME = sentence("Something about what a person wrote was recorded on %(when)s.")
ASKED_FOR = sentence("A question for a work coach was recorded on %(when)s.")
CALL = sentence("Something about a phone call was recorded on %(when)s.")
COSTS = sentence("Something about a request was recorded on %(when)s.")
COSTS_REPLY = sentence("The office's reply to a request was recorded on %(when)s.")
COMMITMENT = sentence("Something about a Claimant Commitment was recorded on %(when)s.")
ANYTHING = sentence("An entry was recorded on %(when)s.")

GENERAL: dict[str, Sentence] = {
    "account.registered": CHANGE,
    "account.code_asked": VISIT,
    "account.shared_number_refused": VISIT,
    "account.signed_in": VISIT,
    "account.signed_out": VISIT,
    "account.language_chosen": CHANGE,
    "account.way_chosen": CHANGE,
    "account.discreet_chosen": CHANGE,
    "account.morning_text_chosen": CHANGE,
    "account.quiet_times_chosen": CHANGE,
    "account.letters_chosen": CHANGE,
    "account.number_check_asked": CHANGE,
    "account.number_confirmed": CHANGE,
    "account.number_change_asked": CHANGE,
    "account.number_changed": CHANGE,
    "account.card_issued": CHANGE,
    "account.card_revoked": CHANGE,
    "account.texts_stopped": CHANGE,
    "account.texts_started": CHANGE,
    "account.text_not_delivered": DELIVERY,
    "account.text_arrived": DELIVERY,
    "account.reach_noted": CHANGE,
    "account.pin_chosen": CHANGE,
    "account.pin_removed": CHANGE,
    "account.pin_not_matched": CHANGE,
    "account.nickname_chosen": CHANGE,
    "account.number_disowned": CHANGE,
    "account.texts_unsafe_noted": CHANGE,
    "account.interpreter_said": CHANGE,
    "account.interpreter_not_needed": CHANGE,
    "account.concern_raised": MESSAGE,
    "account.concern_read": MESSAGE,
    "appointments.offered": NEWS,
    "appointments.moved": NEWS,
    "appointments.called_off": NEWS,
    "appointments.accepted": ANSWER,
    "appointments.asked_to_cancel": ANSWER,
    "appointments.asked_for_phone_call": ANSWER,
    "appointments.asked_for_another_time": ANSWER,
    "appointments.reason_given": ANSWER,
    "appointments.time_picked": ANSWER,
    "appointments.withdrawn": ANSWER,
    "appointments.seen": REPLY,
    "appointments.agreed": REPLY,
    "appointments.refused": REPLY,
    "appointments.contact_attempted": CONTACT,
    "appointments.attended": OUTCOME,
    "appointments.missed": OUTCOME,
    "appointments.busy_times_said": NOTICE,
    "appointments.running_late": NOTICE,
    "appointments.cannot_pay_fare": ANSWER,
    "appointments.they_did_not_call": NOTICE,
    "appointments.in_hospital": NOTICE,
    "appointments.no_interpreter_came": NOTICE,
    "appointments.interpreter_booked": NEWS,
    "appointments.report_withdrawn": NOTICE,
    "appointments.report_seen": REPLY,
    "appointments.report_unanswered": NOTICE,
    "appointments.report_answered": REPLY,
    "commitment.offered": COMMITMENT,
    "commitment.point_read": COMMITMENT,
    "commitment.time_taken": COMMITMENT,
    "commitment.more_time": COMMITMENT,
    "commitment.accepted": COMMITMENT,
    "commitment.point_done": COMMITMENT,
    "commitment.fit_said": COMMITMENT,
    "commitment.change_asked": COMMITMENT,
    "commitment.change_added": COMMITMENT,
    "commitment.change_seen": COMMITMENT,
    "commitment.change_agreed": COMMITMENT,
    "commitment.change_refused": COMMITMENT,
    "commitment.change_withdrawn": COMMITMENT,
    "commitment.known_noted": COMMITMENT,
    "notices.sent": DELIVERY,
    "typed.translator_asked": MESSAGE,
    "typed.translated": MESSAGE,
    "typed.read_as_it_is": MESSAGE,
    "interpreting.opened": CHANGE,
    "interpreting.joined": VISIT,
    "interpreting.page_seen": VISIT,
    "interpreting.ended": CHANGE,
    "messages.written": MESSAGE,
    "messages.read": MESSAGE,
    "messages.replied": MESSAGE,
    "messages.call_asked": CALL,
    "messages.call_withdrawn": CALL,
    "messages.called": CALL,
    "about.approved": ABOUT_ME,
    "about.taken_back": ABOUT_ME,
    "about.opened": ABOUT_ME,
    "about.read": ABOUT_ME,
    "plan.goal_written": GOAL,
    "plan.goal_reviewed": GOAL,
    "plan.step_added": GOAL,
    "plan.course_added": GOAL,
    "plan.step_done": GOAL,
    "plan.promised": PROMISE,
    "plan.promise_started": PROMISE,
    "plan.promise_kept": PROMISE,
    "plan.promise_withdrawn": PROMISE,
    "plan.promise_date_changed": PROMISE,
    "plan.promise_date_kept": PROMISE,
    "plan.promise_late": PROMISE,
    "plan.happened": PROMISE,
    "plan.not_happened": PROMISE,
    "plan.reminded": PROMISE,
    "plan.date_asked": PROMISE,
    "plan.asked": ASKED_FOR,
    "plan.ask_withdrawn": ASKED_FOR,
    "plan.ask_seen": ASKED_FOR,
    "plan.ask_agreed": ASKED_FOR,
    "plan.ask_refused": ASKED_FOR,
    "costs.asked": COSTS,
    "costs.seen": COSTS_REPLY,
    "costs.nudged": COSTS,
    "costs.agreed": COSTS_REPLY,
    "costs.refused": COSTS_REPLY,
    "costs.look_again_asked": COSTS,
    "costs.withdrawn": COSTS,
    "costs.card_texted": COSTS,
    # That somebody complained is nobody else's business.
    "complaints.sent": ANYTHING,
    "complaints.opened": ANYTHING,
    "complaints.acknowledged": ANYTHING,
    "complaints.more_asked": ANYTHING,
    "complaints.added": ANYTHING,
    "complaints.answered": ANYTHING,
    "complaints.late": ANYTHING,
    "complaints.taken_further": ANYTHING,
    "complaints.withdrawn": ANYTHING,
    "complaints.helper_asked": ANYTHING,
    "complaints.helper_ended": ANYTHING,
    "complaints.redacted": ANYTHING,
}

THEIRS = frozenset(
    {
        "appointments.accepted",
        "appointments.asked_to_cancel",
        "appointments.asked_for_phone_call",
        "appointments.asked_for_another_time",
        "appointments.running_late",
        "appointments.cannot_pay_fare",
        "appointments.they_did_not_call",
        "appointments.in_hospital",
        "appointments.no_interpreter_came",
        "account.interpreter_said",
        "account.interpreter_not_needed",
        "messages.written",
        "messages.call_asked",
        "commitment.time_taken",
        "commitment.accepted",
        "commitment.change_asked",
        "plan.happened",
        "plan.not_happened",
        "plan.reminded",
        "plan.date_asked",
        "plan.asked",
        "plan.goal_written",
        "plan.step_added",
        "costs.asked",
        "costs.look_again_asked",
        "costs.withdrawn",
        "complaints.sent",
        "complaints.added",
        "complaints.taken_further",
    }
)
"""What the person says; staff may write it down for them."""

HOW_SAID: dict[str, Sentence] = {
    Channel.web.value: sentence("On the website. Receipt %(receipt)s"),
    Channel.link.value: sentence("Through the link in a text. Receipt %(receipt)s"),
    Channel.sms.value: sentence("By text. Receipt %(receipt)s"),
    Channel.desk.value: sentence("By staff. Receipt %(receipt)s"),
    Channel.api.value: sentence("By the office's own system. Receipt %(receipt)s"),
    Channel.file.value: sentence("By the office's own system. Receipt %(receipt)s"),
    Channel.worker.value: sentence("By this service. Receipt %(receipt)s"),
}


def general(entry: Entry) -> Sentence:
    """What anybody with the receipt code may know: a general word and the time."""
    words = GENERAL.get(entry.kind, ANYTHING)
    return Sentence(words.english, {"when": entry.at})


def sentence_of(entry: Entry) -> Markup:
    """What happened, as a sentence to the person whose record it is. The details may be gone:
    then what remains is said. Works in every language and without a request."""
    event = _event(entry)
    if event is None:
        gone = gettext("The details were deleted after the time we keep them.")
        return Markup("{} {}").format(languages.say(general(entry)), gone)
    task, _, name = entry.kind.partition(".")
    template = current_app.jinja_env.get_template(f"{task}/entries/{name}.html")
    said = template.render(entry=entry, event=event, rules=rules, known_languages=languages.known())
    whole = Markup(said.strip())  # noqa: S704 - the template escaped what people wrote
    return whole + _written_down_by(entry)


def _written_down_by(entry: Entry) -> Markup:
    """Who wrote down what the person told staff; nothing when the person did it themselves."""
    is_card = entry.kind == "account.card_issued"
    if entry.actor_kind != Kind.staff or not (is_card or entry.kind in THEIRS):
        return Markup("")
    member = accounts.staff(entry.actor_id) if entry.actor_id else None
    if is_card:
        made = sentence("%(name)s at your Jobcentre made it.", name=member.name if member else "")
        return Markup(" {}").format(languages.say(made, html=True)) if member else Markup("")
    if member is None:
        return Markup(" {}").format(gettext("Staff wrote this down for you."))
    said = sentence("%(name)s at your Jobcentre wrote this down for you.", name=member.name)
    return Markup(" {}").format(languages.say(said, html=True))


def _event(entry: Entry) -> events.Event | None:
    try:
        return log.event_of(entry)
    except KeyError:  # a kind that this version no longer knows
        return None


def how_said(entry: Entry, receipt: Markup) -> str:
    """Through which door it came, and its receipt."""
    said = HOW_SAID[entry.channel]
    return languages.say(Sentence(said.english, {"receipt": receipt}), html=True)


def by_day(entries: Iterable[Entry]) -> list[tuple[Entry, list[Entry]]]:
    """Entries under the UK day they were recorded on: the first of each day, and all of them."""
    days = [list(group) for _, group in groupby(entries, lambda e: clock.local(e.at).date())]
    return [(group[0], group) for group in days]
