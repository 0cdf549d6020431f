"""Two languages on one page, on every page there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import brotli
import pytest
import sqlalchemy as sa
from babel.messages import pofile
from flask import Flask

from portal import languages, marking
from portal.database import Base, db
from portal.web.headers import BROTLI
from tests.pages import words
from tests.people import Browser, People
from tests.portal.web.test_every_page import MEANT_FOR, visitor, walk
from tests.world import World

ARABIC = languages.known()["ar"]
LINE = re.compile(
    r'<i aria-hidden="true">(\d+)</i> <span>(.*?)</span>(<br><span lang=)?', re.DOTALL
)
ENGLISH = re.compile(
    r'<br><span lang="en" dir="ltr" aria-hidden="true">(.*?)</span></span>', re.DOTALL
)
AT_MOST = 2.0


def said_in_arabic() -> set[str]:
    """Every sentence of the catalogue that has no values in it, as it is shown."""
    path = languages.TRANSLATIONS / "ar" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        found = pofile.read_po(file)
    return {
        str(m.string) for m in found if m.id and isinstance(m.string, str) and "%(" not in m.string
    }


def controls(browser: Browser) -> list[tuple[str, str, str]]:
    """What can be pressed or filled in, but for the choice of languages itself."""
    return [
        (each.tag, each.get("name", ""), each.get("id", ""))
        for each in browser.page.root.iter()
        if each.tag in ("input", "select", "textarea", "button", "form", "option", "a")
        and each.get("name") not in ("_beside", "_language", "_next")
        and not (each.get("href") or "").startswith("/beside/")
    ]


def size(browser: Browser) -> int:
    return len(brotli.compress(browser.response.text.encode(), quality=BROTLI))


def faults(one: str, two: Browser, known: set[str]) -> Iterator[str]:
    html = two.response.text
    if any(letter in html for letter in (marking.START, marking.SECOND, marking.KEY, marking.END)):
        yield "a mark is left"
    numbers = [int(found[1]) for found in LINE.finditer(html)]
    options = [int(number) for number in re.findall(r"<option[^>]*>(\d+)\. ", html)]
    if not numbers:
        yield "no line has a number"
    if any(after <= before for before, after in pairwise(numbers)):
        yield "the numbers do not go up"
    if sorted(numbers + options) != list(range(1, max(numbers + options, default=0) + 1)):
        yield "a number is missing, or there twice"
    for found in LINE.finditer(html):
        text = re.sub(r"<[^>]*>", "", found[2]).strip()
        if text in known and not found[3] and "visually-hidden" not in found[2]:
            yield f"line {found[1]} has no second language: {text}"
    if not one:
        yield "nothing to compare with"


@pytest.mark.slow
@pytest.mark.parametrize("who", MEANT_FOR)
def test_every_page_is_there_in_two_languages(
    app: Flask, world: World, people: People, who: str
) -> None:
    single, double = visitor(app, who, people), visitor(app, who, people)
    for each in (single, double):
        each.open("/sign-in" if who in ("visitor",) else each.path, None)
        each.post("/language", _language="ar", status=None)
    double.open("/beside/en?next=/help")
    known, wrong, pages = said_in_arabic(), [], 0
    for address in walk(app, world, double, who):
        if address.startswith(("/beside", "/demo")) or double.response.status_code != 200:
            continue
        single.open(address, None)
        wrong += [f"{address}: {fault}" for fault in faults(single.response.text, double, known)]
        if controls(single) != controls(double):
            wrong.append(f"{address}: other controls")
        if size(double) > AT_MOST * size(single):
            wrong.append(f"{address}: {size(double)} bytes after {size(single)}")
        pages += 1
    assert wrong == [], "\n".join(wrong)
    assert pages > 3


def test_a_link_turns_it_on_and_off_and_it_stays_for_the_visit(app: Flask, people: People) -> None:
    browser = Browser(app, Accept_Language="ar").open("/help")
    words_of_link = "عرض الإنجليزية أيضًا"
    browser.follow(words_of_link)
    assert browser.path == "/help"
    assert ENGLISH.search(browser.response.text)
    assert ENGLISH.search(browser.open("/privacy").response.text)
    browser.follow(
        next(words(a) for a in browser.page.all("a") if a.get("href", "").startswith("/beside/off"))
    )
    assert not ENGLISH.search(browser.response.text)


def test_from_english_one_asks_for_another_language(app: Flask) -> None:
    browser = Browser(app).open("/help").follow("Show another language as well")
    browser.follow(ARABIC.endonym)
    assert 'lang="ar" dir="rtl" aria-hidden="true"' in browser.response.text
    assert browser.page.root.get("lang") == "en"


def test_both_can_be_read_aloud(app: Flask) -> None:
    browser = Browser(app).open("/beside/ar?next=/help").follow("Read both languages aloud")
    assert '<span lang="ar" dir="rtl">' in browser.response.text
    assert 'dir="rtl" aria-hidden="true"' not in browser.response.text
    browser.open("/beside/quiet?next=/help")
    assert 'dir="rtl" aria-hidden="true"' in browser.response.text


def test_what_was_typed_stays_when_a_second_language_is_asked_for(
    app: Flask, people: People
) -> None:
    browser = Browser(app).sign_in(people.alex).open("/messages")
    [name] = browser.fill_everything("كتبت this").keys()
    browser.press("Show another language as well").press(ARABIC.endonym)
    assert browser.value(name) == "كتبت this"
    assert 'lang="ar" dir="rtl"' in browser.response.text


@pytest.mark.parametrize("code", ["xx", "e", "english", "pt-BR", "%00", "ar'"])
def test_an_unknown_language_changes_nothing(app: Flask, code: str) -> None:
    browser = Browser(app).open(f"/beside/{code}?next=/help", None)
    assert "both" not in browser.open("/help").response.text


def test_it_leads_nowhere_else(app: Flask) -> None:
    answer = Browser(app).client.get("/beside/ar?next=https://evil.example/")
    assert answer.location == "/"


def test_the_second_language_is_never_the_first(app: Flask) -> None:
    browser = Browser(app).open("/beside/ar?next=/help")
    browser.post("/language", _language="ar")
    found = browser.open("/help").response.text
    assert 'lang="en" dir="ltr" aria-hidden="true"' in found


def test_signing_in_keeps_it_and_signing_out_does_not(app: Flask, people: People) -> None:
    browser = Browser(app).open("/beside/ar?next=/help").sign_in(people.alex)
    assert 'class="both"' in browser.open("/").response.text
    browser.press("Sign out")
    assert 'class="both"' not in browser.open("/help").response.text


def test_rights_have_their_english_beside_them_without_asking(app: Flask) -> None:
    arabic = Browser(app, Accept_Language="ar").open("/complaints/decision", None)
    said = "Ask them to look at the decision again within one month."
    assert said in arabic.response.text
    assert f'<span lang="en" dir="ltr">{said}' in arabic.response.text
    assert "<i " not in arabic.response.text
    assert 'class="both"' not in arabic.open("/help").response.text
    english = Browser(app).open("/complaints/decision", None)
    assert 'class="both"' not in english.response.text


def test_nothing_recorded_is_marked(app: Flask, people: People) -> None:
    browser = Browser(app).sign_in(people.alex).open("/beside/ar?next=/messages")
    browser.fill_everything("I cannot come on Monday.")
    browser.press("Send")
    assert marking.START not in browser.open("/record").response.text
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            for row in db.session.execute(sa.select(table)):
                assert marking.START not in str(row), table.name
