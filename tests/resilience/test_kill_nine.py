"""A few rounds of the long trial (`make kill-nine` runs fifty), on each database."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.resilience import kill_nine

pytestmark = pytest.mark.slow


def test_nothing_is_lost_or_doubled_when_processes_are_killed(
    database_url: str, tmp_path: Path
) -> None:
    assert kill_nine.run(rounds=4, pause=1.0, url=database_url, folder=tmp_path) == []


def test_the_trial_notices_a_lost_confirmation(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kill_nine, "_wrong", _losing_one(kill_nine._wrong))
    assert any("confirmed 0 times" in f for f in kill_nine.run(1, 0.5, database_url, tmp_path))


def _losing_one(check):  # type: ignore[no-untyped-def]
    def lose_one_first(told: kill_nine.Told) -> list[str]:
        with kill_nine.transaction() as session:
            text = session.scalars(
                kill_nine.sa.select(kill_nine.Notification).where(
                    kill_nine.Notification.kind == "appointments.accepted"
                )
            ).first()
            session.delete(text)
        return check(told)

    return lose_one_first
