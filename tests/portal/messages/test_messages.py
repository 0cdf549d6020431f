"""A message travels to the office, and its reply travels back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account import actions as account
from portal.actors import Actor, Assurance, Channel, Kind
from portal.database import db, transaction
from portal.messages import actions, desk_actions, queries
from portal.messages.models import Message
from portal.record import log, retention
from portal.record.models import Details
from portal.refusals import Refusal
from tests.people import Browser, Desk, People, Phone, StoppedClock, actor, again, recorded

WORDS = "My son starts school.\nلا أستطيع الحضور <b>😀</b>"


def test_a_message_is_written_read_and_replied_to(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    alex = Browser(app).sign_in(people.alex).follow("Messages").fill(words=WORDS).press("Send")
    assert alex.heading == "Your message is sent"
    alex.sees("We will reply by Monday 8 February 2027.", "Your receipt")
    alex.follow("Back to your messages").sees("Delivered. Nobody has read it yet.")
    Phone(app, "+447700900101").reads("Your message is kept.", "by Mon 8 Feb", "Ref ")

    clock_stopped.later(hours=3)
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees("Waits for a reply: 1", "Reply by Monday 8 February 2027", "Waiting 3 hours")
    desk.press("Open").sees(*WORDS.split("\n"), "Priya Shah opened it")
    alex = (
        Browser(app)
        .sign_in(people.alex)
        .open("/messages")
        .sees("Read on Monday 1 February 2027, midday.")
    )
    assert recorded(app, people.alex, "messages") == ["written", "read"]

    desk.fill(words="Tell us the school's times, please.").press("Send the reply")
    assert desk.heading == "Your reply is sent"
    assert Phone(app, "+447700900101").last.startswith("You have a reply. Ref ")
    alex.open("/").follow("Read the reply of your Jobcentre")
    alex.sees("Tell us the school's times, please.", "Replied on Monday 1 February 2027, midday.")
    assert alex.open("/").text.count("Read the reply") == 0
    desk.open("/staff").sees("Waits for a reply: 0")
    alex.open("/record").sees("Your Jobcentre replied to your message.")


def test_the_record_holds_no_words(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        actions.write(again(people.alex), "I am worried", by=actor(people.alex))
        actions.ask_for_call(again(people.alex), reason_code="plan", by=actor(people.alex))
    with app.app_context():
        assert not [b for b in db.session.scalars(sa.select(Details.body)) if "worried" in b]
        sealed = sa.select(sa.literal_column("words")).select_from(sa.table("messages_message"))
        assert "worried" not in db.session.execute(sealed).scalar_one()
        assert db.session.scalars(sa.select(Message)).one().words == "I am worried"
    with app.app_context(), transaction():
        retention.erase_record(people.alex.id)
    with app.app_context():
        assert db.session.scalars(sa.select(Message)).one().words == ""
        assert log.verify(people.alex.id) == []


def test_a_late_reply_is_said_plainly_and_comes_first(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        actions.write(again(people.stranger), "First", by=actor(people.stranger))
    clock_stopped.later(days=7)
    with app.app_context(), transaction():
        actions.write(again(people.alex), "Second", by=actor(people.alex))
    robin = Browser(app).sign_in(people.stranger).open("/messages")
    robin.sees("We will reply by Monday 8 February 2027.").does_not_see("late")
    clock_stopped.later(days=1)
    robin = Browser(app).sign_in(people.stranger).open("/messages")
    robin.sees("Our reply is late. It was due by Monday 8 February 2027.")
    desk = Desk(app).sign_in(people.coach).open("/staff/waiting/messages").sees("Overdue")
    assert desk.text.index("Robin Vale") < desk.text.index("Alex Morgan")
    desk.press("Open").sees("Your reply is late. It was due by Monday 8 February 2027.")
    desk.fill(words="Sorry.").press("Send the reply")
    Phone(app, "+447700900102").reads("It came late, and we are sorry.")
    robin.open("/record").sees("The reply was late. That was our doing, not yours.")


def test_a_second_press_sends_one_message_and_one_reply(app: Flask, people: People) -> None:
    alex = Browser(app).sign_in(people.alex).open("/messages").fill(words="Hello").press("Send")
    receipt = alex.path
    assert alex.again().path == receipt
    desk = Desk(app).sign_in(people.coach).open("/staff").press("Open")
    desk.fill(words="Hello to you").press("Send the reply")
    receipt = desk.path
    assert desk.again().path == receipt
    assert recorded(app, people.alex, "messages") == ["written", "read", "replied"]


def test_what_came_while_staff_wrote_still_waits(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        actions.write(again(people.alex), "One", by=actor(people.alex))
    desk = Desk(app).sign_in(people.coach).open("/staff").press("Open").fill(words="Reply to one")
    clock_stopped.later(minutes=1)
    with app.app_context(), transaction():
        actions.write(again(people.alex), "Two", by=actor(people.alex))
    desk.press("Send the reply")
    with app.app_context():
        assert [m.words for m in queries.waiting_of(again(people.alex))] == ["Two"]
    desk.open("/staff").sees("Waits for a reply: 1")


def test_two_members_of_staff_reply_once(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        entry = actions.write(again(people.alex), "One", by=actor(people.alex))
    desk = Desk(app).sign_in(people.coach).open("/staff").press("Open").fill(words="Mine")
    with app.app_context(), transaction():
        assert entry.about is not None
        desk_actions.reply(
            again(people.alex),
            "Theirs",
            staff=again(people.colleague),
            up_to=entry.about,
            by=actor(people.colleague),
        )
    desk.press("Send the reply", 409).sees("Somebody replied to this a moment ago.")


@pytest.mark.parametrize("length", [4001, 10_000])
def test_long_words_are_kept_and_measured(app: Flask, people: People, length: int) -> None:
    alex = Browser(app).sign_in(people.alex).open("/messages")
    alex.fill(words="a" * length).press("Send", 422)
    alex.sees(f"Use at most 4000 letters. You wrote {length}. Your words are still here.")
    assert alex.value("words") == "a" * length
    alex.fill(words=" \u202e\x00 ").press("Send", 422).sees("Write what you want to say.")
    assert recorded(app, people.alex, "messages") == []


def test_too_many_messages_in_a_day_are_told_to_call(app: Flask, people: People) -> None:
    alex = Browser(app).sign_in(people.alex)
    for number in range(30):
        alex.open("/messages").fill(words=f"Message {number}").press("Send")
    alex.open("/messages").fill(words="One more").press("Send", 422)
    alex.sees("You wrote many messages today.")
    assert alex.value("words") == "One more"


def test_nobody_writes_for_somebody_else(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        for by in (
            actor(people.alex, "nobody"),
            Actor(Kind.partner, None, Channel.api, Assurance.staff),
        ):
            with pytest.raises(Refusal, match="not-sure-enough"):
                actions.write(again(people.alex), "Hello", by=by)
        entry = actions.write(again(people.alex), "Hello", by=actor(people.alex, "text"))
    Browser(app).sign_in(people.stranger).open(f"/messages/sent/{entry.receipt}", 404)


def test_staff_write_down_a_message(app: Flask, people: People) -> None:
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}")
    desk.press("Write down a message").fill(words="She needs a bus pass.")
    desk.press("Record this for them").sees("This is recorded")
    Phone(app, "+447700900101").reads("Your message is kept.")
    alex = Browser(app).sign_in(people.alex).open("/record")
    alex.sees("Priya Shah at your Jobcentre wrote this down for you.")
    alex.open("/messages").sees("She needs a bus pass.")


def test_a_person_without_texts_is_told_of_the_reply_another_way(
    app: Flask, people: People
) -> None:
    with app.app_context(), transaction():
        entry = actions.write(again(people.alex), "Hello", by=actor(people.alex))
        account.stop_texts(again(people.alex), by=actor(people.alex, "text"))
        assert entry.about is not None
        desk_actions.reply(
            again(people.alex),
            "Hello",
            staff=again(people.coach),
            up_to=entry.about,
            by=actor(people.coach),
        )
    assert "reply" not in "".join(Phone(app, "+447700900101").received[1:])
    # That they want no texts, and what they were not told because of it.
    Desk(app).sign_in(people.coach).open("/staff").sees("Text not delivered: 2")
