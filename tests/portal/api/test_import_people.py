"""Whom an import registers, and whom it leaves as they are."""

import pytest
from flask import Flask

from portal.account.queries import claimant_by_reference
from tests.portal.api.files import counts, load, row

pytestmark = pytest.mark.usefixtures("office")


def test_new_people_are_registered_once_and_known_ones_left_alone(app: Flask) -> None:
    new = row(
        claimant_reference="LDS-9",
        full_name="👩‍👩‍👧 Nguyễn\u202e",
        mobile="+44 7700 900009",
        language="CY",
        office="LDS",
    )
    result = load(
        app,
        new,
        row(claimant_reference="LDS-9", external_reference="A-2"),
        row(external_reference="A-3", full_name="Not Amina", mobile="07700900005", office="YRK"),
    )
    assert counts(result) == {"read": 3, "booked": 3}
    with app.app_context():
        person = claimant_by_reference("LDS-9")
        assert (person.full_name, person.mobile, person.language, person.office.code) == (
            "👩‍👩‍👧 Nguyễn",
            "+447700900009",
            "cy",
            "LDS",
        )
        amina = claimant_by_reference("LDS-1")
        assert (amina.full_name, amina.mobile, amina.office.code) == (
            "Amina Yusuf",
            "+447700900001",
            "LDS",
        )


def test_a_bad_row_registers_nobody(app: Flask) -> None:
    new = {"claimant_reference": "N", "full_name": "Lin", "office": "LDS"}
    result = load(
        app,
        row(**new, how="owl"),
        row(**new | {"full_name": ""}, external_reference="A-2", mobile="020 7946 0000"),
        row(**new | {"office": "X"}, external_reference="A-3", language="xx"),
        row(**new, external_reference="A-4", starts_at="2026-01-01T10:00"),
    )
    assert counts(result) == {"read": 4, "bad": 4}
    assert "line 3: full_name: Give the person's full name. | mobile: Enter a UK" in result.stdout
    assert "line 4: office: Give the code of an office" in result.stdout
    with app.app_context():
        assert claimant_by_reference("N") is None
