"""Settings: read once from the environment, typed, frozen.

Every default is right in production and safe to publish. What has no such default must be
given, and the service does not start without it. Demo mode makes its own secrets and keeps
them in the instance folder.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from click import ClickException

from portal.clock import UK

ROOT = Path(__file__).resolve().parent.parent
MODES = ("production", "demo", "test")


class SettingsError(ClickException):
    """A setting is missing or wrong. The message says which, and what to do.

    Commands end with the message alone, for whoever typed them can put it right.
    """


@dataclass(frozen=True)
class Settings:
    """All settings. docs/operating.md lists the environment variable of each."""

    mode: str = "production"
    secret_key: str = ""
    database_url: str = ""
    instance: Path = ROOT / "instance"
    public_url: str = ""
    """Where the world reaches us, without a trailing slash. Signatures of providers need it."""
    trusted_proxies: int = 0
    service_name: str = ""
    """Another name for the header of every page; ours is said in each language."""
    exit_url: str = "https://www.bbc.co.uk/weather"
    clock: datetime | None = None
    sms_gateway: str = "local"
    sms_second_gateway: str = ""
    """Another provider, for what the first cannot carry, or while it is down."""
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_second_auth_token: str = ""
    """The other token while tokens are being changed: either may sign."""
    twilio_from: str = ""
    twilio_messaging_service_sid: str = ""
    twilio_base_url: str = ""
    """Where the provider's API lives, when it is not Twilio's own address."""
    twilio_keywords: str = "off"
    """What Twilio was asked to do itself with words like STOP: nothing, or `advanced`."""
    notify_api_key: str = ""
    notify_template_id: str = ""
    """A text message template whose whole content is one placeholder, ((text))."""
    notify_sender_id: str = ""
    notify_callback_token: str = ""
    """The bearer token that Notify sends along with receipts and with texts from people."""
    notify_second_callback_token: str = ""
    """The other token while tokens are being changed."""
    notify_base_url: str = ""
    """Where the provider's API lives, when it is not Notify's own address."""
    reminders_control_share: float = 0.0
    """The share of people who go without the optional reminders, to see what those do."""
    sms_parts_a_day: int = 0
    """How many parts of texts may go out in a day before reminders wait; 0 is no limit."""
    sms_pence_per_part: Decimal | None = None
    """What a part costs by the contract of this service; the price file says it otherwise."""
    log_level: str = "INFO"

    @property
    def is_demo(self) -> bool:
        return self.mode == "demo"

    @property
    def secure(self) -> bool:
        """True when the world reaches us over HTTPS: cookies are Secure, HSTS is sent."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the environment; where a demo was set up in this folder, its file fills gaps.

        Raises SettingsError with one sentence that says what to set.
        """
        env = dict(os.environ if environ is None else environ)
        instance = Path(env.get("PORTAL_INSTANCE") or ROOT / "instance").resolve()
        mode = env.get("PORTAL_MODE", "")
        demo_file = instance / "demo.env"
        if not mode and demo_file.exists() and "PORTAL_SECRET_KEY" not in env:
            mode = "demo"
        if mode == "demo":
            env = _demo_environment(demo_file) | env
        settings = cls(
            mode=mode or "production",
            instance=instance,
            secret_key=env.get("PORTAL_SECRET_KEY", ""),
            database_url=env.get("DATABASE_URL", "") or f"sqlite:///{instance / 'portal.db'}",
            public_url=env.get("PORTAL_PUBLIC_URL", "").rstrip("/"),
            trusted_proxies=_whole_number(env, "PORTAL_TRUSTED_PROXIES", 0),
            service_name=env.get("PORTAL_SERVICE_NAME", ""),
            exit_url=env.get("PORTAL_EXIT_URL", "") or cls.exit_url,
            clock=_moment(env, "PORTAL_CLOCK"),
            sms_gateway=env.get("SMS_GATEWAY", "") or "local",
            sms_second_gateway=env.get("SMS_SECOND_GATEWAY", ""),
            twilio_account_sid=env.get("TWILIO_ACCOUNT_SID", ""),
            twilio_auth_token=env.get("TWILIO_AUTH_TOKEN", ""),
            twilio_second_auth_token=env.get("TWILIO_SECOND_AUTH_TOKEN", ""),
            twilio_from=env.get("TWILIO_FROM", ""),
            twilio_messaging_service_sid=env.get("TWILIO_MESSAGING_SERVICE_SID", ""),
            twilio_base_url=env.get("TWILIO_BASE_URL", "").rstrip("/"),
            twilio_keywords=env.get("TWILIO_KEYWORDS", "") or "off",
            notify_api_key=env.get("NOTIFY_API_KEY", ""),
            notify_template_id=env.get("NOTIFY_TEMPLATE_ID", ""),
            notify_sender_id=env.get("NOTIFY_SENDER_ID", ""),
            notify_callback_token=env.get("NOTIFY_CALLBACK_TOKEN", ""),
            notify_second_callback_token=env.get("NOTIFY_SECOND_CALLBACK_TOKEN", ""),
            notify_base_url=env.get("NOTIFY_BASE_URL", "").rstrip("/"),
            reminders_control_share=_share(env, "REMINDERS_CONTROL_SHARE"),
            sms_parts_a_day=_whole_number(env, "SMS_PARTS_A_DAY", 0),
            sms_pence_per_part=_pence(env, "SMS_PENCE_PER_PART"),
            log_level=env.get("PORTAL_LOG_LEVEL", "") or "INFO",
        )
        settings.check()
        return settings

    @classmethod
    def for_tests(cls, **overrides: Any) -> Settings:
        """Settings for a test run; secrets are fixed, the database must be given."""
        base = cls(mode="test", secret_key="t" * 32, public_url="http://localhost")
        return replace(base, **overrides)

    def check(self) -> None:
        """Raise SettingsError if the service could not run, or not safely."""
        if self.mode not in MODES:
            raise SettingsError(f"PORTAL_MODE must be one of {', '.join(MODES)}.")
        if self.clock is not None and self.mode == "production":
            raise SettingsError("PORTAL_CLOCK sets the clock in demo and test mode only.")
        if len(self.secret_key) < 32:
            raise SettingsError(
                "Set PORTAL_SECRET_KEY to a secret of at least 32 characters, "
                "or PORTAL_MODE=demo to try the service."
            )
        if self.sms_parts_a_day < 0:
            raise SettingsError("SMS_PARTS_A_DAY must be 0 for no limit, or a number of parts.")
        address = urlsplit(self.public_url)
        if self.mode == "production" and not (address.scheme == "https" and address.netloc):
            raise SettingsError("Set PORTAL_PUBLIC_URL to the address people use, with https://.")


def _demo_environment(file: Path) -> dict[str, str]:
    """The demo's own secrets, made at first use and kept so that a second run keeps its data."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.write_text(
            "# Secrets of the demo in this folder. Not for a real service.\n"
            f"PORTAL_SECRET_KEY={secrets.token_urlsafe(32)}\n"
        )
        fresh.chmod(0o600)
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    lines = (line for line in file.read_text().splitlines() if "=" in line and line[0] != "#")
    return dict(line.split("=", 1) for line in lines)


def _whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(env.get(name) or default)
    except ValueError as error:
        raise SettingsError(f"{name} must be a whole number.") from error


def _share(env: Mapping[str, str], name: str) -> float:
    """A share from 0 to 0.5: more people go with than without."""
    try:
        share = float(env.get(name) or 0)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 0.5:
        raise SettingsError(f"{name} must be a number from 0 to 0.5.")
    return share


def _pence(env: Mapping[str, str], name: str) -> Decimal | None:
    """An amount in pence, which may have decimals; None when it is not given."""
    if not env.get(name):
        return None
    try:
        pence = Decimal(env[name])
    except InvalidOperation:
        pence = Decimal(-1)
    if not 0 <= pence <= 1000:
        raise SettingsError(f"{name} must be a price in pence, like 3.2.")
    return pence


def _moment(env: Mapping[str, str], name: str) -> datetime | None:
    if not env.get(name):
        return None
    try:
        moment = datetime.fromisoformat(env[name])
    except ValueError as error:
        raise SettingsError(f"{name} must be a time like 2027-02-03T10:30+00:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UK)
