"""What became of a complaint: each stage is said, and the person can go on from there."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.account.models import Staff
from portal.complaints import actions, desk_actions, queries, rules
from portal.complaints import drafts as writing
from portal.complaints.models import Complaint, Kind, Level
from portal.database import db, transaction
from tests.people import Browser, People, StoppedClock, actor, again
from tests.portal.complaints.pages import LATER, NEW, complaints, drafts, written


@pytest.fixture
def sent(app: Flask, people: People, browser: Browser) -> Complaint:
    written(browser).press("Send the complaint")
    return complaints(app)[0]


def handled(app: Flask, sent: Complaint, act: str, **more: object) -> None:
    """Whoever has it does something."""
    with app.app_context(), transaction():
        found = again(sent)
        role = rules.HANDLER if found.level is Level.office else rules.TEAM
        who = db.session.scalars(sa.select(Staff).where(Staff.role == role)).one()
        getattr(desk_actions, act)(found, staff=who, by=actor(who), **more)


ANSWER = {"looked_at": "Your record.", "found_out": "A mistake.", "will_do": "We say sorry."}


def test_each_stage_is_said(app: Flask, browser: Browser, sent: Complaint) -> None:
    page = f"/complaints/{sent.id}"
    browser.open(page).sees(
        "Nobody has opened it yet.", "You can take it to the complaints team now."
    )
    handled(app, sent, "open_it")
    browser.open(page).sees("Who opened it", "Hana Handler, Monday 1 February 2027")
    handled(app, sent, "ask_more", words="On which day?")
    browser.open(page).sees("They asked you on", "On which day?").press("Add something")
    browser.fill(words="On Monday.").press("Send").sees("You added to your complaint")
    browser.again()
    browser.open(page).sees("On Monday.")
    assert browser.text.count("On Monday.") == 1
    handled(app, sent, "answer", final=False, **ANSWER)
    browser.open("/").sees("Read the reply to your complaint")
    browser.open(page).sees("What they found A mistake.", "What they will do We say sorry.")
    browser.open("/").does_not_see("Read the reply to your complaint")
    browser.open(page).press("Take it further").fill(words="No.").press("Take it further")
    browser.sees("You took your complaint further", "A reply is due by Monday 22 February 2027.")
    browser.open(page).sees("Theo Team, of the complaints team", "Received", "No.")
    handled(app, sent, "answer", final=True, **ANSWER)
    browser.open(page).sees(
        "You can ask the Independent Case Examiner until Sunday 1 August 2027, free.",
        "PO Box 209, Bootle L20 7WA",
        "Parliamentary and Health Service Ombudsman",
    )
    browser.does_not_see("ICE ", "Take it further")


def test_an_answer_of_the_team_leads_to_its_final_response(
    app: Flask, people: People, browser: Browser
) -> None:
    written(browser, level="The complaints team, past my Jobcentre").press("Send the complaint")
    (sent,) = complaints(app)
    handled(app, sent, "answer", final=False, **ANSWER)
    browser.open(f"/complaints/{sent.id}").sees("ask the complaints team for their final response")
    browser.press("Take it further").press("Take it further").sees(
        "You took your complaint further"
    )
    assert complaints(app)[0].is_open
    assert complaints(app)[0].final_at is None


def test_a_late_reply_is_theirs(
    app: Flask, browser: Browser, people: People, sent: Complaint, clock_stopped: StoppedClock
) -> None:
    page = f"/complaints/{sent.id}"
    browser.open(page).sees("You do not have to wait for the reply.")
    clock_stopped.later(days=22)
    browser = Browser(app).sign_in(people.alex).open("/")
    browser.sees("A reply to your complaint is late", "That is not your doing.")
    browser.open(page).sees("is late. That is not your doing.", "the complaints team now")
    browser.press("Take it further").press("Take it further").sees(
        "You took your complaint further"
    )


def test_nobody_need_wait_for_the_office(app: Flask, browser: Browser, sent: Complaint) -> None:
    page = f"/complaints/{sent.id}"
    browser.open(page).press("Take it further").sees("A reply is due by")
    browser.press("Take it further").sees("You took your complaint further")
    assert complaints(app)[0].level is Level.team
    assert "Take it further" not in browser.open(page).buttons()
    browser.post(f"{page}/withdraw")
    browser.open(f"{page}/further").press("Take it further", 422)
    browser.sees("This complaint is over. You can complain again at any time.")


def test_it_got_worse(app: Flask, browser: Browser, sent: Complaint) -> None:
    browser.open(f"/complaints/{sent.id}").press("It got worse after I complained")
    browser.press("Write what happened").sees("This goes to the complaints team")
    browser.fill(what="Now they threaten me.").press("Continue")
    for _page in LATER:
        browser.choose("Tom Reid") if browser.path.endswith("hidden") else None
        browser.press("Continue")
    browser.sees("Theo Team", "Priya Shah does not see it.", "Tom Reid does not see it.")
    browser.press("Send the complaint").sees("You said that it got worse after you complained.")
    worse = next(each for each in complaints(app) if each.after_id)
    assert (worse.after_id, worse.level, worse.kind) == (sent.id, Level.team, Kind.worse)


def test_only_the_draft_that_was_shown_is_deleted(
    app: Flask, people: People, browser: Browser, sent: Complaint
) -> None:
    """Another window begins another one between the page and the button."""
    page = f"/complaints/{sent.id}/worse"
    for first in ("", "Something else."):
        if first:
            browser.open(f"{NEW}/what").fill(what=first).press("Continue")
        browser.open(page)
        with app.app_context(), transaction():
            draft = queries.draft(again(people.alex))
            assert writing.drop(again(people.alex), str(draft.id) if draft else "")
            writing.keep(again(people.alex), {"what": "Newer."})
        button = "Delete the other one, and begin" if first else "Write what happened"
        browser.press(button, 409).sees("It is deleted if you begin this one.")
        assert [writing.read(each) for each in drafts(app)] == [{"what": "Newer."}]
        browser.open("/complaints")
        with app.app_context(), transaction():
            draft = queries.draft(again(people.alex))
            assert draft is not None
            assert writing.drop(again(people.alex), str(draft.id))
            writing.keep(again(people.alex), {"what": "Newest."})
        browser.press("Delete what I wrote")
        assert [writing.read(each) for each in drafts(app)] == [{"what": "Newest."}]
        with app.app_context(), transaction():
            draft = queries.draft(again(people.alex))
            assert draft is not None
            assert writing.drop(again(people.alex), str(draft.id))


def test_worse_does_not_swallow_what_is_being_written(
    app: Flask, browser: Browser, sent: Complaint
) -> None:
    browser.open(f"{NEW}/what").fill(what="Another thing").press("Continue")
    browser.open(f"/complaints/{sent.id}/worse").sees("It is deleted if you begin this one.")
    assert browser.open(f"{NEW}/what").value("what") == "Another thing"
    browser.open(f"/complaints/{sent.id}/worse").press("Delete the other one, and begin")
    assert browser.value("what") == ""


def test_taken_back(app: Flask, browser: Browser, sent: Complaint) -> None:
    browser.open(f"/complaints/{sent.id}").press("I no longer complain")
    browser.sees("You took your complaint back")
    browser.open(f"/complaints/{sent.id}").sees("You can complain again at any time.")
    browser.open(f"/complaints/{sent.id}/add").fill(words="More").press("Send", 422)


def test_northern_ireland_has_an_ombudsman_of_its_own(
    app: Flask, people: People, browser: Browser
) -> None:
    with app.app_context(), transaction():
        again(people.office).nation = "northern_ireland"
    written(browser, level="The complaints team, past my Jobcentre").press("Send the complaint")
    (sent,) = complaints(app)
    handled(app, sent, "answer", final=True, **ANSWER)
    browser.open(f"/complaints/{sent.id}").sees("Northern Ireland Public Services Ombudsman")
    browser.does_not_see("Independent Case Examiner", "Health Service Ombudsman")


def test_what_was_said_at_one_moment_stands_in_its_order(
    app: Flask, people: People, sent: Complaint, clock_stopped: StoppedClock
) -> None:
    said = [f"Point {number}" for number in range(8)]
    for each in said:
        with app.app_context(), transaction():
            actions.add(again(sent), each, by=actor(people.alex))
    with app.app_context():
        assert [word.words for word in queries.words(again(sent))] == said
