"""What people type, without what could hide or reverse other text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web.language import safe_path
from portal.web.text import clean, one_line, western_digits

ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANY)
def test_cleaning_leaves_nothing_that_hides(text: str) -> None:
    cleaned = clean(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in cleaned if c not in "\n\t")
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\r\x00")
    assert cleaned == cleaned.strip()
    assert clean(cleaned) == cleaned
    cleaned.encode()


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S"))))
def test_letters_of_every_script_stay(text: str) -> None:
    assert clean(text) == text


@given(ANY)
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_joiners_and_emoji_stay() -> None:
    for text in (
        "می\u200cخواهم",
        "क्\u200dष",
        "👩🏽\u200d🤝\u200d👨🏻",
        "❤\ufe0f",
        "\u200f١٢\u200e",
    ):
        assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "western"),
    [
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("۱۰:۳۰", "10:30"),
        ("১০", "10"),
        ("੧੦", "10"),
        ("１０：３０", "10:30"),
    ],
)
def test_digits_of_every_script_are_read(text: str, western: str) -> None:
    assert western_digits(text) == western


def test_nothing_at_all_is_nothing() -> None:
    assert clean(None) == one_line(None) == ""


@given(ANY)
def test_a_safe_path_stays_here(text: str) -> None:
    for path in (text, "/" + text):
        safe = safe_path(path)
        assert safe.startswith("/")
        assert not safe.startswith("//")
        assert not set(safe) & set("\\\t\r\n\x00 ")


@pytest.mark.parametrize("path", ["/", "/settings", "/receipts?code=K7QM-2P4A", "/a/ABC/time#f"])
def test_our_own_paths_are_followed(path: str) -> None:
    assert safe_path(path, "/otherwise") == path


@pytest.mark.parametrize("path", [None, "", "settings", "//evil", "/\t/evil", "/\\evil", "http:x"])
def test_others_are_not(path: str | None) -> None:
    assert safe_path(path, "/otherwise") == "/otherwise"
