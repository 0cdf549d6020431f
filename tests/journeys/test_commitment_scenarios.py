"""Scenarios 18 and 25 of the facts, each ending as its product line says."""

from __future__ import annotations

from datetime import date

from flask import Flask

from portal.commitment import queries
from portal.database import transaction
from tests.commitments import CV, LOOK, draft, sent
from tests.people import Browser, Desk, People, Phone, again, work

HIDDEN = ("abuse", "fit note", "pause", "safety", "child", "ill")


def test_18_abuse_a_child_of_three_and_fit_notes(app: Flask, people: People) -> None:
    """The check lists easements that nobody used; contact is discreet; no text has a detail."""
    with app.app_context(), transaction():
        again(people.alex).discreet = True
    desk = Desk(app).sign_in(people.coach)
    for words, day in (
        ("Told us about abuse", ["25", "1", "2027"]),
        ("Main carer of a child", ["1", "12", "2023"]),
        ("Fit notes without a gap", ["20", "12", "2026"]),
    ):
        desk.open(f"/staff/people/{people.alex.id}/known").choose(words).fill(since=day)
        desk.press("Note this")
    with app.app_context(), transaction():
        made = draft(people.alex, people.coach, (LOOK, CV))
    desk.open(f"/staff/commitment/{made.id}/send")
    desk.sees(
        "Has this been offered?",
        "All points come off for 13 weeks from the day you tell them.",
        "Your hours should fit school time and the way to school.",
        "From day 29 your Jobcentre should ask for an assessment",
    )
    desk.press("Send it to them")
    work(app)

    alex = Browser(app).sign_in(people.alex).open("/commitment/pause")
    alex.choose("Somebody close hurts, controls or threatens me, or did in the last 6 months")
    alex.press("See the rules").sees(
        "Nothing should be asked of you for a time.",
        "I need the 13 weeks for safety. Please pause everything from today.",
    )
    alex.press("Send this to my work coach")
    desk.open("/staff").sees("Asked to change their commitment: 1").press("Open")
    desk.sees("All points come off for 13 weeks").fill(note="13 weeks, from today.").press("Agree")
    work(app)
    texts = [t for t in Phone(app, people.alex.mobile or "").received if "code" not in t]
    assert any("There is something new for you to read" in text for text in texts)
    assert any("There is an answer to what you asked." in text for text in texts)
    for text in texts:
        for word in (*HIDDEN, "Jobcentre", "Universal Credit", "Commitment"):
            assert word.lower() not in text.lower().replace("will", ""), (word, text)


def test_25_caring_for_her_mother_is_not_sickness(app: Flask, people: People) -> None:
    """A plain line says so, and a ready message asks for fewer hours, which then are written."""
    with app.app_context(), transaction():
        sent(people.alex, people.coach, (LOOK,))
    alex = Browser(app).sign_in(people.alex).open("/commitment")
    alex.follow("Is there a pause or fewer hours for me?")
    alex.choose("I care for somebody else, like a parent").press("See the rules").sees(
        "Fewer hours should be asked of you.",
        "Caring is not sickness. A fit note proves illness, so you do not need one for caring.",
        "I look after somebody, so I ask for fewer hours. I am not ill myself.",
    )
    alex.press("Send this to my work coach").sees("Your receipt")
    desk = Desk(app).sign_in(people.coach).open("/staff").press("Open")
    desk.fill(note="15 hours less, from now on.").press("Agree")
    desk.open(f"/staff/people/{people.alex.id}/commitment").press("Start a new version")
    desk.fill(full_hours="35", less_caring="15").press("Save").press("Look at it and send it")
    desk.press("Send it to them")
    alex.open("/commitment").sees("20 hours a week", "Less 15 hours: Caring for somebody")
    with app.app_context():
        half = queries.half(again(people.alex))
        assert half.offered is not None
        assert half.offered.hours == 20
        assert half.offered.accept_by == date(2027, 2, 8)
