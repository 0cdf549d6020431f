"""The complaints desk: for the two roles that deal with complaints, and for nobody else.

What a member of staff must not see looks like nothing at all. Reading a complaint is an entry,
which the person can see; the page shows the words only after that.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import abort, make_response, request, url_for

from portal import clock, languages
from portal.account import delivery_actions, guards, throttle
from portal.account.models import Claimant, Staff
from portal.complaints import actions, desk_actions, desk_queries, queries, rules, said, wishes
from portal.complaints.models import Complaint, Kind, Level
from portal.complaints.rules import Wish
from portal.database import transaction
from portal.record import log
from portal.record.receipts import read_code
from portal.refusals import Refusal, sentence
from portal.staff.complaint_forms import (
    AnswerComplaintForm,
    AskMoreForm,
    FindForm,
    ToldComplaintForm,
    ToldMoreForm,
)
from portal.staff.desk import a_person, bp, by, conflict
from portal.web import errors
from portal.web.forms import once
from portal.web.fragments import page, to
from portal.web.headers import takes_long_text, takes_long_texts

_TOO_MANY = Refusal(
    "too-many", sentence("You wrote down many complaints today. Ask a colleague to go on.")
)
COUNTED = timedelta(days=365)
"""How far back the pattern goes."""
_ANSWERED = 20
_NOT_FOUND = Refusal(
    "reference", sentence("There is no complaint with this reference that is yours to see.")
)


@bp.app_template_filter("is_apart")
def is_apart(member: Staff) -> bool:
    """Whether a member of staff sees complaints, and nothing else of the desk."""
    return guards.is_apart(member)


def _complaint(complaint_id: UUID) -> Complaint:
    """A complaint that whoever is here may see; any other is 404."""
    return queries.for_staff(guards.this_staff(), complaint_id) or abort(404)


def opened(complaint_id: UUID) -> Complaint:
    """The same, once they have opened it: what they do next shows its words. What somebody wrote
    for longer than that holds is not lost, nor what they wrote while it was taken further."""
    member, posts = guards.this_staff(), request.method == "POST"
    within = None if posts else desk_queries.READ_FOR
    if not desk_queries.has_open(member, complaint_id, within):
        abort(404)
    found = queries.for_staff(member, complaint_id)
    if found is None and posts:
        refusal = Refusal("level", desk_actions.SOMEBODY_ELSES)
        list_of_theirs = url_for("staff.complaints")
        abort(make_response(conflict(refusal, list_of_theirs, errors.typed_words())))
    return found or abort(404)


def _address(found: Complaint) -> str:
    return url_for("staff.complaint", complaint_id=found.id)


@bp.route("/complaints", methods=["GET", "POST"])
@guards.complaints_only
def complaints() -> Any:
    """What is overdue, what is due this week, the rest, and what was answered."""
    member, today = guards.this_staff(), clock.today()
    form = FindForm()
    if form.submitted():
        found = desk_queries.by_receipt(member, read_code(form.reference.data or "") or "")
        if found is not None:
            return to(_address(found))
        form.refuse(_NOT_FOUND, "reference")
    waiting = queries.open_for(member)
    return page(
        "staff/complaints.html",
        form.status,
        form=form,
        overdue=[c for c in waiting if rules.is_late(c, today)],
        soon=[c for c in waiting if rules.is_due_soon(c, today)],
        rest=[c for c in waiting if c.reply_by > today + timedelta(days=7)],
        answered=queries.answered_for(member, _ANSWERED),
        untold=desk_queries.untold(member),
        rules=rules,
    )


@bp.post("/complaints/<uuid:complaint_id>/open")
@guards.complaints_only
def open_complaint(complaint_id: UUID) -> Any:
    """Opening a complaint is reading it, and the person can see that."""
    found = _complaint(complaint_id)
    return _does(found, lambda: desk_actions.open_it(found, staff=guards.this_staff(), by=by()))


@bp.get("/complaints/<uuid:complaint_id>")
@guards.complaints_only
def complaint(complaint_id: UUID) -> Any:
    """Everything about one complaint, once it was opened."""
    found = _complaint(complaint_id)
    if not desk_queries.has_open(guards.this_staff(), found.id):
        return page("staff/complaint_closed.html", c=found, rules=rules, today=clock.today())
    entries = [log.by_receipt(receipt) for receipt in queries.attached(found)]
    return page(
        "staff/complaint.html",
        c=found,
        words=queries.words(found),
        kept_from=queries.kept_from(found),
        attached=[entry for entry in entries if entry is not None],
        history=log.entries_about(found.claimant_id, found.id),
        language=languages.known().get(found.language),
        rules=rules,
        today=clock.today(),
        in_team=rules.level_of(guards.this_staff()) is Level.team,
    )


@bp.post("/complaints/<uuid:complaint_id>/acknowledge")
@guards.complaints_only
def acknowledge_complaint(complaint_id: UUID) -> Any:
    """Tell the person that it has come, and by when they have an answer."""
    found = opened(complaint_id)
    return _does(found, lambda: desk_actions.acknowledge(found, staff=guards.this_staff(), by=by()))


@bp.route("/complaints/<uuid:complaint_id>/ask", methods=["GET", "POST"])
@guards.complaints_only
@takes_long_text
def ask_about_complaint(complaint_id: UUID) -> Any:
    """Ask the person for more. The clock goes on."""
    found, word_id, form = opened(complaint_id), once(), AskMoreForm()
    if form.submitted():
        words, member = form.words.data or "", guards.this_staff()
        return _does(
            found,
            lambda: desk_actions.ask_more(found, words, word_id=word_id, staff=member, by=by()),
        )
    return page("staff/complaint_ask.html", form.status, form=form, c=found, once=word_id)


@bp.route("/complaints/<uuid:complaint_id>/answer", methods=["GET", "POST"])
@guards.complaints_only
@takes_long_texts(3)
def answer_complaint(complaint_id: UUID) -> Any:
    """The answer in three parts; for the complaints team, perhaps the final one."""
    found, form = opened(complaint_id), AnswerComplaintForm()
    member = guards.this_staff()
    in_team = rules.level_of(member) is Level.team
    if form.submitted():
        return _does(
            found,
            lambda: desk_actions.answer(
                found,
                looked_at=form.looked_at.data or "",
                found_out=form.found_out.data or "",
                will_do=form.will_do.data or "",
                final=in_team and bool(form.final.data),
                staff=member,
                by=by(),
            ),
        )
    until = rules.examiner_until(clock.today())
    return page(
        "staff/complaint_answer.html",
        form.status,
        form=form,
        c=found,
        in_team=in_team,
        examiner=said.goes_to_the_examiner(found),
        until=until,
        today=clock.today(),
        rules=rules,
    )


@bp.route("/complaints/<uuid:complaint_id>/told", methods=["GET", "POST"])
@guards.complaints_only
@takes_long_text
def told_more(complaint_id: UUID) -> Any:
    """What the person told us about it since, by phone or at the counter."""
    found, word_id, form = opened(complaint_id), once(), ToldMoreForm()
    if form.submitted():
        return _does(
            found, lambda: actions.add(found, form.words.data or "", word_id=word_id, by=by())
        )
    return page("staff/complaint_told.html", form.status, form=form, c=found, once=word_id)


@bp.post("/complaints/<uuid:complaint_id>/further")
@guards.complaints_only
def told_further(complaint_id: UUID) -> Any:
    """The person told us that they want it to go to the complaints team."""
    found = opened(complaint_id)
    return _does(found, lambda: actions.take_further(found, by=by()))


def _does(found: Complaint, act: Any) -> Any:
    """Do it, and show the complaint again; or the list, once it is no longer theirs."""
    try:
        with transaction():
            act()
    except Refusal as refusal:
        theirs = queries.for_staff(guards.this_staff(), found.id) is not None
        back = _address(found) if theirs else url_for("staff.complaints")
        return conflict(refusal, back, errors.typed_words())
    theirs = queries.for_staff(guards.this_staff(), found.id) is not None
    return to(_address(found) if theirs else url_for("staff.complaints"))


@bp.route("/complaints/<uuid:complaint_id>/untold/<uuid:task_id>", methods=["GET", "POST"])
@guards.complaints_only
def complaint_untold(complaint_id: UUID, task_id: UUID) -> Any:
    """What a text could not tell somebody about their complaint, and that they know it now."""
    member = guards.this_staff()
    task = desk_queries.untold_task(member, complaint_id, task_id) or abort(404)
    found = _complaint(complaint_id)
    if request.method == "POST":
        with transaction():
            delivery_actions.settle(task)
        return to(url_for("staff.complaints"))
    return page(
        "staff/complaint_untold.html",
        c=found,
        task=task,
        opened=desk_queries.has_open(member, found.id, within=None),
        person=task.claimant,
        language=languages.known().get(task.claimant.language),
    )


@bp.get("/complaints/pattern")
@guards.complaints_only
def complaints_pattern() -> Any:
    """What people complain about, by office and language. It tells of nobody, neither of who
    complained nor of whom."""
    member, since = guards.this_staff(), clock.now() - COUNTED
    return page(
        "staff/complaints_pattern.html",
        kinds=desk_queries.by_kind(member, since),
        languages_of=desk_queries.by_language(member, since),
        since=since,
        smallest=desk_queries.SMALLEST_GROUP,
        rules=rules,
    )


@bp.route("/people/<uuid:claimant_id>/complaint", methods=["GET", "POST"])
@guards.staff_only
@takes_long_texts(3)
def told_complaint(claimant_id: UUID) -> Any:
    """A complaint that a person told a member of staff, who does not see it afterwards. The
    receipt is shown once, to be given to the person."""
    person, complaint_id = a_person(claimant_id), once()
    coach = [str(person.coach_id)] if person.coach_id else []
    form = ToldComplaintForm(queries.may_be_kept_from(person), kept_from=coach)
    if form.submitted():
        try:
            if not throttle.allow("complaints of a person", f"written by {guards.this_staff().id}"):
                raise _TOO_MANY
            with transaction():
                entry = actions.send(
                    person, _wish(person, form), complaint_id=complaint_id, by=by()
                )
            return page("staff/complaint_written.html", person=person, entry=entry)
        except Refusal as refusal:
            form.refuse(refusal, refusal.code if refusal.code in form else "what")
    return page(
        "staff/told_complaint.html", form.status, form=form, person=person, once=complaint_id
    )


def _wish(person: Claimant, form: ToldComplaintForm) -> Wish:
    return Wish(
        kind=Kind(form.kind.data),
        what=form.what.data or "",
        happened=form.happened.data or "",
        who=form.who.data or "",
        put_right=form.put_right.data or "",
        contact=wishes.usual_contact(person),
        contact_note=form.contact_note.data or "",
        level=Level.team if form.past.data else Level.office,
        kept_from=form.kept,
    )
