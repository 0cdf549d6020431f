"""Amounts as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.costs import amounts
from portal.refusals import Refusal


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("20", 2000),
        ("£20", 2000),
        ("£ 20.00", 2000),
        ("12.50", 1250),
        ("12,50", 1250),
        ("12.5", 1250),
        ("£1,234.50", 123450),
        ("1.234,50", 123450),
        ("1 234,50", 123450),
        ("1\u202f234.50", 123450),
        ("1'234.50", 123450),
        ("1,234", 123400),
        ("1.234", 123400),
        ("10,000", 1000000),
        ("about 20", 2000),
        ("tua £20", 2000),
        ("حوالي ٢٠", 2000),
        ("٢٠٫٥٠", 2050),
        ("১২.৫০", 1250),
        ("２０", 2000),
        ("20 pounds", 2000),
        ("20pounds", 2000),
        ("20 quid.", 2000),
        ("50p", 50),
        ("80 pence", 80),
        ("£4 each way", 400),
        ("0.01", 1),
        (" 20 ", 2000),
    ],
)
def test_an_amount_is_read(typed: str, pence: int) -> None:
    assert amounts.read_pence(typed) == pence


@pytest.mark.parametrize("typed", ["", "   "])
def test_nobody_has_to_know_the_amount(typed: str) -> None:
    assert amounts.read_pence(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["-5", "£-5", "-£5", "minus", "minus 5", "minws £5", "ناقص ٥", "0", "0.00", "−5", "about -20"],
)
def test_an_amount_is_above_zero(typed: str) -> None:
    with pytest.raises(Refusal):
        amounts.read_pence(typed)


@pytest.mark.parametrize(
    "typed", ["1000000", "1,000,000", "a million", "2 million", "10000.01", "3 thousand", "9" * 400]
)
def test_a_million_is_too_much(typed: str) -> None:
    with pytest.raises(Refusal):
        amounts.read_pence(typed)


SIZES = ("2 grand", "2 k", "3 thousand", "a dozen at 5", "2 hundred")


@pytest.mark.parametrize(
    "typed",
    ["20 to 30", "2 x 15", "20-30", "a lot", "1k", "5m", "1.2.3", "12.345,678", "1,2,3", *SIZES],
)
def test_what_cannot_be_read_is_asked_again(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        amounts.read_pence(typed)
    assert refused.value.sentence == amounts.ONE_AMOUNT


@given(st.integers(1, amounts.MOST_PENCE))
def test_what_we_write_we_can_read(pence: int) -> None:
    assert amounts.read_pence(amounts.pounds(pence)) == pence


@given(st.text(max_size=40))
def test_no_text_breaks_it(typed: str) -> None:
    try:
        found = amounts.read_pence(typed)
    except Refusal:
        return
    assert found is None or 0 < found <= amounts.MOST_PENCE


def test_amounts_are_written_as_on_a_receipt() -> None:
    written = [amounts.pounds(pence) for pence in (5, 400, 1250, 123450)]
    assert written == ["£0.05", "£4", "£12.50", "£1,234.50"]
