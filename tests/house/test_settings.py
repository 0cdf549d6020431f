"""Settings: each is documented, and a wrong or missing one stops the start with a sentence."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from portal.clock import UK
from portal.settings import ROOT, Settings, SettingsError
from wsgi import create_app

OPERATING = ROOT / "docs" / "operating.md"
SOURCE = (ROOT / "portal" / "settings.py").read_text(encoding="utf-8")
SECRET = "s" * 32

GOOD = {
    "PORTAL_SECRET_KEY": SECRET,
    "PORTAL_PUBLIC_URL": "https://portal.example",
    "DATABASE_URL": "sqlite://",
    "SMS_GATEWAY": "twilio",
    "TWILIO_ACCOUNT_SID": "AC1",
    "TWILIO_AUTH_TOKEN": "t",
    "TWILIO_FROM": "+447700900900",
}


def variables(source: str) -> set[str]:
    """Environment variables that a source reads."""
    return set(re.findall(r'"((?:PORTAL|TWILIO|SMS|DATABASE|[A-Z]+)_[A-Z_]+)"', source))


def undocumented(text: str, names: set[str]) -> list[str]:
    return sorted(name for name in names if f"`{name}`" not in text)


def test_every_setting_is_documented() -> None:
    text = OPERATING.read_text(encoding="utf-8")
    assert len(variables(SOURCE)) > 10
    assert undocumented(text, variables(SOURCE)) == []
    assert undocumented(text, {field.name for field in fields(Settings)}) == []


def test_nothing_is_documented_that_is_not_read() -> None:
    text = OPERATING.read_text(encoding="utf-8")
    table = text.partition("## Settings")[2].partition("\n## ")[0]
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", table))
    assert named - variables(SOURCE) == set()


def test_a_forgotten_setting_is_found() -> None:
    assert undocumented("| `PORTAL_MODE` | … |", {"PORTAL_MODE", "PORTAL_NEW"}) == ["PORTAL_NEW"]
    assert variables('env.get("PORTAL_NEW")') == {"PORTAL_NEW"}


def read(tmp_path: Path, **environ: str) -> Settings:
    values = {"PORTAL_INSTANCE": str(tmp_path)} | GOOD | environ
    return Settings.from_environment({name: value for name, value in values.items() if value})


def test_what_is_given_is_read(tmp_path: Path) -> None:
    settings = read(tmp_path, PORTAL_TRUSTED_PROXIES="2", PORTAL_PUBLIC_URL="https://a.example/")
    assert settings.mode == "production"
    assert settings.secure
    assert settings.public_url == "https://a.example"
    assert settings.trusted_proxies == 2
    assert settings.database_url == "sqlite://"


BAD = {
    "no secret": ({"PORTAL_SECRET_KEY": ""}, "PORTAL_SECRET_KEY"),
    "a short secret": ({"PORTAL_SECRET_KEY": "x" * 31}, "PORTAL_SECRET_KEY"),
    "no address": ({"PORTAL_PUBLIC_URL": ""}, "PORTAL_PUBLIC_URL"),
    "no address at all": ({"PORTAL_PUBLIC_URL": "portal"}, "PORTAL_PUBLIC_URL"),
    "an open address": ({"PORTAL_PUBLIC_URL": "http://portal.example"}, "PORTAL_PUBLIC_URL"),
    "an unknown mode": ({"PORTAL_MODE": "staging"}, "PORTAL_MODE"),
    "a clock in production": ({"PORTAL_CLOCK": "2027-02-03T10:30"}, "PORTAL_CLOCK"),
    "no clock": ({"PORTAL_MODE": "test", "PORTAL_CLOCK": "noon"}, "PORTAL_CLOCK"),
    "no number": ({"PORTAL_TRUSTED_PROXIES": "two"}, "PORTAL_TRUSTED_PROXIES"),
    "an unknown gateway": ({"SMS_GATEWAY": "pigeon"}, "SMS_GATEWAY"),
    "a gateway without its settings": ({"TWILIO_AUTH_TOKEN": ""}, "TWILIO_"),
    "no gateway": ({"SMS_GATEWAY": ""}, "SMS_GATEWAY"),
    "the demo's gateway": ({"SMS_GATEWAY": "local"}, "demo"),
    "the demo's gateway as a second one": ({"SMS_SECOND_GATEWAY": "local"}, "demo"),
    "an unknown second gateway": ({"SMS_SECOND_GATEWAY": "pigeon"}, "SMS_SECOND_GATEWAY"),
    "the same gateway twice": ({"SMS_SECOND_GATEWAY": "twilio"}, "SMS_SECOND_GATEWAY"),
    "a second gateway without its settings": ({"SMS_SECOND_GATEWAY": "notify"}, "NOTIFY_"),
    "Twilio's own keywords": ({"TWILIO_KEYWORDS": "default"}, "TWILIO_KEYWORDS"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_would_not_work_or_not_safely_does_not_start(tmp_path: Path, what: str) -> None:
    environ, named = BAD[what]
    with pytest.raises(SettingsError) as refused:
        create_app(read(tmp_path, **environ))
    assert named in str(refused.value)
    assert str(refused.value).endswith(".")
    assert SECRET not in str(refused.value)


def test_the_clock_can_be_set_in_demo_and_test(tmp_path: Path) -> None:
    settings = read(tmp_path, PORTAL_MODE="test", PORTAL_CLOCK="2027-07-03T10:30")
    assert settings.clock is not None
    assert settings.clock.tzinfo is UK


def test_the_demo_makes_its_own_secret_once(tmp_path: Path) -> None:
    only = {"PORTAL_INSTANCE": str(tmp_path), "PORTAL_MODE": "demo"}
    first, second = Settings.from_environment(only), Settings.from_environment(only)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "demo.env").stat().st_mode & 0o077 == 0, "for its owner only"
    beside = Settings.from_environment({"PORTAL_INSTANCE": str(tmp_path)})
    assert beside.is_demo, "commands in this folder work on the demo"


def test_a_real_service_in_the_demos_folder_is_no_demo(tmp_path: Path) -> None:
    Settings.from_environment({"PORTAL_INSTANCE": str(tmp_path), "PORTAL_MODE": "demo"})
    assert not read(tmp_path).is_demo


def test_production_has_no_demo_phones_and_no_code_app(tmp_path: Path) -> None:
    real = create_app(read(tmp_path))
    rules = {rule.rule for rule in real.url_map.iter_rules()}
    assert not [rule for rule in rules if rule.startswith("/demo")]
    assert real.config["SESSION_COOKIE_SECURE"]
