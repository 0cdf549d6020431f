"""What can be read on a page, and nothing else: for somebody who sees it and must not act.

Links, buttons and boxes become plain words; what was typed or chosen, and ways to reach the person,
are left out. Only tags and attributes that are named here come through, and every word is escaped
anew, so that nothing on the page can do anything in another browser. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from typing import NamedTuple

from markupsafe import escape

_KEPT = frozenset([
    "p", "div", "span", "section", "h2", "h3", "h4", "h5", "h6", "br", "hr",
    "strong", "b", "em", "i", "small", "sub", "sup", "bdi", "q", "code", "time",
    "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td",
])  # fmt: skip
_INSTEAD = {
    "a": "span",
    "h1": "h2",
    "button": "span",
    "form": "div",
    "fieldset": "div",
    "legend": "div",
    "label": "div",
    "details": "div",
    "summary": "p",
    "select": "ul",
    "option": "li",
}
_MARKED = {"a": "link", "button": "press", "legend": "ask", "label": "ask"}
"""Classes for what could be pressed or was asked, so that it can be told apart."""
_LEFT_OUT = frozenset(("script", "style", "template", "textarea", "title", "svg"))
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr", "col", "source"))
_ATTRIBUTES = frozenset(("lang", "dir", "class", "colspan", "rowspan", "scope", "start"))
_SMALL_BOXES = ("radio", "checkbox")
_NO_BOXES = ("hidden", "submit", "button", "image", "reset")
_NOT_FOR_THEM = re.compile(r"\b(?:beside|govuk-back-link|skip|govuk-visually-hidden)\b")
_PLAIN = re.compile(r"[\w .-]*")

_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)\s?44[\s-]?(?:\(?0\)?)?|0)[\s-]?7(?:[\s-]?\d){9}(?!\d)")
_EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+")
HIDDEN = "•••"


class Read(NamedTuple):
    """The title of a page, and its main part."""

    title: str
    main: str


def read(html: str, secrets: tuple[str, ...] = ()) -> Read:
    """What can be read in the main part of a page. `secrets` are left out wherever they stand,
    and so are mobile numbers and e-mail addresses."""
    reader = _Reader(secrets)
    reader.feed(html)
    reader.close()
    title = "".join(reader.title).strip().rpartition(" – ")
    return Read(without_contacts(title[0] or title[2], secrets), "".join(reader.out).strip())


def without_contacts(text: str, secrets: tuple[str, ...] = ()) -> str:
    """A text without mobile numbers, in any script's figures, e-mail addresses and `secrets`."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, HIDDEN)
    figures = "".join(_figure(letter) for letter in text)
    for found in reversed(list(_MOBILE.finditer(figures))):
        text = text[: found.start()] + HIDDEN + text[found.end() :]
    return _EMAIL.sub(HIDDEN, text)


def _figure(letter: str) -> str:
    """A figure of any script as 0-9; signs that people put between them as a space."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return " " if letter in ".\u00a0\u202f\u2009\u2011/" else letter


class _Reader(HTMLParser):
    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__(convert_charrefs=True)
        self.secrets = secrets
        self.out: list[str] = []
        self.title: list[str] = []
        self.in_title = False
        self.main = 0
        self.left_out: list[str] = []
        """Elements that are open, from the first one that is not for them."""
        self.box = ""
        """What stands before the next label."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self.main += 1
            return
        if tag == "title" and not self.main:
            self.in_title = True
        if not self.main:
            return
        given = {name: value or "" for name, value in attrs}
        if self.left_out or self._is_left_out(tag, given):
            if tag not in _VOID:
                self.left_out.append(tag)
            if tag == "textarea" and len(self.left_out) == 1:
                self.out.append('<div class="box">&nbsp;</div>')
            return
        if tag == "input":
            self._box(given.get("type", "text"))
            return
        self._open(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.main -= 1
        if tag == "title":
            self.in_title = False
        if not self.main or tag in _VOID:
            return
        if self.left_out:
            if tag in self.left_out:
                del self.left_out[len(self.left_out) - 1 - self.left_out[::-1].index(tag) :]
            return
        if kept := self._name(tag):
            self.out.append(f"</{kept}>")

    def handle_data(self, data: str) -> None:
        if self.in_title and not self.main:
            self.title.append(data)
        elif self.main and not self.left_out:
            self.out.append(str(escape(without_contacts(data, self.secrets))))

    def _is_left_out(self, tag: str, given: dict[str, str]) -> bool:
        private = "data-private" in given or bool(_NOT_FOR_THEM.search(given.get("class", "")))
        return private or tag in _LEFT_OUT

    def _box(self, kind: str) -> None:
        if kind in _SMALL_BOXES:
            self.box = "○ " if kind == "radio" else "□ "
        elif kind not in _NO_BOXES:
            self.out.append('<div class="box">&nbsp;</div>')

    def _open(self, tag: str, given: dict[str, str]) -> None:
        kept = self._name(tag)
        if kept:
            if tag in _MARKED:
                # What it looked like was what could be pressed.
                given["class"] = _MARKED[tag]
                if tag == "label" and self.box:
                    given["class"] += " tick"
            attributes = "".join(
                f' {name}="{value}"'
                for name, value in given.items()
                if name in _ATTRIBUTES and _PLAIN.fullmatch(value)
            )
            self.out.append(f"<{kept}{attributes}>")
        if tag == "label" and self.box:
            self.out.append(self.box)
            self.box = ""

    def _name(self, tag: str) -> str:
        return tag if tag in _KEPT else _INSTEAD.get(tag, "")
