"""Everything we write in English can be read by somebody of eleven, by two formulas."""

from __future__ import annotations

import pytest

from tools import reading_age

HARD = (
    "Notwithstanding any contemporaneous representation, the aforementioned requirements "
    "constitute enforceable obligations whose nonperformance necessitates consideration."
)


def test_every_page_and_text_is_plain_enough() -> None:
    found = reading_age.everything()
    assert len(found) > 150
    hard = [(each.name, each.ari, each.coleman_liau) for each in found if not each.fits]
    assert hard == []


def test_no_sentence_is_longer_than_one_takes_in() -> None:
    assert reading_age.too_long() == []


def test_every_page_and_every_file_of_texts_is_measured() -> None:
    names = " ".join(reading_age.groups())
    for each in (
        "portal/templates/commitment/version.html",
        "portal/commitment/easement_words.py",
        "notifications/wordings/commitment.py",
        "portal/templates/home/help.html",
    ):
        assert each in names


def test_hard_words_are_noticed() -> None:
    measured = reading_age.measure("x", [HARD])
    assert measured.ari > reading_age.MOST
    assert measured.coleman_liau > reading_age.MOST
    assert not measured.fits


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Accept it by %(day)s", "Accept it by six."),
        ("<b>Universal Credit</b> pays", "Ann pays."),
        ("Why?", "Why?"),
    ],
)
def test_names_and_values_are_one_short_word(text: str, heard: str) -> None:
    assert reading_age.plain(text) == heard
