"""What a language calls the time of day, and other languages; and one amount in a sentence."""

from __future__ import annotations

from datetime import time

import pytest
from flask import Flask

from portal import languages
from portal.language_facts import known, time_of


@pytest.mark.parametrize(
    ("code", "at", "said"),
    [
        ("bn", time(3), "রাত 3:00"),
        ("bn", time(10, 30), "সকাল 10:30"),
        ("bn", time(14, 30), "দুপুর 2:30"),
        ("bn", time(17), "বিকাল 5:00"),
        ("bn", time(19), "সন্ধ্যা 7:00"),
        ("bn", time(21, 12), "রাত 9:12"),
        ("ur", time(14, 30), "دوپہر 2:30 بجے"),
        ("ur", time(17), "شام 5:00 بجے"),
        ("ur", time(21), "رات 9:00 بجے"),
        ("ar", time(21), "9:00 مساءً"),
        ("en", time(12), "midday"),
    ],
)
def test_no_hour_has_another_ones_name(code: str, at: time, said: str) -> None:
    assert time_of(at, known()[code]) == said


@pytest.mark.parametrize(
    ("spoken", "code", "said"),
    [
        ("cy", "en", "Saesneg"),
        ("ar", "pl", "البولندية"),
        ("en", "bn", "Bengali"),
        ("so", "bn", "Bengaali"),
        ("pl", "xx", "xx"),
    ],
)
def test_a_language_is_named_in_the_readers(
    shared_app: Flask, spoken: str, code: str, said: str
) -> None:
    with shared_app.app_context(), languages.speaking(spoken):
        assert languages.name_of(code) == said


def test_an_amount_does_not_turn_round_in_an_arabic_sentence(shared_app: Flask) -> None:
    """Two parts of the service once gave a filter of this name: the later one took its place."""
    with shared_app.test_request_context(), languages.speaking("ar"):
        said = shared_app.jinja_env.from_string("{{ 3450 | pounds }}").render()
    assert said == '<bdi dir="ltr">£34.50</bdi>'
