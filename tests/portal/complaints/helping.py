"""Somebody who writes a complaint for the person: the link, and what they write."""

from __future__ import annotations

import re

import sqlalchemy as sa
from flask import Flask

from portal.database import db
from tests.people import Browser, People, recorded

NAME = "Sam of the library"


def link_of(person: Browser) -> str:
    """The person agrees, and reads the address off the page."""
    person.open("/complaints/helper").fill(name=NAME, agree="y").press("Make the link")
    found = re.search(r"/h/\w+", person.text)
    assert found is not None
    return found[0]


def begun(app: Flask, link: str) -> Browser:
    """A helper has opened it, somewhere else."""
    return Browser(app).open(link).press("Begin here")


def wrote(helper: Browser, what: str = "They told her two days.") -> Browser:
    helper.open(f"{helper.path.rsplit('/what', 1)[0]}/what")
    return helper.fill(what=what).press("Continue")


def rows(app: Flask, model: type) -> list:  # type: ignore[type-arg]
    with app.app_context():
        return list(db.session.scalars(sa.select(model)))


def events_of(app: Flask, people: People) -> list[str]:
    return [kind for kind in recorded(app, people.alex, "complaints") if "helper" in kind]


def is_over(browser: Browser, link: str) -> str:
    return browser.open(link, 404).sees("This link does not open").text
