"""The line before a text to a shared phone: whom it is for, and what it costs at most."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from notifications import naming, segments
from portal import languages
from portal.account.models import Claimant
from tests.notifications.every_text import every_text

LONGEST = {
    "en": "Wilhelmina-W",
    "cy": "Myfanwy-Llyr",
    "ar": "عبدالرحمن عل",
    "bn": "মোহাম্মদ রহি",
    "fa": "عبدالرحمان م",
    "pa": "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "pl": "Władysława W",
    "pt": "João Sebasti",
    "ro": "Ștefan-Cătăl",
    "so": "Cabdiraxmaan",
    "uk": "Володимир Ст",
    "ur": "عبدالرحیم خا",
}


def on_one_phone(*nicknames: str) -> list[Claimant]:
    return [
        Claimant(id=UUID(int=n), full_name="Kim Morgan", language="en", nickname=nickname)
        for n, nickname in enumerate(nicknames)
    ]


@pytest.mark.parametrize(
    ("place", "called", "line"),
    [
        (0, "Lex", "For Lex:"),
        (1, "second person", "For the second person:"),
        (2, "person 3", "For person 3:"),
    ],
)
def test_a_nickname_or_a_place_and_never_a_full_name(
    shared_app: Flask, place: int, called: str, line: str
) -> None:
    people = on_one_phone("Lex", "", "")
    with shared_app.app_context(), languages.speaking("en"):
        assert naming.name(people[place], people) == called
        assert naming.heading(people[place], people) == line


def test_a_phone_of_ones_own_names_nobody(shared_app: Flask) -> None:
    (only,) = on_one_phone("Lex")
    with shared_app.app_context():
        assert naming.heading(only, [only]) == ""


@pytest.mark.slow
@pytest.mark.parametrize("code", [each.code for each in languages.offered()])
def test_the_line_costs_at_most_one_part_more(shared_app: Flask, code: str) -> None:
    """A shared phone is worth a part: without the line somebody answers for somebody else."""
    people = [on_one_phone(*names) for names in ((LONGEST[code], ""), (LONGEST["ar"], ""))]
    with shared_app.app_context(), languages.speaking(code):
        rows = [row for row in every_text() if row.language == code]
        assert rows
        for row in rows:
            if row.kind.startswith("reply.who"):
                continue
            for several in people:
                for person in several:
                    text = segments.fit(naming.headed(row.text, person, several), code, "auto")
                    most = row.measured.segments + 1
                    assert segments.measure(text).segments <= most, (row.kind, text)


def test_where_a_line_would_cost_a_part_a_short_one_stands(shared_app: Flask) -> None:
    people = on_one_phone("Wilhelmina", "")
    with shared_app.app_context(), languages.speaking("en"):
        assert naming.headed("x" * 100, people[1], people).startswith("For the second person:\n")
        assert naming.headed("x" * 157, people[1], people) == "2:\n" + "x" * 157
        assert naming.headed("x" * 157, people[0], people) == "1:\n" + "x" * 157


def test_a_name_in_letters_that_cost_more_is_not_said(shared_app: Flask) -> None:
    people = on_one_phone("عبدالرحمن", "")
    with shared_app.app_context(), languages.speaking("en"):
        assert naming.headed("Hello.", people[0], people) == "For the first person:\nHello."
    with shared_app.app_context(), languages.speaking("ar"):
        assert "عبدالرحمن" in naming.headed("مرحبا", people[0], people)
