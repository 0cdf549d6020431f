"""Pages for visitors who are not signed in, and pages for when something went wrong."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa

from accessibility_tests.browser import Browser
from accessibility_tests.scenes import Scene
from accessibility_tests.states import State, press, send
from portal.account import throttle
from portal.account.models import CodeAttempt, Throttle
from portal.database import db, new_id
from portal.record.models import Chain


def _remembered(path: str, **session: Any) -> Any:
    """The browser comes back with this in its session."""

    def prepare(scene: Scene) -> str:
        scene.session.update(session)
        return path

    return prepare


def _use_up(limit: str, who: str) -> None:
    throttle.allow(limit, who)
    db.session.execute(sa.update(Throttle).values(count=10_000))


def _too_many_codes(scene: Scene) -> str:
    with scene.service.app.app_context():
        throttle.allow("code for a number", "+447700900999")
    with scene.writing():
        db.session.execute(sa.update(Throttle).values(count=10_000))
    return "/sign-in"


def _too_many_visits(scene: Scene) -> str:
    with scene.service.app.app_context():
        throttle.allow("link from an address", "127.0.0.1")
    with scene.writing():
        db.session.execute(sa.update(Throttle).values(count=10_000))
    return scene.link(scene.book())


def _waiting_for_code(scene: Scene) -> str:
    """A code was sent; the session knows which."""
    with scene.writing():
        attempt = CodeAttempt(
            id=new_id(), claimant_id=scene.person, number=scene.claimant().mobile, asked_at=_now()
        )
        db.session.add(attempt)
    scene.session["attempt"] = attempt.id.hex
    return "/sign-in/code"


def _now() -> Any:
    from portal import clock

    return clock.now()


def _code_ran_out(scene: Scene) -> str:
    scene.session["attempt"] = new_id().hex
    return "/sign-in/code"


def _good_receipt(scene: Scene) -> str:
    return f"/receipts/{scene.receipt(scene.accept(scene.book()))}"


def _broken_receipt(scene: Scene) -> str:
    path = _good_receipt(scene)
    with scene.writing():
        db.session.get_one(Chain, scene.person).length += 1
    return path


def _refused_link(scene: Scene) -> str:
    return scene.link(scene.refuse(scene.ask(scene.book(), "phone_call")))


def _link_with_slots(scene: Scene) -> str:
    scene.slots()
    return scene.link(scene.book(), "time")


def _link_answered(scene: Scene) -> str:
    of = scene.accept(scene.book())
    return scene.link(of, "answered", receipt=scene.receipt(of))


def _tampered(browser: Browser, _scene: Scene) -> None:
    """The page was open for so long that its form is no longer known."""
    browser.run("document.querySelector('#f [name=csrf_token]').value = 'old'")
    browser.send_plainly(number="07700 900123")


def _too_large(browser: Browser, _scene: Scene) -> None:
    browser.send_plainly(number="0" * 70_000)


def _no_database(scene: Scene) -> AbstractContextManager[None]:
    gone = sa.exc.OperationalError("SELECT", {}, Exception("gone"))
    return scene.service.in_trouble(gone)


def _mistake(scene: Scene) -> AbstractContextManager[None]:
    return scene.service.in_trouble(ArithmeticError("a mistake of ours"))


STATES = (
    State("front", "home.start", "/"),
    State(
        "all-languages",
        "account.sign_in",
        "/sign-in",
        press("#lang [name=_language]:not([value])"),
    ),
    State("sign-in", "account.sign_in", "/sign-in"),
    State("sign-in-empty", "account.sign_in", "/sign-in", send(), errors=True),
    State(
        "sign-in-landline",
        "account.sign_in",
        "/sign-in",
        send(number="0161 496 0000"),
        errors=True,
    ),
    State(
        "sign-in-too-many",
        "account.sign_in",
        _too_many_codes,
        send(number="07700 900999"),
        errors=True,
    ),
    State("sign-in-after-time-out", "account.sign_in", _remembered("/sign-in", ended=True)),
    State("code-sent", "account.sign_in", "/sign-in", send(number="07700 900123")),
    State("code", "account.sign_in_code", _waiting_for_code),
    State("code-empty", "account.sign_in_code", _waiting_for_code, send(), errors=True),
    State("code-wrong", "account.sign_in_code", _waiting_for_code, send(code="12345"), errors=True),
    State("code-ran-out", "account.sign_in_code", _code_ran_out, send(code="123456"), errors=True),
    State("card", "account.sign_in_card", "/sign-in/card"),
    State("card-empty", "account.sign_in_card", "/sign-in/card", send(), errors=True),
    State(
        "card-wrong",
        "account.sign_in_card",
        "/sign-in/card",
        send(reference="AB12-CD34", code="0123456789"),
        errors=True,
    ),
    State("signed-out", "account.signed_out", "/signed-out"),
    State("signed-out-kept", "account.signed_out", _remembered("/signed-out", kept_note=True)),
    State("help", "home.help", "/help"),
    State("help-cannot-come", "home.help_page", "/help/cannot-come"),
    State("help-lower-payment", "home.help_page", "/help/lower-payment"),
    State("help-texts", "home.help_page", "/help/texts"),
    State("help-shared-computers", "home.help_page", "/help/shared-computers"),
    State("accessibility", "home.accessibility", "/accessibility"),
    State("privacy", "home.privacy", "/privacy"),
    State("receipts", "history.receipts", "/receipts"),
    State("receipts-empty", "history.receipts", "/receipts?code=", errors=True),
    State(
        "receipts-unknown",
        "history.receipts",
        "/receipts?code=AAAA",
        errors=True,
        status=404,
    ),
    State(
        "receipt-unknown",
        "history.receipt",
        "/receipts/AAAA-AAAA",
        errors=True,
        status=404,
    ),
    State("receipt", "history.receipt", _good_receipt),
    State("receipt-of-a-broken-record", "history.receipt", _broken_receipt),
    # Behind the link in a text: no name, no signing in.
    State("link", "appointments.link_appointment", lambda s: s.link(s.book())),
    State("link-refused", "appointments.link_appointment", _refused_link),
    State("link-cancel", "appointments.link_cancel", lambda s: s.link(s.book(), "cancel")),
    State(
        "link-cancel-too-long",
        "appointments.link_cancel",
        lambda s: s.link(s.book(), "cancel"),
        send(reason="ill", note="a " * 1500),
        errors=True,
    ),
    State("link-time", "appointments.link_time", _link_with_slots),
    State(
        "link-time-empty",
        "appointments.link_time",
        lambda s: s.link(s.book(), "time"),
        send(),
        errors=True,
    ),
    State("link-answered", "appointments.link_answered", _link_answered),
    State(
        "link-accepted",
        "appointments.link_answered",
        lambda s: s.link(s.book()),
        press("form[action$=accept] button"),
    ),
    # When something went wrong.
    State(
        "error-not-found",
        "nowhere",
        "/nowhere",
        status=404,
    ),
    State(
        "error-not-possible",
        "nowhere",
        "/sign-out",
        status=405,
    ),
    State(
        "error-too-many",
        "appointments.link_appointment",
        _too_many_visits,
        status=429,
    ),
    State(
        "error-stale-form",
        "account.sign_in",
        "/sign-in",
        _tampered,
        status=400,
    ),
    State(
        "error-too-large",
        "account.sign_in",
        "/sign-in",
        _too_large,
        status=413,
    ),
    State(
        "error-no-database",
        "history.receipt",
        "/receipts/AAAA-AAAA",
        weather=_no_database,
        status=503,
    ),
    State(
        "error-unexpected",
        "history.receipt",
        "/receipts/AAAA-AAAA",
        weather=_mistake,
        status=500,
    ),
)
