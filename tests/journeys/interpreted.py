"""A browser in Arabic with English beside it, used by somebody who reads the English lines.

Buttons and choices are found by what stands beside them, so that a line without its second
language ends the story. Every page is looked at: numbers in their order, each once.
"""

from __future__ import annotations

import re
from typing import Self
from xml.etree.ElementTree import Element

from werkzeug.test import TestResponse

from portal import marking
from tests.browser import Browser
from tests.pages import words

NUMBER = re.compile(r'<i aria-hidden="true">(\d+)</i>|<option[^>]*>(\d+)\. ')


def english(element: Element) -> str:
    """What stands beside this element's own words."""
    beside = [each for each in element.iter("span") if each.get("lang") == "en"]
    return " ".join("".join("".join(each.itertext()) for each in beside).split())


class Interpreted(Browser):
    """`press`, `choose`, `follow` and `reads` take the English."""

    pages = 0

    def _arrive(self, response: TestResponse, status: int | None) -> Self:
        super()._arrive(response, status)
        if response.mimetype == "text/html" and response.data and "both" in response.text:
            numbers = [int(a or b) for a, b in NUMBER.findall(response.text)]
            assert numbers == list(range(1, len(numbers) + 1)), self.path
            assert marking.START not in response.text
            self.pages += 1
        return self

    def _beside(self, said: str, *tags: str) -> str:
        found = [e for tag in tags for e in self.page.all(tag) if english(e) == said]
        there = [english(e) for tag in tags for e in self.page.all(tag)]
        assert found, f"{self.path}: nothing is {said!r}; there are {there}"
        return words(found[0])

    def press(self, name: str, status: int | None = 200) -> Self:
        return super().press(self._beside(name, "button", "a"), status)

    def choose(self, label: str) -> Self:
        return super().choose(self._beside(label, "label"))

    def follow(self, name: str, status: int = 200) -> Self:
        return super().follow(self._beside(name, "a"), status)

    def reads(self, *sentences: str) -> Self:
        """Lines whose English says this, each with Arabic before it and a number."""
        pairs = [each for each in self.page.all("span") if each.get("class") == "both"]
        lines = [english(each) for each in pairs]
        for sentence in sentences:
            assert any(sentence in line for line in lines), (sentence, lines)
        return self
