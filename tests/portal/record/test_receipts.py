"""A code that survives a telephone call: slips are noticed, lookalikes are understood."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.record.receipts import ALPHABET, LENGTH, grouped, new_code, read_code

CODES = [new_code() for _ in range(150)]


def test_codes_are_eight_characters_that_read_well() -> None:
    assert len(set(CODES)) == len(CODES)
    assert {len(code) for code in CODES} == {LENGTH}
    assert set("".join(CODES)) == set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


def test_a_code_is_read_as_people_write_it() -> None:
    for code in CODES:
        for written in (code, grouped(code), code.lower(), f" {grouped(code)}. ", "\t".join(code)):
            assert read_code(written) == code


def test_lookalikes_are_read() -> None:
    for code in CODES:
        for real, lookalikes in {"0": "Oo", "1": "IiLl", "V": "Uu"}.items():
            for lookalike in lookalikes:
                assert read_code(code.replace(real, lookalike)) == code


def test_every_slip_of_one_character_is_noticed() -> None:
    for code in CODES:
        for at, right in enumerate(code):
            for wrong in ALPHABET.replace(right, ""):
                assert read_code(code[:at] + wrong + code[at + 1 :]) is None


def test_every_swap_of_two_neighbours_is_noticed() -> None:
    # The check alone would miss 0Z for Z0, so no such code is given: some in ten would be.
    for code in [*CODES, *(new_code() for _ in range(1000))]:
        for at, (one, other) in enumerate(pairwise(code)):
            if one != other:
                assert read_code(code[:at] + other + one + code[at + 2 :]) is None


@pytest.mark.parametrize("typed", ["", " ", "-", "1234567", "123456789", "AAAA-AAAA-A", "🙂" * 8])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@given(st.text())
@example("ǅ" * 8)
@example("\x00")
def test_anything_at_all_can_be_asked(typed: str) -> None:
    found = read_code(typed)
    assert found is None or read_code(found) == found
