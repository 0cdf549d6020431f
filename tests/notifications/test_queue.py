"""The queue: each text once in it, one worker at a time, in order for one number."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from notifications import queue
from notifications.models import FINAL, State
from notifications.queue import Outcome
from portal import clock
from portal.database import db, transaction
from tests.notifications.sending import ALEX, ROBIN, put, row, state
from tests.people import StoppedClock

MINUTE = timedelta(minutes=1)


def claim() -> int | None:
    with transaction():
        taken = queue.claim(2 * MINUTE)
    return taken.id if taken else None


def settle(notification_id: int, outcome: Outcome, attempt: int | None = None) -> bool:
    with transaction():
        return queue.settle(notification_id, outcome, attempt=attempt)


def sent(notification_id: int) -> None:
    assert settle(notification_id, Outcome(State.sent, "local", f"P{notification_id}"))


@pytest.fixture
def inside(app: Flask, clock_stopped: StoppedClock):
    with app.app_context():
        yield clock_stopped


def test_the_same_thing_is_queued_once(inside):
    put(dedupe_key="offer:1")
    with transaction():
        again = queue.put(
            to_number=ALEX,
            claimant_id=None,
            language="en",
            kind="x",
            body="Hello",
            dedupe_key="offer:1",
        )
        assert again is None
        # The transaction goes on as if nothing had been asked.
        assert queue.put(
            to_number=ALEX,
            claimant_id=None,
            language="en",
            kind="x",
            body="Hello",
            dedupe_key="offer:2",
        )


def test_a_text_knows_its_size(inside):
    text = row(put(body="x" * 161))
    assert (text.encoding, text.segments) == ("GSM-7", 2)
    text = row(put(body="Ш" * 71))
    assert (text.encoding, text.segments) == ("UCS-2", 2)


def test_a_text_is_claimed_by_one_worker(inside):
    first = put()
    assert claim() == first
    assert state(first) is State.sending
    assert claim() is None


def test_texts_to_one_number_leave_in_order(inside):
    first, other, second = put(ALEX), put(ROBIN), put(ALEX)
    assert claim() == first
    assert claim() == other
    assert claim() is None
    sent(first)
    assert claim() == second


def test_a_text_that_waits_for_the_morning_holds_up_nobody(inside):
    put(not_before=clock.now() + 600 * MINUTE)
    answer = put()
    assert claim() == answer


def test_a_text_that_waits_for_another_try_holds_up_the_next(inside):
    first, second = put(), put()
    assert claim() == first
    again = Outcome(State.queued, error="503", again_at=clock.now() + MINUTE)
    assert settle(first, again, attempt=1)
    assert claim() is None
    inside.later(seconds=61)
    assert claim() == first
    sent(first)
    assert claim() == second


def test_a_code_does_not_wait_for_anything_but_codes(inside, app):
    first = put()
    code = put(body="", secret_of=uuid4(), kind="account.code")
    next_code = put(body="", secret_of=uuid4(), kind="account.code")
    assert claim() == first
    assert claim() == code
    assert claim() is None
    sent(code)
    assert claim() == next_code


def test_a_lease_that_ran_out_is_taken_again(inside):
    first = put()
    assert claim() == first
    inside.later(seconds=119)
    assert claim() is None
    inside.later(seconds=2)
    assert claim() == first
    assert row(first).attempts == 2


def test_who_was_too_slow_may_not_send_it_back(inside):
    first = put()
    claim()
    inside.later(minutes=3)
    claim()
    assert not settle(first, Outcome(State.queued, again_at=clock.now()), attempt=1)
    assert state(first) is State.sending
    # But that it did hand the text over is true whoever says it.
    assert settle(first, Outcome(State.sent, "local", "P1"), attempt=1)


def test_states_never_go_backwards(inside):
    order = [State.queued, State.sending, State.sent, *FINAL]
    for was in State:
        for now in State:
            text = put()
            with transaction():
                row(text).state = was
            outcome = Outcome(now, "local", f"{was}-{now}", again_at=clock.now())
            news = settle(text, outcome)
            again = (was, now) == (State.sending, State.queued)
            forward = was not in FINAL and order.index(now) > order.index(was)
            had_it = was is State.dropped and now in order[2:] and now is not State.dropped
            assert news is (forward or again or had_it), (was, now)
            assert state(text) is (now if news else was)
            with transaction():
                db.session.delete(row(text))


def test_four_workers_claim_nothing_twice_and_keep_the_order(app, clock_stopped):
    numbers = [f"+4477009001{n:02}" for n in range(10)]
    with app.app_context():
        for n in range(80):
            put(numbers[n % 10])
    taken: list[int] = []
    at_once: dict[str, int] = defaultdict(int)
    wrong: list[str] = []
    lock = threading.Lock()

    def work() -> None:
        with app.app_context():
            misses = 0
            while misses < 20:
                with transaction():
                    text = queue.claim(2 * MINUTE)
                if text is None:
                    misses += 1
                    continue
                with lock:
                    taken.append(text.id)
                    at_once[text.to_number] += 1
                    if at_once[text.to_number] > 1:
                        wrong.append(f"two at once for {text.to_number}")
                time.sleep(0.002)
                with lock:
                    at_once[text.to_number] -= 1
                with transaction():
                    queue.settle(text.id, Outcome(State.sent, "x", str(text.id)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not wrong
    assert len(taken) == len(set(taken)) == 80
    order = defaultdict(list)
    with app.app_context():
        for text_id in taken:
            order[row(text_id).to_number].append(text_id)
    assert all(ids == sorted(ids) for ids in order.values())


@pytest.mark.parametrize("told", [State.sent, State.delivered, State.undelivered])
def test_what_the_provider_had_all_the_same_is_not_called_dropped(inside, told: State):
    """The answer to the first try was lost; before the second one the text was overtaken."""
    text = put()
    claim()
    assert settle(text, Outcome(State.dropped, error="no-longer-true"))
    assert not settle(text, Outcome(State.queued, error="503"), attempt=1)
    assert settle(text, Outcome(told, gateway="twilio", provider_id="SM1"))
    assert (state(text), row(text).provider_id) == (told, "SM1")
