"""Whatever word our texts and pages tell people to send is read as what they were told it does."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from notifications import segments
from notifications.conversation import grammar, tables
from notifications.conversation.grammar import parse
from portal import languages
from tests.notifications.every_text import every_text
from tests.pages import words as words_of
from tests.people import Browser

OFFERED = [language.code for language in languages.offered()]
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b")
_TAKES_MORE = {"STATUS": "K7QM2P4A", "STATWS": "K7QM2P4A"}
_NICKNAME = "W" * 12
"""Stands for the longest name in the longest texts."""
_SEND = re.compile(r"(?:يُرجى إرسال|للمزيد|أو|لإيقاف الرسائل|لمعرفة ما يمكن إرساله):\n([^\n%]+)")
HELPED = ("undo", "next", "menu", "help", "stop", "start")


def acts(word: str, language: str) -> bool:
    found = parse(f"{word} {_TAKES_MORE.get(word, '')}".strip(), language, grammar.IDLE)
    return found.exact or (found.kind in ("unclear",) and found.suggestions == ("accept",))


@pytest.mark.parametrize("language", OFFERED)
def test_every_word_that_a_text_names_acts(shared_app: Flask, language: str):
    wrong = set()
    with shared_app.app_context():
        for row in every_text():
            if row.language != language:
                continue
            named = set(_CAPITALS.findall(row.text)) | set(_SEND.findall(row.text))
            named = {each.strip() for each in named if not each[0].isdigit()} - {_NICKNAME}
            wrong |= {(row.kind, each) for each in named if not acts(each, language)}
    assert wrong == set()


@pytest.mark.slow
@pytest.mark.parametrize("language", OFFERED)
def test_help_names_the_words_of_the_language(shared_app: Flask, language: str):
    with shared_app.app_context():
        [text] = [r.text for r in every_text() if (r.language, r.kind) == (language, "reply.help")]
    for intent in ("next", "undo", "menu"):
        forms = tables.advertised(language)[intent]
        plain = [segments.fit(form, language, "plain") for form in forms]
        assert any(form in text for form in (*forms, *plain)), (intent, text)


@pytest.mark.parametrize("language", OFFERED)
def test_the_page_about_texts_names_them_too(app: Flask, language: str):
    browser = Browser(app).open("/help").post("/language", _language=language, _next="/help/texts")
    named = [words_of(dt) for dt in browser.page.one("main").iter("dt")][4:]
    assert len(named) == len(HELPED)
    for intent, shown in zip(HELPED, named, strict=True):
        for word in shown.split(" / "):
            found = parse(word, language)
            assert (found.kind, found.exact) == (intent, True), (language, shown)
