"""The form of a complaint, one thing a page, and the questions that tell what is a complaint.

No page need be complete to be kept: what must be there is asked for before it is sent.
"""

from __future__ import annotations

import re
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_babel import pgettext
from markupsafe import Markup
from wtforms import HiddenField
from wtforms.fields import SelectChoice

from portal import clock
from portal.account import queries as people
from portal.account.models import Claimant
from portal.complaints import drafts, queries, rules, said
from portal.complaints.drafts import Answers
from portal.complaints.models import Contact, Kind
from portal.languages import say, when
from portal.record.receipts import read_code
from portal.refusals import sentence
from portal.web.days import Day
from portal.web.forms import SHORTER, TOO_LONG, AtMost, Form, Line, Lines, Need, Radios, Several

MOST_CODES = 200
SKIP = _l("You can skip this.")


class PageForm(Form):
    """One page of the form. `version` is what was kept of it when the page was opened, so that
    two windows lose nothing of each other's."""

    version = HiddenField()

    def fill(self, person: Claimant) -> None:
        """Put in what can be chosen."""

    def fields(self) -> Answers:
        """What this page holds now, to be kept as it is."""
        return {f.name: f.data or ([] if isinstance(f, Several) else "") for f in self.asked()}

    def asked(self) -> list[Any]:
        return [field for field in self if field.name != "version"]

    @classmethod
    def names(cls) -> list[str]:
        """The fields that are kept of this page."""
        return [field.name for field in cls(formdata=None).asked()]


class KindPage(PageForm):
    kind = Radios(
        _l("What is it about?"), [Need(sentence("Choose what comes nearest. It can be changed."))]
    )

    def fill(self, person: Claimant) -> None:
        kinds = [*rules.KINDS, Kind.data]
        self.kind.choices = [SelectChoice(k.value, say(rules.NAMES[k])) for k in kinds]


class WhatPage(PageForm):
    what = Lines(
        _l("What happened?"),
        [Need(sentence("Write what happened.")), AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("In your own words, in any language. It can be long."),
    )


class WhenPage(PageForm):
    happened = Lines(
        _l("When did it happen?"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("A day, a time, or more than one. About is enough. You can skip this."),
    )


class WhoPage(PageForm):
    who = Lines(_l("Who was involved?"), [AtMost(rules.LONGEST, TOO_LONG)], description=SKIP)


class EffectPage(PageForm):
    effect = Lines(
        _l("What did it do to you?"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("For example: your health, your money, your family. You can skip this."),
    )


class RightPage(PageForm):
    put_right = Lines(
        _l("What would put it right?"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l(
            "For example: they say sorry, they correct it, another work coach. You can skip this."
        ),
    )


class AboutPage(PageForm):
    receipts = Several(
        _l("What in your record is it about?"), description=_l("Newest first. You can skip this.")
    )
    codes = Line(
        _l("Receipt codes of anything older"),
        [AtMost(MOST_CODES, SHORTER)],
        description=_l("Like K7QM-2P4A. With spaces between them."),
        render_kw={"dir": "ltr"},
    )

    def fill(self, person: Claimant) -> None:
        # The sentences of entries are made by the pages of the record, a floor above.
        sentence_of = current_app.jinja_env.filters["entry_sentence"]
        self.receipts.choices = [
            SelectChoice(each.receipt, Markup("{}: {}").format(when(each.at), sentence_of(each)))
            for each in queries.can_be_attached(person, self.receipts.data or ())
        ]


class ContactPage(PageForm):
    contact = Radios(_l("How do you want to hear about it?"))
    contact_note = Lines(
        _l("When and how is it safe to reach you?"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("For example: never in the evening, never by voicemail. You can skip this."),
    )

    def fill(self, person: Claimant) -> None:
        fits = [c for c in Contact if c is not Contact.text or people.may_text(person)]
        self.contact.choices = [SelectChoice(c.value, say(said.CONTACTS[c])) for c in fits]


class HiddenPage(PageForm):
    kept_from = Several(
        _l("Who must not see it?"),
        description=_l("They will never see it here, also if they change their job."),
    )

    def fill(self, person: Claimant) -> None:
        offered = list(queries.may_be_kept_from(person))
        # Whoever was named and has left since stays named.
        named = drafts.kept_ids(drafts.read(queries.draft(person)))
        offered += [each for each in queries.staff_of(named) if each not in offered]
        self.kept_from.choices = [SelectChoice(str(each.id), each.name) for each in offered]

    def fields(self) -> Answers:
        """Only who was offered: an id tells nobody a name."""
        offered = {choice.value for choice in self.kept_from.choices}
        return {"kept_from": [each for each in self.kept_from.data or () if each in offered]}


class WhomPage(PageForm):
    level = Radios(_l("Who should answer it?"))

    def fill(self, person: Claimant) -> None:
        self.level.choices = [
            SelectChoice(level.value, say(words)) for level, words in said.LEVELS.items()
        ]


PAGES: dict[str, type[PageForm]] = {
    "kind": KindPage,
    "what": WhatPage,
    "when": WhenPage,
    "who": WhoPage,
    "effect": EffectPage,
    "right": RightPage,
    "about": AboutPage,
    "contact": ContactPage,
    "hidden": HiddenPage,
    "whom": WhomPage,
}
"""In the order in which they come."""


def pages_of(answers: Answers) -> list[str]:
    """The pages that this complaint needs. One after which things got worse, and one about our
    own use of data, go to the complaints team, and nobody is asked."""
    left_out = set()
    if answers.get("after"):
        left_out = {"kind", "whom"}
    elif answers.get("kind") == Kind.data.value:
        left_out = {"whom"}
    return [name for name in PAGES if name not in left_out]


def codes_in(typed: str) -> tuple[list[str], list[str]]:
    """Receipt codes that somebody typed, and what cannot be one."""
    pieces = re.split(r"[\s,;،؛]+", typed.strip())
    read = {piece: read_code(piece) for piece in pieces if piece}
    return [code for code in read.values() if code], [p for p, code in read.items() if not code]


class WhichForm(Form):
    """Three questions. Nothing of it is kept, wherever it is answered."""

    private_danger = Radios(_l("Are you in danger, or without food or a home within days?"))
    private_decision = Radios(_l("Is it about a decision, like how much you are paid?"))
    private_data = Radios(
        _l("Is it about how this website or its texts use what they know about you?"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_danger = pgettext("in danger", "Yes"), pgettext("in danger", "No")
        is_about = pgettext("is it about", "Yes"), pgettext("is it about", "No")
        for field, words in zip(self, (in_danger, is_about, is_about), strict=True):
            field.choices = [SelectChoice("yes", words[0]), SelectChoice("no", words[1])]


class DecisionForm(Form):
    """The day of a decision. Nothing of it is kept."""

    private_day = Day(
        _l("Which day is on the decision?"),
        description=_l("It is on the letter, or in your journal. Like 3 2 2027."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        day, said = self.private_day.data, None
        if day is None:
            said = sentence("Write the day of the decision.")
        elif day > clock.today():
            said = sentence("This day is still to come.")
        self.private_day.errors = [say(said)] if said else []
        return said is None


class WordsForm(Form):
    """What the person adds."""

    words = Lines(
        _l("What do you want to add?"),
        [Need(sentence("Write what you want to add.")), AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("In your own words, in any language."),
    )


class WhyForm(Form):
    """Why the person takes it further; it can be left out."""

    words = Lines(
        _l("Why are you not content?"), [AtMost(rules.LONGEST, TOO_LONG)], description=SKIP
    )
