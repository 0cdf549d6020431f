"""Proves what must hold for every combination of answers, by trying every one (`flask costs
check`). Apart from `coverage`, which finds gaps by reasoning: two ways that must agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from portal.costs.engine import Unanswered, asked, explain, next_question, write
from portal.costs.table import MOST_QUESTIONS, UNSURE, Answers, Rulebook

PAYER, COULD_PAY, NEVER = "payer", "me", "D"
_SHOWN = 5
"""Of each kind of fault."""


@dataclass
class Proof:
    """What was tried, and what does not hold."""

    combinations: int = 0
    """Every answer to every question."""
    conversations: int = 0
    """What a person can be asked, from the first question to the outcome."""
    longest: int = 0
    """Questions in the longest of them."""
    letters: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def wrong(self, what: str, answers: Answers) -> None:
        if sum(each.startswith(what) for each in self.faults) < _SHOWN:
            self.faults.append(f"{what}: {write(answers)}")


def prove(book: Rulebook) -> Proof:
    """Try every combination, and every conversation. Takes some seconds."""
    proof = Proof()
    fired: set[str] = set()
    others = [q for q in book.questions if q.id != PAYER]
    payers = next(q.options for q in book.questions if q.id == PAYER)
    names = [q.id for q in others]
    for chosen in product(*(q.options for q in others)):
        answers = dict(zip(names, chosen, strict=True))
        sure = UNSURE not in chosen
        letters = {}
        for payer in payers:
            answers[PAYER] = payer
            proof.combinations += 1
            try:
                outcome = explain(book, answers)
            except (Unanswered, StopIteration):
                proof.wrong("no outcome", answers)
                continue
            fired.add(outcome.rule.id)
            letters[payer] = letter = outcome.letter
            proof.letters[letter] = proof.letters.get(letter, 0) + 1
            if letter == NEVER and not (sure and payer != UNSURE):
                proof.wrong("not sure, and told no", answers)
        for payer in ("no_one", UNSURE):
            if letters.get(COULD_PAY, NEVER) < letters.get(payer, ""):
                proof.wrong("better off who could pay", {**answers, PAYER: COULD_PAY})
    for rule in book.rules:
        if rule.id not in fired:
            proof.wrong(
                f"rule {rule.id} never fires",
                {q: "|".join(sorted(o)) for q, o in rule.when.items()},
            )
    for answers in _conversations(book, {}):
        proof.conversations += 1
        proof.longest = max(proof.longest, len(answers))
        if len(answers) > MOST_QUESTIONS:
            proof.wrong("too many questions", answers)
        if asked(book, answers) != answers:
            proof.wrong("asked in another order", answers)
    return proof


def _conversations(book: Rulebook, answers: dict[str, str]) -> Iterator[dict[str, str]]:
    """Every way from no answers to an outcome."""
    question = next_question(book, answers)
    if question is None:
        yield answers
        return
    for option in question.options:
        yield from _conversations(book, {**answers, question.id: option})
