"""What the rules say about somebody's answers. Pure: no file, no words, no clock, no language.

Apart from `rules`, which is about requests: this is guidance about the fund, from the reviewed
table of portal/data/costs.toml (facts 1.6). The first rule that fits gives the letter of the
outcome, then the modifiers lower it. Nothing here decides or promises anything.

How a door uses it, one question at a time:

    book, answers = rulebook.known(), {}
    while (question := next_question(book, answers)) is not None:
        answers[question.id] = ...          # one of question.options; "unsure" is always one
    outcome = explain(book, answers)        # outcome.letter, outcome.rule, outcome.changed
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.costs.table import Answers, Fits, Letter, Modifier, Question, Rule, Rulebook


@dataclass(frozen=True)
class Outcome:
    """What the rules say: the letter, the rule that fired, and what lowered it, in order."""

    letter: Letter
    rule: Rule
    changed: tuple[Modifier, ...]


class Unanswered(Exception):
    """A question that still matters has no answer."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.id)
        self.question = question


def next_question(book: Rulebook, answers: Answers) -> Question | None:
    """The first question whose answer still matters; None when the outcome is certain.

    At most MOST_QUESTIONS are ever asked. An answer that is no option counts as none."""
    try:
        explain(book, answers)
    except Unanswered as missing:
        return missing.question
    return None


def explain(book: Rulebook, answers: Answers) -> Outcome:
    """What the rules say. Raises Unanswered; answers to questions that no longer matter may be
    left out, and if given only count where the file says `any`: see `asked`."""
    rule = next(rule for rule in book.rules if _fits(book, rule.when, answers))
    letter, changed = rule.outcome, []
    for modifier in book.modifiers:
        if letter not in modifier.change:
            continue
        given = modifier.any in answers.values() if modifier.any else False
        if given or (not modifier.any and _fits(book, modifier.when, answers)):
            letter = modifier.change[letter]
            changed.append(modifier)
    return Outcome(letter, rule, tuple(changed))


def asked(book: Rulebook, answers: Answers) -> dict[str, str]:
    """The answers that matter, in the order in which they are asked for: what a person answered
    before they went back and changed their mind is left out, and so is what is no answer."""
    found: dict[str, str] = {}
    while (question := next_question(book, found)) is not None:
        given = answers.get(question.id)
        if given not in question.options:
            break
        found[question.id] = str(given)
    return found


def write(answers: Answers) -> str:
    """Answers as one line, like `you=uc,need=id`."""
    return ",".join(f"{question}={option}" for question, option in answers.items())


def read(text: str) -> dict[str, str]:
    """The answers of such a line. What is no pair is left out."""
    pairs = (part.partition("=") for part in text.split(","))
    return {q.strip(): option.strip() for q, is_pair, option in pairs if is_pair}


def _fits(book: Rulebook, when: Fits, answers: Answers) -> bool:
    """Whether answers fit. Raises Unanswered with the first question that is still open, unless
    an answer that is known speaks against it already."""
    still_open = None
    for name, wanted in when.items():
        given = answers.get(name)
        if given in wanted:
            continue
        if given in book.options[name]:
            return False
        still_open = still_open or name
    if still_open is not None:
        raise Unanswered(next(q for q in book.questions if q.id == still_open))
    return True
