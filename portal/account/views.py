"""Signing in and out, and settings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from portal.account import (
    actions,
    guards,
    interpreter_views,
    phone_views,
    queries,
    sign_in_actions,
    throttle,
)
from portal.account.forms import (
    CardForm,
    CodeForm,
    NumberCodesForm,
    NumberForm,
    SettingsForm,
    SignInForm,
)
from portal.account.models import Claimant, Letters, Way
from portal.account.numbers import national
from portal.account.pages import bp
from portal.account.roles import role_name
from portal.actors import Actor, Assurance, Channel, Kind
from portal.database import transaction
from portal.record.receipts import read_code
from portal.refusals import Refusal, sentence
from portal.web import fragments
from portal.web.access import public
from portal.web.fragments import page, to
from portal.web.headers import takes_long_text
from portal.web.language import safe_path

__all__ = ["bp", "interpreter_views", "phone_views"]

bp.app_template_filter("role_name")(role_name)

_TOO_MANY = Refusal(
    "too-many", sentence("There were too many tries. Wait 15 minutes, then try again.")
)
_STRANGER = Actor(Kind.claimant, None, Channel.web, Assurance.none)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    """Ask for the number and text a code. Known and unknown numbers get the same answer."""
    form = SignInForm()
    if form.submitted():
        number = form.number.e164
        allowed = throttle.allow("code for a number", number) and throttle.allow(
            "codes from an address", request.remote_addr or ""
        )
        if allowed:
            with transaction():
                attempt = sign_in_actions.ask_for_code(number, by=_STRANGER)
            session["attempt"] = attempt.id.hex
            return page("account/code.html", form=CodeForm(formdata=None), number=national(number))
        form.refuse(_TOO_MANY)
    return page("account/sign_in.html", form.status, form=form, ended=session.pop("ended", False))


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def sign_in_code() -> Any:
    """Check the code from the text."""
    if "attempt" not in session:
        return to(url_for("account.sign_in"))
    form = CodeForm()
    if form.submitted():
        refusal = None
        with transaction():
            try:
                person = sign_in_actions.check_code(UUID(session["attempt"]), form.code.data or "")
                token = _begin(person, "code")
            except Refusal as error:
                refusal = error
        if refusal is None:
            return _welcome(person, token)
        form.refuse(refusal)
    return page("account/code.html", form.status, form=form, number="")


@bp.route("/sign-in/card", methods=["GET", "POST"])
@public
def sign_in_card() -> Any:
    """Sign in with a printed card, for people with no phone."""
    form = CardForm()
    if form.submitted():
        try:
            reference = form.reference.data or ""
            if not throttle.allow("card", read_code(reference) or reference):
                raise _TOO_MANY
            with transaction():
                person = sign_in_actions.check_card(reference, form.code.data or "")
                token = _begin(person, "card")
            return _welcome(person, token)
        except Refusal as refusal:
            form.refuse(refusal)
    return page("account/card.html", form.status, form=form)


def _begin(person: Claimant, how: str) -> str:
    by = Actor(Kind.claimant, person.id, Channel.web, Assurance.signed_in)
    sign_in_actions.record_sign_in(person, how, by=by)
    return sign_in_actions.begin_visit(claimant=person)


def _welcome(person: Claimant, token: str) -> BaseResponse:
    wanted = guards.sign_in_browser(token, person)
    return fragments.whole_page(safe_path(wanted, url_for("home.welcome")))


@bp.post("/sign-out")
@public
def sign_out() -> BaseResponse:
    """End the session, here and everywhere it might be copied to."""
    guards.leave("button")
    return fragments.whole_page(url_for("account.signed_out"))


@bp.get("/signed-out")
@public
def signed_out() -> Any:
    return page("account/signed_out.html", kept=session.pop("kept_note", False))


@bp.post("/exit", endpoint="exit")
@public
def exit_page() -> BaseResponse:
    """Leave for another site at once. It does not remove this site from the browser's history."""
    guards.leave("exit")
    response = redirect(current_app.config["EXIT_URL"], 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    response.data = b""
    return response


@bp.post("/session/stay")
@public
def stay() -> Response:
    """The person is still here. Any request counts; this one does nothing else."""
    visit = guards.live_visit()
    if visit is None:
        return Response(status=401)
    guards.touch()
    return Response(status=204)


@bp.post("/session/end")
@public
@takes_long_text
def end() -> BaseResponse:
    """Time ran out: keep what was typed, end the session, clear the screen."""
    visit = guards.current_visit()
    kept = guards.keep_what_was_typed(visit, safe_path(request.form.get("_next")))
    guards.leave("time")
    session["kept_note"] = kept
    return fragments.whole_page(url_for("account.signed_out"))


@bp.route("/settings", methods=["GET", "POST"])
@guards.claimant_only
def settings() -> Any:
    """Language, how to be told, discreet wording, quiet times, number."""
    person = guards.this_claimant()
    form = SettingsForm(
        language=person.language,
        way=person.way.value,
        discreet=person.discreet,
        morning_text=person.morning_text,
        letters=person.letters.value,
        quiet_from=person.quiet_from.strftime("%H:%M") if person.quiet_from else "",
        quiet_to=person.quiet_to.strftime("%H:%M") if person.quiet_to else "",
    )
    if form.submitted():
        try:
            with transaction():
                receipts = _save(person, form)
            return page("account/saved.html", receipts=receipts, person=person)
        except Refusal as refusal:
            form.refuse(refusal, "quiet_from" if refusal.code == "quiet" else "way")
    return page(
        "account/settings.html",
        form.status,
        form=form,
        person=person,
        shared=phone_views.is_shared(person),
    )


def _save(person: Claimant, form: SettingsForm) -> list[Any]:
    by = guards.claimant_actor(person)
    start, end = form.quiet_times
    chosen = form.letters.data if form.letters else None
    letters = Letters(chosen) if chosen else person.letters
    entries = [
        actions.choose_language(person, form.language.data, by=by),
        actions.choose_way(person, Way(form.way.data), by=by),
        actions.choose_discreet(person, bool(form.discreet.data), by=by),
        actions.choose_morning_text(person, bool(form.morning_text.data), by=by),
        actions.choose_letters(person, letters, by=by),
        actions.choose_quiet_times(person, start, end, by=by),
    ]
    session["lang"] = person.language
    return [entry for entry in entries if entry is not None]


@bp.route("/settings/number", methods=["GET", "POST"])
@guards.claimant_only
def number() -> Any:
    """Give a new mobile number."""
    person = guards.this_claimant()
    form = NumberForm()
    if form.submitted():
        try:
            if not throttle.allow("code for a number", f"change {person.id}"):
                raise _TOO_MANY
            with transaction():
                actions.ask_to_change_number(
                    person, form.number.e164, by=guards.claimant_actor(person)
                )
            return to(url_for("account.number_codes"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("account/number.html", form.status, form=form, person=person)


@bp.route("/settings/number/codes", methods=["GET", "POST"])
@guards.claimant_only
def number_codes() -> Any:
    """Confirm a new number with a code from each phone."""
    person = guards.this_claimant()
    change = queries.live_number_change(person)
    form = NumberCodesForm()
    if change is not None and form.submitted():
        entry, refusal = None, None
        with transaction():
            try:
                entry = actions.confirm_number_change(
                    person,
                    old_code=form.old_code.data or "",
                    new_code=form.new_code.data or "",
                    by=guards.claimant_actor(person),
                )
            except Refusal as error:
                refusal = error
        if entry is not None:
            return page("account/saved.html", receipts=[entry], person=person)
        if refusal is not None:
            form.refuse(refusal, "new_code")
    return page("account/number_codes.html", form.status, form=form, change=change)
