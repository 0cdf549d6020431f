"""The command that takes in a list of training and help. Opens its own transactions."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from portal import clock
from portal.account import queries as account
from portal.api.cli import _source
from portal.api.csvfile import BadFile, Record, records
from portal.database import db, transaction
from portal.training import importing, queries
from portal.training.importing import COLUMNS, NEEDED, Outcome, Reading
from portal.web.text import one_line

training_group = AppGroup("training", help="Local training and support.")
BATCH = 200


@dataclass
class _Row:
    line: int
    reading: Reading = field(default_factory=Reading)


@training_group.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option(
    "--source",
    default="file",
    show_default=True,
    callback=_source,
    help="Where the list comes from. References are its own.",
)
def import_training(file: BinaryIO, dry_run: bool, source: str) -> None:
    """Keep the courses and help that a CSV file lists. The columns are in docs/api.md.

    Every bad row is named with its line and all its reasons, and the good ones are kept; the same
    file twice changes nothing. The file is the whole list of its source: what it names no longer
    is shown no longer, unless a row was bad, which may be the one that is missing.

    Exit status: 0 all rows are fine, 1 some were bad, 2 the file could not be read at all, 3 the
    database stopped answering.
    """
    counted: Counter[Outcome] = Counter()
    named: set[str] = set()
    gone = 0
    try:
        rows = _rows(records(file))
        while batch := [row for row, _ in zip(rows, range(BATCH), strict=False)]:
            counted.update(_take(batch, source, dry_run))
            named |= {str(row.reading.values.get("reference")) for row in batch}
        if not counted[Outcome.bad]:
            gone = _let_go(source, named, dry_run)
    except BadFile as bad:
        click.echo(f"Nothing was read. {bad}", err=True)
        sys.exit(2)
    except sa.exc.OperationalError:
        done = f"{counted.total()} rows were taken and are kept. Run the file again later."
        click.echo(f"The database does not answer. {done}", err=True)
        sys.exit(3)
    summary = ", ".join(f"{outcome.value} {counted[outcome]}" for outcome in Outcome)
    click.echo(
        f"{'Nothing was changed. It would be: ' if dry_run else ''}"
        f"read {counted.total()}, {summary}, gone {gone}."
    )
    sys.exit(1 if counted[Outcome.bad] else 0)


def _rows(found: Iterator[Record]) -> Iterator[_Row]:
    header = next(found, None)
    if header is None:
        raise BadFile("The file is empty.")
    if header.fault:
        raise BadFile(f"line {header.line}: {header.fault}")
    columns = [cell.strip().lower() for cell in header.cells]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise BadFile(
            f"These columns are missing: {', '.join(missing)}. "
            "The first line must name the columns, with commas between."
        )
    twice = sorted({c for c in columns if c in COLUMNS and columns.count(c) > 1})
    if twice:
        raise BadFile(f"These columns are there twice: {', '.join(twice)}.")
    unknown = ", ".join(one_line(c)[:40] or "(no name)" for c in columns if c not in COLUMNS)
    if unknown:
        click.echo(f"These columns are not known and were not read: {unknown}.", err=True)
    offices = {office.code for office in account.offices()}
    lines: dict[str, int] = {}
    for record in found:
        yield _read(record, columns, offices, lines)


def _read(record: Record, columns: list[str], offices: set[str], lines: dict[str, int]) -> _Row:
    row = _Row(record.line)
    if record.fault:
        row.reading.wrong("line", record.fault)
        return row
    if len(record.cells) != len(columns):
        said = f"It has {len(record.cells)} cells; the header has {len(columns)}."
        row.reading.wrong("line", said)
        return row
    values = dict(zip(columns, record.cells, strict=True))
    row.reading = importing.read(values, offices, clock.today())
    first = lines.setdefault(str(row.reading.values["reference"]), row.line)
    if first != row.line:
        row.reading.wrong("reference", f"Line {first} has this reference too.")
    return row


def _take(batch: list[_Row], source: str, dry_run: bool) -> list[Outcome]:
    """One batch, one transaction. A bad row changes nothing."""
    for row in batch:
        if row.reading.faults:
            click.echo(_line(row))
    if dry_run:
        found = _follow(batch, source, dry_run=True)
    else:
        with transaction():
            found = _follow(batch, source, dry_run=False)
    db.session.expunge_all()
    return found


def _follow(batch: list[_Row], source: str, *, dry_run: bool) -> list[Outcome]:
    references = {str(r.reading.values["reference"]) for r in batch if not r.reading.faults}
    known, found = queries.known(source, references), []
    for row in batch:
        if row.reading.faults:
            found.append(Outcome.bad)
            continue
        here = known.get(str(row.reading.values["reference"]))
        if dry_run:
            fresh = Outcome.added if here is None else Outcome.same
            changed = here is not None and importing.differs(row.reading, here)
            found.append(Outcome.changed if changed else fresh)
        else:
            found.append(importing.keep(source, row.reading, here))
    return found


def _let_go(source: str, named: set[str], dry_run: bool) -> int:
    """What the source no longer names is shown to nobody."""
    if dry_run:
        return len(queries.not_among(source, named))
    with transaction():
        found = queries.not_among(source, named)
        for training in found:
            training.gone_at = clock.now()
    return len(found)


def _line(row: _Row) -> str:
    reasons = " | ".join(
        f"{column}: {' '.join(sentences)}" for column, sentences in row.reading.faults.items()
    )
    return f"line {row.line}: {reasons}"
