"""Long texts that reach us in parts: put together, out of order, twice, or never (sms.md 4, 9)."""

from __future__ import annotations

import random

import pytest
import sqlalchemy as sa

from notifications import arrivals, inbound, parts, segments
from notifications.conversation.limits import PART
from notifications.gateways.base import Inbound
from notifications.models import InboundText
from portal.database import db, new_id, transaction
from portal.messages import queries
from tests.notifications.dialogues import Talk
from tests.people import People, again

STORY = (
    "I have been waiting for the help with my fares since October and nobody has told me what "
    "happens next. I went to the office on Monday and again on Thursday, and both times I was "
    "told to write instead. That is why I am writing to you now. Please tell me who decides."
)


def cut(text: str, size: int = 153) -> list[str]:
    """The parts in which a phone sends a long text."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def arrives(talk: Talk, body: str, part: int = 0, of: int = 0, ref: str = "7") -> None:
    """A part arrives, with its number where the provider gives it."""
    text = Inbound(
        new_id().hex, talk.number, body=body, part_of=ref if of else "", part=part, parts=of
    )
    with talk.app.app_context(), transaction():
        arrivals.keep_inbound("local", text)


def numbered(talk: Talk, bodies: list[str], order: list[int]) -> None:
    for place in order:
        arrives(talk, bodies[place], place + 1, len(bodies))
        talk.time.later(seconds=1)


def read(talk: Talk) -> list[tuple[str, str, bool]]:
    """What was made of each text, the parts that were put together left out."""
    with talk.app.app_context():
        rows = db.session.scalars(
            sa.select(InboundText).where(InboundText.outcome != PART).order_by(InboundText.id)
        )
        return [(row.body, row.outcome, row.whole) for row in rows]


def waiting(talk: Talk) -> int:
    with talk.app.app_context():
        open_ones = InboundText.handled_at.is_(None)
        return len(db.session.scalars(sa.select(InboundText.id).where(open_ones)).all())


class TestByLength:
    """The provider says nothing: a full part goes on in what comes within 20 seconds."""

    def test_parts_are_read_as_one_text(self, talk: Talk):
        for body in cut(STORY):
            arrives(talk, body)
            talk.time.later(seconds=3)
        talk.settles()
        assert [body for body, _outcome, _whole in read(talk)] == [STORY]

    @pytest.mark.parametrize("size", [153, 160])
    def test_a_full_part_waits_for_the_rest(self, talk: Talk, size: int):
        arrives(talk, STORY[:size])
        talk.settles()
        assert waiting(talk) == 1
        talk.time.later(seconds=25)
        talk.settles()
        assert [body for body, _outcome, _whole in read(talk)] == [STORY[:size]]

    def test_parts_in_another_alphabet(self, talk: Talk):
        text = "أنتظر المساعدة في أجرة المواصلات منذ أكتوبر ولم يخبرني أحد بما سيحدث بعد ذلك. " * 2
        for body in cut(text, 67):
            arrives(talk, body)
            talk.time.later(seconds=2)
        talk.settles()
        assert [body for body, _outcome, _whole in read(talk)] == [text]

    @pytest.mark.parametrize(
        "body", ["1", "next", "I am late today", STORY[: 152 - 1], STORY[:154]]
    )
    def test_an_ordinary_text_never_waits(self, talk: Talk, body: str):
        arrives(talk, body)
        with talk.app.app_context():
            assert inbound.step()
        assert waiting(talk) == 0

    def test_what_comes_later_is_another_text(self, talk: Talk):
        arrives(talk, STORY[:153])
        talk.time.later(seconds=20)
        arrives(talk, "next")
        talk.settles()
        assert [body for body, _outcome, _whole in read(talk)] == [STORY[:153], "next"]

    def test_stop_right_after_a_long_text_is_stop(self, talk: Talk):
        talk.says("message")
        arrives(talk, STORY[:153])
        talk.time.later(seconds=5)
        arrives(talk, "STOP")
        talk.settles()
        assert talk.happened() == ["texts_stopped"]

    def test_done_right_after_a_long_text_is_done(self, talk: Talk):
        talk.says("message")
        arrives(talk, STORY[:160])
        talk.time.later(seconds=5)
        arrives(talk, "done")
        talk.settles().hears("Texts kept: 1")

    def test_the_last_letters_of_a_long_text_answer_nothing(self, talk: Talk):
        """ "…at 11" may be cut before its last digit."""
        visit = talk.offered()
        arrives(talk, "I can come " + "x" * 142)
        talk.time.later(seconds=2)
        arrives(talk, "1")
        talk.settles()
        assert talk.answer(visit) == "none"

    def test_another_phone_is_another_text(self, talk: Talk, people: People):
        other = Talk(talk.app, talk.time, people.stranger)
        arrives(talk, STORY[:153])
        arrives(other, "next")
        talk.settles()
        assert other.outcomes() == ["next"]

    def test_danger_across_a_cut_is_heard(self, talk: Talk):
        first = ("x" * 200 + " i want to kill")[-153:]
        arrives(talk, first)
        talk.time.later(seconds=2)
        arrives(talk, "myself and that is all there is")
        talk.settles()
        assert talk.happened() == ["concern_raised"]


class TestByNumber:
    """The provider numbers the parts."""

    @pytest.mark.parametrize("order", [[0, 1], [1, 0]])
    def test_out_of_order(self, talk: Talk, order: list[int]):
        numbered(talk, cut(STORY, 140), order)
        talk.settles()
        assert read(talk)[0][0] == STORY

    def test_parts_wait_for_each_other_whatever_their_length(self, talk: Talk):
        arrives(talk, "I can", 1, 2)
        talk.settles()
        assert waiting(talk) == 1
        arrives(talk, " come", 2, 2)
        with talk.app.app_context():
            assert inbound.step()
        assert waiting(talk) == 0
        assert read(talk)[0][0] == "I can come"

    def test_a_part_that_comes_twice_is_read_once(self, talk: Talk):
        arrives(talk, "I can", 1, 2)
        arrives(talk, "I can", 1, 2)
        arrives(talk, " come", 2, 2)
        talk.settles()
        assert [body for body, _outcome, _whole in read(talk)] == ["I can come"]

    def test_a_part_that_never_comes_leaves_nothing_to_act_on(self, talk: Talk):
        visit = talk.offered()
        arrives(talk, "1", 2, 2)
        talk.time.later(seconds=25)
        talk.settles()
        assert talk.answer(visit) == "none"
        assert read(talk)[0][2] is False
        talk.hears("Nothing has changed")

    def test_a_part_that_comes_too_late_is_kept(self, talk: Talk):
        talk.says("message")
        arrives(talk, "I can", 1, 2)
        talk.time.later(seconds=30)
        talk.settles()
        arrives(talk, " come", 2, 2)
        talk.time.later(seconds=30)
        talk.settles().says("done").hears("Texts kept: 2")

    def test_stop_counts_even_in_a_part(self, talk: Talk):
        arrives(talk, "STOP", 1, 2)
        talk.time.later(seconds=25)
        talk.settles()
        assert talk.happened() == ["texts_stopped"]

    def test_texts_with_other_numbers_do_not_mix(self, talk: Talk):
        arrives(talk, "one ", 1, 2, ref="1")
        arrives(talk, "three ", 1, 2, ref="2")
        arrives(talk, "two", 2, 2, ref="1")
        arrives(talk, "four", 2, 2, ref="2")
        talk.settles()
        assert [body for body, _outcome, _whole in read(talk)] == ["one two", "three four"]

    def test_a_number_that_is_used_again_is_another_text(self, talk: Talk):
        arrives(talk, "one ", 1, 2)
        talk.time.later(minutes=11)
        arrives(talk, "two", 2, 2)
        talk.time.later(minutes=1)
        talk.settles()
        assert [body for body, _outcome, _whole in read(talk)] == ["one ", "two"]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_order_all_parts_of_a_long_text_come_in(talk: Talk, seed: int):
    """1,600 characters in eleven parts, some of them twice: one text, as it was written."""
    chance = random.Random(seed)
    text = "".join(chance.choice("abcdefghij klmnop,.") for _ in range(1600))
    bodies = cut(text)
    order = [*range(len(bodies)), *chance.sample(range(len(bodies)), 3)]
    chance.shuffle(order)
    numbered(talk, bodies, order)
    talk.time.later(seconds=25)
    talk.settles()
    assert [body for body, _outcome, _whole in read(talk)] == [text]
    assert waiting(talk) == 0


def test_a_message_of_1600_characters_is_sent_whole(talk: Talk):
    talk.says("message").says((STORY * 7)[:1600]).says((STORY * 7)[:1600]).says("b" * 1600)
    talk.says("done").hears("Texts kept: 3").says("1")
    assert talk.happened() == ["written", "written"], "4,000 characters are the most of one message"
    with talk.app.app_context():
        kept = queries.waiting_of(again(talk.person))
        assert sum(len(each.words) for each in kept) >= 4800


@pytest.mark.parametrize(
    ("body", "full"),
    [
        ("x" * 160, True), ("x" * 153, True), ("x" * 151 + "€", True), ("x" * 152, True),
        ("x" * 151, False), ("x" * 161, False), ("ж" * 70, True), ("ж" * 67, True),
        ("ж" * 65 + "👍", True), ("ж" * 71, False), ("x" * 67, False), ("", False), ("1", False),
    ],
)  # fmt: skip
def test_what_fills_a_part(body: str, full: bool):
    assert parts.is_full(body) is full, segments.measure(body)


def test_a_command_texts_in_parts_for_a_script(talk: Talk):
    def receives(*args: str) -> str:
        return talk.app.test_cli_runner().invoke(args=["sms", "receive", *args]).output

    number = ("--from", talk.number)
    assert "Kept." in receives(*number, "--part", "2/2", " come")
    assert "Kept." in receives(*number, "--part", "1/2", "I can")
    talk.settles()
    assert read(talk)[0][0] == "I can come"
    for wrong in ("3/2", "x", "0/2", "1/100"):
        assert "A part is written like 2/3." in receives(*number, "--part", wrong, "no")
