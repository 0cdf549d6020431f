"""Plan, commitment, costs, complaint and message by text in every language (sms.md 7), one after
the other on one phone: from the person's own word to the receipt. The shorter tasks are in
tests/notifications/test_dialogue_tasks.py."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from notifications import segments
from portal.database import transaction
from portal.plan import desk_actions
from portal.plan.desk_actions import Offer
from tests.commitments import POINTS, sent
from tests.complaints import Handlers, handlers
from tests.notifications.costs_by_text import ID_FOR_A_JOB, question
from tests.notifications.dialogues import Talk, sam, word
from tests.notifications.two_people import PIN, sets_pin
from tests.people import People, actor, again

__all__ = ["handlers", "sam"]


@pytest.fixture
def talk(app: Flask, people: People, sam: Talk) -> Talk:
    """Sam has a PIN, a promise that is a day late and a commitment of three points."""
    sets_pin(sam, sam.person)
    with app.app_context(), transaction():
        late = Offer("cv", again(people.coach), date(2027, 2, 3))
        desk_actions.promise(again(sam.person), late, by=actor(people.coach))
        sent(again(sam.person), again(people.coach), POINTS)
    sam.time.at(datetime(2027, 2, 4, 10, 0, tzinfo=UTC))
    return sam.settles()


def test_one_after_the_other(talk: Talk, people: People, handlers: Handlers) -> None:
    def says(*texts: str) -> Talk:
        """And the PIN, whenever it is asked for."""
        for each in texts:
            talk.says(each)
            if question(talk) == "pin":
                talk.says(PIN)
        return talk

    def own(intent: str) -> str:
        return word(talk.person.language, intent)

    def an_hour_later() -> None:
        """Who texts very often in one hour is answered later."""
        talk.time.later(minutes=60)

    says(own("plan")).hears("2 ", "3 ")
    says("2").hears_receipt_of("reminded")
    says("3").hears_receipt_of("happened")

    says(own("commitment")).hears("1 ", "2 ", "3 ")
    says("2").hears("1 ", "3 ")
    says("3").hears("1 ", "2 ")
    says("2", "Help me write it on Friday")
    assert talk.happened()[-1] == "change_added"
    says(own("commitment"), "1", "1").hears("5 ")
    says("5").hears_receipt_of("accepted")

    an_hour_later()
    says(own("costs"), *ID_FOR_A_JOB[1:])
    says("1").hears_receipt_of("asked")

    an_hour_later()
    says(own("complaint"), "On Monday she said", "that she would stop my money.", own("done"))
    says("1").hears_receipt_of("sent")
    reference = talk.receipt()
    says(f"{own('status')} {reference}").hears(reference)
    says(f"{own('escalate')} {reference}")
    assert talk.happened()[-1] == "taken_further"

    an_hour_later()
    says(own("message"), "I lost my bag", "and my papers.", own("done"))
    says("1").hears_receipt_of("written")

    assert all(segments.measure(words).segments <= 3 for words in talk.received)
