"""Forms of asking for help with costs, and of answering it at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from portal import clock
from portal.appointments.models import Appointment
from portal.costs import amounts, rules, words
from portal.costs.models import Paid, Pay
from portal.costs.rules import Wish
from portal.languages import say, when
from portal.refusals import Refusal, sentence
from portal.web.days import Day
from portal.web.forms import SHORTER, TOO_LONG, AtMost, Form, Line, Lines, Menu, Need, Radios

NOT_NAMED = frozenset({"unsure"})
"""Answers of the explainer that name nothing one could ask for."""


class Amount(Line):
    """An amount of money as people write it. Keeps what was typed; `pence` is how we read it."""

    pence: int | None = None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        try:
            self.pence = amounts.read_pence(self.data or "")
        except Refusal as refusal:
            self.errors: list[str] = [*self.errors, say(refusal.sentence)]


class RequestForm(Form):
    """One thing that the office is asked to pay for. Only what is needed must be filled in."""

    item = Menu(_l("What do you need?"), [Need(sentence("Choose what you need."))])
    item_words = Line(
        _l("What exactly? Say it in your own words."),
        [AtMost(rules.LONGEST_WORDS, SHORTER)],
        description=_l(
            "For example: a provisional driving licence. You can skip this, unless you chose "
            "“Something else”."
        ),
    )
    amount = Amount(
        _l("About how much does it cost?"),
        [AtMost(rules.LONGEST_WORDS, SHORTER)],
        description=_l("In pounds, like 20 or 12.50. You can skip this."),
    )
    day = Day(_l("By when do you need it?"), description=_l("Like 3 2 2027. You can skip this."))
    step = Line(
        _l("Which job, interview or course is it for?"),
        [AtMost(rules.LONGEST_WORDS, SHORTER)],
        description=_l("For example: interview at a bakery on 3 February. You can skip this."),
    )
    appointment = Radios(_l("Is it for one of these appointments? You can skip this."))
    paid = Radios(_l("Have you paid for it already?"))

    def __init__(self, coming: Iterable[Appointment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item.choices = [SelectChoice("", "")] + [
            SelectChoice(code, say(said))
            for code, said in words.OPTIONS["need"].items()
            if code not in NOT_NAMED
        ]
        self.appointment.choices = [SelectChoice(str(a.id), when(a.starts_at)) for a in coming]
        self.paid.choices = [SelectChoice(code.value, say(s)) for code, s in rules.PAID.items()]

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if self.amount.errors:
            fine = False
        if self.day.data is not None and not self.day.errors and self.day.data < clock.today():
            said = sentence("This day is over. Write a day that is still to come.")
            self.day.errors = [say(said)]
            fine = False
        if self.item.data == "other" and not self.item_words.data and not self.item_words.errors:
            self.item_words.errors = [say(sentence("Say what you need, in your own words."))]
            fine = False
        return fine

    def wish(self, answers: str) -> Wish:
        """What was asked for. Call it after the form was validated."""
        return Wish(
            item=self.item.data,
            item_words=self.item_words.data or "",
            answers=answers,
            amount_pence=self.amount.pence,
            amount_typed=self.amount.data or "",
            needed_by=self.day.data,
            step=self.step.data or "",
            appointment_id=UUID(self.appointment.data) if self.appointment.data else None,
            paid=Paid(self.paid.data or ""),
        )


class AgreeForm(Form):
    """How much the office pays, how and when, and what the person should keep."""

    amount = Amount(
        _l("How much do you agree to pay?"),
        [
            Need(sentence("Write how much you agree to pay.")),
            AtMost(rules.LONGEST_WORDS, SHORTER),
        ],
        description=_l("In pounds, like 20 or 12.50."),
    )
    pay = Radios(_l("How do you pay it?"), [Need(sentence("Choose how you pay it."))])
    pay_when = Line(
        _l("When does the money come?"),
        [
            Need(sentence("Say when the money comes. The person will see it.")),
            AtMost(rules.LONGEST_WORDS, SHORTER),
        ],
        description=_l("For example: on 3 February, into their bank account."),
    )
    keep = Lines(
        _l("Which receipts should they keep?"),
        [AtMost(rules.LONGEST_NOTE, TOO_LONG)],
        description=_l("Leave this empty if they need none. The person will see it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pay.choices = [SelectChoice(pay.value, say(said)) for pay, said in DESK_PAY.items()]

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(super().validate(extra_validators)) and not self.amount.errors


DESK_PAY = {
    Pay.before: sentence("Before they spend the money"),
    Pay.back: sentence("They pay first, and you pay it back"),
    Pay.supplier: sentence("Straight to the shop or provider"),
}


class RefuseForm(Form):
    why = Lines(
        _l("Why not?"),
        [
            Need(sentence("Say why, in plain words. The person will see it.")),
            AtMost(rules.LONGEST_NOTE, TOO_LONG),
        ],
        description=_l("Use plain words. The person will see this, and what they can do next."),
    )
