"""Typing a receipt code."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.refusals import sentence
from portal.web.forms import AtMost, Form, Line, Need

_TYPE = sentence("Enter the receipt code, like K7QM-2P4A")


class ReceiptForm(Form):
    """Sent with GET: it changes nothing, and its answer has an address of its own."""

    code = Line(
        _l("What is the receipt code?"),
        [Need(_TYPE), AtMost(40, _TYPE)],
        description=_l("It has 8 letters and numbers, like K7QM-2P4A."),
    )
