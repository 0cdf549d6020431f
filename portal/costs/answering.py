"""What the answer page, the card, a text and staff say about an outcome, as sentences.

Apart from `engine`, which knows no words. Pure: no language and no page yet.
"""

from __future__ import annotations

from portal.costs import words, words_answer
from portal.costs.engine import Outcome
from portal.costs.table import UNSURE, Answers
from portal.refusals import Sentence

NO_CARD: tuple[Sentence, ...] = ()


def headline(outcome: Outcome) -> Sentence:
    """The outcome in one line."""
    if not outcome.rule.fund:
        return words_answer.NOT_THIS_FUND
    return words_answer.HEADLINE[outcome.letter]


def card(outcome: Outcome, answers: Answers) -> tuple[Sentence, ...]:
    """What to read out or to show: one or two sentences; none where asking helps nobody."""
    named = outcome.rule.card
    if named is not None:
        return (words_answer.CARDS[named],) if named else NO_CARD
    asks = words_answer.CARD_NEED[answers["need"]]
    purpose = words_answer.CARD_PURPOSE.get(answers.get("purpose", ""))
    return asks, purpose or words_answer.CARD_WRITE


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
