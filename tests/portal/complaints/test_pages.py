"""The pages of one's own complaints."""

from __future__ import annotations

from flask import Flask

from tests.people import Browser, People


def test_nothing_yet(app: Flask, people: People) -> None:
    browser = Browser(app).sign_in(people.alex)
    browser.open("/complaints").sees("You have not complained about anything.")
