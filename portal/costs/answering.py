"""What the answer page, the card, a text and staff say about an outcome, as sentences.

Apart from `engine`, which knows no words. Pure: no language and no page yet.
"""

from __future__ import annotations

from collections.abc import Iterable

from portal.costs import words, words_answer
from portal.costs.engine import Outcome
from portal.costs.table import UNSURE, Answers
from portal.refusals import Sentence


def headline(outcome: Outcome) -> Sentence:
    """The outcome in one line."""
    if not outcome.rule.fund:
        return words_answer.NOT_THIS_FUND
    return words_answer.HEADLINE[outcome.letter]


_LINES: dict[str, Sentence] = {
    **{f"need:{key}": line for key, line in words_answer.CARD_NEED.items()},
    **{f"purpose:{key}": line for key, line in words_answer.CARD_PURPOSE.items()},
    **{f"card:{key}": line for key, line in words_answer.CARDS.items()},
    "write": words_answer.CARD_WRITE,
}


def card_lines(outcome: Outcome, answers: Answers) -> tuple[str, ...]:
    """Which sentences to read out or to show, by name: one or two; none where asking helps
    nobody."""
    named = outcome.rule.card
    if named is not None:
        return (f"card:{named}",) if named else ()
    purpose = f"purpose:{answers.get('purpose')}"
    return f"need:{answers['need']}", purpose if purpose in _LINES else "write"


def card_words(lines: Iterable[str]) -> tuple[Sentence, ...]:
    """The sentences of these names. A name of an older table has none."""
    return tuple(_LINES[line] for line in lines if line in _LINES)


def card(outcome: Outcome, answers: Answers) -> tuple[Sentence, ...]:
    """What to read out or to show."""
    return card_words(card_lines(outcome, answers))


def names_the_fund(said: tuple[Sentence, ...]) -> bool:
    """Whether the card asks the fund: then it says too that it is no loan (facts 1.5)."""
    return any("Flexible Support Fund" in sentence.english for sentence in said)


def could_change(outcome: Outcome, answers: Answers) -> list[Sentence]:
    """What could make it better or worse."""
    if not outcome.rule.fund:
        return []
    said = words_answer.COULD_CHANGE
    found = [
        Sentence(said["unsure"].english, {"question": words.QUESTIONS[question]})
        for question, option in answers.items()
        if option == UNSURE
    ]
    if answers.get("purpose") in ("search", "none") and outcome.letter in ("B", "C"):
        found.append(said["purpose"])
    found += [said["me"]] if answers.get("payer") == "me" else []
    found += [said["paid"]] if answers.get("paid") == "no_receipt" else []
    return [*found, said["local"]] if outcome.letter in ("A", "B") else found
