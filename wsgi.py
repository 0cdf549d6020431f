"""The whole service: pages and texts. Nothing runs at import."""

from __future__ import annotations

from flask import Flask

import notifications.app
import portal.app
from portal.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application that web servers, the worker and commands use. Raises SettingsError."""
    settings = settings or Settings.from_environment()
    app = portal.app.create_app(settings)
    notifications.app.init_app(app, settings)
    return app
