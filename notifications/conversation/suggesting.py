"""What we ask when a text is not clear: "Did you mean ...?" One whole sentence each."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import pgettext

from portal.account.models import Claimant

NOT_IN_DISCREET_TEXTS = frozenset({"plan", "commitment", "costs", "complaint"})
"""What discreet texts have no place for: one is asked to call (sms.md in the design: privacy)."""

SENTENCES: dict[str, Callable[[], str]] = {
    "accept": lambda: pgettext("sms", "Did you mean: accept the appointment? 1 yes, 0 no"),
    "cancel": lambda: pgettext("sms", "Did you mean: ask to cancel? 1 yes, 0 no"),
    "phone": lambda: pgettext("sms", "Did you mean: ask for a phone call instead? 1 yes, 0 no"),
    "other_time": lambda: pgettext("sms", "Did you mean: ask for another time? 1 yes, 0 no"),
    "stop": lambda: pgettext("sms", "Did you mean: end all texts? 1 yes, 0 no"),
    "start": lambda: pgettext("sms", "Did you mean: get texts again? 1 yes, 0 no"),
    "next": lambda: pgettext("sms", "Did you mean: see your appointments? 1 yes, 0 no"),
    "wrong_person": lambda: pgettext("sms", "Did you mean: this is not my number? 1 yes, 0 no"),
    "undo": lambda: pgettext("sms", "Did you mean: take back your answer? 1 yes, 0 no"),
    "late": lambda: pgettext("sms", "Did you mean: you will be late? 1 yes, 0 no"),
    "hospital": lambda: pgettext("sms", "Did you mean: you are in hospital? 1 yes, 0 no"),
    "fare": lambda: pgettext("sms", "Did you mean: you cannot pay the fare? 1 yes, 0 no"),
    "no_call": lambda: pgettext("sms", "Did you mean: nobody called you? 1 yes, 0 no"),
    "no_interpreter": lambda: pgettext("sms", "Did you mean: no interpreter came? 1 yes, 0 no"),
    "callback": lambda: pgettext("sms", "Did you mean: ask us to call you? 1 yes, 0 no"),
    "message": lambda: pgettext("sms", "Did you mean: write to us? 1 yes, 0 no"),
    "costs": lambda: pgettext("sms", "Did you mean: get help with costs? 1 yes, 0 no"),
    "complaint": lambda: pgettext("sms", "Did you mean: make a complaint? 1 yes, 0 no"),
    "plan": lambda: pgettext("sms", "Did you mean: see your plan? 1 yes, 0 no"),
    "commitment": lambda: pgettext("sms", "Did you mean: see your commitment? 1 yes, 0 no"),
    "language": lambda: pgettext("sms", "Did you mean: get texts in another language? 1 yes, 0 no"),
}


def did_you_mean(intent: str, person: Claimant) -> str:
    """A question about what the person wants; empty when we have none for it."""
    kind = intent.partition(":")[0]
    if kind not in SENTENCES or (person.discreet and kind in NOT_IN_DISCREET_TEXTS):
        return ""
    return SENTENCES[kind]()
