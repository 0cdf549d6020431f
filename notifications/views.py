"""The demo's own things: phones, with a box to text from them, and the staff's code app."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from notifications import arrivals, kinds, phones, queries
from notifications.gateways.local import LocalGateway
from portal.account.forms import Mobile
from portal.account.numbers import national, read_mobile
from portal.database import transaction
from portal.languages import known
from portal.refusals import Refusal, sentence
from portal.web.access import View, mark
from portal.web.forms import AtMost, Form, Need
from portal.web.fragments import page, to

bp = Blueprint("phones", __name__, url_prefix="/demo")
codes = Blueprint("demo", __name__, url_prefix="/demo")

LONGEST = 1600


class NumberForm(Form):
    number = Mobile(
        _l("Open another phone"),
        [Need(sentence("Enter a UK mobile number, like 07700 900123"))],
        description=_l("Any UK mobile number will do. Nothing leaves this demo."),
    )


class TextForm(Form):
    """A text as a phone sends it: nothing is cleaned, for real phones clean nothing either."""

    text = TextAreaField(
        _l("Write a text"),
        [
            Need(sentence("Write a text first.")),
            AtMost(
                LONGEST,
                sentence("Use %(longest)s characters or fewer. You have used %(length)s."),
            ),
        ],
    )


def demo(view: View) -> View:
    """Only in the demo, where these pages are all there is of a provider."""
    return mark(view, "demo")


@bp.route("/phones", methods=["GET", "POST"])
@demo
def listing() -> Any:
    """Every phone of the demo."""
    form = NumberForm()
    if form.submitted():
        digits = national(form.number.e164).replace(" ", "")
        return to(url_for("phones.phone", digits=digits))
    return page(
        "notifications/phones.html", form.status, form=form, phones=phones.phones(), known=known()
    )


@bp.route("/phones/<digits>", methods=["GET", "POST"])
@demo
def phone(digits: str) -> Any:
    """One phone: its texts, oldest first, a box to text from it, and keys that text one word."""
    try:
        number = read_mobile(digits)
    except Refusal:
        abort(404)
    this = phones.phone(number)
    form = TextForm()
    key = request.form.get("key", "")
    if key in this.keys or form.submitted():
        _send(number, key or (form.text.data or "").replace("\r\n", "\n"))
        return to(url_for("phones.phone", digits=digits, _anchor="end"))
    waiting, first = queries.waiting_for(number)
    return page(
        "notifications/phone.html",
        form.status,
        form=form,
        phone=this,
        pin=phones.PIN,
        messages=phones.messages(number),
        made=phones.made_for(number),
        waiting=waiting,
        waiting_until=first,
        others=[other for other in phones.phones() if other.number != number],
        known=known(),
        kinds=kinds.NAMES,
        once=uuid4().hex,
    )


@bp.post("/phones/<digits>/ring")
@demo
def ring(digits: str) -> Any:
    """Ring the service from one phone. Nobody picks up."""
    try:
        number = read_mobile(digits)
    except Refusal:
        abort(404)
    gateway = current_app.extensions["gateway"]
    assert isinstance(gateway, LocalGateway)
    with transaction():
        arrivals.keep_call(gateway.name, gateway.rang(number, _once()))
    return to(url_for("phones.phone", digits=digits, _anchor="end"))


@codes.get("/code-app")
@demo
def code_app() -> Any:
    """What a code app on the desk of each demo member of staff shows now."""
    return page("notifications/code_app.html", codes=queries.staff_codes())


def _send(number: str, text: str) -> None:
    gateway = current_app.extensions["gateway"]
    assert isinstance(gateway, LocalGateway)
    inbound = gateway.typed(number, text, _once())
    with transaction():
        arrivals.keep_inbound(gateway.name, inbound)


def _once() -> str:
    """The page's own number: a second press of the button is the same text."""
    try:
        return UUID(request.form.get("_once", "")).hex
    except ValueError:
        return ""
