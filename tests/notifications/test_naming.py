"""The line before a text to a shared phone: whom it is for, and what it costs at most."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from notifications import budget, naming, segments
from portal import languages
from portal.account.models import Claimant

LONGEST = {"en": "Wilhelmina-W", "cy": "Myfanwy-Llyr", "ar": "عبدالرحمن عل"}


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


@pytest.mark.parametrize("code", sorted(LONGEST))
def test_the_line_costs_at_most_one_part_more(shared_app: Flask, code: str) -> None:
    """A shared phone is worth a part: without the line somebody answers for somebody else."""
    people = on_one_phone(LONGEST[code], "")
    with shared_app.app_context(), languages.speaking(code):
        lines = [naming.heading(person, people) for person in people]
        rows = [row for row in budget.rows() if row.language == code]
    assert rows
    with shared_app.app_context():
        for row in rows:
            if row.kind.startswith("reply.who") or not row.kind.startswith("appointments."):
                continue
            for line in lines:
                longer = segments.fit(f"{line}\n{row.text}", code, "auto")
                assert segments.measure(longer).segments <= row.limit + 1, (row.kind, longer)
