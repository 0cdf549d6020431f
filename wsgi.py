"""The whole service: pages and texts. Nothing runs at import."""

from __future__ import annotations

from flask import Flask

import notifications.app
import portal.app
from portal.settings import Settings, SettingsError


def create_app(settings: Settings | None = None) -> Flask:
    """The application that web servers, the worker and commands use.

    Reads the environment unless `settings` are given (then raises SettingsError)."""
    if settings is not None:
        return _create(settings)
    try:
        return _create(Settings.from_environment())
    except SettingsError as error:
        # Whoever starts the service needs the sentence, not where in the code it was said.
        raise SystemExit(str(error)) from None


def _create(settings: Settings) -> Flask:
    app = portal.app.create_app(settings)
    notifications.app.init_app(app, settings)
    return app
