"""The service in a browser of text: what matters comes first, and forms can be posted."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

import pytest
from flask_babel import pgettext

from accessibility_tests.scenes import Scene
from accessibility_tests.service import Service
from accessibility_tests.text_browser import TextBrowser
from portal import languages

CHOICES = ("Accept", "Ask for a phone call", "Ask for another time", "Ask to cancel")


def in_language(service: Service, code: str) -> list[str]:
    with service.app.app_context(), languages.speaking(code):
        return [pgettext("button", words) for words in CHOICES]


def line_of(lines: list[str], words: str) -> int:
    """The number of the first line that says this, counted from 1. The browser may take a letter
    apart that has a dot below, which reads the same."""
    said = normalize("NFC", words)
    return next((n for n, line in enumerate(lines, 1) if said in normalize("NFC", line)), 10_000)


def places_of_choices(service: Service, folder: Path, code: str, door: str) -> list[int]:
    """The lines of an appointment's page that hold the four choices, in the choices' order."""
    scene = Scene(service, code)
    of = scene.book(told=0.1, days=1, interpreter="Welsh", private_room=True)
    scene.sign_in()
    cookie = service.cookie(**scene.session) if door == "signed-in" else ""
    reader = TextBrowser(service.url, folder, cookie or service.cookie(lang=code))
    lines = reader.read(scene.open(of) if cookie else scene.link(of))
    return [line_of(lines, words) for words in in_language(service, code)]


def are_at_hand(places: list[int]) -> bool:
    """True when they come in order, on the first screen."""
    return places == sorted(places) and max(places) <= 30


@pytest.mark.parametrize("code", [each.code for each in languages.offered()])
@pytest.mark.parametrize("door", ["signed-in", "link"])
def test_the_choices_are_on_the_first_screen(
    service: Service, tmp_path: Path, code: str, door: str
) -> None:
    assert are_at_hand(places_of_choices(service, tmp_path, code, door))


def test_choices_that_come_late_are_found(service: Service, tmp_path: Path) -> None:
    """The planted fault: forty lines before everything that the page says."""
    with service.spoiling("<h1", "<p>Nothing</p>" * 40 + "<h1"):
        places = places_of_choices(service, tmp_path, "en", "signed-in")
    assert 30 < max(places) < 200
    assert not are_at_hand(places)


def token(page: str) -> dict[str, str]:
    fields = re.findall(r'name="(csrf_token|version)" value="([^"]*)"', page)
    return dict(fields)


def test_an_answer_can_be_posted(service: Service, scene: Scene, tmp_path: Path) -> None:
    path = scene.link(scene.book())
    reader = TextBrowser(service.url, tmp_path)
    page = reader.source(path)
    lines = reader.post(f"{path}/accept", **token(page))
    assert line_of(lines, "You accepted the appointment") < 10
    assert line_of(lines, "Your receipt") < 20


def test_what_must_be_put_right_comes_first(service: Service, scene: Scene, tmp_path: Path) -> None:
    reader = TextBrowser(service.url, tmp_path)
    page = reader.source("/sign-in")
    lines = reader.post("/sign-in", number="0161 496 0000", **token(page))
    assert line_of(lines, "There is a problem") < 10
    assert any("0161 496 0000" in line for line in lines)


def test_changing_the_language_keeps_what_was_typed(
    service: Service, scene: Scene, tmp_path: Path
) -> None:
    reader = TextBrowser(service.url, tmp_path)
    page = reader.source("/sign-in")
    lines = reader.post("/sign-in", number="07700 9001", _language="cy", **token(page))
    assert any("07700 9001" in line for line in lines)
    assert line_of(lines, "Mewngofnodi") < 15
