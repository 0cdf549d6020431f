"""Attach the telling of things to the portal: tables, gateway, webhooks, pages, commands."""

from __future__ import annotations

from flask import Flask

from notifications import budget, cli, health, models, operator, retention, views, webhooks
from notifications.conversation import tables
from notifications.gateways import choice
from notifications.gateways.base import TakesCalls
from notifications.gateways.local import LocalGateway
from portal.app import csrf
from portal.settings import Settings
from portal.translating import checks

__all__ = ["init_app", "models", "retention"]


def init_app(app: Flask, settings: Settings) -> None:
    """Raises SettingsError for an unknown gateway, or one that lacks its settings."""
    gateway = app.extensions["gateway"] = choice.choose(settings)
    app.extensions["second_gateway"] = choice.choose_second(settings)
    app.register_blueprint(webhooks.bp)
    csrf.exempt(webhooks.bp)
    if settings.mode in ("demo", "test"):
        app.register_blueprint(views.codes)
        if gateway.name == "local":
            app.register_blueprint(views.bp)
    operator.init_app(app)
    app.extensions["keywords"] = tables.first_words
    app.extensions["takes_calls"] = isinstance(gateway, TakesCalls | LocalGateway)
    health.register()
    checks.add(app, budget.faults)
    cli.init_app(app)
