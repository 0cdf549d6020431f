"""The Twilio gateway by itself, and a stand-in of Twilio's API for it to talk to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from notifications.gateways.twilio import TwilioGateway
from portal.settings import Settings
from tests.stand_in.twilio import TwilioStandIn

PUBLIC = "https://portal.example"


@pytest.fixture
def twilio() -> Iterator[TwilioStandIn]:
    with TwilioStandIn(public_url=PUBLIC, reports=False) as stand_in:
        yield stand_in


def gateway(twilio: TwilioStandIn, **more: str) -> TwilioGateway:
    return TwilioGateway(Settings.for_tests(**twilio.settings() | more))
