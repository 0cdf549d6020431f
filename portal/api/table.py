"""A CSV file whose first line names the columns: what every import does before it reads a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from portal.api.csvfile import BadFile, Record, records
from portal.web.text import one_line


@dataclass(frozen=True)
class Line:
    """One row by the names of its columns, or why it could not be split into them."""

    number: int
    values: dict[str, str]
    fault: str = ""


class Table:
    """A file with its header read. Iterating gives its rows.

    Raises BadFile when it has no rows that could be read.
    """

    def __init__(
        self, file: BinaryIO, *, columns: Collection[str], needed: Collection[str]
    ) -> None:
        self._records = records(file)
        header = next(self._records, None)
        if header is None:
            raise BadFile("The file is empty.")
        if header.fault:
            raise BadFile(f"line {header.line}: {header.fault}")
        self._named = [cell.strip().lower() for cell in header.cells]
        twice = sorted({c for c in self._named if c in columns and self._named.count(c) > 1})
        if twice:
            raise BadFile(f"These columns are there twice: {', '.join(twice)}.")
        missing = [name for name in needed if name not in self._named]
        if missing:
            raise BadFile(
                f"These columns are missing: {', '.join(missing)}. "
                "The first line must name the columns, with commas between."
            )
        names = [one_line(c)[:40] or "(no name)" for c in self._named if c not in columns]
        self.unknown = (
            f"These columns are not known and were not read: {', '.join(names)}." if names else ""
        )
        """What to tell whoever runs the import; empty when all columns are known."""
        self._lines: dict[str, int] = {}

    def __iter__(self) -> Iterator[Line]:
        for record in self._records:
            yield self._read(record)

    def _read(self, record: Record) -> Line:
        if record.fault:
            return Line(record.line, {}, record.fault)
        cells, wanted = len(record.cells), len(self._named)
        if cells != wanted:
            return Line(record.line, {}, f"It has {cells} cells; the header has {wanted}.")
        return Line(record.line, dict(zip(self._named, record.cells, strict=True)))

    def repeated(self, reference: str, line: int) -> str:
        """What is wrong when an earlier line has this reference too; empty for the first one."""
        first = self._lines.setdefault(reference, line)
        return f"Line {first} has this reference too." if first != line else ""


def reasons(line: int, faults: Mapping[str, Sequence[str]]) -> str:
    """A bad row for whoever runs the import: its line and every reason, by column."""
    said = " | ".join(f"{column}: {' '.join(sentences)}" for column, sentences in faults.items())
    return f"line {line}: {said}"
