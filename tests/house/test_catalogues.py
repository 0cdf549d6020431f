"""A language is either whole or not offered, and its texts fit."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from flask import Flask

from notifications import budget
from portal import languages
from tests.house import catalogues

TRANSLATED = [x.code for x in languages.offered() if x.code != languages.DEFAULT]


def test_welsh_and_arabic_are_offered() -> None:
    assert {"cy", "ar"} <= set(TRANSLATED)


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_is_whole_and_in_step_with_the_source(code: str) -> None:
    assert catalogues.faults(code) == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_language_says_how_far_it_was_checked(code: str) -> None:
    assert languages.review_state(code) in {"machine-drafted", "part-reviewed", "reviewed"}


@pytest.mark.parametrize(
    ("english", "translated", "fault"),
    [
        ("Come on %(day)s", "Dewch", "other placeholders"),
        ("Come on %(day)s", "Dewch %(diwrnod)s", "other placeholders"),
        ("Read <b>this</b>", "Darllenwch hwn", "other tags"),
        ("Come", "", "not translated"),
    ],
)
def test_a_planted_fault_is_found(english: str, translated: str, fault: str) -> None:
    entries = Catalog(locale="cy")
    entries.add(english, translated)
    found = catalogues.entry_faults(entries, "cy", frozenset({("", english)}))
    assert any(fault in each for each in found)


def test_a_missing_a_stale_a_fuzzy_and_a_short_plural_are_found() -> None:
    entries = Catalog(locale="cy")
    entries.add("Old", "Hen")
    entries.add("Maybe", "Efallai", flags=["fuzzy"])
    entries.add(("%(num)s day", "%(num)s days"), ("un", "dau"))
    wanted = frozenset({("", "New"), ("", "Maybe"), ("", "%(num)s day")})
    found = " ".join(catalogues.entry_faults(entries, "cy", wanted))
    assert "missing:  'New'" in found
    assert "not in the source" in found
    assert "fuzzy" in found
    assert "2 plural forms instead of 6" in found


@pytest.mark.slow
def test_every_text_fits_its_parts_in_every_language_with_the_longest_values(app: Flask) -> None:
    with app.app_context():
        too_long = [
            f"{row.language} {row.kind} {'discreet ' if row.discreet else ''}"
            f"{row.measured.units} units, {row.measured.segments} of {row.limit}: {row.text}"
            for row in budget.rows()
            if not row.fits
        ]
    assert too_long == []
