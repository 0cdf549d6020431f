"""Commands for whoever runs the service. Each opens its own transaction."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask.cli import AppGroup

from portal import database
from portal.account import guards, queries, staff_accounts
from portal.account.models import Office
from portal.account.rules import APART_OF_NO_OFFICE
from portal.api.cli import appointments_group, key_group
from portal.api.training_cli import training_group
from portal.complaints import checking
from portal.complaints.cli import complaints_group
from portal.costs.cli import costs_group
from portal.database import db, transaction
from portal.record import log, retention
from portal.record.receipts import grouped
from portal.translating.cli import translations_group

database_group = AppGroup("database", help="Create the tables, or check them.")
record_group = AppGroup("record", help="The record of what happened.")
staff_group = AppGroup("staff", help="People who may use the desk.")
office_group = AppGroup("office", help="The offices that use this service.")


@database_group.command("upgrade")
def upgrade() -> None:
    """Bring the database up to the newest migration."""
    database.migrate(db.engine)
    click.echo("The database is up to date.")


@database_group.command("check")
def check() -> None:
    """Fail if the tables differ from the models."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, database.Base.metadata)
    for difference in differences:
        click.echo(repr(difference), err=True)
    if differences:
        sys.exit(1)
    click.echo("Tables and models agree.")


@database_group.command("revision")
@click.argument("name")
@click.option("--number", required=True, help="Four digits, the next one.")
def revision(name: str, number: str) -> None:
    """Draft a migration from the difference between models and tables, for review."""
    with db.engine.begin() as connection:
        config = database.alembic_config(connection)
        command.revision(config, name, autogenerate=True, rev_id=number)
    (Path(database.MIGRATIONS) / ".current-alembic-head").write_text(f"{number}\n")


@record_group.command("verify")
def verify() -> None:
    """Check every chain, and the words of complaints against it; says which entry is broken.
    Exit status 1 if any is."""
    people, entries, broken = 0, 0, 0
    for claimant_id, length, faults in log.verify_all():
        people, entries = people + 1, entries + length
        for fault in (*faults, *checking.faults(claimant_id)):
            broken += 1
            receipt = f" receipt {grouped(fault.receipt)}" if fault.receipt else ""
            click.echo(f"record {claimant_id} entry {fault.number}{receipt}: {fault.what}")
    click.echo(f"{people} records, {entries} entries, {broken} broken.")
    sys.exit(1 if broken else 0)


@record_group.command("erase-old")
@click.option("--dry-run", is_flag=True, help="Only say whose records would be erased.")
def erase_old(dry_run: bool) -> None:
    """Erase details and names of people whose last entry is older than 24 months.

    The entries stay, and every chain still verifies. One transaction a person.
    """
    found = retention.old_records()
    for claimant_id in found:
        if dry_run:
            click.echo(f"record {claimant_id} would be erased")
            continue
        with transaction():
            entries = retention.erase_record(claimant_id)
        click.echo(f"record {claimant_id}: the details of {entries} entries erased")
    click.echo(f"{len(found)} records {'would be' if dry_run else 'were'} erased.")


@staff_group.command("add")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--office", "office_code", required=True, help="The office's code.")
@click.option(
    "--role",
    default="work coach",
    show_default=True,
    help='"manager", "operator", "complaints" (of the office), "complaints team" (of no office).',
)
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
def add_staff(email: str, name: str, office_code: str, role: str, password: str) -> None:
    """Add a member of staff; prints the secret for their code app, once."""
    office = queries.office_by_code(office_code)
    if office is None:
        raise click.ClickException(f"There is no office with the code {office_code}.")
    if len(password) < 12:
        raise click.ClickException("Use a password of at least 12 characters.")
    if "complaint" in role.casefold() and role not in guards.APART:
        # Misspelt, it would be somebody who sees everybody and no complaint.
        raise click.ClickException('The roles are "complaints" and "complaints team".')
    if role == APART_OF_NO_OFFICE and staff_accounts.is_where_people_belong(office):
        # People are told that the team are not the people of their Jobcentre.
        raise click.ClickException(
            "The complaints team must not work where people belong who complain. Add an office "
            "for the team alone, and use its code."
        )
    known = staff_accounts.of_email(email)
    if known is not None:
        raise click.ClickException(
            "There is already an account with this e-mail address."
            if known.active
            else "The account with this e-mail address was closed. Use another address."
        )
    with transaction():
        member = staff_accounts.add(
            email=email, name=name, password=password, office=office, role=role
        )
        uri = staff_accounts.provisioning_uri(member, "Claimant portal")
    click.echo(f"Added {member.email}. Give this to their code app, it is shown once:\n{uri}")


@staff_group.command("close")
@click.option("--email", required=True)
def close_staff(email: str) -> None:
    """Close the account of somebody who has left; says for how many people they were work coach."""
    with transaction():
        member = staff_accounts.of_email(email)
        if member is None:
            raise click.ClickException("There is no account with this e-mail address.")
        people = queries.how_many_have_coach(member.id)
        staff_accounts.close(member)
    click.echo(f"Closed {member.email}. People whose work coach they still are: {people}.")


@office_group.command("add")
@click.option("--code", required=True, help="What imports and commands call it.")
@click.option("--name", required=True)
@click.option("--short-name", required=True, help="For texts: at most 20 characters.")
@click.option("--address", required=True)
@click.option("--phone", required=True)
@click.option("--nation", type=click.Choice(["england", "wales", "scotland"]), required=True)
def add_office(code: str, short_name: str, **facts: str) -> None:
    """Add an office. Its nation decides which bank holidays count."""
    if len(short_name) > 20:
        raise click.ClickException("Use a short name of at most 20 characters.")
    if queries.office_by_code(code):
        raise click.ClickException(f"There is already an office with the code {code}.")
    with transaction() as session:
        session.add(Office(code=code, short_name=short_name, **facts))
    click.echo(f"Added the office {code}.")


def init_app(app: Flask) -> None:
    groups = (
        database_group,
        record_group,
        staff_group,
        office_group,
        appointments_group,
        key_group,
        training_group,
        complaints_group,
        costs_group,
        translations_group,
    )
    for group in groups:
        app.cli.add_command(group)
