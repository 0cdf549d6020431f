"""What the provider keeps of a text is deleted, once nobody needs it there."""

from __future__ import annotations

import sqlalchemy as sa

from notifications import arrivals, forgetting, sender
from notifications.gateways.base import Inbound
from notifications.models import InboundText, State
from portal.account import actions as account
from portal.database import db, transaction
from tests.notifications.reported import report, sent
from tests.notifications.sending import ALEX, put, row
from tests.people import NOW, People, StoppedClock, again
from tests.stand_in.twilio import TwilioStandIn


def forget() -> None:
    while forgetting.step():
        pass


def test_words_are_deleted_at_the_provider_once_the_text_has_arrived(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock
) -> None:
    text = sent(people)
    [message] = twilio.messages
    forget()
    assert not message.redacted, "it is still on its way"
    message.status = "delivered"
    report(text, State.delivered)
    forget()
    assert message.redacted
    assert row(text).forget_at is None
    assert row(text).body == "Hello", "ours stay, encrypted, for four weeks"


def test_a_provider_that_cannot_delete_yet_is_asked_again(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock
) -> None:
    text = sent(people)
    [message] = twilio.messages
    report(text, State.delivered)
    message.status = "queued"
    forget()
    assert not message.redacted
    assert row(text).forget_at is not None
    message.status = "delivered"
    clock_stopped.later(minutes=61)
    forget()
    assert message.redacted


def test_a_text_of_which_nothing_more_was_heard_is_deleted_too(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock
) -> None:
    sent(people)
    [message] = twilio.messages
    message.status = "sent"
    clock_stopped.later(days=3, minutes=1)
    forget()
    assert message.redacted


def test_what_people_wrote_is_deleted_once_it_is_read(
    twilio: TwilioStandIn, people: People
) -> None:
    twilio.heard["SM7"] = "I am in hospital"
    with transaction():
        arrivals.keep_inbound("twilio", Inbound("SM7", ALEX, body="I am in hospital"))
    forget()
    assert twilio.heard["SM7"], "not before it was read"
    with transaction():
        db.session.execute(sa.update(InboundText).values(handled_at=NOW))
    forget()
    assert twilio.heard["SM7"] == ""


def test_what_the_provider_does_not_know_is_forgotten(
    twilio: TwilioStandIn, people: People
) -> None:
    text = sent(people)
    report(text, State.delivered)
    twilio.messages.clear()
    forget()
    assert row(text).forget_at is None


def test_nothing_is_deleted_while_texts_wait_to_be_sent(
    twilio: TwilioStandIn, people: People
) -> None:
    report(sent(people), State.delivered)
    twilio.messages[0].status = "delivered"
    put("+447700900102")
    assert not forgetting.step()
    assert sender.step()
    forget()
    assert twilio.messages[0].redacted


def test_the_words_are_not_readable_in_our_database(
    twilio: TwilioStandIn, people: People, clock_stopped: StoppedClock
) -> None:
    sent(people, body="a very special word")
    with transaction():
        account.needs_telling(
            again(people.alex), what="x.y", regarding=None, words="a very special word"
        )
    for table, column in (
        ("notifications_notification", "body"),
        ("account_undelivered_text", "words"),
    ):
        stored = db.session.execute(sa.text(f"SELECT {column} FROM {table}")).scalars().all()
        assert stored
        assert not any("special" in str(each) for each in stored)
