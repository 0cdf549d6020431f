"""What is taken out of a text before it is kept (sms.md 11)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from notifications import parts, segments
from notifications.conversation import masking
from notifications.models import InboundText
from portal.database import db
from tests.notifications.dialogues import Talk
from tests.people import People, StoppedClock

CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("My NI is QQ 12 34 56 C thanks", "My NI is QQ 12 34 56 C thanks"),
        ("My NI is AB 12 34 56 C thanks", "My NI is ************* thanks"),
        ("ab123456c", "*********"),
        (f"card {CARD}.", f"card {'*' * len(CARD)}."),
        ("4111-1111-1111-1111", "*" * 19),
        ("4111111111111112", "4111111111111112"),
        ("00447700900123 or 07700 900123", "00447700900123 or 07700 900123"),
        ("STATUS K7QM2P4A", "STATUS K7QM2P4A"),
        ("on 12 05 2027 at 10.30", "on 12 05 2027 at 10.30"),
    ],
)
def test_numbers_of_insurance_and_cards_are_taken_out(text: str, kept: str) -> None:
    assert masking.secrets(text) == kept


def test_a_full_text_stays_as_long_and_so_is_seen_to_go_on() -> None:
    text = "x" * 143 + " AB123456C "[:10]
    assert len(text) == 153
    assert parts.is_full(text)
    assert parts.is_full(masking.secrets(text))
    assert segments.measure(masking.secrets(text)).units == 153


def test_they_are_not_kept(app: Flask, people: People, clock_stopped: StoppedClock) -> None:
    talk = Talk(app, clock_stopped, people.alex)
    talk.says(f"my card is {CARD} and i am AB123456C")
    with app.app_context():
        (body,) = db.session.scalars(sa.select(InboundText.body))
    assert not any(figure in body for figure in "1456")
