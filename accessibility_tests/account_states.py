"""A person's settings, their number and their record."""

from __future__ import annotations

from datetime import time
from functools import partial

import sqlalchemy as sa

from accessibility_tests.browser import Browser
from accessibility_tests.claimant_states import everything
from accessibility_tests.scenes import Scene
from accessibility_tests.states import State, send
from portal.account import actions as account
from portal.account.models import Way
from portal.database import db

Mine = partial(State, who="claimant")


def _settings_of_one_without_phone(s: Scene) -> str:
    with s.writing():
        person = s.claimant()
        person.mobile, person.way = None, Way.letter
    return "/settings"


def _settings_without_texts(s: Scene) -> str:
    with s.writing():
        account.stop_texts(s.claimant(), by=s.me)
        account.choose_quiet_times(s.claimant(), time(22), time(8), by=s.me)
    return "/settings"


def _codes_sent(s: Scene) -> str:
    with s.writing():
        account.ask_to_change_number(s.claimant(), "+447700900998", by=s.me)
    return "/settings/number/codes"


def _right_codes(browser: Browser, s: Scene) -> None:
    from portal.account import codes
    from portal.account.models import NumberChange

    with s.writing():
        change = db.session.scalars(
            sa.select(NumberChange).where(NumberChange.claimant_id == s.person)
        ).one()
        old, new = (codes.digits(f"number-{which}", change.id) for which in ("old", "new"))
    browser.send_plainly(old_code=old, new_code=new)


def record_full(s: Scene) -> str:
    everything(s)
    s.try_to_reach(s.book(20))
    s.withdraw(s.accept(s.book(21)))
    s.agree(s.ask(s.book(22), "phone_call"))
    s.agree(s.ask(s.book(23), "cancel"))
    with s.writing():
        for change in range(24):
            account.choose_discreet(s.claimant(), change % 2 == 0, by=s.me)
        account.choose_way(s.claimant(), Way.call, by=s.me)
        account.choose_quiet_times(s.claimant(), time(22), time(8), by=s.me)
        account.stop_texts(s.claimant(), by=s.me)
        account.start_texts(s.claimant(), by=s.me)
    return "/record"


def _record_printed(s: Scene) -> str:
    return record_full(s) + "/print"


STATES = (
    # Settings.
    Mine("settings", "account.settings", "/settings"),
    Mine("settings-without-phone", "account.settings", _settings_of_one_without_phone),
    Mine("settings-texts-stopped", "account.settings", _settings_without_texts),
    Mine(
        "settings-half-a-quiet-time",
        "account.settings",
        "/settings",
        send(quiet_from="22:00", quiet_to=""),
        errors=True,
    ),
    Mine("settings-saved", "account.settings", "/settings", send(discreet="y")),
    Mine("settings-unchanged", "account.settings", "/settings", send()),
    Mine("number", "account.number", "/settings/number"),
    Mine("number-empty", "account.number", "/settings/number", send(), errors=True),
    Mine(
        "number-foreign", "account.number", "/settings/number", send(number="+48 22"), errors=True
    ),
    Mine("number-codes", "account.number_codes", _codes_sent),
    Mine("number-codes-empty", "account.number_codes", _codes_sent, send(), errors=True),
    Mine(
        "number-codes-wrong",
        "account.number_codes",
        _codes_sent,
        send(old_code="1", new_code="2"),
        errors=True,
    ),
    Mine("number-codes-ran-out", "account.number_codes", "/settings/number/codes"),
    Mine("number-changed", "account.number_codes", _codes_sent, _right_codes),
    # The record.
    Mine("record-new", "history.record", "/record"),
    Mine("record-full", "history.record", record_full),
    Mine("record-older", "history.record", lambda s: record_full(s) + "?before=30"),
    Mine("record-print", "history.print_record", _record_printed),
)
