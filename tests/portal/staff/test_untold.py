"""People whom texts do not reach: what is noted about them, and how staff tell them instead."""

from __future__ import annotations

import pytest
from flask import Flask

from notifications.models import Notification, State
from portal.account import actions as account
from portal.account import delivery_actions, phone_actions, queries, ways
from portal.account.models import Claimant, Way
from portal.actors import Actor
from portal.appointments import office_actions
from portal.database import db, transaction
from portal.refusals import Refusal
from tests.people import Desk, People, StoppedClock, actor, again, appointment, work


def note(people: People, **more: object) -> None:
    values: dict[str, object] = {"homeless": False, "no_phone": False, "helper": "", "way": None}
    with transaction():
        delivery_actions.choose_reach(
            again(people.alex),
            by=actor(people.coach),
            **(values | more),  # type: ignore[arg-type]
        )


def person(**more: object) -> Claimant:
    values: dict[str, object] = {
        "mobile": "+447700900101",
        "way": Way.text,
        "homeless": False,
        "no_phone": False,
        "helper": "",
    }
    return Claimant(**(values | more))


@pytest.mark.parametrize(
    ("facts", "way"),
    [
        ({}, Way.call),
        ({"mobile": None}, Way.letter),
        ({"homeless": True}, Way.slip),
        ({"homeless": True, "helper": "Sam"}, Way.helper),
        ({"no_phone": True}, Way.letter),
        ({"no_phone": True, "homeless": True}, Way.slip),
        ({"no_phone": True, "helper": "Sam"}, Way.helper),
        ({"way": Way.letter}, Way.letter),
        ({"way": Way.call}, Way.call),
        ({"way": Way.call, "no_phone": True}, Way.letter),
        ({"way": Way.helper, "helper": "Sam"}, Way.helper),
        ({"way": Way.helper, "helper": ""}, Way.call),
        ({"way": Way.slip}, Way.slip),
        ({"number_suspended_at": 1}, Way.call),
        ({"number_disowned_at": 1}, Way.letter),
        ({"texts_unsafe_at": 1}, Way.letter),
        ({"texts_unsafe_at": 1, "homeless": True}, Way.slip),
    ],
)
def test_the_next_way_never_is_one_that_cannot_reach_them(facts: dict, way: Way) -> None:
    assert ways.other(person(**facts)) is way


def test_without_a_home_or_a_phone_another_way_is_the_usual_one(app: Flask, people: People) -> None:
    with app.app_context():
        note(people, homeless=True)
        assert again(people.alex).way is Way.slip
        note(people, homeless=True, helper="Sam, 0113 496 0222")
        assert again(people.alex).way is Way.helper
        note(people, homeless=True, helper="Sam, 0113 496 0222", way=Way.text)
        assert again(people.alex).way is Way.text, "they want texts all the same"
        note(people)
        assert again(people.alex).way is Way.text


@pytest.mark.parametrize(
    "facts",
    [{"way": Way.helper}, {"way": Way.call, "no_phone": True}, {"way": Way.text, "no_phone": True}],
)
def test_a_way_that_cannot_reach_them_is_refused(
    app: Flask, people: People, facts: dict[str, object]
) -> None:
    with app.app_context():
        with pytest.raises(Refusal):
            note(people, **facts)
        assert again(people.alex).way is Way.text


def test_saying_it_twice_records_it_once(app: Flask, people: People) -> None:
    with app.app_context():
        note(people, homeless=True)
        with transaction():
            entry = delivery_actions.choose_reach(
                again(people.alex),
                homeless=True,
                no_phone=False,
                helper=" ",
                way=None,
                by=Actor.system(),
            )
        assert entry is None


def test_whoever_has_no_phone_gets_no_text_and_staff_have_its_words(
    app: Flask, people: People
) -> None:
    with app.app_context():
        note(people, no_phone=True)
        with transaction():
            again(people.alex).language = "cy"
            visit = appointment(again(people.alex))
            office_actions.call_off(again(visit), why="", by=actor(people.coach))
    work(app)
    with app.app_context():
        assert (
            db.session.query(Notification).filter(Notification.state != State.dropped).all() == []
        )
        tasks = queries.undelivered_to(people.alex.id)
        assert {task.what for task in tasks} >= {"appointments.called_off"}
        told = next(task for task in tasks if task.what == "appointments.called_off")
        assert told.language == "cy"
        assert told.words


def test_a_text_to_say_they_have_a_phone_after_all(app: Flask, people: People) -> None:
    with app.app_context():
        note(people, no_phone=True)
        with transaction():
            account.choose_way(again(people.alex), Way.text, by=actor(people.alex))
        assert not again(people.alex).no_phone
        assert queries.may_text(again(people.alex))


def test_it_is_noted_at_the_desk(app: Flask, people: People, desk: Desk) -> None:
    desk.open(f"/staff/people/{people.alex.id}/reach")
    desk.fill(homeless="y", helper="Sam at the shelter, 0113 496 0222", way="").press("Save")
    desk.open(f"/staff/people/{people.alex.id}")
    desk.sees("Through their helper", "Sam at the shelter, 0113 496 0222", "None where letters")
    with app.app_context():
        assert again(people.alex).way is Way.helper


def test_what_cannot_be_says_so_and_keeps_what_was_typed(
    app: Flask, people: People, desk: Desk
) -> None:
    desk.open(f"/staff/people/{people.alex.id}/reach")
    desk.fill(homeless="y", way="helper").press("Save", 422)
    desk.sees("Write who is told for them, and how.")
    with app.app_context():
        assert not again(people.alex).homeless


def test_nobody_of_another_office_sees_or_settles_it(app: Flask, people: People) -> None:
    with app.app_context():
        with transaction():
            account.needs_telling(
                again(people.alex), what="messages.reply", regarding=None, words="A reply"
            )
        task = queries.undelivered_to(people.alex.id)[0].id
    theirs = Desk(app)
    theirs.sign_in(people.other_coach)
    for page in (f"/staff/untold/{task}", f"/staff/people/{people.alex.id}/reach"):
        theirs.open(page, 404)


def test_the_words_are_printed_in_the_persons_language(
    app: Flask, people: People, desk: Desk, clock_stopped: StoppedClock
) -> None:
    with app.app_context():
        note(people, no_phone=True)
        with transaction():
            alex = again(people.alex)
            alex.language = "ar"
            visit = appointment(alex)
            account.needs_telling(
                alex, what="appointments.offer", regarding=visit.id, words="1 = x", language="ar"
            )
            account.needs_telling(
                alex, what="messages.reply", regarding=None, words="لديك رد.", language="ar"
            )
        tasks = {task.what: task.id for task in queries.undelivered_to(people.alex.id)}
    desk.open(f"/staff/untold/{tasks['messages.reply']}")
    slip = desk.page.one("section")
    assert (slip.get("lang"), slip.get("dir")) == ("ar", "rtl")
    desk.sees("Print this and send it by post.", "لديك رد.", "Alex Morgan")
    desk.open(f"/staff/untold/{tasks['appointments.offer']}")
    desk.does_not_see("1 = x")  # Paper has no reply button.
    desk.sees("12 Park Row")
    desk.press("I have told them")
    with app.app_context():
        assert [t.what for t in queries.undelivered_to(people.alex.id)] == ["messages.reply"]
        done = queries.untold(tasks["appointments.offer"], people.office.id)
        assert done is not None
        assert done.words == ""


def test_the_list_says_what_to_do_and_what_is_not_known(
    app: Flask, people: People, desk: Desk
) -> None:
    with app.app_context(), transaction():
        delivery_actions.text_may_not_have_arrived(
            again(people.alex),
            what="messages.reply",
            regarding=None,
            number="+447700900101",
            text_id=1,
            words="A reply",
            language="en",
        )
    desk.open("/staff")
    desk.sees("It may not have arrived.", "Call them.")


def test_their_own_record_says_it_plainly_and_names_no_mark(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    from portal.history.words import sentence_of
    from portal.record import log

    with app.app_context():
        note(people, homeless=True)
        said = sentence_of(log.entries(people.alex.id)[0])
    assert said == "Your Jobcentre noted with you: we print things for you at the Jobcentre."


def test_a_reply_to_a_number_that_is_not_safe_any_more_is_not_sent(
    app: Flask, people: People
) -> None:
    """Queued a moment before staff heard that texts could put them in danger."""
    from notifications import sender
    from tests.notifications.sending import put, state

    with app.app_context():
        text = put(claimant_id=people.alex.id, kind="conversation.reply")
        with transaction():
            phone_actions.note_texts_unsafe(again(people.alex), True, by=actor(people.coach))
        while sender.step():
            pass
        assert state(text) is State.dropped


def test_words_go_after_four_weeks_or_once_they_are_told(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    from portal.record import retention

    with app.app_context():
        with transaction():
            account.needs_telling(
                again(people.alex), what="messages.reply", regarding=None, words="A reply"
            )
        clock_stopped.later(days=27)
        with transaction():
            retention.sweep()
        assert queries.undelivered_to(people.alex.id)[0].words
        clock_stopped.later(days=2)
        with transaction():
            retention.sweep()
        assert queries.undelivered_to(people.alex.id)[0].words == ""


def test_what_they_texted_can_be_read_where_a_person_is_to_look(
    app: Flask, people: People, desk: Desk, clock_stopped: StoppedClock
) -> None:
    from tests.notifications.dialogues import Talk

    phone = Talk(app, clock_stopped, people.alex)
    for words in ("florble", "florble bramble", "grizzle frump"):
        phone.says(words)
    assert "A person will look at your text" in phone.last or phone.tasks()
    desk.open("/staff")
    desk.sees("They texted something we could not read. Ask what they need.")
    with app.app_context():
        (task,) = queries.undelivered_to(people.alex.id)
        found = task.id
    desk.open(f"/staff/untold/{found}")
    desk.sees("They texted:", "florble bramble", "grizzle frump")
    desk.press("I have told them")
    with app.app_context():
        done = queries.untold(found, people.office.id)
        assert done is not None
        assert done.heard == ""


def test_what_somebody_texts_after_stop_is_kept_with_the_task_up_to_a_length(
    app: Flask, people: People, clock_stopped: StoppedClock
) -> None:
    from tests.notifications.dialogues import Talk

    phone = Talk(app, clock_stopped, people.alex).says("stop").says("are you there")
    for _ in range(15):
        phone.says("x" * 150)
    with app.app_context():
        (task,) = [t for t in queries.undelivered_to(people.alex.id) if "inbound" in t.what]
        assert task.heard.startswith("are you there\nxxx")
        assert len(task.heard) == account.LONGEST_HEARD
