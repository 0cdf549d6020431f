"""The provider of the demo: it keeps every text and shows it on a page of phones.

It is real in all that matters here: it takes each key once, however often it is handed over,
and reports what it took as delivered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Request
from sqlalchemy.dialects import postgresql, sqlite

from notifications.gateways.base import Call, GatewayError, Inbound, Sent, Status
from notifications.models import LocalText, State
from portal import clock
from portal.database import db, new_id


class LocalGateway:
    """Texts to the phones of /demo/phones."""

    name = "local"
    reserved_words: Mapping[str, str] = {}
    forgets = False

    def can_carry(self, text: str) -> bool:
        return bool(text)

    def send(self, to: str, text: str, key: str, *, not_after: datetime | None = None) -> Sent:
        return Sent(provider_id_of(_keep(to, text, key, incoming=True)), State.delivered)

    def find(self, to: str, text: str, key: str) -> Sequence[Sent]:
        # Handing it over again is the same as asking: each key is taken once.
        return ()

    def forget(self, provider_id: str) -> None:
        """Nothing to do: this provider's words are ours, and go with them."""

    def meaning(self, code: str) -> GatewayError:
        return GatewayError("The demo's phones always answer.", code=code)

    def verify(self, request: Request) -> bool:
        return False

    def parse_inbound(self, request: Request) -> Inbound:
        raise ValueError("Nothing reaches this gateway from outside.")

    def parse_status(self, request: Request) -> Status:
        raise ValueError("Nothing reaches this gateway from outside.")

    def typed(self, number: str, text: str, provider_id: str = "") -> Inbound:
        """A text written on one of the phones, ready to be kept. The same `provider_id` again
        is the same text again."""
        provider_id = provider_id or new_id().hex
        _keep(number, text.replace("\x00", ""), f"typed:{provider_id}"[:80], incoming=False)
        return Inbound(provider_id, number, body=text)

    def rang(self, number: str, provider_id: str = "") -> Call:
        """One of the phones rang us, ready to be kept."""
        return Call(f"call-{provider_id or new_id().hex}", number)


def provider_id_of(text_id: int) -> str:
    """What this provider calls a text it keeps."""
    return f"local-{text_id}"


def _keep(number: str, text: str, key: str, *, incoming: bool) -> int:
    # A connection of its own, as a provider would have: nothing of the sender's is open.
    insert: Any = (sqlite if db.engine.dialect.name == "sqlite" else postgresql).insert
    row = insert(LocalText).values(
        key=key, number=number, incoming=incoming, body=text, at=clock.now()
    )
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(row.on_conflict_do_nothing(index_elements=["key"]))
        found: int = connection.execute(
            sa.select(LocalText.id).where(LocalText.key == key)
        ).scalar_one()
    return found
