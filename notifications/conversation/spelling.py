"""Finds the known word that a misspelt one stands for, at most one slip away.

A slip is a letter left out, added, swapped for another or changed places with its neighbour.
Every known word is stored under itself and under each form with one letter left out; a word
with one slip then meets it there, so a look-up costs a few dictionary reads however long the
list is. Used for suggestions only: a guessed word is never acted on.
"""

from collections.abc import Iterable

# Shorter words are one slip away from too many others.
_SHORTEST = 5
_FIRST_LETTER_KEPT_BELOW = 7


class Speller:
    """Corrects single words against a list."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(word for word in known)
        self._near: dict[str, set[str]] = {}
        for word in self._known:
            if len(word) >= _SHORTEST and not any(letter.isdigit() for letter in word):
                for short in _one_left_out(word):
                    self._near.setdefault(short, set()).add(word)

    def guesses(self, word: str) -> tuple[str, ...]:
        """Known words one slip away from a word that is not itself known; usually none."""
        if len(word) < _SHORTEST - 1 or word in self._known or word.isdigit():
            return ()
        found: set[str] = set()
        for short in _one_left_out(word):
            found |= self._near.get(short, set())
        return tuple(sorted(near for near in found if _plausible(word, near)))


def _one_left_out(word: str) -> Iterable[str]:
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _plausible(word: str, near: str) -> bool:
    """One slip, and not in the first letter of a short word."""
    if word[0] != near[0] and len(near) < _FIRST_LETTER_KEPT_BELOW:
        return False
    if abs(len(word) - len(near)) > 1:
        return False
    if len(word) != len(near):
        longer, shorter = (word, near) if len(word) > len(near) else (near, word)
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    wrong = [i for i in range(len(word)) if word[i] != near[i]]
    if len(wrong) == 1:
        return True
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    first, second = wrong
    return word[first] == near[second] and word[second] == near[first]
