"""The command that erases the words of complaints which were closed long ago."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from portal import clock
from portal.complaints import retention
from portal.database import transaction

complaints_group = AppGroup("complaints", help="Complaints, and how long they are kept.")


@complaints_group.command("redact")
@click.option("--dry-run", is_flag=True, help="Only say which would be redacted.")
def redact(dry_run: bool) -> None:
    """Erase the words of complaints that were closed 24 months ago.

    That somebody complained, what was decided and when stays, and every chain still verifies.
    One transaction a complaint.
    """
    found = retention.to_redact(clock.now())
    for complaint_id in found:
        if not dry_run:
            with transaction():
                retention.redact(complaint_id)
        click.echo(f"complaint {complaint_id} {'would be' if dry_run else 'was'} redacted")
    click.echo(f"{len(found)} complaints {'would be' if dry_run else 'were'} redacted.")
