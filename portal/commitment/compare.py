"""What changed from one version to the next, word by word. Apart from `rules`: it compares words
in the language that is being spoken, not facts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from portal import marking
from portal.commitment.models import Point, Version
from portal.commitment.said import said


class Part(StrEnum):
    """What became of some words."""

    same = "same"
    out = "out"
    new = "new"


_PLAIN = f"[^{marking.START}{marking.END}]"
_SENTENCE = f"{marking.START}(?:{_PLAIN}|{marking.START}{_PLAIN}*{marking.END})*{marking.END}"
_WORD = re.compile(rf"{_SENTENCE}\s*|[^\s{marking.START}]+\s*|\s+")

Piece = tuple[Part, str]


class Words(NamedTuple):
    """Some words of a point: what it asks, what was typed to it, or the official wording."""

    is_official: bool
    pieces: list[Piece]


@dataclass(frozen=True)
class Pair:
    """One line of the commitment in two versions; None on the side where it is not."""

    old: Point | None
    new: Point | None
    before: list[Words]
    """The old words: `same` and `out`."""
    after: list[Words]
    """The new words: `same` and `new`."""

    @property
    def kind(self) -> str:
        """`added`, `removed`, `changed` or `same`."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        parts = [part for each in self.before + self.after for part, _ in each.pieces]
        return "same" if all(part is Part.same for part in parts) else "changed"


def pairs(old: Version, new: Version) -> list[Pair]:
    """Every line of both versions, in the order of the new one; what went comes last."""
    before = {point.line: point for point in old.points}
    found = [_pair(before.pop(point.line, None), point) for point in new.points]
    return found + [_pair(point, None) for point in before.values()]


def _pair(old: Point | None, new: Point | None) -> Pair:
    before, after = [], []
    for place, (was, now) in enumerate(zip(_words(old), _words(new), strict=True)):
        out, came = words(was, now)
        before += [Words(place == _OFFICIAL, out)] if out else []
        after += [Words(place == _OFFICIAL, came)] if came else []
    return Pair(old, new, before, after)


_OFFICIAL = 2


def _words(point: Point | None) -> tuple[str, str, str]:
    if point is None:
        return "", "", ""
    here = said(point)
    return here.plain.text, here.detail.text, here.official.text


def words(was: str, now: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts with their words marked. Joined again, the pieces are the texts."""
    old, new = _split(was), _split(now)
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = tag == "equal"
        if b > a:
            before.append((Part.same if same else Part.out, "".join(old[a:b])))
        if d > c:
            after.append((Part.same if same else Part.new, "".join(new[c:d])))
    return before, after


def _split(text: str) -> list[str]:
    """Words with the space that follows them. A sentence that is there in two languages is one
    word: its languages do not change at the same places."""
    return _WORD.findall(text)
