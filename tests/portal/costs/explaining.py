"""Answers to the explainer's questions."""

from __future__ import annotations

import re

from tests.people import Browser

LIKELY = (
    "I get Universal Credit, or I have claimed it",
    "Photo ID, or renewing a document",
    "Yes, all three",
    "No one else",
    "Look for work",
    "A job interview or a trial shift that has a date",
    "No, not yet",
)
LIKELY_LINE = "you=uc,need=id,steps=yes,payer=no_one,regime=look,purpose=interview,paid=no"
FUND = re.compile(r"Flexible Support|\bfund\b", re.IGNORECASE)


def answer(browser: Browser, *options: str) -> Browser:
    """Open the first question, and answer one after the other."""
    browser.open("/costs")
    for option in options:
        browser.choose(option).press("Continue")
    return browser


def checked(browser: Browser) -> list[str | None]:
    return [e.get("value") for e in browser.page.all("input") if "checked" in e.attrib]
