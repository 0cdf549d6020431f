"""Sentences for the first minute at a counter, in each language, with the English beside."""

from __future__ import annotations

import pytest
from flask import Flask

from portal import languages
from portal.interpreting.phrases import PHRASES, spoken
from tests.people import Browser, People

CODES = [language.code for language in languages.offered()]


@pytest.mark.parametrize("code", CODES)
def test_every_language_says_all_of_them(shared_app: Flask, code: str) -> None:
    with shared_app.test_request_context():
        pairs = spoken(code)
    language = languages.known()[code]
    assert len(pairs) == len(PHRASES) == 20
    assert language.endonym in pairs[0][0]
    assert pairs[0][1] == f"I need an interpreter. My language is {language.english_name}."
    if code != "en":
        assert all(own != english for own, english in pairs)


def test_each_language_stands_beside_its_english(app: Flask) -> None:
    page = Browser(app).open("/").follow("Sentences to show at a counter")
    page.sees("I need an interpreter. My language is English.").follow("العربية")
    (sentences,) = page.page.all("ol")
    assert (sentences.get("lang"), sentences.get("dir")) == ("ar", "rtl")
    rows = list(sentences.iter("li"))
    assert len(rows) == 20
    for row in rows:
        first, second = row.iter("p")
        assert first.get("lang") is None, "it is the language of the list"
        assert (second.get("lang"), second.get("dir")) == ("en", "ltr")
    page.sees("I need an interpreter. My language is Arabic.", "بالحاسوب")
    assert page.page.root.get("lang") == "en", "the page itself stays as it was"


def test_a_page_in_arabic_says_them_in_arabic(app: Flask) -> None:
    page = Browser(app, Accept_Language="ar").open("/phrases")
    page.sees("Please write it down.", "I want to complain safely.")
    assert page.page.root.get("dir") == "rtl"
    page.open("/phrases/cy").sees("Cymraeg")
    assert page.page.root.get("lang") == "ar"


def test_two_languages_on_the_page_change_nothing_of_the_sentences(app: Flask) -> None:
    page = Browser(app, Accept_Language="cy").open("/phrases")
    once = [li for ol in page.page.all("ol") for li in ol.iter("li")]
    page.open("/beside/en?next=/phrases")
    twice = [li for ol in page.page.all("ol") for li in ol.iter("li")]
    assert len(once) == len(twice) == 20
    assert page.text.count("Please write it down.") == 1


@pytest.mark.parametrize(
    ("typed", "found"), [("AR", "/phrases/ar"), ("cy-GB", "/phrases/cy"), ("ar_SY", "/phrases/ar")]
)
def test_a_code_that_is_nearly_right_leads_there(app: Flask, typed: str, found: str) -> None:
    assert Browser(app).open(f"/phrases/{typed}").path == found


@pytest.mark.parametrize("typed", ["a", "xx", "arabic", "<b>", "en%0a"])
def test_a_language_that_nobody_has_leads_to_those_we_have(app: Flask, typed: str) -> None:
    Browser(app).open(f"/phrases/{typed}", 404).sees("Choose a language", "Cymraeg")


def test_who_is_signed_in_finds_them_in_help_and_settings(app: Flask, people: People) -> None:
    alex = Browser(app).sign_in(people.alex)
    for path in ("/help", "/settings"):
        alex.open(path).follow("Sentences to show at a counter")
        alex.sees("Please do not ask my child or my family to interpret.")
