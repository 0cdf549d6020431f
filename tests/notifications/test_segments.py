"""How long texts are, and how their letters are made to fit (sms.md section 12)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.segments import Measured, fit, in_gsm7, measure, plain

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


def test_the_basic_alphabet_has_127_letters_of_one_unit() -> None:
    assert len(set(BASIC)) == 127
    assert measure(BASIC) == Measured("GSM-7", 127, 1)


@pytest.mark.parametrize("letter", list("^{}\\[~]|€\f"))
def test_letters_of_the_extension_table_count_two(letter: str) -> None:
    assert measure(letter) == Measured("GSM-7", 2, 1)


@pytest.mark.parametrize(
    ("text", "units", "segments"),
    [
        ("", 0, 0),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("a" * 459, 459, 3),
        ("a" * 158 + "€", 160, 1),
        ("a" * 159 + "€", 161, 2),
    ],
)
def test_gsm7_parts(text: str, units: int, segments: int) -> None:
    assert measure(text) == Measured("GSM-7", units, segments)


def test_a_letter_of_two_units_is_never_split_between_parts() -> None:
    assert measure("a" * 152 + "€" + "a" * 152) == Measured("GSM-7", 306, 3)
    assert measure("a" * 151 + "€" + "a" * 153) == Measured("GSM-7", 306, 2)


@pytest.mark.parametrize(
    ("text", "units", "segments"),
    [
        ("я", 1, 1),
        ("я" * 70, 70, 1),
        ("я" * 71, 71, 2),
        ("я" * 134, 134, 2),
        ("я" * 135, 135, 3),
        ("a" * 69 + "ł", 70, 1),
        ("a" * 160 + "ł", 161, 3),
        ("👍" * 35, 70, 1),
        ("👍" * 36, 72, 2),
        ("👍🏽", 4, 1),
    ],
)
def test_ucs2_parts(text: str, units: int, segments: int) -> None:
    assert measure(text) == Measured("UCS-2", units, segments)


def test_an_emoji_is_never_split_between_parts() -> None:
    assert measure("я" * 66 + "👍" + "я" * 66) == Measured("UCS-2", 134, 3)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("cy", "Dŵr, tŷ, ffôn, gŵyl â’r Ŵyl", "Dwr, ty, ffon, gwyl a'r Wyl"),
        ("pl", "Zażółć gęślą jaźń ŁÓDŹ „tak”", 'Zazolc gesla jazn LODZ "tak"'),
        ("ro", "Ștefan și țara Întârzie ăâî", "Stefan si tara Intarzie aai"),
        ("ro", "şi ţara", "si tara"),
        ("pt", "Não, às três: açúcar é bom", "Nao, às tres: acucar é bom"),
        ("so", "go’aan", "go'aan"),
        ("en", "Zoë Łukasz Nguyễn Đorđe İpek", "Zoe Lukasz Nguyen Dorde Ipek"),
        ("en", "“Hello” – don’t…", '"Hello" - don\'t...'),
        ("en", "Café Ångström", "Café Ångström"),
        ("pl", "Олена", "Олена"),
        ("fa", "سه\u200cشنبه", "سه شنبه"),
        ("ar", "موعد\u200c", "موعد\u200c"),
        ("uk", "п’ятниця", "п’ятниця"),
    ],
)
def test_plain_letters(language: str, text: str, expected: str) -> None:
    assert plain(text, language) == expected


def test_auto_keeps_accents_while_the_text_is_one_segment() -> None:
    short = "Przyjdź w środę"
    assert fit(short, "pl") == short
    assert fit(short, "pl", "plain") == "Przyjdz w srode"


def test_auto_drops_accents_only_where_that_saves_a_segment() -> None:
    longer = "Wizyta w środę. " * 6
    assert measure(longer).segments == 2
    assert fit(longer, "pl") == plain(longer, "pl")
    assert measure(fit(longer, "pl")) == Measured("GSM-7", 96, 1)
    assert fit(longer, "pl", "full") == longer
    hopeless = "Wizyta w środę 😀. " * 6
    assert fit(hopeless, "pl") == hopeless


@pytest.mark.parametrize("language", ["uk", "ar", "fa", "ur", "bn", "pa"])
@pytest.mark.parametrize("style", ["auto", "plain", "full"])
def test_other_alphabets_are_never_rewritten(language: str, style: str) -> None:
    text = "Łódź “x” é " * 20
    assert not in_gsm7(language)
    assert fit(text, language, style) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("style", ["auto", "plain", "full"])
def test_persian_joiners_always_become_spaces(style: str) -> None:
    assert fit("می\u200cآیم", "fa", style) == "می آیم"  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.text(), st.sampled_from(["en", "cy", "pl", "ro", "pt", "so", "uk", "fa"]))
def test_fitting_never_makes_a_text_longer_in_segments(text: str, language: str) -> None:
    before, after = measure(text), measure(fit(text, language))
    assert after.segments <= before.segments
    assert (before.segments == 0) == (text == "")


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(BASIC + "^€żЯ👍"), max_size=500))
def test_parts_hold_all_units_and_no_part_is_wasted(text: str) -> None:
    found = measure(text)
    alone, part = (160, 153) if found.encoding == "GSM-7" else (70, 67)
    if found.segments > 1:
        assert found.units > alone
        assert (found.segments - 1) * (part - 1) < found.units <= found.segments * part
    else:
        assert found.units <= alone
