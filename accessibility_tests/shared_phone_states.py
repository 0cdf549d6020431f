"""Pages about a phone: its PIN for texts, a name on a shared one, danger from an unknown one."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from accessibility_tests.scenes import Scene
from accessibility_tests.service import NOW
from accessibility_tests.states import State, press, send
from portal.account import concern_actions, concern_queries, phone_actions

Mine = partial(State, who="claimant")
Desk = partial(State, who="staff")


def _with_pin(s: Scene, address: str = "/settings/pin") -> str:
    with s.writing():
        phone_actions.choose_pin(s.claimant(), "4821", by=s.me)
    return address


def _shared(s: Scene, address: str = "/settings/nickname") -> str:
    with s.writing():
        mobile = s.claimant().mobile
    s.register("Sam Example", mobile=mobile)
    with s.writing():
        phone_actions.choose_nickname(s.claimant(), "Bo", by=s.me)
    return address


def _settings_shared(s: Scene) -> str:
    _with_pin(s)
    return _shared(s, "/settings")


def _pin_at_desk(s: Scene) -> str:
    _with_pin(s)
    return s.url("staff.pin", claimant_id=s.person)


def _texts_at_desk(s: Scene) -> str:
    _shared(s)
    return s.url("staff.texts", claimant_id=s.person)


def _unsafe(s: Scene) -> str:
    _settings_shared(s)
    with s.writing():
        phone_actions.note_texts_unsafe(s.claimant(), True, by=s.desk)
    return s.url("staff.person", claimant_id=s.person)


def _disowned(s: Scene) -> str:
    with s.writing():
        phone_actions.disown_number([s.claimant()], by=s.me)
    return s.url("staff.person", claimant_id=s.person)


def _late_concerns(s: Scene) -> str:
    """Nobody has read two texts in time: one of a shared phone, one of nobody's."""
    with s.writing(NOW - timedelta(days=4)):
        number = s.claimant().mobile or ""
        concern_actions.raise_concern(
            s.claimant(), "He hits me.\nI have no food.", number=number, one_of=True, by=s.me
        )
        concern_actions.raise_strangers_concern("+447700900990", "I want to die.")
        phone_actions.ask_for_unknown_call("+447700900991")
    return "/staff"


def _unknown_calls(s: Scene) -> str:
    _late_concerns(s)
    return "/staff/waiting/unknown-calls"


def _strangers_concern(s: Scene) -> str:
    _late_concerns(s)
    with s.writing():
        found = concern_queries.unread_strangers_concerns("+447700900990")[-1]
    return s.url("staff.concern", concern_id=found.id)


def _shared_concern(s: Scene) -> str:
    _late_concerns(s)
    with s.writing():
        found = concern_queries.unread_concerns_of(s.claimant())[-1]
    return s.url("staff.concern", concern_id=found.id)


STATES = (
    Mine("pin", "account.pin", "/settings/pin"),
    Mine("pin-set-already", "account.pin", _with_pin),
    Mine("pin-empty", "account.pin", "/settings/pin", send(), errors=True),
    Mine("pin-easy", "account.pin", "/settings/pin", send(pin="1234"), errors=True),
    Mine("pin-saved", "account.pin", "/settings/pin", send(pin="4821")),
    Mine("pin-removed", "account.pin", _with_pin, press("#remove button"), exchanged=True),
    Mine("nickname", "account.nickname", _shared),
    Mine("nickname-too-long", "account.nickname", _shared, send(nickname="W" * 30), errors=True),
    Mine("settings-shared-phone", "account.settings", _settings_shared),
    Desk("desk-pin", "staff.pin", _pin_at_desk),
    Desk("desk-pin-easy", "staff.pin", _pin_at_desk, send(pin="2001"), errors=True),
    Desk("desk-texts", "staff.texts", _texts_at_desk),
    Desk("desk-texts-sign", "staff.texts", _texts_at_desk, send(nickname="=1"), errors=True),
    Desk("desk-person-unsafe", "staff.person", _unsafe),
    Desk("desk-person-wrong-number", "staff.person", _disowned),
    Desk("desk-alarm", "staff.home", _late_concerns),
    Desk("desk-waiting-unknown-calls", "staff.waiting", _unknown_calls),
    Desk("desk-concern-of-nobody", "staff.concern", _strangers_concern),
    Desk("desk-concern-of-several", "staff.concern", _shared_concern),
)
