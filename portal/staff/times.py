"""Times an office offers: whoever needs another time can take one without asking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from flask import abort, url_for
from sqlalchemy.exc import IntegrityError

from portal.account import guards
from portal.account import queries as account
from portal.appointments import rules, slot_actions
from portal.appointments import slot_queries as free_times
from portal.appointments.models import How
from portal.database import transaction
from portal.refusals import Refusal
from portal.staff.desk import bp, conflict, office_id
from portal.staff.forms import TimesForm, coach_id
from portal.web.forms import once
from portal.web.fragments import page, to


@bp.route("/times", methods=["GET", "POST"])
@guards.all_staff
def times() -> Any:
    """What is offered now, and a form to offer more."""
    member, first_id = guards.this_staff(), once()
    staff = account.staff_of_office(member.office_id)
    form = TimesForm(staff, minutes="10", count="1", coach=str(member.id))
    if form.submitted():
        try:
            with transaction():
                _offer(form, first_id)
            return to(url_for("staff.times"))
        except IntegrityError:
            # The first of two presses has offered them.
            return to(url_for("staff.times"))
        except Refusal as refusal:
            form.refuse(refusal, "day")
    return page(
        "staff/times.html",
        form.status,
        form=form,
        slots=free_times.of_office(office_id()),
        names={each.id: each.name for each in staff},
        once=first_id,
        rules=rules,
    )


def _offer(form: TimesForm, first_id: UUID) -> None:
    minutes = int(form.minutes.data or 0)
    for index in range(int(form.count.data or 0)):
        slot_actions.offer_slot(
            office_id(),
            form.first + timedelta(minutes=minutes * index),
            How(form.how.data),
            minutes,
            coach_id(form.coach),
            uuid5(first_id, str(index)),
        )


@bp.post("/times/<uuid:slot_id>/take-back")
@guards.all_staff
def take_back(slot_id: UUID) -> Any:
    """Stop offering a time that nobody has taken."""
    slot = free_times.one_of_office(slot_id, office_id())
    if slot is None:
        abort(404)
    try:
        with transaction():
            slot_actions.take_back_slot(slot)
    except Refusal as refusal:
        return conflict(refusal, url_for("staff.times"))
    return to(url_for("staff.times"))
