"""Commands: appointments from a file, and partners' keys. Each opens its own transactions."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from typing import BinaryIO
from uuid import UUID

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from portal import languages
from portal.account import queries as account
from portal.api import actions, queries
from portal.api.csvfile import BadFile
from portal.api.importing import BATCH, Importer, Result, Row, Rows, batches
from portal.api.models import ApiKey
from portal.api.sources import Outcome
from portal.api.table import reasons
from portal.database import db, transaction
from portal.web.text import one_line

appointments_group = AppGroup("appointments", help="Appointments from other systems.")
key_group = AppGroup("api-key", help="Keys for systems that use the API.")

_TRIES = 5
_PAUSE = 0.12
"""Seconds."""
_WRITTEN = (Outcome.booked, Outcome.moved, Outcome.corrected)
_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def source_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not _SOURCE.fullmatch(value):
        raise click.BadParameter("Use letters, digits, full stops and hyphens, at most 64.")
    return value


@appointments_group.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option(
    "--source",
    default="file",
    show_default=True,
    callback=source_name,
    help="The system the file comes from. References are its own.",
)
def import_appointments(file: BinaryIO, dry_run: bool, source: str) -> None:
    """Book and move appointments as a CSV file says. The columns are in docs/api.md.

    Every bad row is named with its line and all its reasons, and the good ones are kept.
    Exit status: 0 all rows are fine, 1 some were bad, 2 the file could not be read at all, 3 the
    database stopped answering (run the file again: what is in already is not taken twice).
    """
    counted: Counter[Outcome] = Counter()
    # The reasons are sentences of the rules, and there is no person here with a language.
    with languages.speaking(languages.DEFAULT):
        try:
            rows = Rows(file)
            if rows.unknown:
                click.echo(rows.unknown, err=True)
            importer = Importer(source, dry_run=dry_run)
            for batch in batches(rows, BATCH):
                for result in _take(importer, batch):
                    counted[result.outcome] += 1
                    if result.outcome is Outcome.bad:
                        click.echo(reasons(result.line, result.faults))
                    elif result.warning:
                        click.echo(f"line {result.line}: {result.outcome}. {result.warning}")
        except BadFile as bad:
            click.echo(f"Nothing was read. {bad}", err=True)
            sys.exit(2)
        except sa.exc.OperationalError:
            done = f"{counted.total()} rows were taken and are kept. Run the file again later."
            click.echo(f"The database does not answer. {done}", err=True)
            sys.exit(3)
    summary = ", ".join(f"{outcome.value} {counted[outcome]}" for outcome in Outcome)
    done = "Nothing was changed. It would be: " if dry_run else ""
    click.echo(f"{done}read {counted.total()}, {summary}.")
    sys.exit(1 if counted[Outcome.bad] else 0)


def _take(importer: Importer, batch: list[Row]) -> list[Result]:
    """One batch, one transaction; again when somebody else changed the same things meanwhile."""
    if importer.dry_run:
        results = importer.take(batch)
        db.session.rollback()
    else:
        results = _take_in_transaction(importer, batch)
        if any(result.outcome in _WRITTEN for result in results):
            _let_others_write()
    db.session.expunge_all()
    return results


def _let_others_write() -> None:
    """SQLite has one writer and no queue: who waits asks again every tenth of a second. Without
    a pause that long, people would wait for their button until the whole file is in."""
    if db.engine.dialect.name == "sqlite":
        time.sleep(_PAUSE)


def _take_in_transaction(importer: Importer, batch: list[Row]) -> list[Result]:
    for _try in range(_TRIES - 1):
        try:
            with transaction():
                return importer.take(batch)
        except (sa.exc.IntegrityError, sa.exc.OperationalError):
            continue
    with transaction():
        return importer.take(batch)


@key_group.command("create")
@click.option("--name", required=True, help="Who holds it.")
@click.option("--source", required=True, callback=source_name, help="The system behind it.")
@click.option("--office", "office_code", help="An office's code: reach its people only.")
def create_key(name: str, source: str, office_code: str | None) -> None:
    """Make a key and print it, once."""
    name = one_line(name)
    if not 1 <= len(name) <= 120:
        raise click.ClickException("Give a name of at most 120 characters.")
    office = account.office_by_code(office_code) if office_code else None
    if office_code and office is None:
        raise click.ClickException(f"There is no office with the code {office_code}.")
    with transaction():
        key, secret = actions.make_key(name=name, source=source, office=office)
    click.echo(f"Key {key.id} for {key.name}. Keep it safe, it is shown once:", err=True)
    click.echo(secret)


@key_group.command("list")
def list_keys() -> None:
    """Every key: id, name, source, office, made, last used, revoked. Never the key itself."""
    for key in queries.all_keys():
        click.echo("\t".join(_cells(key)))


def _cells(key: ApiKey) -> list[str]:
    moments = (key.made_at, key.last_used_at, key.revoked_at)
    return [
        str(key.id),
        key.name,
        key.source,
        key.office.code if key.office else "every office",
        *(f"{moment:%Y-%m-%dT%H:%MZ}" if moment else "never" for moment in moments),
    ]


@key_group.command("revoke")
@click.argument("key_id", type=click.UUID)
def revoke_key(key_id: UUID) -> None:
    """Make a key useless, at once."""
    key = queries.key(key_id)
    if key is None:
        raise click.ClickException("There is no key with this id.")
    with transaction():
        actions.revoke_key(key)
    click.echo(f"Revoked {key.name}.")
