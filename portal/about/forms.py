"""The form of what a person does not want to explain again."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from portal.about import rules
from portal.about.actions import Words
from portal.web.forms import TOO_LONG, AtMost, Form, Line, Lines


class AboutForm(Form):
    """Every field can be left empty."""

    needs = Lines(_l("What do you need?"), [AtMost(rules.LONGEST, TOO_LONG)])
    times = Lines(
        _l("When can you not come?"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("For example: when school starts and ends."),
    )
    helps = Lines(
        _l("What helps in a meeting?"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("For example: breaks, somebody with me, things in writing."),
    )
    # Not "private_…": what is so called is kept nowhere, not even while the language changes.
    room = BooleanField(_l("I need a private room"))
    interpreter = Line(
        _l("Which language should an interpreter speak?"),
        [AtMost(rules.LONGEST_LANGUAGE, TOO_LONG)],
        description=_l("Leave this empty if you need none. An interpreter is free."),
    )
    more = Lines(
        _l("What else do you not want to explain again?"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l(
            "Leave out what not every new work coach should read, like violence at home. "
            "We never add anything to this page."
        ),
    )

    @property
    def words(self) -> Words:
        return Words(
            needs=self.needs.data or "",
            times=self.times.data or "",
            helps=self.helps.data or "",
            more=self.more.data or "",
            interpreter=self.interpreter.data or "",
            private_room=bool(self.room.data),
        )


class ApproveForm(Form):
    """A button, and which version the person had before them."""

    version = HiddenField()

    @property
    def seen_version(self) -> int | None:
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else None
