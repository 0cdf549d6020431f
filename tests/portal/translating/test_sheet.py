"""The table for translators: readable in a spreadsheet, harmless there, and the same again."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import languages
from portal.translating import sheet
from tests.portal.translating.folders import sentence

WELSH, POLISH = languages.known()["cy"], languages.known()["pl"]


def table(*found: sheet.Sentence, language: languages.Language = WELSH) -> list[dict[str, str]]:
    text = sheet.written(found, language, reviewed={}, comments={}).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert sheet.guarded(text)[:1] not in tuple("=+-@\t\r")
    assert sheet.unguarded(sheet.guarded(text)) == text


@pytest.mark.parametrize("typed", ["'Ie' yw'r ateb", "'", "O'r gorau", ""])
def test_an_apostrophe_that_somebody_typed_stays(typed: str) -> None:
    assert sheet.unguarded(typed) == typed


def test_a_sentence_like_a_formula_is_guarded_in_every_cell() -> None:
    (row,) = table(sentence("-1 day", "=HYPERLINK()"))
    assert (row["English"], row["translation"]) == ("'-1 day", "'=HYPERLINK()")


def test_each_plural_form_has_a_row_that_says_for_which_numbers() -> None:
    rows = table(sentence(("%(num)s day", "%(num)s days"), "a", "b", "c"), language=POLISH)
    assert [row["form"] for row in rows] == [
        "1: for 1",
        "2: for 2, 3, 4, 22, 23",
        "3: for 0, 5, 6, 7, 8",
    ]
    assert [row["English"] for row in rows] == ["%(num)s day", "%(num)s days", "%(num)s days"]
    assert [sheet.place_of(row["form"]) for row in rows] == [0, 1, 2]


def test_no_id_can_be_taken_for_a_number() -> None:
    (row,) = table(sentence("Come", "Dewch"))
    assert row["id"].startswith("s")
    assert row["id"][1:] == sentence("Come").id


def test_a_translator_is_told_what_to_keep_and_where_it_stands() -> None:
    (row,) = table(
        sheet.Sentence(
            "sms.reminder",
            ("Come on %(day)s.\n<b>1</b>",),
            ("",),
            where=("portal/templates/home/help.html",),
            notes=("Translators: the day of a visit",),
        )
    )
    assert row["notes"].startswith("the day of a visit. Keep these as they are")
    for told in ("%(day)s", "< >", "Keep the lines", "text message"):
        assert told in row["notes"]
    assert row["where"] == "portal/templates/home/help.html"
    assert row["context"] == "sms.reminder"
    assert row["reviewed"] == "no"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_tables_with_the_marks_of_other_countries_are_read(mark: str) -> None:
    head = mark.join(sheet.COLUMNS)
    cells = mark.join(["ab", "", "", "Come", '"De,w;\tch"', "", "", "", " YES ", "x"])
    (row,) = sheet.read(f"{head}\r\n{cells}\r\n\r\n".encode("utf-8-sig"))
    assert (row.number, row.translation, row.reviewed, row.comment) == (2, "De,w;\tch", "yes", "x")


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (b"", "lacks these columns: id"),
        (b"id,form,English,translation\n", "lacks these columns: reviewed"),
        ("id,form,English,translation,reviewed\nx,,Come,D\xf4wch,no\n".encode("latin-1"), "Line 2"),
        ("id,form\n".encode("utf-16"), "UTF-8"),
        (b'id,form,English,translation,reviewed\nx,,"Come,D,no\n', "no row of a table"),
    ],
)
def test_what_is_no_table_says_what_to_do(spoilt: bytes, said: str) -> None:
    with pytest.raises(sheet.NotATable, match=said):
        sheet.read(spoilt)
