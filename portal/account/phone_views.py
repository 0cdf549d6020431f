"""A person's pages for what concerns their phone: the PIN for texts, and what they are called on
a phone that several people share. Apart from `views`, which sign people in and keep settings."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from portal.account import guards, phone_actions, queries
from portal.account.forms import Digits
from portal.account.models import Claimant
from portal.account.pages import bp
from portal.database import transaction
from portal.record.models import Entry
from portal.refusals import Refusal, sentence
from portal.web.forms import Form, Line, Need
from portal.web.fragments import page


class PinForm(Form):
    """A PIN that only the person knows. Never shown again once sent."""

    pin = Digits(
        _l("Your PIN for texts"),
        [Need(sentence("Choose a PIN of 4 to 6 numbers."))],
        description=_l(
            "4 to 6 numbers that only you know. Not 1234, 0000, a year or your phone number."
        ),
    )


class NicknameForm(Form):
    """A short name that says enough to those who share the phone, and little to others."""

    nickname = Line(
        _l("What should texts to this phone call you?"),
        description=_l("A short name, at most 12 letters. Leave it empty to use none."),
    )


def is_shared(person: Claimant) -> bool:
    """True when somebody else here gave the same number."""
    return bool(person.mobile) and len(queries.claimants_with_number(person.mobile or "")) > 1


@bp.route("/settings/pin", methods=["GET", "POST"])
@guards.claimant_only
def pin() -> Any:
    """Set, change or remove the PIN for texts."""
    person = guards.this_claimant()
    form = PinForm()
    if request.method == "POST" and request.form.get("remove") == "y":
        with transaction():
            entry = phone_actions.remove_pin(person, by=guards.claimant_actor(person))
        return _saved(person, entry)
    if form.submitted():
        try:
            with transaction():
                return _saved(
                    person,
                    phone_actions.choose_pin(
                        person, form.pin.data or "", by=guards.claimant_actor(person)
                    ),
                )
        except Refusal as refusal:
            form.refuse(refusal)
    return page("account/pin.html", form.status, form=form, person=person)


@bp.route("/settings/nickname", methods=["GET", "POST"])
@guards.claimant_only
def nickname() -> Any:
    """What texts to a shared phone call this person."""
    person = guards.this_claimant()
    form = NicknameForm(nickname=person.nickname)
    if form.submitted():
        try:
            with transaction():
                return _saved(
                    person,
                    phone_actions.choose_nickname(
                        person, form.nickname.data or "", by=guards.claimant_actor(person)
                    ),
                )
        except Refusal as refusal:
            form.refuse(refusal)
    return page("account/nickname.html", form.status, form=form, person=person)


def _saved(person: Claimant, entry: Entry | None) -> Any:
    return page("account/saved.html", receipts=[entry] if entry else [], person=person)
