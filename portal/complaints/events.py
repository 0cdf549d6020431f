"""What can happen to a complaint. No words are kept in the record, and no names: codes and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.complaints.models import Contact, Kind, Level
from portal.record.events import Event, recorded


@dataclass(frozen=True)
class AboutComplaint(Event):
    """Every event here names the complaint."""

    complaint_id: UUID

    @property
    def about(self) -> UUID:
        return self.complaint_id


@dataclass(frozen=True)
class AboutSent(AboutComplaint):
    """What came after the sending names its receipt, by which the person knows the complaint."""

    ref: str


@recorded("complaints.sent")
@dataclass(frozen=True)
class Sent(AboutComplaint):
    """The person complained. Whoever has it must answer by a day (facts 5, step 2)."""

    what: Kind
    level: Level
    reply_by: date
    digest: str
    """SHA-256 of what was written, salted, so that a copy can be shown to be unaltered."""
    by_helper: bool = False
    after: str = ""
    """The receipt of the complaint after which things got worse."""


@recorded("complaints.opened")
@dataclass(frozen=True)
class Opened(AboutSent):
    """A member of staff read the complaint. Recorded each time; the person sees it."""


@recorded("complaints.acknowledged")
@dataclass(frozen=True)
class Acknowledged(AboutSent):
    """Those who have it said that they have it, and by when they answer."""

    reply_by: date


@recorded("complaints.more_asked")
@dataclass(frozen=True)
class MoreAsked(AboutSent):
    """Staff asked the person for more. The clock goes on."""

    digest: str
    contact: Contact = Contact.text
    """How the person wants to hear of it; so in the two below."""


@recorded("complaints.added")
@dataclass(frozen=True)
class Added(AboutSent):
    """The person added something."""

    digest: str


@recorded("complaints.answered")
@dataclass(frozen=True)
class Answered(AboutSent):
    """There is an answer. A final one begins the six months of the Independent Case Examiner."""

    final: bool
    late: bool
    digest: str
    contact: Contact = Contact.text


@recorded("complaints.late")
@dataclass(frozen=True)
class Late(AboutSent):
    """The day was over without an answer."""

    reply_by: date
    contact: Contact = Contact.text


@recorded("complaints.taken_further")
@dataclass(frozen=True)
class TakenFurther(AboutSent):
    """The person took it past the office, to the complaints team."""

    reply_by: date
    digest: str = ""
    """Of why, where they said it."""


@recorded("complaints.withdrawn")
@dataclass(frozen=True)
class Withdrawn(AboutSent):
    """The person no longer complains."""


@dataclass(frozen=True)
class AboutHelper(Event):
    """The link of a helper, who is not named here."""

    link_id: UUID

    @property
    def about(self) -> UUID:
        return self.link_id


@recorded("complaints.helper_asked")
@dataclass(frozen=True)
class HelperAsked(AboutHelper):
    """The person agreed that somebody else writes it for them, until a day."""

    until: date


@recorded("complaints.helper_ended")
@dataclass(frozen=True)
class HelperEnded(AboutHelper):
    """The person ended that or sent the complaint, or the helper has finished. When the last day
    is over, or the helper stays away, nothing happens, and nothing is recorded."""


@recorded("complaints.redacted")
@dataclass(frozen=True)
class Redacted(AboutSent):
    """The words were erased, 24 months after it was closed (facts 9, Retention)."""
