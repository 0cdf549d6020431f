"""The registry of facts: named in the past tense, typed, readable for as long as we keep them."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID


@dataclass(frozen=True)
class Event:
    """Something that happened. Subclasses add what is worth knowing about it."""

    kind: ClassVar[str]

    @property
    def about(self) -> UUID | None:
        """The thing the event is about, if it has an id of its own."""
        return None


E = TypeVar("E", bound=type[Event])
_registry: dict[str, type[Event]] = {}


def recorded(kind: str) -> Callable[[E], E]:
    """Register an event class under its stable name, like `appointments.accepted`."""

    def register(cls: E) -> E:
        if kind in _registry or not is_dataclass(cls):
            raise ValueError(f"{kind} is registered already, or is not a dataclass.")
        cls.kind = kind
        _registry[kind] = cls
        return cls

    return register


def registered() -> dict[str, type[Event]]:
    """Every kind of event there is, by name."""
    return dict(_registry)


def encode(event: Event) -> str:
    """The event's fields as canonical JSON: sorted keys, no spaces, UTC moments."""
    values = {f.name: _plain(getattr(event, f.name)) for f in fields(event)}
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def decode(kind: str, body: str) -> Event:
    """The event that was encoded. Raises KeyError for a kind nobody registered."""
    cls = _registry[kind]
    hints = get_type_hints(cls)
    values = {k: _typed(v, hints[k]) for k, v in json.loads(body).items() if k in hints}
    return cls(**values)


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime():
            if value.tzinfo is None:
                raise ValueError("A moment needs a time zone.")
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
        case tuple() | list():
            return [_plain(v) for v in value]
        case _:
            return value


def _typed(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _typed(value, next(a for a in get_args(hint) if a is not type(None)))
    if origin is tuple:
        return tuple(_typed(v, get_args(hint)[0]) for v in value)
    if hint in (datetime, date, time):
        return hint.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, Enum | UUID):
        return hint(value)
    return value
