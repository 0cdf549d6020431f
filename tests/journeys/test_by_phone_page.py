"""Every task that can be done by text, once more from the demo's phone page alone: pressing its
keys, writing in its box, reading its screen. No sign-in, no scripts, in three languages.

The tasks are those of tests/notifications/test_dialogue_tasks.py; only the phone is another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from notifications import segments
from portal.database import transaction
from tests.notifications import test_dialogue_tasks as tasks
from tests.notifications.dialogues import Talk
from tests.people import Browser, People, StoppedClock, again, claimant

pytestmark = pytest.mark.slow

NUMBER, PAGE = "+447700900109", "/demo/phones/07700900109"


class Handset(Talk):
    """A person with the page and nothing else."""

    browser: Browser

    def sends(self, words: str, *, provider_id: str = "", media: int = 0) -> None:
        assert not media, "A plain phone sends no pictures."
        page = self.browser.open(PAGE)
        if words in {key.get("value") for key in page.page.all("button")}:
            page.press(words)
        else:
            page.fill(text=words).press("Send")

    @property
    def received(self) -> list[str]:
        """What stands on the screen, oldest first, without what this phone sent."""
        page = self.browser.open(PAGE).page
        found = []
        for item in page.all("div"):
            if item.get("role") == "listitem" and item.get("class") != "mine":
                found += [_said(p) for p in item.iter() if p.get("class") == "words"]
        return found


def _said(paragraph: Element) -> str:
    lines = [paragraph.text or ""]
    for line in paragraph:
        assert line.tag.endswith("br")
        lines.append(line.tail or "")
    return "\n".join(lines)


@pytest.fixture(params=tasks.LANGUAGES)
def talk(
    request: pytest.FixtureRequest, app: Flask, people: People, clock_stopped: StoppedClock
) -> Iterator[Handset]:
    with app.app_context(), transaction():
        sam = claimant(again(people.office), "Sam Okoro", NUMBER, language=request.param)
    handset = Handset(app, clock_stopped, sam)
    handset.browser = Browser(app)
    yield handset
    # Nothing that anybody got was longer than three parts.
    assert all(segments.measure(words).segments <= 3 for words in handset.received)


globals().update({name: each for name, each in vars(tasks).items() if name.startswith("test_")})


def test_the_tasks_are_there() -> None:
    assert len([name for name in globals() if name.startswith("test_")]) > 20
