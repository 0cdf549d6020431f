"""The code for an interpreter: who may make one, and that it opens once, in one browser."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from portal.account import codes
from portal.database import transaction
from portal.interpreting import actions
from portal.refusals import Refusal
from tests.people import Browser, Desk, People, actor, again
from tests.portal.interpreting.conftest import Watched


def test_the_link_opens_once_in_one_browser(watched: Watched) -> None:
    link = watched.opens()
    second = Browser(watched.app).open(link)
    watched.joins(link)
    second.press("Begin here", 404).sees("No page is shown here")
    second.open(link, 404).open(f"/interpreting/{watched.session().id}", 404)
    watched.other.open(link).sees("They have not opened a page yet.")
    assert watched.happened() == ["opened", "joined"]


def test_looking_at_a_link_does_not_use_it_up(watched: Watched) -> None:
    link = watched.opens()
    Browser(watched.app).open(link)
    assert watched.session().joined_at is None
    watched.alex.open(link).sees("you are signed in here")
    assert "Begin here" not in watched.alex.buttons()
    watched.joins(link)


def test_a_code_is_typed_as_it_was_heard(watched: Watched) -> None:
    code = watched.opens().removeprefix("/i/")
    heard = f" {code[:4].lower()} - {code[4:].lower().replace('0', 'o').replace('1', 'l')} "
    watched.other.open("/i").press("Go on", 422).sees("Write the code that you were told.")
    watched.other.fill(code="ZZZZ-ZZZZ").press("Go on", 422).sees("No page is open with this code.")
    watched.other.fill(code=heard).press("Go on").press("Begin here")
    watched.other.sees("They have not opened a page yet.")


@pytest.mark.parametrize("token", ["ZZZZZZZZ", "x", "%2e%2e", "🌻", "A" * 300])
def test_an_unknown_link_looks_like_one_that_is_over(
    app: Flask, people: People, token: str
) -> None:
    Browser(app).open(f"/i/{token}", 404).sees("No page is shown here")


def test_staff_open_it_for_a_person_who_is_there(watched: Watched) -> None:
    desk = Desk(watched.app).sign_in(watched.people.coach)
    desk.open(f"/staff/people/{watched.people.alex.id}").press("A page for the interpreter")
    desk.press("Make a code for the interpreter").sees("Code for the interpreter")
    found = re.search(r"/i/\w{8}", desk.text)
    assert found
    watched.joins(found[0])
    watched.alex.open("/help").sees("An interpreter can see this page.")
    watched.seen().sees("Whom you can call")
    desk.open(f"/staff/people/{watched.people.alex.id}/interpreter-page")
    desk.sees("An interpreter has read along since 9:00am.").press("End it now")
    watched.other.open(f"/interpreting/{watched.session().id}", 404)
    Desk(watched.app).sign_in(watched.people.other_coach).open(
        f"/staff/people/{watched.people.alex.id}/interpreter-page", 404
    )


def test_opening_twice_is_opening_once(watched: Watched) -> None:
    link = watched.opens()
    watched.alex.again()
    with watched.app.app_context(), transaction():
        alex, by = again(watched.people.alex), actor(watched.people.alex)
        first = actions.open_session(alex, by=by)
        second = actions.open_session(alex, session_id=first.id, by=by)
        assert first.id == second.id
        assert link.endswith(codes.interpreter_token(first.id))
        assert actions.end(first, by=by) is not None
        assert actions.end(first, by=by) is None
        assert actions.open_session(alex, session_id=first.id, by=by).ended_at is not None
    assert watched.happened() == ["opened", "ended"]


@pytest.mark.parametrize("door", ["text", "link", "nobody"])
def test_a_number_alone_opens_nothing(app: Flask, people: People, door: str) -> None:
    with app.app_context(), transaction(), pytest.raises(Refusal, match="not-sure-enough"):
        actions.open_session(again(people.alex), by=actor(people.alex, door))
