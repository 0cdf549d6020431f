"""Partners' keys, and the answers that are given once. Takes part in the caller's transaction."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from portal import clock
from portal.account.models import Office
from portal.api import queries
from portal.api.models import ApiKey, GivenAnswer
from portal.database import db, new_id

_NOTE_USE_AFTER = timedelta(minutes=5)


def make_key(*, name: str, source: str, office: Office | None) -> tuple[ApiKey, str]:
    """A new key for a partner. The key is returned once and never kept."""
    secret = f"portal_{secrets.token_urlsafe(32)}"
    key = ApiKey(
        id=new_id(),
        name=name,
        source=source,
        office_id=office.id if office else None,
        key_hash=queries.hash_of(secret),
        made_at=clock.now(),
    )
    db.session.add(key)
    db.session.flush()
    return key, secret


def revoke_key(key: ApiKey) -> None:
    """The key opens nothing from now on. Revoking it again changes nothing."""
    key.revoked_at = key.revoked_at or clock.now()


def is_use_worth_noting(key: ApiKey) -> bool:
    return key.last_used_at is None or clock.now() - key.last_used_at > _NOTE_USE_AFTER


def note_use(key: ApiKey) -> None:
    """Remember when the key was last used, for whoever wonders whether it is still needed."""
    key.last_used_at = clock.now()


def claim(partner: ApiKey, idempotency_key: str, fingerprint: str) -> bool:
    """Take an idempotency key; False when it was taken before, and the answer is there to read.

    The row is written before anything else is done, and is seen by others only together with
    all of it. Whoever comes with the same key meanwhile waits here, and then finds the answer.
    """
    insert: Any = (sqlite if db.engine.dialect.name == "sqlite" else postgresql).insert
    taken = db.session.scalar(
        insert(GivenAnswer)
        .values(
            api_key_id=partner.id,
            idempotency_key=idempotency_key,
            fingerprint=fingerprint,
            status=0,
            body="",
            given_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(GivenAnswer.idempotency_key)
    )
    return taken is not None


def keep(partner: ApiKey, idempotency_key: str, status: int, body: str) -> None:
    """Keep the answer to a request whose key was taken with `claim`."""
    answer = queries.given_answer(partner, idempotency_key)
    if answer is None:
        raise LookupError("The key was not taken in this transaction.")
    answer.status, answer.body = status, body
