"""A CSV file as rows with line numbers, whatever state it is in.

One bad row must cost one row. A stray quotation mark would make the usual reader swallow
everything up to the next one, so a row that does not end is given up after a while, and
reading goes on with the line after its first. Memory holds one row.
"""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_LINES = 200
"""In one row; more means that a quotation mark was opened and never closed."""
MOST_BYTES = 256 * 1024
"""In one line, and in the lines of one row."""

_ENCODING = "This line is not in UTF-8. Save the file as CSV UTF-8."
_QUOTES = "A quotation mark is opened here and not closed as it should be."
_LONG = "This line is too long."


class BadFile(Exception):
    """Nothing in the file can be read. The message is a sentence that says what to do."""


@dataclass(frozen=True)
class Record:
    """One row: the number of its first line, and its cells or why there are none."""

    line: int
    cells: list[str]
    fault: str = ""


class _NeverEnds(Exception):
    pass


class _Lines:
    """Lines of text for the csv module, which remembers those of the row being read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting: deque[tuple[str, str]] = deque()
        self._row: list[tuple[str, str]] = []
        self._at_start = True
        self.first = 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        size = sum(len(text) for text, _fault in self._row)
        if len(self._row) >= MOST_LINES or size > MOST_BYTES:
            raise _NeverEnds
        line = self._waiting.popleft() if self._waiting else self._read()
        self._row.append(line)
        return line[0]

    def begin_row(self) -> None:
        self.first += len(self._row)
        self._row = []

    def fault(self) -> str:
        """What is wrong with the lines of this row, if anything."""
        return next((fault for _text, fault in self._row if fault), "")

    def give_up(self) -> None:
        """Keep the first line of this row only; the others are read again."""
        self._waiting.extendleft(reversed(self._row[1:]))
        del self._row[1:]

    def _read(self) -> tuple[str, str]:
        raw = self._file.readline(MOST_BYTES)
        if not raw:
            raise StopIteration
        if self._at_start:
            self._at_start = False
            if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise BadFile("This file is in UTF-16. Save it as CSV UTF-8.")
            raw = raw.removeprefix(codecs.BOM_UTF8)
        fault = ""
        if len(raw) == MOST_BYTES and not raw.endswith(b"\n"):
            fault = _LONG
            while (more := self._file.readline(MOST_BYTES)) and not more.endswith(b"\n"):
                pass
        try:
            return raw.decode(), fault
        except UnicodeDecodeError:
            return raw.decode("utf-8", "surrogateescape"), fault or _ENCODING


def records(file: BinaryIO) -> Iterator[Record]:
    """The rows of a file, the header first; empty lines are left out.

    Raises BadFile when the file is in UTF-16.
    """
    lines = _Lines(file)
    while True:
        lines.begin_row()
        try:
            cells = next(csv.reader(lines, strict=True))
        except StopIteration:
            return
        except (csv.Error, _NeverEnds):
            lines.give_up()
            yield Record(lines.first, [], lines.fault() or _QUOTES)
            continue
        if lines.fault():
            yield Record(lines.first, [], lines.fault())
        elif any(cell.strip() for cell in cells):
            yield Record(lines.first, cells)
