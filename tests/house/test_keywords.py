"""No word that we tell people to send is taken by a provider for something else.

By default Twilio blocks whoever texts CANCEL, and takes YES for a wish to get texts again. Each
gateway says in `reserved_words` what it acts on itself, in every way it may be set up; here that is
crossed with every keyword that we advertise, in every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from notifications.conversation import tables
from notifications.conversation.cleaning import fold
from notifications.gateways import choice, twilio
from notifications.gateways.local import LocalGateway
from notifications.gateways.notify import NotifyGateway
from notifications.gateways.twilio import TwilioGateway
from portal.settings import ROOT, Settings
from tests.stand_in import notify as notify_stand_in

TWILIO = {"twilio_account_sid": "AC1", "twilio_auth_token": "t", "twilio_from": "+447700900900"}
NOTIFY = {
    "notify_api_key": notify_stand_in.KEY,
    "notify_template_id": notify_stand_in.TEMPLATE,
    "notify_callback_token": notify_stand_in.TOKEN,
}


def ways_to_set_up() -> dict[str, Mapping[str, str]]:
    """What each gateway acts on itself, in each way that the settings allow."""
    found = {
        f"twilio-{keywords}": TwilioGateway(
            Settings.for_tests(**TWILIO, twilio_keywords=keywords)
        ).reserved_words
        for keywords in twilio.KEYWORDS
    }
    found["notify"] = NotifyGateway(Settings.for_tests(**NOTIFY)).reserved_words
    found["local"] = LocalGateway().reserved_words
    return found


def clashes(reserved: Mapping[str, str]) -> Iterator[str]:
    """Advertised words that the provider would take for something else than we mean."""
    for language in tables.LANGUAGES:
        for intent, words in tables.advertised(language).items():
            for word in words:
                taken_for = reserved.get(word.casefold()) or reserved.get(fold(word))
                if taken_for not in (None, intent):
                    yield f"{language} {word}: {intent}, taken for {taken_for}"


@pytest.mark.parametrize("name", sorted(ways_to_set_up()))
def test_no_advertised_word_is_taken_for_something_else(name: str) -> None:
    assert list(clashes(ways_to_set_up()[name])) == []


def test_every_gateway_was_looked_at() -> None:
    assert {name.partition("-")[0] for name in ways_to_set_up()} == set(choice.NAMES)


def test_what_twilio_does_by_default_would_be_noticed() -> None:
    """And is why it must be switched off: the settings do not even offer it."""
    found = list(clashes(twilio.DEFAULT_KEYWORDS))
    assert "en CANCEL: cancel, taken for stop" in found
    assert "en YES: yes, taken for start" in found
    assert "default" not in twilio.KEYWORDS
    assert list(clashes({"canslo": "stop"})) == ["cy CANSLO: cancel, taken for stop"]


def test_the_words_that_always_work_are_advertised_in_each_language() -> None:
    """So that the crossing above crosses something."""
    for language in tables.LANGUAGES:
        assert {"stop", "help", "cancel", "yes"} <= set(tables.advertised(language))


def test_the_operators_are_told_what_to_switch_off() -> None:
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    for said in ("switch its own keyword handling off", "CANCEL, END or QUIT", "Advanced Opt-Out"):
        assert said in text
