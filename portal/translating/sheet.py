"""A language as a table for a spreadsheet, so that a translator can review it without our tools.

One row for each form of each sentence. A spreadsheet takes a cell that begins like a formula for
one; such a cell gets an apostrophe before it, which is taken off again when the table is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal import catalogues
from portal.catalogues import Sentence
from portal.languages import Language

COLUMNS = (
    "id",
    "form",
    "context",
    "English",
    "translation",
    "where",
    "notes",
    "picture",
    "reviewed",
    "comment",
)
NEEDED = ("id", "form", "English", "translation", "reviewed")
YES, NO = "yes", "no"
_SENTENCE = "s"
"""Before each id: a spreadsheet takes 04331234 for a number, and 1e234567 for a large one."""
_LIKE_A_FORMULA = "=+-@\t\r\n'"
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
_NUMBERS = 200
"""So many numbers are tried to find those that a plural form is used for."""


@dataclass(frozen=True)
class Row:
    """One row that came back. `number` is its row in the spreadsheet; the head is row 1."""

    number: int
    id: str
    form: str
    english: str
    translation: str
    reviewed: str
    comment: str


class NotATable(ValueError):
    """What came back cannot be read at all; the message says what to do."""


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] and text[0] in _LIKE_A_FORMULA else text


def unguarded(text: str) -> str:
    """The text that was guarded. An apostrophe that somebody typed stays."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _LIKE_A_FORMULA else text


def written(
    found: tuple[Sentence, ...],
    language: Language,
    *,
    reviewed: Mapping[str, str],
    comments: Mapping[str, str],
) -> bytes:
    """The table of a language, in UTF-8 with the mark that spreadsheets know it by."""
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for each in found:
        said = YES if reviewed.get(each.id) == each.digest else NO
        for number, english, translation in forms(each, language):
            cells = (
                _SENTENCE + each.id,
                form_name(number, each, language),
                each.context or "",
                english,
                translation,
                ", ".join(each.where),
                _notes(each, english),
                _picture(each, language.code),
                said,
                comments.get(each.id, ""),
            )
            table.writerow([guarded(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def forms(sentence: Sentence, language: Language) -> Iterator[tuple[int, str, str]]:
    """Each form of a sentence: its place, the English that it renders, and the translation."""
    count = language.forms if len(sentence.english) > 1 else 1
    numbers = _numbers(language)
    for place in range(count):
        one = len(sentence.english) > 1 and numbers[place] == [1]
        text = sentence.forms[place] if place < len(sentence.forms) else ""
        yield place, sentence.english[0 if one else -1], text


def form_name(place: int, sentence: Sentence, language: Language) -> str:
    """What the table calls a form: nothing where there is only one, or `2: for 0, 5, 6, 7`."""
    if len(sentence.english) == 1:
        return ""
    few = [str(number) for number in _numbers(language)[place][:5]]
    return f"{place + 1}: for {', '.join(few)}"


def place_of(form: str) -> int | None:
    """The place of a form by its name, or None where that is no name of one."""
    if not form.strip():
        return 0
    found = re.match(r"\s*(\d+)\s*(?::|$)", form)
    return int(found[1]) - 1 if found else None


@cache
def _numbers_of(rule: str) -> list[list[int]]:
    from gettext import c2py  # the reader of plural rules that all catalogues go through

    plural = c2py(rule)
    found: dict[int, list[int]] = {}
    for number in range(_NUMBERS):
        found.setdefault(plural(number), []).append(number)
    return [found[place] for place in sorted(found)]


def _numbers(language: Language) -> list[list[int]]:
    return _numbers_of(language.plural_forms.partition("plural=")[2].rstrip(";"))


def _notes(sentence: Sentence, english: str) -> str:
    """What a translator must know: what we were told, what to keep, how long it may be."""
    notes = [note.removeprefix("Translators:").strip() for note in sentence.notes]
    keep = list(dict.fromkeys(_PLACEHOLDER.findall(english)))
    if keep:
        notes.append(f"Keep these as they are, in any place: {' '.join(keep)}")
    if "<" in english:
        notes.append("Keep what stands in < >")
    if "\n" in english:
        notes.append("Keep the lines")
    if (sentence.context or "").startswith("sms"):
        notes.append("A text message: as short as can be. The import says if it is too long")
    return ". ".join(notes)


@cache
def _pictures() -> dict[str, str]:
    """The name of a picture of each template, as far as somebody has drawn it."""
    file = Path(__file__).parent / "screens.tsv"
    if not file.exists():
        return {}
    rows = (row.split("\t") for row in file.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) == 2}


def _picture(sentence: Sentence, code: str) -> str:
    for place in sentence.where:
        state = _pictures().get(place)
        if state:
            return f"{state}-{code}-320.png"
    return ""


def read(table: bytes) -> list[Row]:
    """The rows of a table that came back. Raises NotATable."""
    try:
        text = table.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = table[: error.start].count(b"\n") + 1
        raise NotATable(
            f"Line {row} is not in UTF-8. Save the table as CSV, in the encoding UTF-8."
        ) from error
    head = text.splitlines()[0] if text else ""
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise NotATable(f"Line {reader.line_num} is no row of a table: {error}.") from error
    names = [name.strip() for name in rows[0]] if rows else []
    lost = [name for name in NEEDED if name not in names]
    if lost:
        raise NotATable(f"The first row lacks these columns: {', '.join(lost)}.")
    return [_row(number, dict(zip(names, cells, strict=False))) for number, cells in _filled(rows)]


def _filled(rows: list[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _row(number: int, cells: dict[str, str]) -> Row:
    def cell(name: str) -> str:
        return unguarded(cells.get(name, "").replace("\r\n", "\n").replace("\r", "\n"))

    return Row(
        number,
        cell("id").strip().removeprefix(_SENTENCE),
        cell("form"),
        cell("English"),
        cell("translation"),
        cell("reviewed").strip().lower() or NO,
        " ".join(cell("comment").split()),
    )


def comments(folder: Path) -> dict[str, str]:
    """What reviewers said about sentences, by id."""
    file = folder / "comments.tsv"
    if not file.exists():
        return {}
    rows = (row.split("\t", 1) for row in file.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) == 2}


def write_comments(folder: Path, said: Mapping[str, str]) -> None:
    """Keep them, one a line. Where nobody said anything there is no file."""
    lines = "".join(f"{key}\t{said[key]}\n" for key in sorted(said) if said[key])
    if lines:
        (folder / "comments.tsv").write_text(lines, encoding="utf-8")
    else:
        (folder / "comments.tsv").unlink(missing_ok=True)


def of_language(folder: Path, language: Language) -> bytes:
    """The table of the language in this folder."""
    return written(
        catalogues.read(folder),
        language,
        reviewed=catalogues.reviewed(folder),
        comments=comments(folder),
    )
