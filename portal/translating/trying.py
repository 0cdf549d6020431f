"""Speaking a language from a catalogue that is not in use, and hearing which sentences are said.

For commands alone: what a text says, and how long it gets, is tried before anybody is sent it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from babel.messages import mofile
from babel.messages.catalog import Catalog
from babel.support import Translations
from flask import g
from flask_babel import Domain, get_domain, get_locale

from portal import catalogues


class Listener(Domain):
    """Speaks as always, but for one language, and remembers what was said."""

    def __init__(self, code: str = "", catalog: Catalog | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._code = code
        self._instead = None if catalog is None else _compiled(catalog)
        self.heard: dict[str, None] = {}

    def get_translations(self) -> Any:
        """What Flask-Babel asks for each sentence."""
        locale = get_locale()
        own = self._instead if locale and locale.language == self._code else None
        return _Said(own or super().get_translations(), self.heard)  # type: ignore[no-untyped-call]


@contextmanager
def listening(code: str = "", catalog: Catalog | None = None) -> Iterator[Listener]:
    """Inside the block, `heard` of what this yields has the ids of the sentences that were said.
    Where a catalogue is given, the language speaks from that one. Needs an app context."""
    before = get_domain()
    listener = Listener(code, catalog)
    listener.as_default()  # type: ignore[no-untyped-call]
    try:
        yield listener
    finally:
        g._flask_babel.babel_domain = before


def _compiled(catalog: Catalog) -> Translations:
    file = io.BytesIO()
    mofile.write_mo(file, catalog)
    file.seek(0)
    return Translations(file)


@dataclass(frozen=True)
class _Said:
    own: Any
    heard: dict[str, None] = field(default_factory=dict)

    def ugettext(self, english: str) -> str:
        return self._say(None, english, self.own.ugettext(english))

    def upgettext(self, context: str, english: str) -> str:
        return self._say(context, english, self.own.upgettext(context, english))

    def ungettext(self, english: str, more: str, number: int) -> str:
        return self._say(None, english, self.own.ungettext(english, more, number))

    def unpgettext(self, context: str, english: str, more: str, number: int) -> str:
        return self._say(context, english, self.own.unpgettext(context, english, more, number))

    def _say(self, context: str | None, english: str, said: Any) -> str:
        self.heard[catalogues.string_id(context, english)] = None
        return str(said)
