"""Commands for whoever looks after the languages."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from portal import catalogues, languages
from portal.translating import checks

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
    _known(*codes)
    count = 0
    for fault in checks.everything(*codes):
        count += 1
        click.echo(str(fault), err=True)
    click.echo(f"{count} faults." if count else "Every language is whole, and its texts fit.")
    sys.exit(1 if count else 0)


def _known(*codes: str) -> None:
    for code in codes:
        if not languages.is_offered(code):
            offered = ", ".join(each.code for each in languages.offered())
            raise click.ClickException(f"There is no catalogue of {code!r}. There are: {offered}.")
