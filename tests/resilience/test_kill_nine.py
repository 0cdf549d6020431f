"""A few rounds of the long trial (`make kill-nine` runs fifty), on each database."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from notifications.models import Notification
from portal.database import transaction
from tests.resilience import kill_nine
from tests.resilience.kill_nine_people import Told

pytestmark = pytest.mark.slow


def test_nothing_is_lost_or_doubled_when_processes_are_killed(
    database_url: str, tmp_path: Path
) -> None:
    assert kill_nine.run(rounds=4, pause=1.0, url=database_url, folder=tmp_path) == []


def test_the_trial_notices_a_lost_confirmation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = kill_nine.wrong

    def lose_one_first(told: Told) -> list[str]:
        with transaction() as session:
            accepted = sa.select(Notification).where(Notification.kind == "appointments.accepted")
            session.delete(session.scalars(accepted).first())
        return check(told)

    monkeypatch.setattr(kill_nine, "wrong", lose_one_first)
    # One kind of database: it is the trial that is tried.
    found = kill_nine.run(1, 0.5, f"sqlite:///{tmp_path / 'portal.db'}", tmp_path)
    assert any("confirmed 0 times" in fault for fault in found)
