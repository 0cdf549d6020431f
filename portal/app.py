"""The application factory of the claimant's service. Nothing runs at import."""

from __future__ import annotations

import logging
import secrets
from typing import Any

import structlog
from flask import Flask, g, request, session
from flask_babel import Babel, gettext
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

import portal.about.retention
import portal.account.retention
import portal.api.retention
import portal.appointments.retention
import portal.commitment.retention
import portal.complaints.retention
import portal.costs.retention
import portal.interpreting.retention
import portal.messages.retention
import portal.notices.retention
import portal.plan.retention
import portal.translating.retention
import portal.typed.retention  # noqa: F401
from portal import cli, clock, database, languages
from portal.about import views as about
from portal.account import guards
from portal.account import views as account
from portal.account.numbers import national
from portal.api import views as api
from portal.appointments import views as appointments
from portal.commitment import views as commitment
from portal.complaints import helping
from portal.complaints import views as complaints
from portal.costs import views as costs
from portal.history import views as history
from portal.home import plan as both_halves
from portal.home import views as home
from portal.interpreting import phrases, watching
from portal.interpreting import views as interpreting
from portal.messages import views as messages
from portal.plan import views as plan
from portal.record.receipts import grouped
from portal.settings import Settings
from portal.staff import views as staff
from portal.training import views as training
from portal.translating import views as translating
from portal.typed import showing
from portal.web import beside, errors, files, fragments, headers, notice
from portal.web import language as language_switch

csrf = CSRFProtect()


def create_app(settings: Settings | None = None) -> Flask:
    """The portal alone, without anything that sends texts. Raises SettingsError."""
    settings = settings or Settings.from_environment()
    settings.check()
    app = Flask("portal", static_folder=None, instance_path=str(settings.instance))
    _configure(app, settings)
    _log(settings)
    database.init_app(app)
    languages.offered()
    Babel(app, locale_selector=language_switch.select_locale)  # type: ignore[no-untyped-call]
    Compress(app)
    headers.compress_refusals(app)
    fragments.htmx.init_app(app)
    headers.limit_body(app)
    app.before_request(_short_csrf_token)
    csrf.init_app(app)
    headers.init_app(app, settings)
    errors.init_app(app)
    files.init_app(app)
    language_switch.init_app(app)
    showing.init_app(app)
    beside.init_app(app)
    notice.init_app(app)
    guards.init_app(app)
    app.before_request(beside.begin)
    interpreting.init_app(app)
    _templates(app, settings)
    for module in (
        account,
        home,
        appointments,
        commitment,
        costs,
        complaints,
        messages,
        history,
        plan,
        both_halves,
        about,
        training,
        translating,
        staff,
        phrases,
        interpreting,
        watching,
    ):
        app.register_blueprint(module.bp)
    app.register_blueprint(helping.bp)
    app.register_blueprint(api.bp)
    csrf.exempt(api.bp)
    # Leaving must always work, however old the page is.
    csrf.exempt(account.exit_page)
    csrf.exempt(account.sign_out)
    cli.init_app(app)
    if settings.clock is not None:
        clock.set_to(settings.clock)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.extensions["settings"] = settings
    app.extensions["seal"] = database.make_seal([settings.secret_key])
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_ENGINES={"default": database.engine_options(settings.database_url)},
        SESSION_COOKIE_NAME="s",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        BABEL_DEFAULT_LOCALE="en_GB",
        BABEL_TRANSLATION_DIRECTORIES=str(languages.TRANSLATIONS),
        BABEL_DEFAULT_TIMEZONE="Europe/London",
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=headers.BROTLI,
        COMPRESS_LEVEL=6,
        COMPRESS_MIN_SIZE=200,
        EXIT_URL=settings.exit_url,
    )


# One list for as long as the process lives: a logger keeps the list that it saw first.
_PROCESSORS: list[structlog.typing.Processor] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    structlog.processors.JSONRenderer(),
]


def _log(settings: Settings) -> None:
    """Events and ids only: no names, numbers, addresses of pages or words that people wrote."""
    level = logging.getLevelNamesMapping().get(settings.log_level.upper(), logging.INFO)
    structlog.configure(
        processors=_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )


def _short_csrf_token() -> None:
    # The library's own secret is forty characters, and the cookie travels with every request.
    # What goes into pages is signed with the time, so no two pages show the same token.
    # Programs and files have no forms, and need no cookie.
    # The order matters: a file that looks into the session depends on the cookie, and a browser
    # whose cookie changes would fetch it again.
    if request.blueprint not in ("files", "api") and "csrf_token" not in session:
        session["csrf_token"] = secrets.token_urlsafe(12)


def _templates(app: Flask, settings: Settings) -> None:
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("portal"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.filters.update(
        day=languages.day,
        other_day=languages.other_day,
        clock=languages.clock_time,
        when=languages.when,
        weekday=languages.weekday,
        grouped=grouped,
        national=national,
        isolate=languages.isolate,
        language_name=languages.name_of,
        say=lambda said: languages.say(said, html=True),
    )

    @app.context_processor
    def _page() -> dict[str, Any]:
        visit = guards.live_visit()
        signed_in = visit is not None and visit.claimant_id is not None
        g.language = languages.current()
        fragment = fragments.wants_fragment()
        return {
            "layout": f"layouts/{'fragment' if fragment else 'page'}.html",
            "htmx_fragment": fragment,
            "languages": languages.offered(),
            "service_name": settings.service_name or gettext("My Jobcentre record"),
            "signed_in": signed_in,
            "staff_member": visit.staff if visit else None,
            "scripts": visit is not None and request.headers.get("Save-Data") != "on",
            "exit_url": settings.exit_url,
            "idle_seconds": int(guards.IDLE.total_seconds()),
            "idle_warn": int(guards.WARNED_BEFORE.total_seconds()),
            "text_restored": bool(g.get("typed_text")),
            "is_demo": settings.is_demo,
        }
