"""How to reach a person when a text does not: what was noted about them, and what to print."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import BooleanField
from wtforms.fields import SelectChoice

from portal import clock, languages
from portal.account import delivery_actions, guards, queries, ways
from portal.account.models import Claimant, UndeliveredText, Way
from portal.appointments import queries as diary
from portal.appointments import rules
from portal.appointments.models import Appointment, Status
from portal.database import transaction
from portal.notices import actions as notices
from portal.notices import queries as notices_sent
from portal.notices.models import Told
from portal.refusals import Refusal
from portal.staff.desk import a_person, bp, by, done, office_id
from portal.web.forms import SHORTER, AtMost, Form, Line, Radios
from portal.web.fragments import page, to

_SAID_BY_THE_APPOINTMENT = (
    "appointments.offer",
    "appointments.offer_short_notice",
    "appointments.offer_again",
    "appointments.moved",
    "appointments.called_off",
    "appointments.reminder_",
    "appointments.still_stands",
    "reminders.",
)
"""Texts that the facts of the appointment say better on paper: they ask for a digit in reply."""


class ReachForm(Form):
    """How a person can be reached, noted with them at the desk."""

    homeless = BooleanField(_l("They have no home where letters reach them"))
    no_phone = BooleanField(
        _l("They have no phone of their own"),
        description=_l("We then send no texts, and nobody calls."),
    )
    helper = Line(
        _l("Who is told for them, if they want that?"),
        [AtMost(delivery_actions.LONGEST_HELPER, SHORTER)],
        description=_l("Name and phone number. Ask the person first, and that person too."),
    )
    way = Radios(
        _l("How should we tell them things?"),
        choices=[
            SelectChoice("", _l("In the way that fits best")),
            SelectChoice(Way.text.value, _l("By text")),
            SelectChoice(Way.call.value, _l("By phone call")),
            SelectChoice(Way.letter.value, _l("By letter")),
            SelectChoice(Way.slip.value, _l("On paper at the Jobcentre")),
            SelectChoice(Way.helper.value, _l("Through their helper")),
        ],
        description=_l("Without a home or a phone: through their helper, on paper, or by letter."),
    )


@bp.app_template_filter("other_way")
def other_way(person: Claimant) -> str:
    """The way to tell a person what a text did not: call, letter, slip or helper."""
    return ways.other(person).value


def printable(task: UndeliveredText, appointment: Appointment | None) -> bool:
    """True when there is something to tell, and not only something to find out."""
    return bool(task.words) or (
        appointment is not None
        and (task.what == "reminders.tell" or task.what.startswith("appointments."))
    )


bp.add_app_template_test(printable, "told_on_paper")
bp.add_app_template_global(notices_sent.about, "notices_about")


@bp.route("/people/<uuid:claimant_id>/reach", methods=["GET", "POST"])
@guards.staff_only
def reach(claimant_id: UUID) -> Any:
    """Whether they have a home and a phone, who is told for them, and the way that follows."""
    found = a_person(claimant_id)
    usual = ways.usual(
        homeless=found.homeless,
        no_phone=found.no_phone,
        helper=found.helper,
        mobile=found.mobile,
    )
    form = ReachForm(
        homeless=found.homeless,
        no_phone=found.no_phone,
        helper=found.helper,
        way="" if found.way is usual else found.way.value,
    )
    if form.submitted():
        try:
            with transaction():
                entry = delivery_actions.choose_reach(
                    found,
                    homeless=bool(form.homeless.data),
                    no_phone=bool(form.no_phone.data),
                    helper=form.helper.data or "",
                    way=Way(form.way.data) if form.way.data else None,
                    by=by(),
                )
            return done(entry, url_for("staff.person", claimant_id=found.id))
        except Refusal as refusal:
            form.refuse(refusal, "helper" if refusal.code == "helper" else "way")
    return page("staff/reach.html", form.status, form=form, person=found)


@bp.route("/untold/<uuid:task_id>", methods=["GET", "POST"])
@guards.staff_only
def untold(task_id: UUID) -> Any:
    """What a text could not tell, to read out or to print in the person's language; then that
    they have been told."""
    found = queries.untold(task_id, office_id()) or abort(404)
    if request.method == "POST":
        with transaction():
            _keep_what_was_said(found)
            delivery_actions.settle(found)
        return to(url_for("staff.home"))
    meant = _appointment(found)
    return page(
        "staff/untold.html",
        task=found,
        person=found.claimant,
        slip=_slip(found, meant) if printable(found, meant) else "",
        meant=meant,
        language=languages.known().get(found.claimant.language),
    )


def _appointment(task: UndeliveredText) -> Appointment | None:
    if task.regarding is None:
        return None
    return diary.appointments_of_office([task.regarding], office_id()).get(task.regarding)


def _keep_what_was_said(task: UndeliveredText) -> None:
    """A notice that matters in law, in the words of the paper, or in those that were read out."""
    meant = _appointment(task)
    if task.settled_at is not None:
        return
    on_paper = printable(task, meant) and ways.other(task.claimant) is not Way.call
    notices.keep(
        task.claimant,
        _slip(task, meant).striptags() if on_paper else task.words,
        what=task.what,
        regarding=task.regarding,
        told=Told.paper if on_paper else Told.spoken,
        language=task.claimant.language if on_paper else task.language or task.claimant.language,
        by=by(),
    )


def _slip(task: UndeliveredText, meant: Appointment | None) -> Markup:
    """The printed part, in the language of the person it is for."""
    with languages.speaking(task.claimant.language) as language:
        html = render_template(
            "staff/_slip.html",
            task=task,
            person=task.claimant,
            words="" if task.what.startswith(_SAID_BY_THE_APPOINTMENT) and meant else task.words,
            meant=meant,
            coming=meant is not None
            and meant.status is Status.booked
            and meant.starts_at > clock.now(),
            rules=rules,
            spoken=language,
            now=clock.now(),
        )
    return Markup(html)  # noqa: S704 - the template escaped what people wrote
