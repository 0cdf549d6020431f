"""Every fact has its sentence, in every language, whatever it holds."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from flask import Flask
from markupsafe import Markup

from portal import languages
from portal.actors import Channel
from portal.appointments import rules
from portal.costs import words as words_of_costs
from portal.database import db
from portal.history import words
from portal.plan import offers
from portal.plan import rules as plan_rules
from portal.record import events
from portal.record.models import Details, Entry
from portal.settings import Settings
from wsgi import create_app

TEMPLATES = Path(__file__).parents[2] / "portal" / "templates"
MOMENT = datetime(2027, 9, 29, 21, 59, tzinfo=UTC)
ID = UUID("12345678-1234-5678-1234-567812345678")
LONGEST = "<script>%(when)s</script> محمد " + "word " * 400
CODES = {
    "promise": list(plan_rules.KINDS),
    "offer": [*offers.NAMES, *plan_rules.OTHER_ASKS],
    "needs": ["", "fares lunch"],
    "answer": ["accepted", "asked_to_cancel", "asked_for_phone_call", "asked_for_another_time"],
    "reason": ["", *rules.REASONS],
    "item": list(words_of_costs.OPTIONS["need"]),
    "ref": ["K7QM2P4A"],
    "purpose": list(rules.PURPOSES),
    "how": ["code", "card", "button", "exit", "time"],
    "was": ["en", "text"],
    "now": ["ar", "text", "call", "letter"],
}
"""Fields that hold a code rather than somebody's words, and the codes."""


@pytest.fixture(scope="module")
def speaking_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole service. No entry needs a database to be said."""
    folder = tmp_path_factory.mktemp("entries")
    url = f"sqlite:///{folder / 'unused.db'}"
    app = create_app(Settings.for_tests(database_url=url, instance=folder))
    yield app
    with app.app_context():
        db.engine.dispose()


def kinds() -> list[str]:
    import wsgi  # noqa: F401 - registers every event there is

    return sorted(events.registered())


def values_of(name: str, hint: Any) -> list[Any]:
    """Every kind of value a field can hold, and the longest."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = [a for a in get_args(hint) if a is not type(None)]
        return [*values_of(name, inner[0]), None]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)
    if name in CODES and hint is str:
        return CODES[name]
    known: dict[Any, list[Any]] = {
        str: [LONGEST, ""],
        bool: [True, False],
        int: [48, 120],
        UUID: [ID],
        datetime: [MOMENT],
        date: [MOMENT.date()],
        time: [time(21, 59)],
    }
    return known[hint]


def examples(kind: str) -> Iterator[events.Event]:
    """Events of a kind: all fields at their longest, and each other value of each field."""
    cls = events.registered()[kind]
    hints = get_type_hints(cls)
    choices = {f.name: values_of(f.name, hints[f.name]) for f in fields(cls)}
    first = {name: values[0] for name, values in choices.items()}
    yield cls(**first)
    for name, values in choices.items():
        for value in values[1:]:
            yield cls(**(first | {name: value}))


def entry_of(event: events.Event | None, kind: str, channel: str = "web") -> Entry:
    """An entry that is in no record."""
    details = Details(salt="", body=events.encode(event)) if event else None
    return Entry(
        claimant_id=ID,
        number=1,
        kind=kind,
        at=MOMENT,
        channel=channel,
        receipt="K7QM2P4A",
        details=details,
    )


def faults_of(said: Markup) -> list[str]:
    """What is wrong with a sentence; an empty list means nothing."""
    faults = []
    if not said.striptags():
        faults.append("says nothing")
    if re.search(r"<(?!/?bdi\b)", said):
        faults.append("lets somebody's words be markup")
    plain = said.striptags().replace(Markup(LONGEST).striptags(), "").replace(LONGEST.strip(), "")
    if re.search(r"%\(|None|True|False|[a-z]_[a-z]|\{|\d{4}-\d\d", plain):
        faults.append(f"shows what is not for people: {plain[:200]}")
    return faults


def missing(kinds: list[str], folder: Path) -> list[str]:
    """Kinds without a template."""
    files = {kind: folder / f"{kind.replace('.', '/entries/', 1)}.html" for kind in kinds}
    return [kind for kind, file in files.items() if not file.exists()]


def test_every_kind_of_entry_has_a_template() -> None:
    assert missing(kinds(), TEMPLATES) == []


def test_a_kind_without_a_template_is_noticed() -> None:
    assert missing(["appointments.accepted", "appointments.forgotten"], TEMPLATES) == [
        "appointments.forgotten"
    ]


def test_every_template_has_a_kind_of_entry() -> None:
    found = {
        f"{file.parent.parent.name}.{file.stem}"
        for file in TEMPLATES.glob("*/entries/*.html")
        if not file.name.startswith("_")
    }
    assert found - set(kinds()) == set()


def test_every_kind_can_be_named_without_saying_whose_it_is() -> None:
    assert set(kinds()) == set(words.GENERAL)


def test_every_door_has_its_words() -> None:
    assert {channel.value for channel in Channel} == set(words.HOW_SAID)


@pytest.mark.parametrize("code", [language.code for language in languages.offered()])
@pytest.mark.parametrize("kind", kinds())
def test_every_entry_can_be_said(speaking_app: Flask, kind: str, code: str) -> None:
    with speaking_app.app_context(), languages.speaking(code):
        for event in examples(kind):
            said = words.sentence_of(entry_of(event, kind))
            assert faults_of(said) == [], (event, said)


@pytest.mark.parametrize("code", [language.code for language in languages.offered()])
def test_every_entry_can_be_said_when_its_details_are_gone(speaking_app: Flask, code: str) -> None:
    with speaking_app.app_context(), languages.speaking(code):
        for kind in kinds():
            assert faults_of(words.sentence_of(entry_of(None, kind))) == []


@pytest.mark.parametrize("channel", list(Channel))
def test_every_door_can_be_said(speaking_app: Flask, channel: Channel) -> None:
    with speaking_app.app_context():
        said = words.how_said(entry_of(None, "x.y", channel.value), Markup("<a>K7QM-2P4A</a>"))
        assert said.endswith("Receipt <a>K7QM-2P4A</a>")


def test_no_english_sentence_threatens_or_gets_ahead_of_the_office(speaking_app: Flask) -> None:
    with speaking_app.app_context(), languages.speaking("en"):
        for kind in kinds():
            for event in examples(kind):
                said = words.sentence_of(entry_of(event, kind)).lower()
                for word in ("cancelled", "failed", "sanction", "must", "!"):
                    assert word not in said, (kind, said)


def test_words_that_try_to_be_markup_are_noticed() -> None:
    assert faults_of(Markup("You wrote: <script>")) == ["lets somebody's words be markup"]
    assert faults_of(Markup("You asked for asked_for_phone_call.")) != []
    assert faults_of(Markup("")) == ["says nothing"]
