"""Speaking a language from a catalogue that is not in use.

For commands alone: how long a text gets is tried before anybody is sent it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from babel.messages import mofile
from babel.messages.catalog import Catalog
from babel.support import Translations
from flask import g
from flask_babel import Domain, get_domain, get_locale


class _Instead(Domain):
    """Speaks as always, but for one language."""

    def __init__(self, code: str, catalog: Catalog) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._code, self._translations = code, _compiled(catalog)

    def get_translations(self) -> Any:
        """What Flask-Babel asks for each sentence."""
        locale = get_locale()
        if locale and locale.language == self._code:
            return self._translations
        return super().get_translations()  # type: ignore[no-untyped-call]


@contextmanager
def speaking_from(code: str, catalog: Catalog | None) -> Iterator[None]:
    """Inside the block the language speaks from this catalogue, where one is given. Needs an app
    context."""
    before = get_domain()
    if catalog is not None:
        _Instead(code, catalog).as_default()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        g._flask_babel.babel_domain = before


def _compiled(catalog: Catalog) -> Translations:
    file = io.BytesIO()
    mofile.write_mo(file, catalog)
    file.seek(0)
    return Translations(file)
