"""What every page says about how far its language was checked (style of our words, section 6).

A machine's draft says so at the top. Where people have checked a part, the pages with sentences
that they have not say so. What was checked as a whole says so at the bottom. On each page one can
say that a translation is wrong: the page's sentences are listed, and one is chosen.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Flask, g, has_request_context, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup, escape

from portal import catalogues, languages, marking

ASK = "_sentences"
"""The part of an address that asks for a page's sentences in its place."""
_NOTICE = Markup("<!--notice-->")
_PART_ENGLISH = Markup("<!--english-->")
_MAIN = "main"
"""Stands among the sentences of a page where its main part begins."""
_OF_THE_NOTICE = {
    catalogues.string_id(None, english)
    for english in (
        "A computer translated this page. A person has not checked it yet. If something looks"
        " wrong, you can read it in English or ask for an interpreter.",
        "Tell us about a wrong translation",
        "Ask for an interpreter",
    )
}
_VALUE = re.compile(r"%\(\w+\)[sd]")


def top(here: str) -> Markup:
    """The notice for the top of the page at this address."""
    code = languages.current().code
    if code == languages.DEFAULT:
        return Markup()
    said = Markup()
    state = languages.review_state(code)
    if state != catalogues.REVIEWED:
        said = Markup(render_template("components/language_notice.html", href=_ask(here)))  # noqa: S704
    page = marking.current()
    if page is not None:
        page.said[_MAIN] = ("", "")
    if state == catalogues.PARTLY:
        said = _NOTICE + said + _NOTICE
    return said + _PART_ENGLISH


def bottom(here: str) -> Markup:
    """What the foot of the page says where people have checked its language."""
    code = languages.current().code
    state = languages.review_state(code)
    if code == languages.DEFAULT or state == catalogues.DRAFTED:
        return Markup()
    words, href = _("Tell us about a wrong translation"), _ask(here)
    link = Markup('<a href="{}" rel="nofollow">{}</a>').format(href, words) if href else Markup()
    if state != catalogues.REVIEWED:
        return link
    checked = catalogues.read_status(languages.TRANSLATIONS / code).reviewed_on
    assert checked is not None
    said = _("A translator checked this page on %(date)s.", date=languages.day(checked))
    return Markup("<p>{} {}</p>").format(said, link)


def _ask(here: str) -> str:
    """Where this page's sentences are listed; nowhere, where there is no page at the address."""
    if request.routing_exception is not None:
        return ""
    return f"{here}{'&' if '?' in here else '?'}{ASK}=1"


def put(html: str, page: marking.Page) -> str:
    """A page that was just made, saying what is true of its sentences."""
    code = languages.current().code
    if _PART_ENGLISH in html:
        english = ""
        if _lacks(page):
            words = _("Some of this page is still in English.")
            english = f'<p class="govuk-hint">{words}</p>'
        html = html.replace(_PART_ENGLISH, english, 1)
    if _NOTICE in html:
        before, notice, after = html.split(_NOTICE, 2)
        unchecked = (_said(page).keys() - _OF_THE_NOTICE) & languages.unreviewed(code)
        html = before + (notice if unchecked else "") + after
    return html


def _said(page: marking.Page) -> dict[str, tuple[str, str]]:
    """The sentences of this page, in order, with those that were said before it was made."""
    whole: marking.Page | None = g.get("marked_page")
    return {**(whole.said if whole else {}), **page.said}


def _lacks(page: marking.Page) -> bool:
    whole: marking.Page | None = g.get("marked_page")
    return bool(page.missing or (whole and whole.missing))


def listens() -> bool:
    """Whether all that is said in this request matters, and not only what a template says."""
    code = languages.current().code
    return asked() or languages.review_state(code) == catalogues.PARTLY


def asked() -> bool:
    """Whether the page's sentences are asked for, in the place of the page."""
    asks = has_request_context() and request.method == "GET" and ASK in request.args
    return asks and languages.current().code != languages.DEFAULT


def listing(page: marking.Page) -> dict[str, Any]:
    """What the list of a page's sentences is made of: for each its id, the translation and the
    English, with dots for values, so that nothing of a person stands in it. What belongs to this
    page comes first, then what stands on every page."""
    said = list(_said(page).items())
    start = next((n for n, (key, _) in enumerate(said) if key == _MAIN), -1)
    found = [
        (key, template_words(text), template_words(english))
        for key, (english, text) in (*said[start + 1 :], *said[: max(start, 0)])
    ]
    back = re.sub(rf"[?&]{ASK}=[^&]*", "", request.full_path).rstrip("?")
    if "?" not in back:
        back = back.replace("&", "?", 1)
    return {"sentences": found, "endpoint": request.endpoint or "", "back": back}


def template_words(text: str) -> str:
    """A sentence of a catalogue for people to read: dots for values, no tags."""
    return Markup(escape(_VALUE.sub("…", Markup(text).striptags())))  # noqa: S704


def init_app(app: Flask) -> None:
    app.add_template_global(top, "language_notice")
    app.add_template_global(bottom, "language_checked")
    app.add_template_filter(template_words, "template_words")
