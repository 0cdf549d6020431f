"""Finds listed phrases among the words of a text, in one pass, whatever the number of phrases.

A phrase is written as words. ``late*`` stands for any word that begins so; ``..`` for up to
three words of any kind; ``^`` and ``$`` for the beginning and the end of the text. The phrases
of a language make a tree that is walked word by word, so a text costs no more when the lists
grow.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from notifications.conversation.cleaning import words

_GAP = ".."
START = "^"
END = "$"
_LONGEST_GAP = 3
# Persian verbs are typed as one word or two; both are read as one.
_JOINED_TO_NEXT = frozenset({"می", "نمی"})

Readings = Sequence[tuple[str, ...]]


@dataclass(slots=True)
class _Node:
    exact: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, "_Node"] = field(default_factory=dict)
    stem_lengths: tuple[int, ...] = ()
    gap: "_Node | None" = None
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: from word ``start`` up to, not including, word ``end``."""

    start: int
    end: int
    names: tuple[str, ...]
    gapped: bool


class Phrases:
    """A set of phrases, each with a name; several phrases may share one."""

    def __init__(self) -> None:
        self._root = _Node()
        self.vocabulary: set[str] = set()

    def add(self, phrase: str, name: str) -> None:
        """Add a phrase under a name. Raises ValueError when the phrase has no words."""
        node = self._root
        steps = _steps(phrase)
        if not steps or _GAP in (steps[0], steps[-1]):
            raise ValueError(f"no words at an end of the phrase {phrase!r}")
        for step in steps:
            node = self._child(node, step)
        if name not in node.found:
            node.found += (name,)

    def _child(self, node: _Node, step: str) -> _Node:
        if step == _GAP:
            node.gap = node.gap or _Node()
            return node.gap
        if step.endswith("*"):
            stem = step[:-1]
            if len(stem) not in node.stem_lengths:
                lengths = (*node.stem_lengths, len(stem))
                node.stem_lengths = tuple(sorted(lengths, reverse=True))
            return node.stems.setdefault(stem, _Node())
        self.vocabulary.add(step)
        return node.exact.setdefault(step, _Node())

    def matches(self, readings: Readings) -> Iterator[Match]:
        """Every phrase in a text whose words may each be read in several ways.

        From each word the longest phrase counts; words inside it start no phrase of their own,
        unless the phrase has a gap.
        """
        skip_to = 0
        for start in range(len(readings)):
            if start < skip_to:
                continue
            best = self._longest(self._root, readings, start, start, gapped=False)
            if best:
                yield best
                if not best.gapped:
                    skip_to = best.end

    def _longest(
        self, node: _Node, readings: Readings, start: int, at: int, *, gapped: bool
    ) -> Match | None:
        best = Match(start, at, node.found, gapped) if node.found else None
        if at < len(readings):
            for child in _children(node, readings[at]):
                best = _better(best, self._longest(child, readings, start, at + 1, gapped=gapped))
        if node.gap:
            for jump in range(_LONGEST_GAP + 1):
                if at + jump >= len(readings):
                    break
                best = _better(
                    best, self._longest(node.gap, readings, start, at + jump, gapped=True)
                )
        return best


def _better(one: Match | None, other: Match | None) -> Match | None:
    """The longer of two matches; of equally long ones, one with the names of both."""
    if one is None or other is None:
        return one or other
    if one.end != other.end:
        return max(one, other, key=lambda match: match.end)
    names = tuple(dict.fromkeys(one.names + other.names))
    return Match(one.start, one.end, names, one.gapped and other.gapped)


def _children(node: _Node, readings: tuple[str, ...]) -> Iterator[_Node]:
    """Where a word leads: the whole word first, then its longest known beginning."""
    for word in readings:
        child = node.exact.get(word)
        if child:
            yield child
        for length in node.stem_lengths:
            stemmed = node.stems.get(word[:length]) if length <= len(word) else None
            if stemmed:
                yield stemmed


def _steps(phrase: str) -> list[str]:
    steps: list[str] = []
    for part in phrase.split():
        if part in (_GAP, START, END):
            steps.append(part)
            continue
        parts = list(words(part.rstrip("*")))
        if part.endswith("*") and parts:
            parts[-1] += "*"
        steps.extend(parts)
    return list(join_prefixes(steps))


def join_prefixes(tokens: Iterable[str]) -> tuple[str, ...]:
    """The words with Persian verb prefixes joined to the verb that follows."""
    joined: list[str] = []
    prefix = ""
    for token in tokens:
        if token in _JOINED_TO_NEXT and not prefix:
            prefix = token
            continue
        joined.append(prefix + token)
        prefix = ""
    if prefix:
        joined.append(prefix)
    return tuple(joined)
