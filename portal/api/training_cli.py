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
from portal.api.cli import source_name
from portal.api.csvfile import BadFile
from portal.api.importing import BATCH, batches
from portal.api.table import Table, reasons
from portal.database import db, transaction
from portal.training import importing, queries
from portal.training.importing import COLUMNS, NEEDED, Outcome, Reading

training_group = AppGroup("training", help="Local training and support.")


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
    callback=source_name,
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
        table = Table(file, columns=COLUMNS, needed=NEEDED)
        if table.unknown:
            click.echo(table.unknown, err=True)
        for batch in batches(_rows(table), BATCH):
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


def _rows(table: Table) -> Iterator[_Row]:
    offices = {office.code for office in account.offices()}
    for line in table:
        row = _Row(line.number)
        if line.fault:
            row.reading.wrong("line", line.fault)
        else:
            row.reading = importing.read(line.values, offices, clock.today())
            fault = table.repeated(str(row.reading.values["reference"]), row.line)
            if fault:
                row.reading.wrong("reference", fault)
        yield row


def _take(batch: list[_Row], source: str, dry_run: bool) -> list[Outcome]:
    """One batch, one transaction. A bad row changes nothing."""
    for row in batch:
        if row.reading.faults:
            click.echo(reasons(row.line, row.reading.faults))
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
