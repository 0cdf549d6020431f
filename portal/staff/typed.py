"""Words that not everybody at the office can read: what a translator says they say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from portal.account import guards
from portal.complaints import desk_queries as complaints
from portal.database import transaction
from portal.record.models import Entry
from portal.refusals import Refusal, sentence
from portal.staff.complaints import opened
from portal.staff.desk import a_person, bp, by, conflict, done
from portal.typed import desk_actions, keeping, queries, rules
from portal.typed.models import Side, Typed
from portal.web.forms import SHORTER, TOO_LONG, AtMost, Form, Line, Lines, Need
from portal.web.fragments import page, to
from portal.web.headers import takes_long_text


class TranslationForm(Form):
    """What the words say in English, and who says so."""

    english = Lines(
        _l("What it says, in English"),
        [Need(sentence("Write in English what it says.")), AtMost(rules.LONGEST, TOO_LONG)],
        description=_l("The person can read this. Their own words stay as they are."),
    )
    translator = Line(
        _l("Who translated it?"),
        [Need(sentence("Write who translated it.")), AtMost(rules.LONGEST_NAME, SHORTER)],
        description=_l("A name, or the company and its number for this call."),
    )
    named = Line(
        _l("Which language is it?"),
        [AtMost(rules.LONGEST_NAME, SHORTER)],
        description=_l("Only if it is not the language that we name above."),
    )


def _typed(about: UUID) -> tuple[Typed, str]:
    """What a person typed that whoever is here may read, and the page it belongs to."""
    found = queries.typed(about) or abort(404)
    if found.apart != guards.is_apart(guards.this_staff()):
        abort(404)
    if not found.apart:
        a_person(found.claimant_id)
        return found, url_for("staff.person", claimant_id=found.claimant_id)
    complaint = opened(complaints.complaint_that_holds(about))
    return found, url_for("staff.complaint", complaint_id=complaint.id)


@bp.route("/typed/<uuid:about>", methods=["GET", "POST"])
@guards.all_staff
@takes_long_text
def typed(about: UUID) -> Any:
    """The words as they were typed, and beside them what a translator says they say."""
    found, back = _typed(about)
    form = TranslationForm(english=found.english, translator=found.translator, named=found.named)
    if form.submitted():
        try:
            with transaction():
                entry = desk_actions.translate(
                    found,
                    form.english.data or "",
                    translator=form.translator.data or "",
                    named=form.named.data or "",
                    staff=guards.this_staff(),
                    by=by(),
                )
        except Refusal as refusal:
            return conflict(refusal, back, [form.english.data or ""])
        return _after(found, entry, back)
    words = "\n".join(keeping.words_of(found))
    return page(
        "staff/typed.html", form.status, form=form, t=found, words=words, back=back, what=rules.WHAT
    )


@bp.post("/typed/<uuid:about>/read")
@guards.all_staff
def read_typed(about: UUID) -> Response:
    """Whoever is here can read it: it needs no translator."""
    found, back = _typed(about)
    with transaction():
        entry = desk_actions.read_as_it_is(found, staff=guards.this_staff(), by=by())
    return _after(found, entry, back)


@bp.post("/typed/<uuid:about>/translator")
@guards.all_staff
def ask_translator(about: UUID) -> Response:
    """Whoever is here cannot read it, whatever its letters say."""
    found, back = _typed(about)
    with transaction():
        entry = desk_actions.ask_for_translator(found, by=by())
    return _after(found, entry, back)


def _after(found: Typed, entry: Entry | None, back: str) -> Response:
    """Those who deal with complaints go back to the complaint: no other page is theirs."""
    assert found.side is Side.person
    return to(back) if found.apart else done(entry, back)
