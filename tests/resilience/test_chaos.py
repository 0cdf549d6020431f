"""Some hundred texts of the long trial (`make chaos` sends 5,000), on each database; and planted
faults, for a trial that cannot fail proves nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from notifications import arrivals, receipts
from notifications.gateways.base import Inbound, Sent
from notifications.gateways.twilio import TwilioGateway
from notifications.models import DeliveryReceipt, Notification, State
from tests.resilience import chaos

pytestmark = pytest.mark.slow

FEW = 40
AT_MOST = 45.0
"""Seconds. A planted fault may keep it from ever coming to an end; that is a fault found, too."""


def few(tmp_path: Path) -> list[str]:
    """A short trial, on one kind of database: it is the trial that is tried."""
    return chaos.run(FEW, f"sqlite:///{tmp_path / 'portal.db'}", tmp_path, within=AT_MOST)


def test_every_text_ends_in_a_true_state_and_is_acted_on_once(
    database_url: str, tmp_path: Path
) -> None:
    assert chaos.run(200, database_url, tmp_path) == []


def test_the_trial_notices_a_text_that_is_acted_on_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = arrivals.keep_inbound

    def always_new(gateway: str, text: Inbound, **more: Any) -> bool:
        return keep(gateway, replace(text, provider_id=uuid4().hex), **more)

    monkeypatch.setattr(arrivals, "keep_inbound", always_new)
    assert any("should give" in fault for fault in few(tmp_path))


def test_the_trial_notices_a_state_that_goes_backwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def believe_the_latest(about: Notification, report: DeliveryReceipt) -> None:
        about.state, about.provider_id = State(report.status), report.provider_id
        about.gateway = report.gateway

    monkeypatch.setattr(receipts, "_settle", believe_the_latest)
    assert any("and we believe" in fault for fault in few(tmp_path))


def test_the_trial_notices_a_text_that_was_never_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = TwilioGateway.send

    def now_and_then(self: TwilioGateway, to: str, text: str, key: str, **more: Any) -> Sent:
        if int(key) % 5 == 0:
            return Sent(f"SM{uuid4().hex}", State.delivered)
        return send(self, to, text, key, **more)

    monkeypatch.setattr(TwilioGateway, "send", now_and_then)
    assert any("was lost" in fault for fault in few(tmp_path))
