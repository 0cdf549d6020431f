"""A rule says no, in a sentence for a person.

Rules know neither language nor door. They name the sentence and the values that go into it;
the door that asked renders it in the language of the person who asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """An English sentence (also the catalogue's key) and the values for its placeholders."""

    english: str
    values: dict[str, Any] = field(default_factory=dict)


def sentence(english: str, **values: Any) -> Sentence:
    """Mark a sentence for translation without translating it yet."""
    return Sentence(english, values)


class Refusal(Exception):
    """A rule refused an action. Nothing was changed.

    `code` is stable and meant for programs; `sentence` is short enough for a text message.
    """

    def __init__(self, code: str, said: Sentence, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = said
        self.facts = facts
