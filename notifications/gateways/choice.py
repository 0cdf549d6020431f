"""Which provider this service uses: a setting says so, and a wrong one refuses to start."""

from __future__ import annotations

from flask import current_app

from notifications.gateways.base import Gateway
from notifications.gateways.local import LocalGateway
from portal.settings import Settings, SettingsError

NAMES = ("local", "twilio")


def choose(settings: Settings) -> Gateway:
    """The gateway that SMS_GATEWAY names. Raises SettingsError for an unknown one, and for one
    that lacks its settings."""
    match settings.sms_gateway:
        case "local":
            return LocalGateway()
        case "twilio":
            # Loaded only where it is used: the kit of this provider takes a third of a second.
            from notifications.gateways.twilio import TwilioGateway

            return TwilioGateway(settings)
        case _:
            raise SettingsError(f"SMS_GATEWAY must be one of {', '.join(NAMES)}.")


def current_gateway() -> Gateway:
    """The gateway of this application."""
    gateway: Gateway = current_app.extensions["gateway"]
    return gateway
