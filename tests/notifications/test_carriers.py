"""Two providers, each a stand-in of its API over real HTTP: which of them carries a text, and that
no phone gets the same text twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from notifications import carriers, sender
from notifications.gateways.notify import NotifyGateway
from notifications.gateways.twilio import TwilioGateway
from notifications.models import State
from portal.account.models import UndeliveredText
from portal.database import db, transaction
from portal.settings import ROOT, Settings
from tests.notifications.sending import ALEX, ROBIN, put, row, rows, using
from tests.people import People, StoppedClock, again
from tests.stand_in.notify import NotifyStandIn
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import Mischief

ARABIC = "موعدك يوم الثلاثاء"


@dataclass
class Two:
    """The first and the second provider of the service."""

    app: Flask
    notify: NotifyStandIn
    twilio: TwilioStandIn
    people: People
    clock: StoppedClock

    def put(self, number: str = ALEX, body: str = "Hello") -> int:
        return put(number, body, claimant_id=self.people.alex.id if number == ALEX else None)

    def send(self, tries: int = 1, minutes: float = 0) -> None:
        """The sender does what is due; again after each so many minutes."""
        for _ in range(tries):
            while sender.step():
                pass
            self.clock.later(minutes=minutes)

    def went(self) -> tuple[list[str], list[str]]:
        """What reached phones through the first, and through the second."""
        return [t.body for t in self.notify.texts], [m.body for m in self.twilio.messages]

    def tasks(self) -> int:
        return len(db.session.query(UndeliveredText).all())


@pytest.fixture
def two(app: Flask, people: People, clock_stopped: StoppedClock) -> Iterator[Two]:
    """Notify first, Twilio second, inside an app context."""
    with NotifyStandIn() as notify, TwilioStandIn(public_url="https://p.example") as twilio:
        twilio.reports = False
        first = NotifyGateway(Settings.for_tests(**notify.settings()))
        second = TwilioGateway(Settings.for_tests(**twilio.settings()))
        with using(app, gateway=first, second_gateway=second), app.app_context():
            yield Two(app, notify, twilio, people, clock_stopped)


def nobody_home(two: Two) -> None:
    """Nothing listens where the first provider was."""
    settings = two.notify.settings() | {"notify_base_url": "http://127.0.0.1:9"}
    two.app.extensions["gateway"] = NotifyGateway(Settings.for_tests(**settings))


def back_again(two: Two) -> None:
    two.app.extensions["gateway"] = NotifyGateway(Settings.for_tests(**two.notify.settings()))


def test_the_first_carries_what_it_can(two: Two) -> None:
    text = two.put()
    two.send()
    assert two.went() == (["Hello"], [])
    assert row(text).gateway == "notify"


def test_what_the_first_would_garble_goes_by_the_second(two: Two) -> None:
    two.put(body=ARABIC)
    two.put(body="Dydd Gŵyl")
    two.send()
    assert two.went() == (["Dydd Gŵyl"], [ARABIC])


def test_what_nobody_can_carry_becomes_a_task_for_staff(two: Two) -> None:
    two.app.extensions["second_gateway"] = None
    text = two.put(body=ARABIC)
    two.send()
    assert (row(text).state, row(text).error) == (State.undelivered, "carry")
    assert two.went() == ([], [])
    [task] = db.session.query(UndeliveredText).all()
    assert (task.words, task.language, task.sure) == (ARABIC, "en", True)


@pytest.mark.parametrize(
    ("status", "kind", "message"),
    [
        (429, "TooManyRequestsError", "Exceeded send limits (250) for today"),
        (403, "AuthError", "Invalid token: API key not found"),
        (400, "BadRequestError", "Template not found"),
    ],
)
def test_trouble_that_is_the_providers_own_is_gone_round_at_once(
    two: Two, status: int, kind: str, message: str
) -> None:
    two.notify.refuse(status, kind, message)
    text = two.put()
    two.send()
    assert two.went() == ([], ["Hello"])
    assert (row(text).state, row(text).gateway) == (State.sent, "twilio")
    assert two.tasks() == 0


def test_a_number_that_is_none_is_none_at_the_other_provider_too(two: Two) -> None:
    with transaction():
        again(two.people.alex).mobile = "+441134960100"
    put("+441134960100", claimant_id=two.people.alex.id)
    two.send()
    assert two.twilio.asked == 0
    assert two.tasks() == 1


def test_whoever_told_the_provider_to_stop_is_not_texted_by_the_other(two: Two) -> None:
    first, second = two.app.extensions["second_gateway"], two.app.extensions["gateway"]
    two.app.extensions["gateway"], two.app.extensions["second_gateway"] = first, second
    two.twilio.blocked.add(ALEX)
    two.put()
    two.send()
    assert two.went() == ([], [])
    assert again(two.people.alex).texts_stopped_at is not None


def test_short_trouble_is_waited_for(two: Two) -> None:
    nobody_home(two)
    two.put()
    two.send(tries=2, minutes=2)
    assert two.went() == ([], [])
    back_again(two)
    two.send(tries=2, minutes=2)
    assert two.went() == (["Hello"], [])


def test_an_outage_sends_texts_the_other_way_until_it_is_over(two: Two) -> None:
    nobody_home(two)
    two.put()
    two.send(tries=14, minutes=1)
    assert two.went() == ([], ["Hello"])
    two.put(ROBIN, "Second")
    two.put("+447700900103", "Third")
    two.send(tries=3, minutes=0.2)
    assert two.went()[1] == ["Hello", "Second", "Third"], "nobody waits for the first any more"
    back_again(two)
    two.clock.later(minutes=2)
    two.put(ROBIN, "Fourth")
    two.put("+447700900103", "Fifth")
    two.send()
    assert two.went()[0] == ["Fourth", "Fifth"], "it is back, and preferred again"


def test_when_both_are_down_it_is_tried_for_hours_before_anybody_gives_up(two: Two) -> None:
    nobody_home(two)
    settings = two.twilio.settings() | {"twilio_base_url": "http://127.0.0.1:9"}
    two.app.extensions["second_gateway"] = TwilioGateway(Settings.for_tests(**settings))
    text = two.put()
    two.send(tries=75, minutes=1)
    assert row(text).state is State.queued
    two.app.extensions["second_gateway"] = TwilioGateway(
        Settings.for_tests(**two.twilio.settings())
    )
    two.send(tries=40, minutes=1)
    assert two.went() == ([], ["Hello"])


def test_a_lost_answer_is_asked_about_and_nothing_goes_twice(two: Two) -> None:
    two.notify.lose = True
    text = two.put()
    two.send()
    assert row(text).unsure_since is not None
    two.notify.lose = False
    two.clock.later(minutes=2)
    two.send()
    assert two.went() == (["Hello"], [])
    assert (row(text).state, row(text).provider_id) == (State.sent, two.notify.texts[0].id)
    assert row(text).unsure_since is None


def test_a_lost_answer_about_a_text_that_was_not_taken(two: Two) -> None:
    two.notify.refuse(500, "Exception", "Internal server error")
    two.put()
    two.send()
    assert two.went() == ([], [])
    two.clock.later(minutes=2)
    two.send()
    assert two.went() == (["Hello"], [])


def test_while_nobody_can_say_whether_it_was_taken_it_waits(two: Two) -> None:
    """Taken, then the line breaks and stays broken: not sent again for half an hour."""
    two.notify.lose = True
    text = two.put()
    two.send()
    nobody_home(two)
    for _ in range(14):
        two.clock.later(minutes=2)
        two.send()
    assert two.went() == (["Hello"], [])
    assert row(text).state is State.queued
    back_again(two)
    two.clock.later(minutes=30)
    two.send()
    assert two.went() == (["Hello"], [])
    assert row(text).state is State.sent


def test_after_half_an_hour_it_goes_by_whichever_way_is_open(two: Two) -> None:
    """The one case in which a phone may get a text twice."""
    two.notify.refuse(500, "Exception", "Internal server error")
    two.put()
    two.send()
    nobody_home(two)
    two.send(tries=24, minutes=2)
    assert two.went() == ([], ["Hello"])


def test_the_same_words_twice_on_purpose_are_two_texts(two: Two) -> None:
    """Twilio keeps no key: a text of ours that it took before is not taken for this one."""
    two.app.extensions["gateway"] = two.app.extensions["second_gateway"]
    two.app.extensions["second_gateway"] = None
    two.put()
    two.send()
    two.twilio.mischief = Mischief(refuse=1.0)
    two.twilio.refuse(ALEX, 500)
    second = two.put()
    two.send()
    assert row(second).unsure_since is not None
    two.twilio.mischief = Mischief()
    two.clock.later(minutes=2)
    two.send()
    assert [m.body for m in two.twilio.messages] == ["Hello", "Hello"]


def test_a_worker_that_was_killed_leaves_a_text_that_is_asked_about(two: Two) -> None:
    from notifications import queue

    text = two.put()
    with transaction():
        job = queue.claim(timedelta(minutes=2))
    assert job is not None
    two.app.extensions["gateway"].send(ALEX, "Hello", str(text))  # and then it died
    two.clock.later(minutes=3)
    two.send()
    assert two.went() == (["Hello"], [])
    assert row(text).provider_id == two.notify.texts[0].id


def test_one_provider_keeps_no_book_of_trouble(two: Two) -> None:
    from notifications.models import Heartbeat

    two.app.extensions["second_gateway"] = None
    nobody_home(two)
    two.put()
    two.send(tries=20, minutes=1)
    assert db.session.query(Heartbeat).filter(Heartbeat.name.like("down:%")).all() == []
    assert [each.state for each in rows()] == [State.queued]


def test_the_window_is_the_documented_one() -> None:
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert timedelta(minutes=30) == carriers.UNSURE_FOR
    assert timedelta(minutes=10) == carriers.DOWN_AFTER
    for said in ("cannot be asked for half an\nhour", "down for\n  ten minutes"):
        assert said in text
