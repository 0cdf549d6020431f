"""What a text is drafted from: who gets it, why, and what its wording may say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import pgettext

from notifications import segments
from portal import languages
from portal.account.models import Claimant, Letters
from portal.appointments.models import Appointment, How
from portal.record.models import Entry

LONGEST_PLACE = 20
LONGEST_WHY = 90


def style_of(person: Claimant | None) -> segments.Style:
    """How this person wants the letters of texts; as they fit, for whoever has not said."""
    match person.letters if person else None:
        case Letters.plain:
            return "plain"
        case Letters.full:
            return "full"
        case _:
            return "auto"


@dataclass(frozen=True)
class Draft:
    """A text that somebody should get, before its language, channel and time are chosen.

    `own`: it answers something the person did a moment ago, so it goes at any hour. `asks`: it
    puts a question that a bare digit answers. `otherwise`: they asked to be told another way, so
    staff do it and no text goes.
    """

    kind: str
    claimant_id: UUID
    regarding: UUID | None = None
    receipt: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    to_number: str | None = None
    secret_of: UUID | None = None
    own: bool = False
    asks: bool = False
    otherwise: bool = False


Trigger = Callable[[Entry, Any], list[Draft]]
"""What texts follow from an entry, given its event."""


@dataclass(frozen=True)
class Facts:
    """What a wording may say, ready to be put into a sentence."""

    draft: Draft
    person: Claimant
    appointment: Appointment | None

    @property
    def discreet(self) -> bool:
        return self.person.discreet

    @property
    def ref(self) -> str:
        return self.draft.receipt

    @property
    def when(self) -> str:
        return languages.when_in_text(self._moment("starts_at"))

    @property
    def was(self) -> str:
        return languages.when_in_text(self._moment("was"))

    def _moment(self, name: str) -> datetime:
        moment = self.draft.values.get(name)
        assert isinstance(moment, datetime)
        return moment

    def day(self, name: str) -> str:
        """A day among the draft's values, short."""
        day = self.draft.values.get(name)
        assert isinstance(day, date)
        return languages.day_in_text(day)

    @property
    def place(self) -> str:
        """Where, in at most twenty characters; or that it is a call."""
        assert self.appointment is not None
        if self.appointment.how is How.phone:
            return pgettext("sms", "by phone")
        if self.appointment.how is How.video:
            return pgettext("sms", "by video")
        return self.appointment.office.short_name[:LONGEST_PLACE]

    @property
    def office_phone(self) -> str:
        return self.person.office.phone

    @property
    def why(self) -> str:
        text = " ".join(str(self.draft.values.get("why", "")).split())
        return text if len(text) <= LONGEST_WHY else ""
