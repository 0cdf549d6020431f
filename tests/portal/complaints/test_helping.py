"""Somebody else writes a complaint with the person's consent: they see only the form, and the
person sends it."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.complaints import helper_actions
from portal.complaints.models import Complaint, HelperLink
from portal.database import transaction
from portal.refusals import Refusal
from tests.people import Browser, People, actor, again
from tests.portal.complaints.helping import NAME, begun, events_of, is_over, link_of, rows

SECRETS = ("Alex", "Morgan", "900101", "Priya", "Leeds", NAME)


def test_the_helper_writes_and_the_person_sends(
    app: Flask, people: People, person: Browser
) -> None:
    link = link_of(person)
    assert events_of(app, people) == ["helper_asked"]
    helper = begun(app, link).sees("The complaint of the person you help")
    overview = helper.path
    helper.press("Write") if "Write" in helper.buttons() else helper.open(f"{overview}/kind")
    helper.choose("Something took too long, or never happened").press("Continue")
    helper.fill(what="They told her two days.").press("Continue")
    for _page in ("when", "who", "effect", "right"):
        helper.press("Continue")
    helper.sees("They told her two days.", "Something took too long").press("I have finished")
    helper.sees("Thank you for helping")
    is_over(helper, overview)
    assert events_of(app, people) == ["helper_asked", "helper_ended"]
    person.open("/complaints").sees(f"{NAME} has finished. Read it")
    person.open("/complaints/new/what").fill(what="They told me two days.").press("Continue")
    person.open("/complaints/new/check").sees(f"{NAME} wrote it for you.", "They told me two days.")
    person.press("Send the complaint").sees("Somebody wrote it for you, and you agreed to that.")
    (sent,) = rows(app, Complaint)
    assert (sent.helper, sent.what) == (NAME, "They told me two days.")
    assert rows(app, HelperLink) == []


def test_ended_between_page_and_button_nothing_is_kept(
    app: Flask, people: People, person: Browser
) -> None:
    link_of(person)
    with app.app_context(), transaction():
        link = helper_actions.helping(again(people.alex))
        assert link is not None
        helper_actions.end(link, by=actor(people.alex))
        with pytest.raises(Refusal):
            helper_actions.keep(link, {"what": "Too late"}, seen="")


def test_they_see_the_form_and_nothing_else(app: Flask, people: People, person: Browser) -> None:
    person.open("/complaints/new/contact").fill(contact_note="Never at home").press("Continue")
    helper = begun(app, link_of(person))
    overview = helper.path
    helper.does_not_see(*SECRETS, "Never at home")
    for name in ("kind", "what", "when", "who", "effect", "right"):
        helper.open(f"{overview}/{name}").does_not_see(*SECRETS, "Sign out")
        assert helper.response.headers["Referrer-Policy"] == "no-referrer"
        assert helper.response.headers["Cache-Control"] == "no-store"
        assert str(people.alex.id) not in helper.response.text
    for name in ("about", "contact", "hidden", "whom", "check", "drop"):
        helper.open(f"{overview}/{name}", 404)
    for path in ("/complaints", "/complaints/new/what", "/record", "/messages"):
        helper.open(path, None)
        assert helper.path == "/sign-in", path
    is_over(Browser(app), overview)


def test_two_people_helped_in_one_browser_stay_apart(
    app: Flask, people: People, person: Browser
) -> None:
    stranger = Browser(app).sign_in(people.stranger)
    adviser = Browser(app)
    pages = []
    for link in (link_of(person), link_of(stranger)):
        pages.append(adviser.open(link).press("Begin here").path)
    adviser.open(f"{pages[0]}/what").fill(what="For the first").press("Continue")
    adviser.open(pages[1]).does_not_see("For the first")
    adviser.open(pages[0]).sees("For the first")


def test_what_the_person_changed_meanwhile_is_not_lost(app: Flask, person: Browser) -> None:
    helper = begun(app, link_of(person))
    helper.open(f"{helper.path}/what")
    person.open("/complaints/new/what").fill(what="My own words").press("Continue")
    helper.fill(what="Their words").press("Continue", 422)
    helper.sees("Somebody changed this page while you wrote.", "My own words")
    helper.press("Continue")
    person.open("/complaints/new/what")
    assert person.value("what") == "Their words"


def test_no_page_says_that_nobody_saw_it_once_somebody_did(app: Flask, person: Browser) -> None:
    person.open("/complaints/new/what").fill(what="My own words").press("Continue")
    link = link_of(person)
    person.open("/complaints").sees("Nobody else has seen it.")
    begun(app, link)
    person.open("/complaints").does_not_see("Nobody else has seen it.")
    person.open("/complaints/new/what").does_not_see("Nobody sees it before you send it.")


def test_who_only_looked_did_not_write_it(app: Flask, people: People, person: Browser) -> None:
    person.open("/complaints/new/what").fill(what="My own words").press("Continue")
    helper = begun(app, link_of(person))
    helper.open(f"{helper.path}/what").press("Continue")
    person.open("/complaints/new/check").does_not_see("wrote it for you.")


def test_the_language_is_chosen_on_the_page(app: Flask, people: People, person: Browser) -> None:
    """With what was typed, and without changing the person's own."""
    helper = begun(app, link_of(person))
    helper.open(f"{helper.path}/what").fill(what="They told her two days.").press("العربية")
    assert 'dir="rtl"' in helper.response.text
    assert helper.value("what") == "They told her two days."
    with app.app_context():
        assert again(people.alex).language == "en"
