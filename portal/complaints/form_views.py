"""Writing a complaint: one thing a page, each kept as it is left, then checked and sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort, g, request, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.account import guards, throttle
from portal.account.models import Claimant
from portal.complaints import actions, drafts, helper_actions, queries, rules, wishes
from portal.complaints.drafts import Answers
from portal.complaints.forms import PAGES, PageForm, codes_in, pages_of
from portal.complaints.models import Draft
from portal.complaints.pages import bp, done, show
from portal.database import transaction
from portal.languages import current, say
from portal.record import log
from portal.record.models import Entry
from portal.refusals import Refusal, Sentence, sentence
from portal.web.forms import Form, once
from portal.web.fragments import to
from portal.web.headers import takes_long_text

_TOO_MANY = Refusal(
    "too-many",
    sentence("You sent many complaints today. Please call your Jobcentre if it cannot wait."),
)
_CHANGED = Refusal(
    "changed", sentence("Something was changed in another window. Please check it again.")
)
_MISSING = Refusal("missing", sentence("Something is still missing. It is named below."))
_NOT_CODES = sentence("We know no receipt of yours with this code: %(code)s")


@bp.route("/new/<name>", methods=["GET", "POST"])
@guards.claimant_only
@takes_long_text
def step(name: str) -> Any:
    """One page. It is kept however it is left; only going on asks for what must be there."""
    person = guards.this_claimant()
    form = PAGES[name](data=wishes.here(person)) if name in PAGES else abort(404)
    form.fill(person)
    stored, names, elsewhere = drafts.read(queries.draft(person)), form.names(), {}
    if request.method == "POST":
        try:
            with transaction():
                kept = drafts.keep(person, form.fields(), seen=request.form.get("version", ""))
            stored = drafts.read(kept)
            if not g.get("only_refill") and (_is_left() or form.validate() & _holds(person, form)):
                return _onwards(name, stored)
        except Refusal as refusal:
            form.refuse(refusal, names[0])
            elsewhere = {each: stored[each] for each in names if stored.get(each)}
    form.version.data = drafts.mark(stored, names)
    order = pages_of(stored)
    return show(
        "complaints/step.html",
        form.status,
        form=form,
        number=order.index(name) + 1 if name in order else 1,
        most=len(order),
        elsewhere=elsewhere,
        stored=stored,
        shown=queries.was_shown(queries.draft(person)),
    )


def _is_left() -> bool:
    """The person goes back or stops here: nothing needs to be complete for that."""
    return request.form.get("at") in ("back", "stop")


def _onwards(name: str, answers: Answers) -> Response:
    """Where the button that was pressed leads: on, back, or out."""
    order, pressed = pages_of(answers), request.form.get("at")
    if pressed == "stop":
        return to(url_for("complaints.listing"))
    at = order.index(name) if name in order else 0
    if pressed == "back":
        return to(address(order[at - 1]) if at else url_for("complaints.listing"))
    if answers.get("_checked") or at + 1 == len(order):
        return to(url_for("complaints.check"))
    return to(address(order[at + 1]))


def address(name: str) -> str:
    return url_for("complaints.step", name=name)


def _holds(person: Claimant, form: PageForm) -> bool:
    """Whether the receipt codes that were typed are this person's."""
    if "codes" not in form or not form["codes"].data:
        return True
    codes = form["codes"]
    read, wrong = codes_in(codes.data)
    wrong += [code for code in read if not wishes.is_theirs(person, code)]
    if wrong:
        codes.errors = [*codes.errors, say(Sentence(_NOT_CODES.english, {"code": wrong[0]}))]
    return not wrong


@guards.also_keeps
def _keep_page(person: Claimant, path: str, fields: Mapping[str, list[str]]) -> None:
    """A page came when the visit had ended. It is kept as any other, unless another window wrote
    something else since: then it waits beside it, for the person to see both."""
    name = path.removeprefix(url_for("complaints.listing") + "/new/")
    if name not in PAGES or "/" in name:
        return
    form = PAGES[name](request.form)
    form.fill(person)
    try:
        drafts.keep(person, form.fields(), seen=request.form.get("version", ""))
    except Refusal:
        return


class SendForm(Form):
    """A button."""


@bp.route("/new/check", methods=["GET", "POST"])
@guards.claimant_only
def check() -> Any:
    """All of it on one page, who will see it, and the button that sends it."""
    person = guards.this_claimant()
    sent = queries.complaint(person, once())
    if sent is not None:
        return to(url_for("complaints.sent", receipt=sent.receipt))
    draft, form = queries.draft(person), SendForm()
    if draft is None:
        return to(url_for("complaints.listing"))
    answers = wishes.here(person)
    if form.submitted():
        try:
            return done(_send(person, draft.id))
        except Refusal as refusal:
            form.form_errors.append(say(refusal.sentence))
    if not answers.get("_checked"):
        with transaction():
            drafts.keep(person, {"_checked": "y"})
        answers = wishes.here(person)
    wish, after = wishes.wish_of(person, answers), wishes.after(person, answers)
    level, kept = actions.level_for(person, wish, after), actions.kept_from(wish, after)
    return show(
        "complaints/check.html",
        form.status,
        form=form,
        once=draft.id,
        helping=helper_actions.helping(person),
        version=drafts.mark(answers, answers),
        missing=wishes.missing(answers),
        c=wish,
        kind=wishes.kind_of(wish, after),
        after=after,
        pages=pages_of(answers),
        entries=[log.by_receipt(receipt) for receipt in sorted(wish.receipts)],
        level=level,
        only_the_team=level is not wish.level and after is None,
        who=queries.who_could_see(person.office_id, level, sorted(kept)),
        kept=queries.staff_of(kept),
        reply_by=rules.reply_by(clock.today(), person.office.nation),
        office=person.office,
        language=current(),
    )


def _send(person: Claimant, draft_id: UUID) -> Entry:
    """Send what was checked; Refusal for anything else. Another window may write in it until the
    last moment: it is looked at again once it can no more."""
    _checked(person, queries.draft(person), draft_id)
    if not throttle.allow("complaints of a person", str(person.id)):
        raise _TOO_MANY
    with transaction():
        draft = drafts.locked(person)
        sent = queries.complaint(person, draft_id)
        if sent is not None and (entry := log.by_receipt(sent.receipt)):
            return entry
        answers = _checked(person, draft, draft_id)
        wish, after = wishes.wish_of(person, answers), wishes.after(person, answers)
        by = guards.claimant_actor(person)
        return actions.send(person, wish, complaint_id=draft_id, after=after, by=by)


def _checked(person: Claimant, draft: Draft | None, draft_id: UUID) -> Answers:
    """What was written, if it is what was checked, and whole."""
    answers = wishes.here(person)
    same = request.form.get("version") == drafts.mark(answers, answers)
    if draft is None or draft.id != draft_id or not same:
        raise _CHANGED
    if wishes.missing(answers):
        raise _MISSING
    return answers


@bp.post("/new/drop")
@guards.claimant_only
def drop() -> Response:
    """The person wants none of it any more: of what the page showed them."""
    with transaction():
        drafts.drop(guards.this_claimant(), request.form.get("draft", ""))
    return to(url_for("complaints.listing"))


@bp.get("/new")
@guards.claimant_only
def go_on() -> Response:
    """Begin, or go on where the person left off: on the first page that they have not left."""
    stored = drafts.read(queries.draft(guards.this_claimant()))
    if stored.get("_checked"):
        return to(url_for("complaints.check"))
    order = pages_of(stored)
    new = [name for name in order if not set(PAGES[name].names()) & set(stored)]
    return to(address(new[0]) if new else url_for("complaints.check"))
