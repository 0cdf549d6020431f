"""A number is read as people write it, or refused in one sentence. Never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.account.numbers import national, read_mobile
from portal.refusals import Refusal

SAME = "+447700900123"

WRITTEN = [
    "07700 900123",
    "07700900123",
    "+447700900123",
    "+44 7700 900123",
    "+44 (0)7700 900123",
    "+4407700900123",
    "00447700900123",
    "0044 7700 900 123",
    "0044 07700 900123",
    "447700900123",
    "7700 900123",
    "(07700) 900-123",
    "07700.900.123",
    "07700–900123",
    "  07700 900123\n",
    "tel:+447700900123",
    "my number is 07700 900123",
    "07700 900123 📱",
    "📱07700 900123",
]

IN_OTHER_DIGITS = {
    "Arabic": "٠٧٧٠٠ ٩٠٠١٢٣",
    "Persian": "۰۷۷۰۰۹۰۰۱۲۳",
    "Bengali": "০৭৭০০৯০০১২৩",
    "Gurmukhi": "੦੭੭੦੦ ੯੦੦੧੨੩",
    "full width": "０７７００９００１２３",
    "two kinds": "٠٧٧٠٠ 900123",
}

WITH_DIRECTIONS = ["\u202d07700 900123\u202c", "07700\u200f 900123", "\u2066+447700900123\u2069"]

NO_MOBILE = {
    "landline": "0113 496 0100",
    "landline of nowhere": "01632 960101",
    "freephone": "0800 328 5644",
    "service": "0300 123 4567",
    "personal number": "070 1234 5678",
    "pager": "076 1234 5678",
    "France": "+33 6 12 34 56 78",
    "the United States": "+1 202 555 0101",
    "Poland": "0048 601 234 567",
    "emergency": "999",
    "short code": "60066",
    "too short": "0770090012",
    "too long": "077009001234",
    "two numbers": "07700 900123 07700 900124",
    "nothing": "",
    "spaces": "   ",
    "only the country": "+44",
    "a word": "mobile",
    "emoji": "🙂🙂🙂",
    "a flood of digits": "7" * 10_000,
    "a flood of letters": "x" * 10_000,
    "an O for a nought": "077OO 900123",
    "letters of a keypad": "07700 FLOWER",
    "Cyrillic letters": "07700 9001О3",
    "superscript letters": "07700 90012ª",
    "markup": "<b>07700900123</b>",
    "a statement": "07700 900123; DROP TABLE account_claimant",
}


@pytest.mark.parametrize("typed", WRITTEN)
def test_a_number_is_read_in_every_usual_way_of_writing(typed: str) -> None:
    assert read_mobile(typed) == SAME


@pytest.mark.parametrize("script", IN_OTHER_DIGITS)
def test_digits_of_every_script_are_read(script: str) -> None:
    assert read_mobile(IN_OTHER_DIGITS[script]) == SAME


@pytest.mark.parametrize("typed", WITH_DIRECTIONS)
def test_marks_of_direction_are_passed_over(typed: str) -> None:
    assert read_mobile(typed) == SAME


@pytest.mark.parametrize("island", ["07781 123456", "07797 123456", "07624 123456"])
def test_mobiles_of_the_islands_count(island: str) -> None:
    assert read_mobile(island) == "+44" + island.replace(" ", "")[1:]


@pytest.mark.parametrize("what", NO_MOBILE)
def test_what_is_no_mobile_here_is_refused_in_one_sentence(what: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_mobile(NO_MOBILE[what])
    assert refused.value.sentence.english == "Enter a UK mobile number, like 07700 900123"


@given(st.text(max_size=40))
def test_whatever_was_typed_is_read_or_refused(typed: str) -> None:
    try:
        number = read_mobile(typed)
    except Refusal:
        return
    assert number.startswith("+44")
    assert read_mobile(number) == number


@given(st.integers(0, 999))
def test_a_number_is_shown_as_people_write_it(last: int) -> None:
    number = f"+447700900{last:03d}"
    assert national(number) == f"07700 900{last:03d}"
    assert read_mobile(national(number)) == number


@pytest.mark.parametrize("sender", ["60066 Bank", "HMRC", "60066", "+33612345678", ""])
def test_what_is_no_number_of_ours_is_shown_as_it_is(sender: str) -> None:
    assert national(sender) == sender
