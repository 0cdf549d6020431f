"""Attach the telling of things to the portal: tables, gateway, webhooks, pages, commands."""

from __future__ import annotations

from flask import Flask

from notifications import models
from portal.settings import Settings

__all__ = ["init_app", "models"]


def init_app(app: Flask, settings: Settings) -> None:
    """Raises SettingsError for an unknown gateway, or one that lacks its settings."""
