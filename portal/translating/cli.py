"""Commands for whoever looks after the languages."""

from __future__ import annotations

import re
import sys
from typing import BinaryIO

import click
from flask.cli import AppGroup

from portal import catalogues, clock, languages
from portal.translating import checks, queries, review, sheet

translations_group = AppGroup("translations", help="The languages of this service.")


@translations_group.command("status")
def status() -> None:
    """Print how far each language was checked, and what is missing."""
    for language in languages.known().values():
        folder = languages.TRANSLATIONS / language.code
        if language.code == languages.DEFAULT:
            continue
        if not languages.is_offered(language.code):
            click.echo(f"{language.code} {language.english_name}: no catalogue, not offered")
            continue
        found = catalogues.read(folder)
        missing = [each for each in found if not each.finished]
        unchecked = catalogues.unreviewed(folder)
        said = catalogues.read_status(folder)
        state = catalogues.state(folder)
        click.echo(
            f"{language.code} {language.english_name}: {state}, {len(found)} sentences, "
            f"{len(missing)} missing, {len(found) - len(unchecked)} reviewed"
        )
        click.echo(f"   drafted on {said.drafted_on}" + "".join(f"; {p}" for p in said.passes))
        if said.reviewed_on:
            click.echo(f"   reviewed on {said.reviewed_on} by a {said.reviewer_role}")
        if state != said.state:
            click.echo(f"   status.toml says {said.state}, but words were changed since")
        for each in missing:
            click.echo(f"   missing {each.id} {each.english[0]!r}")


@translations_group.command("check")
@click.argument("codes", nargs=-1)
def check(codes: tuple[str, ...]) -> None:
    """Check the catalogues of these languages, or of all. Exit status 1 if anything is wrong."""
    _known(*(code for code in codes if code != languages.DEFAULT))
    count = 0
    for fault in checks.everything(*codes):
        count += 1
        click.echo(str(fault), err=True)
    click.echo(f"Faults: {count}." if count else "Every language is whole, and its texts fit.")
    sys.exit(1 if count else 0)


@translations_group.command("reports")
@click.argument("codes", nargs=-1)
def reports(codes: tuple[str, ...]) -> None:
    """Print what people said about wrong translations and nobody has settled."""
    _known(*codes)
    count = 0
    for code in codes or ("",):
        for each in queries.open_reports(code):
            count += 1
            click.echo(
                f"{each.language} {each.string_id} {each.at:%Y-%m-%d} {each.endpoint}".rstrip()
            )
            lines = {"English": each.english, "shown": each.shown}
            lines |= {"wrong": each.wrong, "better": each.better}
            for name, words in lines.items():
                if words:
                    click.echo(f"   {name}: " + words.replace("\n", "\n      "))
    click.echo(f"{count} reports are open.")


@translations_group.command("export")
@click.argument("code")
@click.option("--file", "file", type=click.File("wb"), default="-", help="Where to write it.")
def export(code: str, file: BinaryIO) -> None:
    """Write a language as a table for a spreadsheet, to be reviewed by a translator."""
    _known(code)
    file.write(sheet.of_language(languages.TRANSLATIONS / code, languages.known()[code]))


@translations_group.command("import")
@click.argument("code")
@click.argument("file", type=click.File("rb"))
@click.option("--reviewer-role", "role", required=True, help="Such as: native-speaker translator.")
def import_table(code: str, file: BinaryIO, role: str) -> None:
    """Take back a table that a translator reviewed. Nothing is written if anything is wrong."""
    _known(code)
    role = _role(role)
    folder = languages.TRANSLATIONS / code
    try:
        found = review.read(
            file.read(),
            folder,
            languages.known()[code],
            lambda catalog: checks.of_others(code, catalog),
        )
    except sheet.NotATable as error:
        raise click.ClickException(f"{error} Nothing was changed.") from error
    for line in (*found.notes, *found.faults):
        click.echo(line, err=True)
    if found.faults:
        raise click.ClickException(f"{len(found.faults)} faults. Nothing was changed.")
    status = review.write(found, folder, role=role, today=clock.today())
    left = sum(found.checked.get(each.id) != each.digest for each in found.sentences)
    click.echo(
        f"{len(found.changed)} sentences changed, {left} of {len(found.sentences)} not reviewed "
        f"yet: {code} is {status.state}."
    )
    if found.changed:
        click.echo("Now run `make check`, and start the service anew.")


def _role(text: str) -> str:
    """What somebody reviewed a language as. Raises ClickException for a machine, or nothing."""
    text = " ".join(text.split())
    if not text or len(text) > 60 or not text.isprintable():
        raise click.ClickException("Say in a few words as what the reviewer read it.")
    if re.search(r"machine|computer|automat|\bbot\b|model|\bAI\b", text, re.IGNORECASE):
        raise click.ClickException("Only a person can review a language.")
    return text


def _known(*codes: str) -> None:
    for code in codes:
        if code == languages.DEFAULT or not languages.is_offered(code):
            offered = ", ".join(each.code for each in languages.offered())
            raise click.ClickException(f"There is no catalogue of {code!r}. There are: {offered}.")
