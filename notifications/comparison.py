"""What the optional reminders do: meetings that took place, with them and without.

Everybody whose reminder was due counts, whether or not it arrived, so that the two groups are
alike but for the reminder. Small groups are not shown: they tell of people, not of reminders.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from notifications.caps import COMPARED
from notifications.models import Notification
from notifications.policy import OPTIONAL
from portal.account.models import Office
from portal.appointments.models import Appointment, Status
from portal.database import db

SMALLEST = 20
"""Groups with fewer meetings are not shown."""


@dataclass(frozen=True)
class Group:
    """Meetings of one group whose outcome staff have put down."""

    reminded: bool
    met: int
    did_not_happen: int

    @property
    def total(self) -> int:
        return self.met + self.did_not_happen


def groups(office_code: str | None = None) -> tuple[Group, Group]:
    """With the optional reminders and without them, since somebody first went without.

    A meeting counts where its own time, not an earlier one, was to be reminded of.
    """
    without = Notification.error == COMPARED
    began = db.session.scalar(
        sa.select(sa.func.min(Notification.made_at)).where(Notification.kind.in_(OPTIONAL), without)
    )
    if began is None:
        return Group(True, 0, 0), Group(False, 0, 0)
    due = (
        sa.select(
            Notification.regarding,
            sa.func.max(sa.case((without, 1), else_=0)).label("went_without"),
            sa.func.min(sa.case((without, 1), else_=0)).label("only_without"),
        )
        .join(Appointment, Appointment.id == Notification.regarding)
        .where(
            Notification.kind.in_(OPTIONAL),
            Notification.made_at >= began,
            Notification.made_at >= Appointment.notice_given_at,
        )
        .group_by(Notification.regarding)
        .subquery()
    )
    query = (
        sa.select(due.c.went_without, Appointment.happened, sa.func.count())
        .join(Appointment, Appointment.id == due.c.regarding)
        .join(Office, Office.id == Appointment.office_id)
        .where(
            Appointment.happened.is_not(None),
            Appointment.status == Status.booked,
            # Nobody who changed groups on the way.
            due.c.went_without == due.c.only_without,
        )
        .group_by(due.c.went_without, Appointment.happened)
    )
    if office_code is not None:
        query = query.where(Office.code == office_code)
    found = {(bool(w), bool(h)): int(n) for w, h, n in db.session.execute(query)}
    with_them, without_them = (
        Group(not w, found.get((w, True), 0), found.get((w, False), 0)) for w in (False, True)
    )
    return with_them, without_them


def report(office_code: str | None = None) -> list[str]:
    """One line for each group, or one that says there is too little to show."""
    found = groups(office_code)
    if any(each.total < SMALLEST for each in found):
        return [
            f"Too little to show: each group needs at least {SMALLEST} meetings whose outcome "
            "is put down."
        ]
    lines = []
    for each in found:
        name = "With reminders" if each.reminded else "Without"
        share = round(100 * each.did_not_happen / each.total)
        lines.append(
            f"{name}: {each.total} meetings, {each.met} took place, "
            f"{each.did_not_happen} did not happen ({share} %)"
        )
    return lines
