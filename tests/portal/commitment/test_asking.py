"""Asking to change a point, for a pause, for a second opinion: asked, seen, agreed or refused."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account.models import TypedText
from portal.commitment import ask_actions, desk_actions, easements, queries, rules
from portal.commitment.models import Decision, Request
from portal.commitment.reasons import REASONS
from portal.database import db, transaction
from portal.record.models import Details
from portal.refusals import Refusal
from tests.commitments import CV, LOOK, TYPED, accepted, sent
from tests.people import Browser, Desk, People, Phone, StoppedClock, actor, again

WORDS = "Meine Mutter braucht mich.\nأعتني بأمي"


def one(app: Flask, people: People) -> Request:
    with app.app_context():
        return queries.requests(again(people.alex))[0]


def test_asked_seen_refused_and_looked_at_by_somebody_else(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    with app.app_context(), transaction():
        made = accepted(people.alex, people.coach, (LOOK, CV))
    alex = Browser(app).sign_in(people.alex).open(f"/commitment/{made.id}/points/1")
    alex.press("Ask to change this point").sees("The point stands until your Jobcentre agrees.")
    alex.choose("I care for somebody").fill(words=WORDS, instead="15 hours")
    alex.press("Ask to change it").sees("A work coach answers by Monday 8 February 2027.")
    Phone(app, "+447700900101").reads("You asked for a change.", "by Mon 8 Feb")
    alex.press("See where it stands").sees(
        "They have not seen it yet.",
        "I care for somebody. I am not ill, so please do not ask for a fit note.",
        "15 hours",
    )
    desk = Desk(app).sign_in(people.coach).open("/staff")
    desk.sees("Asked to change their commitment: 1").press("Open")
    desk.sees(*WORDS.split("\n"), "15 hours", "I care for somebody")
    alex.open(f"/commitment/requests/{one(app, people).id}").sees("They have seen it.")
    desk.press("Say no").press("Say no", 422).fill(why="There are jobs at these hours.")
    desk.press("Say no").sees("They can ask another work coach.")
    Phone(app, "+447700900101").reads("Not agreed: the change you asked for.")
    assert "jobs at these hours" not in Phone(app, "+447700900101").last
    alex.open(alex.path).sees("They did not agree.", "There are jobs at these hours.")
    alex.press("Ask for a second opinion").sees("Your receipt")
    desk.open("/staff").sees("Asked for a second opinion: 1").press("Open")
    desk.sees("You gave the first answer. Another work coach must give this one.")
    assert "Agree" not in desk.buttons()
    with app.app_context(), transaction():
        second = (
            queries.second_opinion(again(one(app, people)))
            or queries.requests(again(people.alex))[0]
        )
        with pytest.raises(Refusal, match="same-coach"):
            desk_actions.agree(second, staff=again(people.coach), by=actor(people.coach))
    tom = Desk(app).sign_in(people.colleague).open("/staff").press("Open")
    tom.sees("The first answer", "There are jobs at these hours.")
    tom.fill(note="15 hours it is.").press("Agree")
    Phone(app, "+447700900101").reads("Agreed: the change you asked for.", "the old one stands")
    alex.open(f"/commitment/requests/{one(app, people).id}").sees("15 hours it is.", "They agreed.")


def test_the_record_and_the_texts_hold_no_reason(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made = accepted(people.alex, people.coach, (LOOK,))
        ask_actions.ask_for_change(
            made.points[0], reason="abuse", words="He found me.", by=actor(people.alex)
        )
        ask_actions.ask_for_pause(again(people.alex), ["abuse", "homeless"], by=actor(people.alex))
    texts = "\n".join(Phone(app, "+447700900101").received)
    with app.app_context():
        bodies = "\n".join(db.session.scalars(sa.select(Details.body)))
        kept = db.session.execute(sa.text("SELECT reason, words FROM commitment_request")).all()
    for word in ("abuse", "homeless", "found me"):
        assert word not in texts
        assert word not in bodies
        assert word not in str(kept), "sealed"


def test_saying_it_twice_asks_once(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made, by = accepted(people.alex, people.coach, (LOOK,)), actor(people.alex)
        first = ask_actions.ask_for_change(made.points[0], reason="travel", by=by)
        again_ = ask_actions.ask_for_change(made.points[0], reason="travel", by=by)
        assert again_.receipt == first.receipt
        with pytest.raises(Refusal, match="asked-already"):
            ask_actions.ask_for_change(made.points[0], reason="health", by=by)
    alex = Browser(app).sign_in(people.alex).open(f"/commitment/{made.id}/points/1")
    alex.follow("You asked to change this point. See where it stands.").press("Take this back")
    assert alex.again().heading == "You took it back"
    assert one(app, people).decision is Decision.withdrawn


def test_a_point_that_is_gone_is_told(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        old = sent(people.alex, people.coach, (LOOK, CV))
    alex = Browser(app).sign_in(people.alex).open(f"/commitment/{old.id}/points/2/ask")
    with app.app_context(), transaction():
        sent(people.alex, people.coach, (LOOK, TYPED))
    alex.fill(words="Too much.").press("Ask to change it", 422)
    alex.sees("Nothing was recorded. This point is no longer in your commitment.")
    assert alex.value("words") == "Too much."


def test_five_thousand_letters_stay_in_the_box(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made = accepted(people.alex, people.coach, (LOOK,))
    alex = Browser(app).sign_in(people.alex).open(f"/commitment/{made.id}/points/1/ask")
    long = "مرحبا " * 833 + "xx"
    assert len(long) == 5000
    alex.fill(words=long).press("Ask to change it", 422)
    alex.sees("Use at most 2000 letters. You wrote 5000. Your words are still here.")
    assert alex.value("words") == long
    with app.app_context(), transaction(), pytest.raises(Refusal, match="words"):
        ask_actions.ask_for_change(again(made).points[0], words=long, by=actor(people.alex))


def test_a_late_reply_is_our_doing(app: Flask, people: People, clock_stopped: StoppedClock) -> None:
    with app.app_context(), transaction():
        made = accepted(people.alex, people.coach, (LOOK,))
        ask_actions.ask_for_change(made.points[0], by=actor(people.alex))
    clock_stopped.later(days=8)
    alex = Browser(app).sign_in(people.alex).open(f"/commitment/requests/{one(app, people).id}")
    alex.sees("Our reply is late: it was due on Monday 8 February 2027. That is our doing")
    Desk(app).sign_in(people.coach).open("/staff").sees("Overdue")


# Is there a pause or lower hours for me?


def test_nothing_that_is_ticked_is_kept_until_it_is_sent(app: Flask, people: People) -> None:
    alex = Browser(app).sign_in(people.alex).open("/commitment/pause")
    alex.choose("I care for somebody else, like a parent")
    alex.choose("I have no home, or I am about to lose it").press("See the rules")
    alex.sees(
        "Caring is not sickness.",
        "I look after somebody, so I ask for fewer hours. I am not ill myself.",
        "Usually all points are paused",
        "Only your Jobcentre decides.",
        "We last checked it on Saturday 21 November 2026.",
    )
    assert "carer" not in alex.path
    with app.app_context():
        assert queries.requests(again(people.alex)) == []
    before = Phone(app, "+447700900101").received
    alex.press("Send this to my work coach").sees("Your receipt")
    assert one(app, people).reason == "carer homeless"
    (text,) = Phone(app, "+447700900101").received[len(before) :]
    assert "You asked for a change." in text
    for word in ("care", "home", "pause"):
        assert word not in text.lower()
    desk = Desk(app).sign_in(people.coach).open("/staff").press("Open")
    desk.sees("I care for somebody else, like a parent", "Usually all points are paused")


def test_ticks_are_not_kept_when_the_visit_has_ended(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    alex = Browser(app).sign_in(people.alex).open("/commitment/pause")
    alex.choose("I have no home, or I am about to lose it").press("See the rules")
    alex.choose("I have no home, or I am about to lose it").fill(private_words="My secret")
    clock_stopped.later(minutes=30)
    alex.press("See the rules")
    with app.app_context():
        kept = db.session.scalars(sa.select(TypedText)).all()
        assert "secret" not in "".join(row.fields for row in kept)
        assert "homeless" not in "".join(row.fields for row in kept)


def test_the_language_can_be_changed_without_losing_what_is_ticked(
    app: Flask, people: People
) -> None:
    alex = Browser(app).sign_in(people.alex).open("/commitment/pause")
    assert not alex.page.all("script")
    alex.choose("I am ill now")
    alex.press("Cymraeg")
    ticked = [e for e in alex.page.all("input") if "checked" in e.attrib]
    assert [e.get("value") for e in ticked] == ["sick"]
    with app.app_context():
        assert db.session.scalars(sa.select(TypedText)).all() == []


def test_every_rule_has_its_source_and_every_reason_its_sentence() -> None:
    assert len(easements.sources()) >= 20
    for answer in easements.answers(easements.sources()):
        assert answer.effect.english
    wanted = "health caring school_hours abuse homelessness bereavement training work religion"
    assert set(REASONS) == {*wanted.split(), "travel", "other"}
    assert set(rules._BY_ITSELF.values()) <= set(easements.sources())
