"""What can happen to words that not everybody at the office can read. No words are kept here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.record.events import Event, recorded


@dataclass(frozen=True)
class AboutWords(Event):
    """Every event here names what holds the words, and its table (`holder`)."""

    words_id: UUID
    holder: str

    @property
    def about(self) -> UUID:
        return self.words_id


@recorded("typed.translator_asked")
@dataclass(frozen=True)
class TranslatorAsked(AboutWords):
    """Staff could not read it, and said that it needs a translator."""


@recorded("typed.translated")
@dataclass(frozen=True)
class Translated(AboutWords):
    """Somebody said in English what it says. The words stay as they were typed."""

    translator: str
    """Who translated it, as staff wrote it down."""
    length: int
    """Of the English, in characters."""


@recorded("typed.read_as_it_is")
@dataclass(frozen=True)
class ReadAsItIs(AboutWords):
    """Staff could read it themselves: it needed no translator."""
