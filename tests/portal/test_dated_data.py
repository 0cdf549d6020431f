"""Facts from outside say where they were seen, and somebody looks again in time.

The only tests that go by the day on which they run: they are meant to turn red by themselves, 60
days after a "check again by", until somebody has compared the facts with their sources.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from portal import clock, dated_data
from portal.commitment import easements, library
from portal.costs import rulebook
from portal.dated_data import Checked, DataError, Number
from portal.home import contacts
from portal.plan import offers

FACTS = {
    "commitment_points.toml": library.sources,
    "contacts.toml": contacts.known,
    "easements.toml": easements.sources,
    "numbers.toml": dated_data.numbers,
    "offers.toml": offers.known,
}
"""Every file of facts and what reads it. costs.toml has one date for the whole table."""


def test_every_file_of_facts_is_looked_at() -> None:
    found = {file.name for file in dated_data.FOLDER.glob("*.toml")}
    assert found == {*FACTS, "costs.toml"}


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_was_checked_lately_enough(name: str) -> None:
    found: Mapping[str, Checked] = FACTS[name]()
    assert dated_data.stale(found.values(), clock.today()) == []
    assert set(found) == set(tomllib.loads((dated_data.FOLDER / name).read_text("utf-8")))


def test_the_table_of_help_with_costs_was_checked_lately_enough() -> None:
    rulebook.load(today=clock.today())


def test_a_fact_that_nobody_checks_is_noticed() -> None:
    one = offers.known()["cv"]
    last = one.check_again_by + timedelta(days=60)
    assert dated_data.stale([one], last) == []
    assert dated_data.stale([one], last + timedelta(days=1)) == ["cv"]


def test_a_number_without_its_dates_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "numbers.toml"
    file.write_text('[days]\nnumber = 7\nsource = "x"\nconfidence = "high"\n', "utf-8")
    with pytest.raises(DataError, match="days: check_again_by, last_checked is missing"):
        dated_data.read(file, Number)
