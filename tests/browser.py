"""A browser of the stories. It knows pages by what is written on them, so that a test reads like
what somebody did.

Every page it gets is checked for what all pages keep (tests/pages.py), and every request for
leaving nothing open behind it (tests/left_open.py).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Self
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from portal.account.models import Claimant
from tests.left_open import leaves_nothing_open
from tests.pages import BOXES, Page, faults_of, words
from tests.phone import code_for


class Browser:
    """One person's browser: keeps cookies, follows redirects, fills in and presses.

    `headers` go along with every request. With `htmx`, pages come as the parts that scripts
    would swap.
    """

    def __init__(self, app: Flask, *, htmx: bool = False, **headers: str) -> None:
        self.app = app
        self.client = app.test_client()
        self.htmx = htmx
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.path = "/"
        self.left_to = ""
        """The other site that this browser went to."""
        self._typed: dict[str, list[str]] = {}
        self._page: Page | None = None

    # What is on the page

    @property
    def page(self) -> Page:
        assert self._page is not None, "This answer is no page."
        return self._page

    @property
    def text(self) -> str:
        return self.page.text

    @property
    def heading(self) -> str:
        return self.page.heading

    def sees(self, *sentences: str) -> Self:
        for sentence in sentences:
            assert sentence in f"{self.page.title}\n{self.text}", (sentence, self.text)
        return self

    def does_not_see(self, *sentences: str) -> Self:
        whole = words(self.page.root)
        for sentence in sentences:
            assert sentence not in whole, sentence
        return self

    def buttons(self) -> list[str]:
        """The names of everything that looks like a button, in the main part; not what asks for
        another language beside the page's own."""
        found = [e for e in self.page.one("main").iter() if _is_button(e)]
        return [words(e) for e in found if e.get("name") != "_beside"]

    def value(self, name: str) -> str | list[str] | None:
        """What a field of this name holds now."""
        main = self.page.one("main")
        form = next(f for f in main.iter("form") if any(e.get("name") == name for e in f.iter()))
        found = [value for key, value in self._fields(form) if key == name]
        return found if len(found) > 1 else (found[0] if found else None)

    @property
    def token(self) -> str:
        """The token that this page's forms send along."""
        fields = self.page.all("input")
        return next(e.get("value", "") for e in fields if e.get("name") == "csrf_token")

    # What one does

    def open(self, path: str, status: int | None = 200) -> Self:
        """Go to an address of ours; status None is any that is not our fault."""
        return self._go("GET", path, status=status)

    def fill(self, **values: str | list[str]) -> Self:
        """Type into fields, by their names; a list for boxes that share one."""
        for name, value in values.items():
            fields = [e for e in self.page.root.iter() if e.get("name") == name]
            assert fields, f"There is no field {name!r}."
            self._typed[name] = [value] if isinstance(value, str) else value
        return self

    def choose(self, label: str) -> Self:
        """Pick a radio button or tick a box by the words beside it."""
        for each in self.page.all("label"):
            field = self.page.by_id(each.get("for", ""))
            if words(each) == label and field is not None and field.get("name"):
                name = field.get("name", "")
                before = self._typed.get(name, []) if field.get("type") == "checkbox" else []
                self._typed[name] = [*before, field.get("value", "on")]
                return self
        raise AssertionError(f"There is nothing to choose called {label!r}.")

    def fill_everything(self, text: str) -> dict[str, str | list[str]]:
        """Fill in every field of the page's own form, but for codes and passwords.

        Text goes where text goes, and of every choice the last is taken. Returns what was typed.
        """
        form = self.page.by_id("f")
        typed: dict[str, str | list[str]] = {}
        fields = list(form.iter()) if form is not None else []
        boxes = Counter(field.get("name", "") for field in fields if _kind(field) == "text")
        for field in fields:
            name, kind = field.get("name", ""), _kind(field)
            if kind in ("radio", "checkbox"):
                typed[name] = [field.get("value", "on")]
            elif kind == "select":
                typed[name] = [option.get("value", "") for option in field.iter("option")][-1]
            elif boxes[name] == 3:  # A date: its day, month and year.
                typed[name] = ["31", "3", "2027"]
            elif kind in ("text", "tel", "email", "textarea") and not _is_secret(field):
                typed[name] = text
        self.fill(**typed)
        return typed

    def press(self, name: str, status: int | None = 200) -> Self:
        """Press the button (or the link that looks like one) with this name."""
        found = [e for e in self.page.root.iter() if _is_button(e) and words(e) == name]
        assert found, f"There is no button {name!r}; there are {self.buttons()}."
        button = found[0]
        if button.tag == "a":
            return self.open(button.get("href", ""), status)
        form = self.page.form_of(button)
        assert form is not None, f"{name!r} belongs to no form."
        data = self._fields(form)
        if button.get("name"):
            data.append((button.get("name", ""), button.get("value", "")))
        address = button.get("formaction") or form.get("action") or self.path
        if form.get("method", "get").lower() == "get":
            return self._go("GET", address, status=status, query_string=MultiDict(data))
        return self._go("POST", address, status=status, data=MultiDict(data))

    def follow(self, name: str, status: int = 200) -> Self:
        """Follow the first link with these words."""
        found = [e for e in self.page.all("a") if words(e) == name and e.get("href")]
        assert found, f"There is no link {name!r}."
        return self.open(found[0].get("href", ""), status)

    def post(self, path: str, status: int = 200, **data: Any) -> Self:
        """Send fields to an address, with the token of the page that is open."""
        token = next(e for e in self.page.all("input") if e.get("name") == "csrf_token")
        return self._go(
            "POST", path, status=status, data={"csrf_token": token.get("value"), **data}
        )

    def again(self, status: int = 200) -> Self:
        """Send the last request once more: an impatient press, or an answer that got lost."""
        method, address, more = self._last
        return self._go(method, address, status=status, **more)

    def sign_in(self, person: Claimant) -> Self:
        """Sign in with the person's number and the code that their phone gets."""
        assert person.mobile is not None
        self.open("/sign-in").fill(number=person.mobile).press("Text me a code")
        return self.fill(code=code_for(self.app, person.mobile)).press("Sign in")

    # How it is done

    def _fields(self, form: Element) -> list[tuple[str, str]]:
        """What a form would send, as a browser gathers it."""
        data: list[tuple[str, str]] = []
        typed = {name: list(values) for name, values in self._typed.items()}
        for field in self.page.root.iter():
            name = field.get("name")
            if not name or self.page.form_of(field) is not form or "disabled" in field.attrib:
                continue
            kind = _kind(field)
            if kind in ("radio", "checkbox"):
                on = "checked" in field.attrib
                if name in typed:
                    on = field.get("value", "on") in typed[name]
                if on:
                    data.append((name, field.get("value", "on")))
            elif kind == "select":
                data.append((name, typed[name].pop(0) if typed.get(name) else _selected(field)))
            elif kind in BOXES or kind == "textarea":
                value = (field.text if kind == "textarea" else field.get("value")) or ""
                if typed.get(name):
                    value = typed[name].pop(0)
                if kind == "textarea":
                    value = re.sub(r"\r\n|\r|\n", "\r\n", value)
                data.append((name, value))
        return data

    def _go(self, method: str, address: str, *, status: int | None, **more: Any) -> Self:
        if method == "POST":
            self._last = (method, address, dict(more))
        for _ in range(6):
            address = urljoin(self.path, address)
            headers = dict(self.headers) | ({"HX-Request": "true"} if self.htmx else {})
            with leaves_nothing_open(self.app):
                response = self.client.open(address, method=method, headers=headers, **more)
            self.path = urlsplit(address).path
            onward = response.headers.get("HX-Redirect") or response.headers.get("Location")
            if not onward or response.status_code not in (200, 302, 303):
                break
            if urlsplit(onward).netloc not in ("", "localhost"):
                self.left_to = onward
                break
            method, address, more = "GET", onward, {}
        else:
            raise AssertionError(f"{address} leads round in a circle.")
        return self._arrive(response, status)

    def _arrive(self, response: TestResponse, status: int | None) -> Self:
        self.response, self._page, self._typed = response, None, {}
        if response.mimetype == "text/html" and response.data:
            fragment = not response.text.lstrip().lower().startswith("<!doctype")
            self._page = Page(response.text, fragment=fragment)
            faults = faults_of(self._page, response.headers, self._leads_somewhere)
            assert not faults, f"{self.path}: {faults}"
        if not self.left_to:
            good = response.status_code < 500 if status is None else response.status_code == status
            assert good, (response.status_code, self.path, self._said())
        return self

    def _said(self) -> str:
        return self._page.text if self._page else self.response.text[:500]

    def _leads_somewhere(self, path: str, method: str) -> bool:
        try:
            self.app.url_map.bind("localhost").match(path, method)
        except HTTPException:
            return False
        return True


def _is_button(element: Element) -> bool:
    if element.get("aria-hidden") == "true" or "hidden" in element.attrib:
        return False
    if element.tag == "a":
        return "govuk-button" in element.get("class", "").split()
    return element.tag == "button"


def _is_secret(field: Element) -> bool:
    return field.get("autocomplete") == "one-time-code" or field.get("name") == "code"


def _kind(field: Element) -> str:
    return field.get("type", "text") if field.tag == "input" else str(field.tag)


def _selected(field: Element) -> str:
    options = list(field.iter("option"))
    chosen = next((o for o in options if "selected" in o.attrib), options[0])
    return chosen.get("value", chosen.text or "")
