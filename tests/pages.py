"""What every page of this service keeps, whoever asked for it and whatever it says.

`faults_of` names what a page breaks; an empty list means that it keeps house. `Page` reads a
page as a person does: by its words and not by its markup.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as HTML_FAULTS
from werkzeug.datastructures import Headers

_LOADED = ("script", "link", "img", "iframe", "object")
BOXES = ("text", "tel", "email", "password", "search", "url", "number", "date", "hidden")


class Page:
    """One page, or the part of one that is swapped in."""

    def __init__(self, html: str, *, fragment: bool = False) -> None:
        without_comments = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
        self.has_comments = without_comments != html
        html = without_comments
        tree = html5lib.getTreeBuilder("etree")
        parser = html5lib.HTMLParser(tree, namespaceHTMLElements=False)
        self.fragment = fragment
        self.root: Element = parser.parseFragment(html) if fragment else parser.parse(html)
        self.markup_faults = [
            f"line {at[0]}: {HTML_FAULTS[code] % values}" for at, code, values in parser.errors
        ]
        self._above = {child: parent for parent in self.root.iter() for child in parent}

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.root.iter() if element.tag == tag]

    def one(self, tag: str) -> Element:
        found = self.all(tag)
        assert len(found) == 1, f"{len(found)} <{tag}> on the page"
        return found[0]

    def by_id(self, name: str) -> Element | None:
        return next((e for e in self.root.iter() if e.get("id") == name), None)

    @property
    def title(self) -> str:
        return words(self.one("title"))

    @property
    def heading(self) -> str:
        return words(self.one("h1"))

    @property
    def text(self) -> str:
        """The words of the main part, as somebody reads them."""
        return words(self.one("main"))

    def inside(self, element: Element, tag: str) -> Element | None:
        """The nearest element of this kind around another one."""
        at: Element | None = element
        while at is not None and at.tag != tag:
            at = self._above.get(at)
        return at

    def form_of(self, element: Element) -> Element | None:
        """The form that a field or button belongs to, wherever it stands."""
        name = element.get("form")
        return self.by_id(name) if name else self.inside(element, "form")


def words(element: Element) -> str:
    """The words of an element as they are seen or heard, spaces made one."""
    return " ".join("".join(_spoken(element)).split())


def _spoken(element: Element) -> Iterator[str]:
    if element.tag in ("script", "style") or element.get("aria-hidden") == "true":
        return
    if "hidden" in element.attrib:
        return
    yield element.text or ""
    for child in element:
        yield from _spoken(child)
        # Blocks end a word; a line break does too.
        yield ("" if child.tag in ("a", "bdi", "span", "strong", "b") else " ") + (child.tail or "")


def faults_of(
    page: Page, headers: Headers, leads_somewhere: Callable[[str, str], bool] | None = None
) -> list[str]:
    """What this page breaks. `leads_somewhere(path, method)` is whether we serve an address."""
    checks = [_markup, _names, _nothing_inline, _forms]
    faults = [fault for check in checks for fault in check(page)]
    faults += _whole_page(page) if not page.fragment else []
    faults += _heads(headers)
    if leads_somewhere is not None:
        faults += _dead_ends(page, leads_somewhere)
    return faults


def _markup(page: Page) -> Iterator[str]:
    yield from page.markup_faults
    if page.has_comments:
        yield "a comment that everybody has to load"


def _names(page: Page) -> Iterator[str]:
    """One title that says something, one heading, ids that are one thing's name."""
    for tag in ("title", "h1", "main"):
        found = page.all(tag)
        if len(found) != 1:
            yield f"{len(found)} <{tag}>"
        elif not words(found[0]):
            yield f"an empty <{tag}>"
    ids = Counter(e.get("id") for e in page.root.iter() if e.get("id") is not None)
    yield from (f"id {name!r} {count} times" for name, count in ids.items() if count > 1)
    for element in page.root.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby"):
            for name in (element.get(attribute) or "").split():
                if name not in ids and not page.fragment:
                    yield f"{attribute}={name!r} names nothing"


def _whole_page(page: Page) -> Iterator[str]:
    for attribute in ("lang", "dir"):
        if not page.root.get(attribute):
            yield f"no {attribute} on <html>"


def _nothing_inline(page: Page) -> Iterator[str]:
    """Nothing that the policy would block, or would have to be loosened for."""
    for element in page.root.iter():
        if element.tag == "style" or element.get("style") is not None:
            yield f"inline style on <{element.tag}>"
        if element.tag == "script" and not element.get("src"):
            yield "inline script"
        for name, value in element.attrib.items():
            if name.startswith("on"):
                yield f"{name} on <{element.tag}>"
            if value.strip().lower().startswith("javascript:"):
                yield f"a script in {name}"
            if (
                name in ("src", "href")
                and element.tag in ("script", "link", "img")
                and "//" in value
            ):
                yield f"something of another site: {value}"


def _forms(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        tokens = [e for e in form.iter("input") if e.get("name") == "csrf_token"]
        if form.get("method", "get").lower() == "get":
            if tokens:
                yield "a token that would show in the address"
        elif len(tokens) != 1 or not tokens[0].get("value"):
            yield f"a form to {form.get('action')} without a token"


def _heads(headers: Headers) -> Iterator[str]:
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy:
        yield "no strict Content-Security-Policy"
    if "unsafe" in policy:
        yield "a policy that allows what is unsafe"
    if headers.get("Cache-Control") != "no-store":
        yield "a page that may be kept"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "a type that browsers may guess"


def _dead_ends(page: Page, leads_somewhere: Callable[[str, str], bool]) -> Iterator[str]:
    """Links and forms of ours that lead nowhere."""
    for element in page.root.iter():
        if element.tag == "a" and element.get("href"):
            address, method = element.get("href", ""), "GET"
        elif element.tag == "form":
            address, method = element.get("action", ""), element.get("method", "get").upper()
        elif element.get("formaction"):
            address, method = element.get("formaction", ""), "POST"
        else:
            continue
        parts = urlsplit(address)
        ours = parts.path and not parts.scheme and not parts.netloc
        if ours and not leads_somewhere(parts.path, method):
            yield f"{method} {parts.path} leads nowhere"


_CHANCE = re.compile(
    r'name="csrf_token" value="[^"]*"|nonce-[^\'"]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
)


def without_chance(page: str) -> str:
    """A page without its tokens and ids: any letters may turn up in those."""
    return _CHANCE.sub("", page)
