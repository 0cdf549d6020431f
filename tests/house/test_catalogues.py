"""A language is either whole or not offered, and its texts fit.

`make check` runs `translations check` over all of it. Here are the same checks, language by
language.
"""

from __future__ import annotations

import pytest
from flask import Flask

from notifications import budget
from portal import languages
from portal.translating import faults, source

TRANSLATED = [x.code for x in languages.offered() if x.code != languages.DEFAULT]


def test_welsh_and_arabic_are_offered() -> None:
    assert {"cy", "ar"} <= set(TRANSLATED)


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_is_whole_and_in_step_with_the_source(code: str) -> None:
    folder, language = languages.TRANSLATIONS / code, languages.known()[code]
    found = faults.of_language(folder, language, source.sentences())
    assert [str(fault) for fault in found] == []


@pytest.mark.slow
@pytest.mark.parametrize("code", [x.code for x in languages.offered()])
def test_every_text_fits_its_parts_with_the_longest_values(app: Flask, code: str) -> None:
    with app.app_context():
        assert [str(fault) for fault in budget.faults(code)] == []
