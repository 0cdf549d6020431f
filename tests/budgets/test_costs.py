"""What it takes to find out what one can ask for: page loads and bytes, cold, without a script."""

from __future__ import annotations

import pytest

from tests.budgets.test_bytes import CODES, Wire, wire
from tests.budgets.wire import Answer, Visitor

__all__ = ["wire"]

PAGES = 9
"""Page loads from knowing nothing to holding the card."""
BYTES = 38_000
"""All of them together, with the stylesheet and every redirect, in any language."""

PHOTO_ID = ("uc", "id", "yes", "no_one", "look", "interview", "no")
"""Grace's answers (facts 10, scenario 1), from the first page of the service."""
LONGEST = ("uc", "childcare", "yes", "no_one", "works", "yes", "job", "no")
"""Eight questions, from the first one."""


def hold_the_card(wire: Wire, language: str, start: str, options: tuple[str, ...]) -> Visitor:
    """Go from a page to the card; what came through the wire is in the visitor's traffic."""
    visitor = Visitor(wire.port, language)
    page = visitor.ask(start)
    visitor.sheet(page)
    if start != "/costs":
        assert 'href="/costs"' in page.body
        page = visitor.ask("/costs")
    for option in options:
        page = answer(visitor, page, option)
    assert 'id="card"' in page.body
    return visitor


def answer(visitor: Visitor, page: Answer, option: str) -> Answer:
    """Choose an answer and press the button of the page's own form."""
    token = page.body.split('id="f"', 1)[1].split('name="csrf_token" value="', 1)[1].split('"')[0]
    here = page.body.split('id="f" method="post" action="', 1)[1].split('"')[0]
    return visitor.go(here, {"csrf_token": token, "_next": here, "answer": option})


def page_loads(visitor: Visitor) -> int:
    """Pages that a person saw: neither redirects nor the stylesheet."""
    return sum(each.status == 200 and "</html>" in each.body for each in visitor.traffic)


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize(("start", "options"), [("/", PHOTO_ID), ("/costs", LONGEST)])
def test_from_knowing_nothing_to_the_card(
    wire: Wire,
    language: str,
    start: str,
    options: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    visitor = hold_the_card(wire, language, start, options)
    spent = sum(each.bytes for each in visitor.traffic)
    with capsys.disabled():
        print(f"\n{language} from {start}: {page_loads(visitor)} pages, {spent} bytes")
    assert page_loads(visitor) <= PAGES
    assert spent <= BYTES


def test_one_page_too_many_is_counted(wire: Wire) -> None:
    """The planted fault: somebody who has to look at the first page once more."""
    visitor = hold_the_card(wire, "en", "/", PHOTO_ID)
    visitor.ask("/")
    assert page_loads(visitor) == PAGES + 1
