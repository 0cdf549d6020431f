"""Every text that is queued knows how long it is for the network."""

from __future__ import annotations

import pytest
from flask import Flask

from notifications import segments
from portal.account import sign_in_actions
from portal.actors import Actor
from portal.database import transaction
from tests.notifications.dialogues import EACH_LANGUAGE, Talk
from tests.notifications.sending import provider, put, row, rows
from tests.people import People, StoppedClock, again, claimant, work


@pytest.mark.parametrize(
    ("body", "size"),
    [
        ("Hello", ("GSM-7", 1, 5)),
        ("x" * 161, ("GSM-7", 2, 161)),
        ("موعد", ("UCS-2", 1, 4)),
        ("é" * 160, ("GSM-7", 1, 160)),
        ("[" * 81, ("GSM-7", 2, 162)),
    ],
)
def test_a_text_knows_its_size_when_it_is_queued(
    app: Flask, body: str, size: tuple[str, int, int]
) -> None:
    with app.app_context():
        found = row(put(body=body))
        assert (found.encoding, found.segments, found.units) == size


@pytest.mark.parametrize("language", EACH_LANGUAGE)
def test_a_code_knows_its_size_before_it_is_worded(
    app: Flask, people: People, language: str
) -> None:
    with app.app_context():
        with transaction():
            sam = claimant(again(people.office), language=language)
        with provider(app) as planned:
            with transaction():
                sign_in_actions.ask_for_code(sam.mobile or "", by=Actor.system())
            work(app)
            size = segments.measure(planned.handed[0][1])
        [code] = [each for each in rows() if each.secret_of]
        assert code.body == ""
        assert (code.encoding, code.segments, code.units) == (
            size.encoding,
            size.segments,
            size.units,
        )


def test_nothing_in_a_conversation_leaves_without_a_size(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    talk = Talk(app, clock_stopped, people.alex)
    talk.offered()
    for words in ("what", "2", "99", "MENU", "6", "1", "STOP"):
        talk.says(words)
    with app.app_context():
        found = rows()
        assert len(found) > 6
        for each in found:
            size = segments.measure(each.body)
            assert (each.encoding, each.segments, each.units) == (
                size.encoding,
                size.segments,
                size.units,
            )
