"""Whom people can call: read from a file, shown with where it comes from, and kept fresh."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from portal.dated_data import DataError
from portal.home import contacts
from tests.people import Browser, People

GOOD = contacts.FILE.read_text(encoding="utf-8")
ONE = GOOD[GOOD.index("[uc_helpline]") : GOOD.index("[uc_helpline_welsh]")]


def test_every_contact_has_a_name_and_can_be_called() -> None:
    for contact in contacts.known().values():
        assert contact.name.english
        assert contact.number or contact.email or contact.note


def test_numbers_that_nobody_confirmed_are_left_out() -> None:
    assert "08000 241 220" not in GOOD
    assert not any(c.nation == "wales" for c in contacts.known().values())


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('cost = "free"\n', "", "uc_helpline: cost is missing"),
        ('cost = "free"', 'cost = "cheap"', "uc_helpline: cost must be one of"),
        ('confidence = "high"', 'confidence = "K"', "uc_helpline: confidence must be one of"),
        ("2027-05-21", '"May"', "uc_helpline: check_again_by must be a date"),
        ("closes = 18:00:00\n", "", "uc_helpline: give both opens and closes"),
        ("[uc_helpline]", "[aunt_sally]", "aunt_sally: key must be one of"),
        ('cost = "free"', 'cost = "free"\nfax = "1"', "uc_helpline: fax is not known"),
        ('number = "0800 328 5644"\n', "", "uc_helpline: error pages need its number"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    assert was in ONE
    file = tmp_path / "contacts.toml"
    file.write_text(ONE.replace(was, becomes), encoding="utf-8")
    with pytest.raises(DataError, match=says):
        contacts.load(file)


def test_help_shows_each_contact_with_its_source_and_day(app: Flask) -> None:
    browser = Browser(app).open("/help")
    browser.sees(
        "Universal Credit helpline 0800 328 5644 Monday to Friday, 8:00am to 6:00pm. "
        "Free to call. Checked Saturday 21 November 2026 with: Citizens Advice.",
        "0800 144 8444 For help until your first full payment. Monday to Friday",
        "0800 023 2581 Free to call. We are not sure this is still right.",
    )
    links = {a.get("href"): a for a in browser.page.all("a")}
    number = links["tel:08003285644"]
    assert [(e.tag, e.get("dir"), e.text) for e in number] == [("bdi", "ltr", "0800 328 5644")]


def test_help_names_the_office_of_the_person_only_to_that_person(
    app: Flask, people: People
) -> None:
    Browser(app).open("/help").does_not_see("Leeds")
    Browser(app).sign_in(people.alex).open("/help").sees(
        "Your Jobcentre: Leeds Jobcentre 0113 496 0100"
    )


def test_those_who_run_the_service_can_be_reached_when_they_say_how(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Browser(app).open("/privacy").sees("tell your Jobcentre, and ask them to pass it on")
    file = tmp_path / "contacts.toml"
    us = ONE.replace("[uc_helpline]", "[service]").replace(
        'number = "0800 328 5644"', 'email = "hello@portal.example"'
    )
    file.write_text(ONE + us, encoding="utf-8")
    found = contacts.load(file)
    monkeypatch.setattr(contacts, "known", lambda: found)
    for page in ("/privacy", "/accessibility"):
        browser = Browser(app).open(page)
        browser.sees("The people who run this service hello@portal.example")
        browser.does_not_see("ask them to pass it on")
    Browser(app).open("/help").does_not_see("hello@portal.example")
