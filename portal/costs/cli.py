"""Commands for whoever keeps the rules of help with costs. They read no data of people."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from portal import clock
from portal.costs import answering, engine, proof, rulebook, words, words_answer
from portal.languages import say

costs_group = AppGroup("costs", help="The rules of what the Flexible Support Fund may pay for.")


@costs_group.command("explain")
@click.option("--answers", required=True, help="Like you=uc,need=id,steps=yes; comma separated.")
def explain(answers: str) -> None:
    """Print the outcome of these answers, and the rule that fired."""
    book, given = rulebook.known(), engine.read(answers)
    for question, option in given.items():
        if option not in book.options.get(question, ()):
            known = ", ".join(sorted(book.options.get(question, book.options)))
            raise click.ClickException(f"There is no {question}={option}. Known: {known}.")
    try:
        outcome = engine.explain(book, given)
    except engine.Unanswered as missing:
        asked = missing.question
        said = say(words.QUESTIONS[asked.id])
        raise click.ClickException(
            f"Still open: {asked.id} ({said}) One of: {', '.join(asked.options)}."
        ) from missing
    rule = outcome.rule
    click.echo(f"Outcome {outcome.letter}: {say(answering.headline(outcome))}")
    click.echo(f"Rule {rule.id} (row {rule.row}, by itself {rule.outcome}, {rule.duty})")
    click.echo(f"  {say(words_answer.BECAUSE[rule.id])}")
    for modifier in outcome.changed:
        click.echo(f"Changed by {modifier.id}: {say(words_answer.CHANGED[modifier.id])}")
    for source in rule.sources:
        click.echo(f"From {source.code}: {source.title} ({source.dated or 'no date'})")
    click.echo(f"Confidence {rule.confidence}, last checked {book.last_checked}")


@costs_group.command("check")
def check() -> None:
    """Prove the rules by trying every combination of answers. Exit status 1 if one breaks them."""
    try:
        book = rulebook.load(today=clock.today())
    except rulebook.RulesError as error:
        raise click.ClickException(str(error)) from error
    found = proof.prove(book)
    for fault in found.faults:
        click.echo(fault, err=True)
    letters = ", ".join(f"{letter} {count}" for letter, count in sorted(found.letters.items()))
    click.echo(f"{found.combinations} combinations tried: {letters}.")
    click.echo(
        f"{found.conversations} conversations of at most {found.longest} questions; "
        f"{len(book.rules)} rules, each of which fires."
        if not found.faults
        else f"{len(found.faults)} faults shown."
    )
    sys.exit(1 if found.faults else 0)
