"""Forms for writing a claimant commitment and for what people ask about it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from portal import languages
from portal.commitment import rules
from portal.commitment.drafting import Frame, PointWords
from portal.commitment.library import LONGEST, POINTS
from portal.commitment.models import Point, Version
from portal.commitment.reasons import REASONS
from portal.languages import say
from portal.refusals import Sentence, sentence
from portal.web.days import NEED_DAY, Day
from portal.web.forms import TOO_LONG, AtMost, Form, Line, Lines, Menu, Need, Radios, Several
from portal.web.text import western_digits

_HOURS = sentence("Write the hours a week as a number, like 35.")
_LESS = sentence("%(what)s: write the hours as a number, like 5.").english
_LONG = AtMost(rules.LONGEST, TOO_LONG)
_SHORT = AtMost(LONGEST, TOO_LONG)


class DraftForm(Form):
    """Whatever changes a draft says which revision of it was on the page."""

    revision = HiddenField()

    @property
    def seen(self) -> int:
        """0 when it is missing or nonsense: no draft has that revision."""
        text = self.revision.data or ""
        return int(text) if text.isdecimal() and len(text) < 9 else 0


class Hours(Line):
    """A whole number of hours, in the digits of any script. Keeps what was typed."""

    hours: int | None = None

    def pre_validate(self, form: Any) -> None:
        figures = western_digits(self.data or "").strip()
        self.hours = int(figures) if figures.isdecimal() and len(figures) < 4 else None
        if figures and (self.hours is None or self.hours > rules.MOST_HOURS):
            off = rules.DEDUCTIONS.get(self.name.removeprefix("less_"))
            raise ValidationError(say(_HOURS if off is None else Sentence(_LESS, {"what": off})))


class FrameForm(DraftForm):
    """Hours, pauses and what changed."""

    full_hours = Hours(
        _l("Hours a week before anything is taken off"),
        description=_l("Leave this empty when no hours are named."),
    )
    less_paid_work = Hours(_l("Hours off for paid work"))
    less_voluntary_work = Hours(_l("Hours off for voluntary work"))
    less_training = Hours(_l("Hours off for training"))
    less_childcare = Hours(_l("Hours off for looking after a child"))
    less_caring = Hours(_l("Hours off for caring"))
    less_other = Hours(_l("Hours off for something else that was agreed"))
    paused = Several(_l("What is paused?"))
    paused_until = Day(
        _l("Until which day is it paused?"),
        description=_l("Leave this empty when nobody knows yet."),
    )
    note = Lines(_l("What changed and why"), [_LONG], description=_l("The person sees this."))

    def __init__(self, version: Version, *args: Any, **kwargs: Any) -> None:
        days = [day for _code, day in version.pauses if day]
        kwargs = {
            "revision": str(version.revision),
            "full_hours": "" if version.full_hours is None else str(version.full_hours),
            "paused": [code for code, _day in version.pauses],
            "paused_until": date.fromisoformat(days[0]) if days else None,
            "note": version.note,
            **{f"less_{code}": str(hours) for code, hours in version.deductions},
            **kwargs,
        }
        super().__init__(*args, **kwargs)
        self.paused.choices = [SelectChoice(code, say(s)) for code, s in rules.PAUSED.items()]

    def less(self) -> list[Hours]:
        return [self[f"less_{code}"] for code in rules.DEDUCTIONS]

    @property
    def frame(self) -> Frame:
        """What was typed. Call it after the form was validated."""
        off = [(code, self[f"less_{code}"].hours or 0) for code in rules.DEDUCTIONS]
        ticked = [code for code in rules.PAUSED if code in (self.paused.data or [])]
        return Frame(
            full_hours=self.full_hours.hours,
            deductions=[(code, hours) for code, hours in off if hours],
            pauses=[(code, self.paused_until.data) for code in ticked],
            note=self.note.data or "",
        )


class PointForm(DraftForm):
    """One point: of the list, or in words of one's own."""

    code = Menu(
        _l("Which point?"),
        description=_l("Points of this list are translated. Your own words are not."),
    )
    words = Lines(
        _l("What exactly, or the whole point in your own words"),
        [_SHORT],
        description=_l("One plain sentence. It is sent as a text too."),
    )
    language = Menu(_l("In which language did you write this?"))
    english = Lines(_l("The same in English, if you wrote in another language"), [_SHORT])
    why = Lines(
        _l("Why is it asked?"), [_LONG], description=_l("Only for a point in your own words.")
    )
    official = Lines(
        _l("The official wording"),
        [_LONG],
        description=_l("As it stands in the Jobcentre's own document."),
    )
    official_language = Radios(_l("The official wording is in"))

    def __init__(self, version: Version, *args: Any, known: Point | None = None, **kwargs: Any):
        names = ("code", "words", "language", "english", "why", "official", "official_language")
        values = {name: getattr(known, name) for name in names} if known else {}
        values = {"language": "en", "official_language": "en", **values, **kwargs}
        super().__init__(*args, revision=str(version.revision), **values)
        self.code.choices = [
            SelectChoice("", _l("In your own words")),
            *(SelectChoice(code, say(each.plain)) for code, each in POINTS.items()),
        ]
        everywhere = languages.known().values()
        self.language.choices = [SelectChoice(each.code, each.endonym) for each in everywhere]
        self.official_language.choices = [
            SelectChoice(code, languages.known()[code].endonym) for code in ("en", "cy")
        ]

    @property
    def said(self) -> PointWords:
        return PointWords(
            code=self.code.data or "",
            words=self.words.data or "",
            language=self.language.data,
            english=self.english.data or "",
            why=self.why.data or "",
            official=self.official.data or "",
            official_language=self.official_language.data or "en",
        )


class SendForm(DraftForm):
    """The last day to accept; at least seven days from today."""

    accept_by = Day(_l("Last day to accept"), [Need(NEED_DAY)])


class MoreTimeForm(Form):
    until = Day(
        _l("New last day to accept"),
        [Need(NEED_DAY)],
    )


class AgreeChangeForm(Form):
    note = Lines(
        _l("What will change?"),
        [_LONG],
        description=_l("The person sees this. You write the new version next."),
    )


class RefuseChangeForm(Form):
    why = Lines(
        _l("Why not?"),
        [Need(sentence("Say why, in plain words. The person will see it.")), _LONG],
        description=_l("Use plain words. The person will see this."),
    )


class ToldForm(Form):
    """What a person said about a version that waits, or is in force."""

    what = Radios(_l("What did they tell you?"), [Need(sentence("Choose what they told you."))])
    language = Menu(_l("In which language did you read it to them?"))
    point = Menu(_l("Which point do they want to change?"))
    reason = Radios(_l("Why? They need not say."))
    words = Lines(_l("What else did they say?"), [_LONG])

    def __init__(self, version: Version, waits: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = [("ask", _l("They ask to change a point"))]
        if waits:
            said = [
                ("read", _l("I read every point to them")),
                ("think", _l("They take time to think")),
                ("accept", _l("They accept. I read them every point, or they read it on paper")),
                *said,
            ]
        self.what.choices = [SelectChoice(code, words) for code, words in said]
        offered = languages.offered()
        self.language.choices = [SelectChoice(each.code, each.endonym) for each in offered]
        self.point.choices = [
            SelectChoice(str(point.position), str(point.position)) for point in version.points
        ]
        self.reason.choices = [SelectChoice(code, say(r.words)) for code, r in REASONS.items()]


class KnownForm(Form):
    """Something that can mean a pause or fewer hours, and since when."""

    what = Radios(_l("What do you know?"), [Need(sentence("Choose what you know."))])
    since = Day(
        _l("Since which day, or date of birth"),
        [Need(NEED_DAY)],
        description=_l(
            "For a child: the date of birth of the youngest. For fit notes: the first day."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what.choices = [SelectChoice(code, say(s)) for code, s in rules.KNOWN.items()]


def id_of(text: str | None) -> UUID | None:
    """An id that came with a form, or None."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
