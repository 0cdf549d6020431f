"""Who is here: the person or member of staff behind a session, and the guards of views."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Flask, abort, g, request, session, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from portal import clock
from portal.account import actions, queries, sign_in_actions
from portal.account.models import Claimant, Staff, Visit
from portal.account.rules import APART_IN_OFFICE, APART_OF_NO_OFFICE, MANAGERS
from portal.actors import Actor, Assurance, Channel, Kind
from portal.database import transaction
from portal.web import errors, fragments
from portal.web.access import View, mark
from portal.web.language import safe_path

IDLE = timedelta(minutes=10)
WARNED_BEFORE = timedelta(minutes=2)
LONGEST = {"claimant": timedelta(hours=4), "staff": timedelta(hours=10)}
APART = frozenset({APART_IN_OFFICE, APART_OF_NO_OFFICE})
"""Roles that deal with complaints: they see those, and nothing else of the desk."""
_WRITE_AFTER = timedelta(seconds=20)
_NOT_KEPT = ("csrf_token", "_language", "_beside", "_next", "_once", "version", "pin", "remove")
_PRIVATE = "private_"
"""Fields whose names begin so are kept nowhere unless the person sends them."""
_THEIRS_FOR = timedelta(hours=1)
"""After it was last used, whoever holds the browser of an ended visit is taken for its person, as
far as to add to what they were writing."""
_Keeper = Callable[[Any, str, Mapping[str, list[str]]], None]
_KEEPERS: list[_Keeper] = []


def also_keeps(keeper: _Keeper) -> _Keeper:
    """Decorate what has a place of its own for words that came when a visit had ended. It gets
    the person, the path of the page and the fields, and takes part in the transaction."""
    _KEEPERS.append(keeper)
    return keeper


def current_visit() -> Visit | None:
    """The session this browser holds, whether or not it has ended."""
    if "visit" not in g:
        token = session.get("v")
        g.visit = queries.visit(token) if token else None
    return g.visit  # type: ignore[no-any-return]


def _is_live(visit: Visit) -> bool:
    now = clock.now()
    kind = "staff" if visit.staff_id else "claimant"
    return (
        visit.ended_at is None
        and now - visit.seen_at <= IDLE + _WRITE_AFTER
        and now - visit.started_at <= LONGEST[kind]
    )


def is_here(visit: Visit | None) -> bool:
    """Whether somebody is still signed in with this session, in whatever browser."""
    return visit is not None and _is_live(visit)


def live_visit() -> Visit | None:
    visit = None if g.get("no_database") else current_visit()
    return visit if visit is not None and _is_live(visit) else None


def claimant() -> Claimant | None:
    """The signed-in person, if any."""
    visit = live_visit()
    return visit.claimant if visit else None


def staff() -> Staff | None:
    """The signed-in member of staff, if any."""
    visit = live_visit()
    return visit.staff if visit and visit.staff and visit.staff.active else None


def this_claimant() -> Claimant:
    """The person in a view that only a claimant can enter."""
    person = claimant()
    assert person is not None
    return person


def this_staff() -> Staff:
    """The member of staff in a view that only staff can enter."""
    member = staff()
    assert member is not None
    return member


def claimant_actor(person: Claimant) -> Actor:
    return Actor(Kind.claimant, person.id, Channel.web, Assurance.signed_in)


def staff_actor(member: Staff) -> Actor:
    return Actor(Kind.staff, member.id, Channel.desk, Assurance.staff)


def claimant_only(view: View) -> View:
    """Only a signed-in claimant. Others sign in first; what they had typed is kept."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if claimant() is None:
            return _sign_in_again("account.sign_in")
        touch()
        _bring_back_typed_text()
        return view(*args, **kwargs)

    return mark(guarded, "claimant")  # type: ignore[return-value]


def staff_only(view: View) -> View:
    """Only a signed-in member of staff. Words that came too late are shown, to be copied. For
    those who deal with complaints there is nothing here."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return abort(404) if is_apart(this_staff()) else view(*args, **kwargs)

    return all_staff(guarded)  # type: ignore[return-value]


def complaints_only(view: View) -> View:
    """Only staff who deal with complaints; for other staff there is nothing here."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if is_apart(this_staff()) else abort(404)

    return all_staff(guarded)  # type: ignore[return-value]


def all_staff(view: View) -> View:
    """Any signed-in member of staff, those who deal with complaints among them."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if staff() is None:
            answer = _sign_in_again("staff.sign_in")
            visit = current_visit()
            if visit is not None and visit.staff_id and errors.typed_words():
                return errors.stale_form(CSRFError())
            return answer
        touch()
        return view(*args, **kwargs)

    return mark(guarded, "staff")  # type: ignore[return-value]


def is_apart(member: Staff) -> bool:
    """True for whoever deals with complaints, and so sees nothing else of anybody."""
    return member.role in APART


def is_manager(member: Staff) -> bool:
    """True for whoever answers for how the service runs, and not only for people."""
    return member.role in MANAGERS


def manager_only(view: View) -> View:
    """Only staff whose role is one of `rules.MANAGERS`; for other staff there is nothing here."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if is_manager(this_staff()) else abort(404)

    return staff_only(guarded)  # type: ignore[return-value]


def touch() -> None:
    visit = live_visit()
    if visit and clock.now() - visit.seen_at > _WRITE_AFTER:
        with transaction():
            visit.seen_at = clock.now()


def _sign_in_again(endpoint: str) -> Response:
    visit = current_visit()
    if visit is not None and visit.claimant_id and request.method == "POST":
        keep_what_was_typed(visit, request.path)
    rule = request.url_rule
    if rule is not None and "GET" in (rule.methods or ()):
        session["next"] = request.path
    if visit is not None:
        session["ended"] = True
    return fragments.whole_page(url_for(endpoint))


def keep_what_was_typed(visit: Visit | None, path: str) -> bool:
    """Keep the fields of this request for the person of `visit`; True if there were any."""
    fields = {
        name: values
        for name, values in request.form.lists()
        if name not in _NOT_KEPT
        and not name.startswith(_PRIVATE)
        and any(v.strip() for v in values)
    }
    if not fields or visit is None or visit.claimant_id is None:
        return False
    with transaction():
        sign_in_actions.keep_typed_text(visit.claimant_id, path, fields)
        # Later than this, somebody else may sit at a browser that many use.
        if clock.now() - visit.seen_at <= _THEIRS_FOR:
            for keep in _KEEPERS:
                keep(visit.claimant, path, fields)
    return True


def _bring_back_typed_text() -> None:
    """On the page where it was typed, put the kept text back into the form; once it was sent
    from there, drop it."""
    if not session.get("kept"):
        return
    person = this_claimant()
    kept = queries.typed_text(person)
    if kept is None or request.path != kept.path:
        return
    if request.method == "POST" and not g.get("only_refill"):
        session.pop("kept")
        with transaction():
            sign_in_actions.drop_typed_text(person.id)
    else:
        g.typed_text = json.loads(kept.fields)


def sign_in_browser(token: str, person: Claimant | None = None) -> str:
    """Give this browser a fresh session; returns where the person wanted to go."""
    # What was answered about costs is for the request that they sign in to send.
    stays = ("lang", "beside", "beside_aloud", "next", "costs")
    keep = {name: session[name] for name in stays if name in session}
    before = current_visit()
    if before is not None and before.claimant_id not in (None, person and person.id):
        # Somebody else's page: whoever comes after them at this computer was not on it.
        for name in stays[1:]:
            keep.pop(name, None)
    session.clear()
    session.update(keep)
    session["v"] = token
    g.pop("visit", None)
    wanted = session.pop("next", "")
    if person is not None:
        kept = queries.typed_text(person)
        if kept is not None:
            session["kept"] = True
            return str(kept.path)
    return str(wanted)


def leave(how: str) -> None:
    """End the session of this browser, here and in the database."""
    visit = current_visit()
    if visit is not None:
        person = visit.claimant
        with transaction():
            sign_in_actions.end_visit(visit, how, by=claimant_actor(person) if person else None)
    # After time ran out, another tab may still hand in what was typed there.
    keep = ("lang", "beside", "beside_aloud", "v") if how == "time" else ("lang",)
    kept = {name: session[name] for name in keep if name in session}
    session.clear()
    session.update(kept)
    g.visit = None


def _before_request() -> None:
    """The language of the person who is here; a language chosen on a page is theirs."""
    if request.blueprint in (None, "files") or not session.get("v"):
        return
    person = claimant()
    if person is None:
        return
    if g.get("only_refill"):
        # Where scripts exchange only the main part, the switch posts the form to its own
        # address: what came along is kept and is put back on the page it came from.
        back = safe_path(request.form.get("_next"))
        if request.endpoint in ("web.language", "beside.posted") and keep_what_was_typed(
            current_visit(), back
        ):
            session["kept"] = True
    if g.get("language_chosen"):
        with transaction():
            actions.choose_language(person, g.language_chosen, by=claimant_actor(person))
    g.language_of_person = person.language


def init_app(app: Flask) -> None:
    app.before_request(_before_request)
