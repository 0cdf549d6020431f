"""Everything a claimant can do, and the door to it on the web, by text and at the desk.

Pure: names only, so that nothing has to be imported to read it. A house test checks that every
action of a claimant is listed, that its doors exist, or that it says why one is missing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NoDoor:
    """There is no door here, and this is why."""

    why: str


@dataclass(frozen=True)
class Doors:
    """Where one action can be done.

    `web` and `desk` are names of endpoints. `text` is an intent of the conversation, or a
    question of it whose digits carry the action out (written `question:name`).
    """

    web: str | NoDoor
    text: str | NoDoor
    desk: str | NoDoor


_TOLD = "staff.told"
_TOLD_COMMITMENT = "staff.told_commitment"
_OWN = NoDoor("It is the person's own choice of how they use this service.")
_SIGNED_IN_ONLY = NoDoor("A number is not a person: this needs signing in.")
_CALLS = NoDoor("Staff move the appointment instead, and the person is asked again.")
_SAME_PAGE = NoDoor("Staff write the reason down together with what was asked.")

ACTIONS: dict[str, Doors] = {
    "appointments.actions.accept": Doors("appointments.accept", "accept", _TOLD),
    "appointments.actions.ask_to_cancel": Doors("appointments.cancel", "cancel", _TOLD),
    "appointments.actions.ask_for_phone_call": Doors("appointments.phone", "phone", _TOLD),
    "appointments.actions.ask_for_another_time": Doors("appointments.time", "other_time", _TOLD),
    "appointments.actions.give_reason": Doors(
        NoDoor("The page asks for the reason together with the request."),
        "question:reason",
        _SAME_PAGE,
    ),
    "appointments.actions.pick_time": Doors("appointments.time", "question:pick_time", _CALLS),
    "appointments.actions.withdraw": Doors(
        "appointments.undo",
        "undo",
        NoDoor("Staff write down the new answer, which takes the place of the old one."),
    ),
    "appointments.report_actions.running_late": Doors("appointments.late", "question:late", _TOLD),
    "appointments.report_actions.cannot_pay_fare": Doors("appointments.fare", "fare", _TOLD),
    "appointments.report_actions.they_did_not_call": Doors(
        "appointments.no_call", "no_call", _TOLD
    ),
    "appointments.report_actions.no_interpreter_came": Doors(
        "appointments.no_interpreter", "no_interpreter", _TOLD
    ),
    "appointments.report_actions.in_hospital": Doors("appointments.hospital", "hospital", _TOLD),
    "appointments.report_actions.withdraw_report": Doors(
        "appointments.report_undo",
        NoDoor("By text one says afresh how it is now."),
        NoDoor("Staff say that they have dealt with it."),
    ),
    "messages.actions.write": Doors("messages.messages", "question:review", "staff.told_message"),
    "messages.actions.ask_for_call": Doors(
        "messages.call_me", "question:call_when", "staff.told_call"
    ),
    "messages.actions.withdraw_call": Doors(
        "messages.withdraw_call",
        NoDoor("By text one says so when the call comes."),
        NoDoor("Staff call, hear it, and record that they reached the person."),
    ),
    "appointments.busy_actions.say_busy_times": Doors(
        "appointments.busy",
        NoDoor("Times of day are easily misread in a text: one says which times are possible."),
        NoDoor("Staff write what they are told into the booking itself."),
    ),
    "plan.actions.happened": Doors("plan.say", "question:plan", "staff.told_promise"),
    "plan.actions.not_happened": Doors(
        "plan.say",
        NoDoor("By text one reminds the office, or asks for a new date."),
        "staff.told_promise",
    ),
    "plan.actions.remind": Doors("plan.say", "question:plan", "staff.told_promise"),
    "plan.actions.ask_new_date": Doors("plan.say", "question:plan", "staff.told_promise"),
    "plan.actions.ask_for": Doors(
        "plan.ask",
        NoDoor("A list of sixteen offers is too long for texts: by text one writes a message."),
        "staff.told_ask",
    ),
    "plan.actions.withdraw_ask": Doors(
        "plan.withdraw",
        NoDoor("By text one writes a message."),
        NoDoor("Staff say no, with that as the reason."),
    ),
    "costs.actions.ask": Doors("costs.new_request", "question:costs_result", "staff.told_cost"),
    "costs.actions.ask_to_look_again": Doors(
        "costs.look_again", "question:costs_refused", "staff.told_look_again"
    ),
    "costs.phone_actions.text_card": Doors(
        "costs.text_card",
        NoDoor("By text COSTS says at once what to ask for."),
        NoDoor("Staff read it to the person, or print it."),
    ),
    "costs.actions.withdraw": Doors(
        "costs.withdraw", "question:costs_waits", "staff.told_withdraw"
    ),
    "complaints.actions.send": Doors("complaints.check", "complaint", "staff.told_complaint"),
    "complaints.actions.add": Doors(
        "complaints.add",
        NoDoor("A complaint that was sent is not named in a text: one reads it on the page first."),
        "staff.told_more",
    ),
    "complaints.actions.take_further": Doors(
        "complaints.further", "escalate", "staff.told_further"
    ),
    "complaints.actions.withdraw": Doors(
        "complaints.withdraw",
        NoDoor("Whoever holds the phone could end somebody else's complaint."),
        NoDoor("Only the person ends it: nobody at the Jobcentre can."),
    ),
    "complaints.helper_actions.let_help": Doors(
        "complaints.helper",
        NoDoor("A text would stay readable on the phone, and the link in it could be opened."),
        NoDoor("Staff must not know of a complaint before it is sent."),
    ),
    "complaints.helper_actions.end": Doors(
        "complaints.end_helper",
        NoDoor("Whoever holds the phone could end it."),
        NoDoor("Staff must not know of a complaint before it is sent."),
    ),
    "plan.goal_actions.write_goal": Doors(
        "plan.write_goal", NoDoor("By text one writes a message."), "staff.told_goal"
    ),
    "plan.goal_actions.add_step": Doors(
        "plan.add_step",
        NoDoor("By text one writes a message."),
        NoDoor("What staff take on is a promise; one's own step is one's own to write."),
    ),
    "plan.goal_actions.step_done": Doors(
        "plan.step_done",
        NoDoor("Nobody asks for it by text."),
        NoDoor("It is one's own step."),
    ),
    "about.actions.write_page": Doors(
        "about.write", NoDoor("A text would stay readable on the phone."), _OWN
    ),
    "about.actions.approve_page": Doors(
        "about.approve", NoDoor("One reads it through first, on a page."), _OWN
    ),
    "about.actions.take_back_page": Doors("about.take_back", _SIGNED_IN_ONLY, _OWN),
    "account.actions.choose_language": Doors("account.settings", "language", _OWN),
    "account.actions.choose_way": Doors(
        "account.settings", NoDoor("Whoever asks by text is told by text."), _OWN
    ),
    "account.actions.choose_discreet": Doors("account.settings", "discreet", _OWN),
    "account.actions.choose_quiet_times": Doors("account.settings", "question:quiet_times", _OWN),
    "account.actions.choose_letters": Doors("account.settings", "plain", _OWN),
    "account.actions.choose_morning_text": Doors("account.settings", "morning_text", _OWN),
    "account.number_actions.still_theirs": Doors(
        "account.number", "question:number_check", "staff.number"
    ),
    "account.actions.ask_to_change_number": Doors(
        "account.number", "question:new_number", "staff.number"
    ),
    "account.actions.confirm_number_change": Doors(
        "account.number_codes", "question:new_number_code", "staff.number"
    ),
    "account.interpreter_actions.say_need": Doors(
        "account.interpreter",
        NoDoor("A language and a dialect are no digits: by text one writes a message."),
        "staff.interpreter",
    ),
    "account.interpreter_actions.need_none": Doors(
        "account.interpreter", NoDoor("By text one writes a message."), "staff.interpreter"
    ),
    "interpreting.actions.open_session": Doors(
        "interpreting.follow",
        NoDoor("An interpreter follows pages, and by text there is none."),
        "staff.interpreter_session",
    ),
    "interpreting.actions.end": Doors(
        "interpreting.end",
        NoDoor("An interpreter follows pages, and by text there is none."),
        "staff.end_interpreter_session",
    ),
    "commitment.actions.read": Doors("commitment.point", "commitment", _TOLD_COMMITMENT),
    "commitment.actions.take_time": Doors(
        "commitment.think", "question:commitment_end", _TOLD_COMMITMENT
    ),
    "commitment.actions.accept": Doors(
        "commitment.accept", "question:commitment_end", _TOLD_COMMITMENT
    ),
    "commitment.actions.say_done": Doors(
        "commitment.point_done",
        NoDoor("By text one writes to the work coach."),
        NoDoor("It is the person's own mark, and asks nothing of anybody."),
    ),
    "commitment.actions.say_fit": Doors(
        "commitment.fit",
        NoDoor("A text shows whose it is, and this must not."),
        NoDoor("Staff must not know who said what."),
    ),
    "commitment.ask_actions.ask_for_change": Doors(
        "commitment.ask", "question:commitment_reason", _TOLD_COMMITMENT
    ),
    "commitment.ask_actions.add_instead": Doors(
        NoDoor("The page asks for it together with the request."),
        "question:commitment_instead",
        _SAME_PAGE,
    ),
    "commitment.ask_actions.ask_for_pause": Doors(
        "commitment.pause",
        NoDoor("It is about health and safety, which are in no text."),
        NoDoor("Staff note what they are told, and are asked about a pause at once."),
    ),
    "commitment.ask_actions.ask_another_coach": Doors(
        "commitment.second", "question:commitment_refused", "staff.change"
    ),
    "commitment.ask_actions.take_back": Doors(
        "commitment.take_back",
        NoDoor("By text one writes to the work coach."),
        NoDoor("Staff hear it, and answer the request."),
    ),
    "account.sign_in_actions.ask_for_code": Doors(
        "account.sign_in", NoDoor("A code is for signing in on the web."), "staff.card"
    ),
    "account.sign_in_actions.record_sign_in": Doors(
        "account.sign_in", NoDoor("A text needs no signing in."), NoDoor("Nobody signs in there.")
    ),
    "account.sign_in_actions.end_visit": Doors(
        "account.sign_out", NoDoor("A text needs no signing in."), NoDoor("Nobody signs in there.")
    ),
    "account.actions.stop_texts": Doors(
        NoDoor("On the web one chooses to be told in another way."), "stop", _OWN
    ),
    "account.actions.start_texts": Doors(
        NoDoor("On the web one chooses to be told by text."), "start", _OWN
    ),
    "account.phone_actions.choose_pin": Doors(
        "account.pin", NoDoor("A new PIN would stay readable among the sent texts."), "staff.pin"
    ),
    "account.phone_actions.remove_pin": Doors(
        "account.pin", NoDoor("By text one asks to be called instead."), "staff.pin"
    ),
    "account.phone_actions.choose_nickname": Doors(
        "account.settings", NoDoor("Whoever shares the phone could take it."), "staff.texts"
    ),
    "account.phone_actions.disown_number": Doors(
        NoDoor("Whoever is signed in changes the number."), "wrong_person", "staff.number"
    ),
    "account.concern_actions.raise_concern": Doors(
        NoDoor("Every message that is written there is read by a person."),
        "unsafe",
        NoDoor("Whoever is told it looks after the person at once."),
    ),
}
"""By module and function, under `portal`."""

NOT_THEIRS: dict[str, str] = {
    "plan.goal_actions.add_course": "Staff and the person agree on a course.",
    "plan.goal_actions.review_goal": "Staff say that both looked at the goal.",
    "plan.actions.recorded": "A step of the actions about promises.",
    "account.actions.register": "The office opens a record.",
    "account.sign_in_actions.issue_card": "Staff put a card into the person's hand.",
    "account.sign_in_actions.revoke_card": "Staff end a card that was lost.",
    "account.actions.set_number": "Staff change a number with the person before them.",
    "account.delivery_actions.text_not_delivered": "A provider reports it.",
    "account.delivery_actions.provider_still_blocks": "A provider reports it.",
    "account.delivery_actions.choose_reach": "Staff note it with the person before them.",
    "account.number_actions.ask_whether_still_theirs": "The service asks after long silence.",
    "account.phone_actions.pin_not_matched": "A wrong PIN came by text.",
    "account.phone_actions.note_texts_unsafe": "Staff know of a danger.",
    "account.concern_actions.read_concern": "Staff read it.",
    "account.concern_actions.add_to_concerns": "What they text then goes to the same reader.",
    "appointments.interpreter_actions.book_interpreter": "Staff book an interpreter.",
    "appointments.actions.answered": "A step of the actions that answer.",
    "notices.actions.keep": "It follows from what was sent, or handed over.",
}
"""Public functions of the same modules that somebody else does, and who."""
