"""Every event has a line in notifications/triggers.py, even to say that nobody needs a text."""

from dataclasses import dataclass

import pytest

from notifications import texts, triggers
from portal.record import events
from portal.record.events import Event, recorded, registered
from wsgi import create_app


def unnamed() -> set[str]:
    assert create_app, "whatever the service imports is registered"
    return set(registered()) - triggers.named()


def test_every_event_is_named() -> None:
    assert unnamed() == set()


def test_nothing_is_named_that_does_not_happen() -> None:
    assert triggers.named() - set(registered()) == set()


def test_silence_has_a_reason() -> None:
    for kind, why in triggers.SILENT.items():
        assert len(why) > 10, kind
        assert why.endswith("."), kind


def test_a_forgotten_event_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_registry", dict(registered()))

    @recorded("tests.forgotten")
    @dataclass(frozen=True)
    class Forgotten(Event):
        pass

    assert unnamed() == {"tests.forgotten"}
    with pytest.raises(KeyError):
        triggers._triggers["tests.forgotten"]


def test_every_kind_of_text_has_words() -> None:
    for kinds in (texts.QUESTIONS, texts.CONFIRMS):
        assert kinds <= set(texts.WORDINGS)
