"""Whether the rules of a table cover every combination of answers, and whether each can fire.

Apart from `rulebook`, which asks it. Pure, and quick enough for each start of the service: what
is still free after each rule is kept as a list of boxes, and a box allows some answers to each
question. `flask costs check` proves the same a second time by trying every combination.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Box = Mapping[str, frozenset[str]]


def never_fires(everything: Box, rules: Sequence[Box]) -> list[int]:
    """The numbers of rules for which earlier ones leave nothing. The first that fits wins."""
    free: list[Box] = [everything]
    found = []
    for number, rule in enumerate(rules):
        if not any(_meets(box, rule) for box in free):
            found.append(number)
        free = [left for box in free for left in _without(box, rule)]
    return found


def nobody_covers(everything: Box, rules: Sequence[Box]) -> Box | None:
    """Answers that no rule fits, or None."""
    free: list[Box] = [everything]
    for rule in rules:
        free = [left for box in free for left in _without(box, rule)]
    return free[0] if free else None


def _meets(box: Box, rule: Box) -> bool:
    return all(box[question] & options for question, options in rule.items())


def _without(box: Box, rule: Box) -> list[Box]:
    """What is left of a box when a rule has taken its part: at most one box for each question."""
    if not _meets(box, rule):
        return [box]
    left: list[Box] = []
    rest = dict(box)
    for question, options in rule.items():
        if outside := rest[question] - options:
            left.append({**rest, question: outside})
        rest[question] = rest[question] & options
    return left
