"""The names of pictures in the tables for translators lead somewhere."""

from __future__ import annotations

from pathlib import Path

from portal.settings import ROOT
from portal.translating import sheet
from tests.portal.translating.folders import sentence


def test_each_template_that_has_a_picture_exists() -> None:
    assert len(sheet._pictures()) > 100
    gone = [name for name in sheet._pictures() if not Path(ROOT / name).exists()]
    assert gone == [], "Run `python -m accessibility_tests.screens`."


def test_a_sentence_of_a_page_names_its_picture() -> None:
    found = sheet.Sentence(None, ("Help",), ("",), where=("portal/templates/home/help.html",))
    assert sheet._picture(found, "cy") == "help-cy-320.png"
    assert sheet._picture(sentence("Help"), "cy") == ""
