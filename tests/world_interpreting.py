"""An interpreter who is let in, in the world where everything has happened once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from portal.account import codes
from portal.account.interpreter_actions import Need, say_need
from portal.account.interpreter_models import Help
from portal.interpreting import actions
from tests.people import People, actor, again

ADDRESSES: dict[str, dict[str, Any]] = {"phrases.chosen": {"code": "ar"}}


def let_in(people: People, words: str) -> tuple[UUID, dict[str, dict[str, Any]]]:
    """Alex needs an interpreter, and has made a code that nobody has opened. What the addresses of
    these pages are made of, in the caller's transaction."""
    alex, by = again(people.alex), actor(people.alex)
    say_need(alex, Need(Help.spoken, "Dari", words[:100]), by=by)
    found = actions.open_session(alex, by=by)
    return found.id, ADDRESSES | {"watching.link": {"token": codes.interpreter_token(found.id)}}
