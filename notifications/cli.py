"""Commands: the worker, the server, and texts by hand. Each opens its own transaction."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import replace
from typing import Any, TextIO

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from notifications import arrivals, budget, comparison, demo, queries, serving, worker
from notifications.conversation import score
from notifications.gateways.local import LocalGateway
from notifications.models import Notification
from portal.account.numbers import national, read_mobile
from portal.database import transaction
from portal.refusals import Refusal
from portal.settings import Settings

sms_group = AppGroup("sms", help="Texts: what was sent, and what somebody sends us.")


@click.command("worker")
@click.option("--once", is_flag=True, help="Stop when there is nothing left to do.")
@with_appcontext
def worker_command(once: bool) -> None:
    """Send what waits, read what came in. Ends cleanly on Ctrl-C and SIGTERM.

    With --once the exit status is 1 when a part of it broke; the log says which.
    """
    if once:
        sys.exit(0 if worker.once() else 1)
    else:
        worker.run(serving.Stop().on_signals())


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers",
    default=min(2, os.cpu_count() or 1),
    show_default=True,
    type=click.IntRange(min=1),
    help="Processes of the web server.",
)
@click.option("--no-worker", is_flag=True, help="Only the web server.")
@with_appcontext
def serve_command(host: str, port: int, workers: int, no_worker: bool) -> None:
    """Start the web server and the worker; Ctrl-C stops both."""
    settings: Settings = current_app.extensions["settings"]
    sys.exit(
        serving.serve(
            host, port, workers, with_worker=not no_worker, public_url=settings.public_url
        )
    )


@sms_group.command("receive")
@click.option("--from", "number", required=True, help="The phone it comes from.")
@click.option("--id", "provider_id", default="", help="The same id again is the same text again.")
@click.option("--part", "part", default="", help="2/3: the second of the three of a long text.")
@click.argument("text")
def receive(number: str, provider_id: str, part: str, text: str) -> None:
    """Keep TEXT as if this phone had sent it. Only with the local gateway."""
    gateway, number = _local_gateway(), _number_as_it_comes(number)
    inbound = gateway.typed(number, text, provider_id)
    if part:
        which, _, of = part.partition("/")
        if not (which.isdecimal() and of.isdecimal() and 1 <= int(which) <= int(of) <= 99):
            raise click.ClickException("A part is written like 2/3.")
        inbound = replace(inbound, part_of="typed", part=int(which), parts=int(of))
    with transaction():
        new = arrivals.keep_inbound(gateway.name, inbound)
    click.echo("Kept." if new else "We have this text already.")


@sms_group.command("ring")
@click.option("--from", "number", required=True, help="The phone it comes from.")
def ring(number: str) -> None:
    """Ring as if from this phone; nobody picks up. Only with the local gateway."""
    gateway, number = _local_gateway(), _number_as_it_comes(number)
    with transaction():
        arrivals.keep_call(gateway.name, gateway.rang(number))
    click.echo("Kept.")


def _local_gateway() -> LocalGateway:
    gateway = current_app.extensions["gateway"]
    if not isinstance(gateway, LocalGateway):
        raise click.ClickException("Texts come from the provider; SMS_GATEWAY is not local.")
    return gateway


def _number_as_it_comes(number: str) -> str:
    """Short codes and word senders text too. They are kept as they come."""
    with contextlib.suppress(Refusal):
        return read_mobile(number)
    return number


@sms_group.command("sent")
@click.option("--to", "number", default=None, help="Only texts to this number.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list, for programs.")
def sent(number: str | None, as_json: bool) -> None:
    """Every text, oldest first: time, to, language, text, encoding, segments, status."""
    if number is not None:
        try:
            number = read_mobile(number)
        except Refusal:
            raise click.ClickException("This is no UK mobile number.") from None
    rows = [_row(*each) for each in queries.sent(number)]
    if as_json:
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        click.echo(f"[\n{lines}\n]" if rows else "[]")
        return
    for row in rows:
        size = f"{row['encoding']} {row['segments']}" if row["segments"] else ""
        facts = (row["time"], national(row["to"]), row["language"], size, row["status"])
        click.echo("  ".join(fact for fact in facts if fact))
        click.echo("".join(f"    {line}\n" for line in row["text"].split("\n")))


@sms_group.command("score")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
def score_command(file: TextIO) -> None:
    """Read FILE (tab-separated: text, lang) as answers to an offer; print JSON lines.

    Uses the very code that answers real texts.
    """
    for line in score.score(file):
        click.echo(json.dumps(line, ensure_ascii=False))


@sms_group.command("budget")
def budget_command() -> None:
    """Every text in every language with its longest values: encoding, units, parts, limit."""
    for row in budget.rows():
        size = row.measured
        mark = "" if row.fits else "  TOO LONG"
        name = f"{row.kind}{' (discreet)' if row.discreet else ''}"
        click.echo(
            f"{row.language}  {name:44} {size.encoding:6} {size.units:4} units "
            f"{size.segments} of {row.limit}{mark}"
        )


@sms_group.command("reminders-report")
@click.option("--office", "office_code", default=None, help="Only this office, by its code.")
def reminders_report(office_code: str | None) -> None:
    """Meetings that took place, with the optional reminders and without them.

    Only where REMINDERS_CONTROL_SHARE lets some people go without. Small groups are not shown.
    """
    for line in comparison.report(office_code):
        click.echo(line)


def _row(text: Notification, words: str) -> dict[str, Any]:
    return {
        "time": (text.sent_at or text.made_at).isoformat(timespec="seconds"),
        "to": text.to_number,
        "language": text.language,
        "text": words,
        "encoding": text.encoding,
        "segments": text.segments,
        "status": text.state.value,
    }


def init_app(app: Flask) -> None:
    for command in (worker_command, serve_command, sms_group, demo.demo_command):
        app.cli.add_command(command)
