"""No log and no address holds a name, a number, a code or what people wrote."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.house.talkative import NAME, NUMBER, WORDS


def told(text: str, codes: list[str]) -> list[str]:
    """What of a person can be read in this text."""
    last = NUMBER.removeprefix("+44")
    pieces = {
        "name": [NAME, *NAME.split()],
        "number": [last, f"{last[:4]} {last[4:]}", "7700900174", "7700900199"],
        "words": ["Wilhelmina", "shingles"],
        "code": codes,
        "password": ["correct horse"],
    }
    return [
        f"{what}: {piece}"
        for what, all_pieces in pieces.items()
        for piece in all_pieces
        if piece.casefold() in text.casefold()
    ]


def a_day(folder: Path) -> tuple[str, list[str], list[str]]:
    """What a day says on its way, the addresses that are asked for, the codes that are sent."""
    finished = subprocess.run(
        [sys.executable, "-m", "tests.house.talkative", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    *lines, ours = finished.stdout.strip().splitlines()
    facts = json.loads(ours)
    return "\n".join(lines) + finished.stderr, facts["asked for"], facts["codes"]


@pytest.mark.slow
def test_neither_log_nor_address_tells_on_anybody(tmp_path: Path) -> None:
    log, paths, codes = a_day(tmp_path)
    for event in ("unexpected", "database", "inbound", "relay", "forged", "sender", "worker"):
        assert f'"event": "{event}"' in log, f"the day was not worth listening to: {event}"
    assert "KeyError" in log
    assert len(paths) > 15
    assert len(codes) >= 2
    assert told(log, codes) == []
    assert told("\n".join(paths), codes) == []
    for line in log.splitlines():
        if line.startswith("{"):  # ours: for machines to read
            assert {"event", "level", "timestamp"} <= set(json.loads(line))


@pytest.mark.parametrize(
    "line",
    [
        f'{{"event": "sent", "to": "{NUMBER}"}}',
        f"KeyError: '{NAME}'",
        f"/staff/people?text={NAME.split()[1].lower()}",
        f"body={WORDS}",
        "code 123456",
        "07700 900173",
    ],
)
def test_a_log_that_tells_is_found(line: str) -> None:
    assert told(line, ["123456"])
