"""Forms of a support plan: what a person asks for, and what the office promises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.fields import SelectChoice

from portal.account.models import Staff
from portal.account.roles import staff_choices
from portal.languages import say
from portal.plan import rules
from portal.plan.offers import Offer
from portal.refusals import sentence
from portal.web.days import NEED_DAY, Day
from portal.web.forms import (
    SHORTER,
    TOO_LONG,
    AtMost,
    Form,
    Line,
    Lines,
    Menu,
    Need,
    Radios,
    Several,
)


class AskForm(Form):
    """What to say along with the question. Nobody has to."""

    needs = Several(_l("What do you need to take part?"))
    note = Lines(
        _l("Is there anything you want to say about it?"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("You can leave this empty."),
    )

    def __init__(self, *args: Any, with_needs: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs.choices = [SelectChoice(code, say(said)) for code, said in rules.NEEDS.items()]
        if not with_needs:
            del self.needs

    @property
    def wanted(self) -> list[str]:
        return list(self.needs.data or []) if "needs" in self else []


class ToldAskForm(AskForm):
    """What a person asked for, as staff were told."""

    offer = Radios(_l("What do they ask about?"), [Need(sentence("Choose what they ask about."))])

    def __init__(self, found: Iterable[Offer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, with_needs=True, **kwargs)
        self.offer.choices = [SelectChoice(each.key, say(each.name)) for each in found]


class WhyForm(Form):
    why = Lines(
        _l("Why not?"),
        [
            Need(sentence("Say why, in plain words. The person will see it.")),
            AtMost(rules.LONGEST, TOO_LONG),
        ],
        description=_l("Use plain words. The person will see this."),
    )


class DateForm(Form):
    """Another day for a promise. `version` is that of the page: two staff must not both win."""

    version = HiddenField()
    due = Day(_l("By which day will it be done?"), [Need(NEED_DAY)])

    @property
    def seen_version(self) -> int | None:
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else None


class PromiseForm(Form):
    """What will be done, who does it, who answers for it, and by when."""

    kind = Menu(_l("What will be done?"), [Need(sentence("Choose what will be done."))])
    words = Lines(
        _l("Say more, in plain words"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l(
            "Start with a verb. The person sees this as you write it. Leave out health and abuse."
        ),
    )
    owner = Menu(_l("Who answers for it?"), [Need(sentence("Choose who answers for it."))])
    who_name = Line(
        _l("Who does it, if it is somebody else?"),
        [AtMost(rules.LONGEST_NAME, SHORTER)],
        description=_l("A name, for example of a trainer."),
    )
    who_role = Line(_l("Their role"), [AtMost(rules.LONGEST_ROLE, SHORTER)])
    due = Day(_l("By which day?"), [Need(NEED_DAY)])

    def __init__(self, staff: Iterable[Staff], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [
            SelectChoice("", ""),
            *(SelectChoice(code, say(said)) for code, said in rules.KINDS.items()),
        ]
        self.owner.choices = staff_choices(staff)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        name, role = (self.who_name.data or "").strip(), (self.who_role.data or "").strip()
        if bool(name) != bool(role):
            said = say(sentence("Say who will do it: their name and their role."))
            (self.who_role if name else self.who_name).errors = [said]
            return False
        return fine

    @property
    def owner_id(self) -> UUID:
        return UUID(self.owner.data)


class GoalForm(Form):
    words = Lines(
        _l("Which work do you want?"),
        [
            Need(sentence("Write which work you want.")),
            AtMost(rules.LONGEST, TOO_LONG),
        ],
        description=_l("In your own words. You can change it at any time."),
    )


class StepForm(Form):
    """A step of the person's own."""

    missing = Lines(
        _l("What is missing?"),
        [AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("For example a licence or a place for your child. You can leave this out."),
    )
    what = Lines(
        _l("What will you do?"),
        [Need(sentence("Write what you will do.")), AtMost(rules.LONGEST, TOO_LONG)],
    )
    due = Day(_l("By which day?"), [Need(NEED_DAY)])


class CourseForm(Form):
    """A course, and what follows it: nobody is sent on a course that leads nowhere."""

    missing = Lines(_l("What is missing for the goal?"), [AtMost(rules.LONGEST, TOO_LONG)])
    what = Lines(
        _l("Which course?"),
        [Need(sentence("Write which course it is.")), AtMost(rules.LONGEST, TOO_LONG)],
    )
    why = Lines(
        _l("Why this course for this goal?"),
        [
            Need(sentence("Say how the course helps with the person's goal.")),
            AtMost(rules.LONGEST, TOO_LONG),
        ],
    )
    due = Day(_l("When does it end?"), [Need(sentence("Write the day on which it ends."))])
    funded_until = Day(
        _l("Until when is it paid for?"),
        description=_l("Leave this empty if it costs nothing."),
    )
    next_what = Lines(
        _l("What follows the course?"),
        [
            Need(sentence("Say what follows the course.")),
            AtMost(rules.LONGEST, TOO_LONG),
        ],
        description=_l("For example: book an interview with an employer."),
    )
    next_by = Day(
        _l("By which day does that happen?"),
        [Need(sentence("Write the day by which the next thing happens."))],
    )
    owner = Menu(_l("Who answers for it?"), [Need(sentence("Choose who answers for it."))])

    def __init__(self, staff: Iterable[Staff], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner.choices = staff_choices(staff)

    @property
    def owner_id(self) -> UUID:
        return UUID(self.owner.data)
