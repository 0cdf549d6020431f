"""Versions of a commitment: accepted, replaced, compared, read in one's own language, proved."""

from __future__ import annotations

import hashlib
import threading
import time
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import languages
from portal.commitment import actions, compare, desk_actions, events, queries
from portal.commitment.compare import Part
from portal.commitment.drafting import PointWords
from portal.commitment.models import Point, Shown, State
from portal.commitment.said import wording
from portal.database import db, transaction
from portal.marking import mark
from portal.record import log, retention
from portal.refusals import Refusal
from tests.commitments import ARABIC, CV, LOOK, OFFICIAL, TYPED, accepted, draft, read_all, sent
from tests.people import Browser, People, actor, again


def test_the_old_one_stands_until_the_new_one_is_accepted(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        old = accepted(people.alex, people.coach, (LOOK,))
        new = sent(people.alex, people.coach, (LOOK, CV))
        assert (old.state, new.state) == (State.accepted, State.offered)
    alex = Browser(app).sign_in(people.alex).open("/commitment")
    alex.sees("The one before stays in force until you accept this one.")
    with app.app_context(), transaction():
        read_all(again(new), people.alex)
        actions.accept(again(new), language="en", review="reviewed", by=actor(people.alex))
    with app.app_context():
        assert (again(old).state, again(new).state) == (State.replaced, State.accepted)
        assert [v.number for v in queries.versions(again(people.alex))] == [2, 1]


def test_accepting_what_was_replaced_meanwhile_is_told_and_the_new_one_shown(
    app: Flask, people: People
) -> None:
    with app.app_context(), transaction():
        old = sent(people.alex, people.coach, (LOOK,))
        read_all(old, people.alex)
    alex = Browser(app).sign_in(people.alex).open(f"/commitment/{old.id}/accept")
    with app.app_context(), transaction():
        new = sent(people.alex, people.coach, (LOOK, TYPED))
    alex.press("Accept the commitment", 409)
    alex.sees("Nothing was recorded. There is a newer version of your commitment.")
    assert alex.heading.startswith("Read your new Claimant Commitment")
    alex.sees("Ring the nursery on Acorn Road.")
    alex.open(f"/commitment/{old.id}").sees("This version is no longer in force")
    with app.app_context():
        assert (again(old).state, again(new).state) == (State.replaced, State.offered)


def test_a_new_version_sent_at_the_same_moment_never_undoes_an_acceptance(
    app: Flask, people: People
) -> None:
    with app.app_context(), transaction():
        old = sent(people.alex, people.coach, (LOOK,))
        read_all(old, people.alex)
        new = draft(people.alex, people.coach, (LOOK, CV))
    said = threading.Event()

    def accept() -> None:
        with app.app_context(), transaction():
            actions.accept(again(old), language="en", review="reviewed", by=actor(people.alex))
            said.set()
            time.sleep(0.5)

    def offer() -> None:
        said.wait(30)
        with app.app_context(), transaction():
            found, coach = again(new), again(people.coach)
            desk_actions.offer(found, revision=found.revision, staff=coach, by=actor(coach))

    threads = [threading.Thread(target=each) for each in (accept, offer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with app.app_context():
        assert (again(old).state, again(new).state) == (State.accepted, State.offered)


def test_it_is_accepted_only_when_every_point_was_opened(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made = sent(people.alex, people.coach)
        with pytest.raises(Refusal, match="unread"):
            actions.accept(made, language="en", review="reviewed", by=actor(people.alex))
        for point in made.points[:-1]:
            actions.read(point, wording(point), by=actor(people.alex))
        with pytest.raises(Refusal, match="unread"):
            actions.accept(made, language="en", review="reviewed", by=actor(people.alex))
    alex = Browser(app).sign_in(people.alex).open(f"/commitment/{made.id}/accept")
    alex.sees("Open 1 more point, then you can accept.")
    assert "Accept the commitment" not in alex.buttons()


def test_nobody_else_reads_or_accepts_it(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made = sent(people.alex, people.coach)
        for door in ("nobody", "text"):
            with pytest.raises(Refusal, match="not-sure-enough"):
                actions.take_time(made, by=actor(people.alex, door))
    robin = Browser(app).sign_in(people.stranger)
    for path in ("", "/points/1", "/accept", "/print", "/changes", "/written-for-you"):
        robin.open(f"/commitment/{made.id}{path}", 404)


def test_what_was_shown_can_be_proved_word_for_word(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        made = sent(people.alex, people.coach, (LOOK,))
        read_all(made, people.alex)
        read_all(made, people.alex)
        read_all(made, people.alex, "ar")
    with app.app_context():
        rows = db.session.scalars(sa.select(Shown).order_by(Shown.language)).all()
        assert [row.language for row in rows] == ["ar", "en"], "once for each language"
        found = [log.event_of(e) for e in log.entries(people.alex.id, newest_first=False)]
        read = {e.language: e for e in found if isinstance(e, events.PointRead)}
        for row in rows:
            digest = hashlib.sha256(f"{row.language}\n{row.words}".encode()).hexdigest()
            assert read[row.language].wording == digest == row.wording
        assert OFFICIAL in rows[0].words
        assert read["ar"].review == "machine-drafted"
        assert read["en"].review == "reviewed"
        stored = db.session.execute(sa.text("SELECT words FROM commitment_shown")).scalars().all()
        assert not [words for words in stored if OFFICIAL in words], "sealed"


def test_words_go_with_the_record_and_the_chain_still_holds(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        accepted(people.alex, people.coach, (TYPED,), note="Private.", deductions=[("caring", 3)])
        retention.erase_record(people.alex.id)
    with app.app_context():
        point = db.session.scalars(sa.select(Point)).one()
        assert (point.words, point.why, point.official) == ("", "", "")
        assert db.session.scalars(sa.select(Shown.words)).one() == ""
        version = queries.versions(again(people.alex))[0]
        assert (version.note, version.deductions) == ("", [])
        assert log.verify(people.alex.id) == []


# What changed


def test_words_are_marked_one_by_one() -> None:
    before, after = compare.words("Apply for 5 jobs a week.", "Apply for 3 good jobs a week.")
    assert before == [
        (Part.same, "Apply for "),
        (Part.out, "5 "),
        (Part.same, "jobs a week."),
    ]
    assert after == [
        (Part.same, "Apply for "),
        (Part.new, "3 good "),
        (Part.same, "jobs a week."),
    ]


@pytest.mark.parametrize("texts", [("", ""), ("a", ""), ("", "b"), ("  a\n\nb ", "a b")])
def test_marked_words_are_the_words(texts: tuple[str, str]) -> None:
    before, after = compare.words(*texts)
    assert ("".join(w for _, w in before), "".join(w for _, w in after)) == texts


def test_a_sentence_in_two_languages_is_one_word() -> None:
    ours = [mark(f"Look for {what}.", f"Chwiliwch am {what}.", what) for what in ("work", "jobs")]
    before, after = compare.words(f"{ours[0]} Each week.", f"{ours[1]} Each week.")
    assert before == [(Part.out, f"{ours[0]} "), (Part.same, "Each week.")]
    assert after == [(Part.new, f"{ours[1]} "), (Part.same, "Each week.")]


def test_what_changed_is_shown_side_by_side(app: Flask, people: People) -> None:
    week = PointWords(code="apply", words="Five a week.", official=OFFICIAL)
    less = PointWords(code="apply", words="Three a week.", official=OFFICIAL)
    with app.app_context(), transaction():
        old = accepted(people.alex, people.coach, (LOOK, week, CV))
        staff = again(people.coach)
        from portal.commitment import desk_actions, drafting

        made = drafting.start(again(people.alex), staff=staff)
        apply, cv = made.points[1], made.points[2]
        drafting.put_point(made, less, point_id=apply.id, revision=made.revision, staff=staff)
        drafting.remove_point(made, cv.id, revision=made.revision, staff=staff)
        drafting.put_point(made, TYPED, revision=made.revision, staff=staff)
        frame = drafting.Frame(full_hours=35, pauses=[("meetings", date(2027, 3, 1))])
        drafting.save_frame(made, frame, revision=made.revision, staff=staff)
        desk_actions.offer(made, revision=made.revision, staff=staff, by=actor(people.coach))
        assert [p.kind for p in compare.pairs(old, made)] == ["same", "changed", "added", "removed"]
    alex = Browser(app).sign_in(people.alex).open("/commitment").follow("See what changed")
    alex.sees(
        "Point 1 is the same",
        "Point 2 has changed",
        "Point 3 is new",
        "The old point 3 is gone",
        "Meetings: paused until Monday 1 March 2027",
    )
    (out,) = [e for e in alex.page.all("del") if "Five" in "".join(e.itertext())]
    (new,) = [e for e in alex.page.all("ins") if "Three" in "".join(e.itertext())]
    assert "Taken out:" in "".join(out.itertext())
    assert "New:" in "".join(new.itertext())


# Languages


def test_typed_words_are_marked_as_not_translated_with_english_beside(
    app: Flask, people: People
) -> None:
    with app.app_context(), transaction():
        made = sent(people.alex, people.coach, (ARABIC, TYPED))
    alex = Browser(app).sign_in(people.alex).open(f"/commitment/{made.id}/points/1")
    alex.sees("Not translated.", ARABIC.english, ARABIC.words)
    marked = [e for e in alex.page.root.iter() if e.get("lang") == "ar" and e.tag == "span"]
    assert marked[0].get("dir") == "rtl"
    alex.open(f"/commitment/{made.id}/points/2").does_not_see("Not translated.")
    alex.post("/language", _language="ar", _next="/")
    here = alex.open(f"/commitment/{made.id}/points/1")
    with app.app_context(), languages.speaking("ar"):
        from flask_babel import gettext

        mark = gettext("Not translated. Staff wrote this in their own words.")
    here.does_not_see(mark)
    alex.open(f"/commitment/{made.id}/points/2").sees(mark, TYPED.words)


def test_where_a_computer_translated_the_last_day_is_in_english_too(
    app: Flask, people: People
) -> None:
    with app.app_context(), transaction():
        sent(people.alex, people.coach)
    alex = Browser(app).sign_in(people.alex)
    alex.post("/language", _language="cy", _next="/")
    alex.open("/commitment").sees("Accept it by the end of Monday 8 February 2027.")
