"""Which providers this service uses: settings say so, and a wrong one refuses to start."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app

from notifications.gateways.base import Gateway
from notifications.gateways.local import LocalGateway
from portal.settings import Settings, SettingsError

NAMES = ("local", "twilio", "notify")


def choose(settings: Settings) -> Gateway:
    """The gateway that SMS_GATEWAY names. Raises SettingsError for an unknown one, and for one
    that lacks its settings."""
    return _make(settings.sms_gateway, settings, "SMS_GATEWAY")


def choose_second(settings: Settings) -> Gateway | None:
    """The gateway that SMS_SECOND_GATEWAY names, if any. Raises SettingsError as `choose` does,
    and when it is the first one again."""
    name = settings.sms_second_gateway
    if not name:
        return None
    if name == settings.sms_gateway:
        raise SettingsError("SMS_SECOND_GATEWAY must be another one than SMS_GATEWAY.")
    return _make(name, settings, "SMS_SECOND_GATEWAY")


def _make(name: str, settings: Settings, setting: str) -> Gateway:
    match name:
        case "local" if settings.mode in ("demo", "test"):
            return LocalGateway()
        case "local":
            # It keeps texts on this machine: people would wait for what nobody ever sends.
            raise SettingsError(
                f"{setting}=local is for the demo and tests only. "
                "Name a provider of texts in SMS_GATEWAY, like twilio or notify."
            )
        case "twilio":
            # Loaded only where it is used: the kit of this provider takes a third of a second.
            from notifications.gateways.twilio import TwilioGateway

            return TwilioGateway(settings)
        case "notify":
            try:
                from notifications.gateways.notify import NotifyGateway
            except ModuleNotFoundError as error:
                if error.name is None or not error.name.startswith("notifications_python_client"):
                    raise
                raise SettingsError(
                    f"{setting}=notify needs the packages of requirements-notify.lock."
                ) from None
            return NotifyGateway(settings)
        case _:
            raise SettingsError(f"{setting} must be one of {', '.join(NAMES)}.")


def current_gateway() -> Gateway:
    """The first gateway of this application."""
    gateway: Gateway = current_app.extensions["gateway"]
    return gateway


def gateways() -> Sequence[Gateway]:
    """Every gateway of this application, the preferred one first."""
    second: Gateway | None = current_app.extensions.get("second_gateway")
    return (current_gateway(),) if second is None else (current_gateway(), second)


def gateway_named(name: str | None) -> Gateway | None:
    """The gateway with this name; None when this application has none such (any more)."""
    return next((each for each in gateways() if each.name == name), None)
