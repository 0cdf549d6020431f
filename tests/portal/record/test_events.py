"""Facts are written so that they can be read for as long as we keep them."""

import json
import typing
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.account import events as account
from portal.actors import Channel
from portal.appointments import events as appointments
from portal.record import events
from portal.record.events import Event, decode, encode, recorded, registered

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(),
    bool: st.booleans(),
    int: st.integers(),
    UUID: st.uuids(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    date: st.dates(),
    time: st.times(),
}


def value_for(hint: Any) -> st.SearchStrategy[Any]:
    options = [option for option in typing.get_args(hint) if option is not type(None)]
    if typing.get_origin(hint) is tuple:
        return st.lists(value_for(options[0]), max_size=3).map(tuple)
    if options:
        return st.none() | value_for(options[0])
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    return PLAIN[hint]


def any_event() -> st.SearchStrategy[Event]:
    def one(cls: type[Event]) -> st.SearchStrategy[Event]:
        hints = typing.get_type_hints(cls)
        return st.builds(cls, **{f.name: value_for(hints[f.name]) for f in fields(cls)})

    return st.sampled_from(sorted(registered())).flatmap(lambda kind: one(registered()[kind]))


@given(any_event())
def test_what_was_written_is_what_is_read(event: Event) -> None:
    body = encode(event)
    assert decode(event.kind, body) == event
    assert encode(decode(event.kind, body)) == body


@given(any_event())
def test_there_is_one_way_to_write_an_event(event: Event) -> None:
    body = encode(event)
    assert (
        json.dumps(json.loads(body), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        == body
    )


def test_moments_are_written_in_utc_whatever_zone_they_came_in() -> None:
    summer = datetime(2027, 7, 1, 10, 30, tzinfo=ZoneInfo("Europe/London"))
    event = appointments.Accepted(UUID(int=1), summer)
    assert '"starts_at":"2027-07-01T09:30:00+00:00"' in encode(event)
    assert decode(event.kind, encode(event)) == event


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        encode(appointments.Accepted(UUID(int=1), datetime(2027, 7, 1, 10, 30)))  # noqa: DTZ001


def test_what_a_later_version_no_longer_knows_is_left_out() -> None:
    assert decode("account.signed_in", '{"how":"code","from":"a train"}') == account.SignedIn(
        "code"
    )


def test_an_unknown_kind_is_said_to_be_unknown() -> None:
    with pytest.raises(KeyError):
        decode("account.flew_away", "{}")


def test_a_name_is_given_once_and_only_to_a_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_registry", dict(registered()))

    class Untyped(Event):
        pass

    with pytest.raises(ValueError, match="registered"):
        recorded("account.signed_in")(account.SignedOut)

    @dataclass(frozen=True)
    class Heard(Event):
        channels: tuple[Channel, ...]

    recorded("tests.heard")(Heard)
    heard = Heard((Channel.web, Channel.sms))
    assert encode(heard) == '{"channels":["web","sms"]}'
    assert decode("tests.heard", encode(heard)) == heard
    with pytest.raises(ValueError, match="registered"):
        recorded("tests.heard")(Heard)
