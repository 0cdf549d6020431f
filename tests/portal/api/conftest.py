"""An office, the people it knows, a partner with a key, and a clock that stands still."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal import clock
from portal.account import actions as account
from portal.account.models import Office
from portal.actors import Actor
from portal.database import db, transaction
from tests.portal.api.partners import NOW, Partner, make_partner


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def office(app: Flask) -> str:
    """The code of an office that knows Amina (LDS-1) and Piotr (LDS-2)."""
    with app.app_context(), transaction():
        leeds = _office("LDS", "Leeds Park Place")
        _office("YRK", "York Monkgate")
        for reference, name, mobile in (
            ("LDS-1", "Amina Yusuf", "+447700900001"),
            ("LDS-2", "Piotr Zieliński", "+447700900002"),
        ):
            account.register(
                reference=reference,
                full_name=name,
                office=leeds,
                mobile=mobile,
                language="en",
                by=Actor.system(),
            )
    return "LDS"


def _office(code: str, name: str) -> Office:
    office = Office(
        code=code, name=name, short_name=name[:20], address="1 High Street", phone="0800 169 0190"
    )
    db.session.add(office)
    db.session.flush()
    return office


@pytest.fixture
def partner(app: Flask, office: str) -> Partner:
    """A partner whose system is called diary."""
    return make_partner(app, "diary")
