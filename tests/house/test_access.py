"""Every address says who may enter, and turns everybody else away."""

from typing import Any

import pytest
from flask import Flask

from portal.web.access import KINDS, access_of, mark
from tests.pages import without_chance
from tests.people import Browser, Desk, People
from tests.world import World

METHODS = ("GET", "POST")


def undeclared(app: Flask) -> list[str]:
    """Addresses whose view does not say who may enter."""
    return [
        str(rule)
        for rule in app.url_map.iter_rules()
        if access_of(app.view_functions[rule.endpoint]) not in KINDS
    ]


def test_every_address_says_who_may_enter(app: Flask) -> None:
    assert undeclared(app) == []


def test_a_forgotten_guard_is_found() -> None:
    app = Flask("forgetful", static_folder=None)
    app.add_url_rule("/open", view_func=mark(lambda: "", "public"), endpoint="open")
    app.add_url_rule("/secret", view_func=lambda: "everything", endpoint="secret")
    assert undeclared(app) == ["/secret"]


def test_nobody_marks_a_view_with_a_kind_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="everybody"):
        mark(lambda: "", "everybody")


def let_in(app: Flask, world: World, browser: Browser, *kinds: str) -> list[str]:
    """Addresses of these kinds that this browser gets to see or to use."""
    token = browser.open("/help").token
    found = []
    for method in METHODS:
        for _rule, address in world.addresses(app, *kinds, method=method):
            data = {"csrf_token": token} if method == "POST" else None
            answer = browser.client.open(address, method=method, data=data)
            if not _turned_away(answer):
                found.append(f"{method} {address}: {answer.status}")
    return found


def _turned_away(answer: Any) -> bool:
    if answer.status_code == 303:
        return answer.headers["Location"] in ("/sign-in", "/staff/sign-in")
    return answer.status_code in (401, 403)


def test_whoever_is_not_signed_in_sees_nothing_of_anybody(app: Flask, world: World) -> None:
    kinds = ("claimant", "staff", "partner", "signed webhook")
    assert len(list(world.addresses(app, *kinds))) > 30
    assert let_in(app, world, Browser(app), *kinds) == []


def test_a_claimant_does_not_get_to_the_desk(app: Flask, world: World, people: People) -> None:
    browser = Browser(app).sign_in(people.alex)
    assert let_in(app, world, browser, "staff", "partner", "signed webhook") == []


def test_staff_do_not_act_as_claimants(app: Flask, world: World, people: People) -> None:
    desk = Desk(app).sign_in(people.coach)
    assert let_in(app, world, desk, "claimant", "partner", "signed webhook") == []


def test_an_open_address_is_found_by_the_walk(app: Flask, world: World) -> None:
    """The walk is no good if it would not see an open door: public pages are open."""
    assert "GET /help: 200 OK" in let_in(app, world, Browser(app), "public")


# Whoever is signed in sees only what is theirs


ABOUT_NOBODY = {"offer", "training_id"}
"""Parts of addresses that are the same for everybody."""


def about_somebody(world: World, app: Flask, kind: str, method: str) -> list[str]:
    return [
        address
        for rule, address in world.addresses(app, kind, method=method)
        if rule.arguments - ABOUT_NOBODY
    ]


def at_one_office(world: World, app: Flask, method: str) -> list[str]:
    """Pages of the desk about somebody, but for numbers that are nobody's: every office's."""
    every = about_somebody(world, app, "staff", method)
    return [a for a in every if "/waiting/" not in a and "/unknown-calls/" not in a]


def statuses(app: Flask, browser: Browser, addresses: list[str], method: str) -> dict[str, int]:
    token = browser.open("/help").token
    data = {"csrf_token": token} if method == "POST" else None
    found = {}
    for address in addresses:
        answer = browser.client.open(address, method=method, data=data)
        found[address] = answer.status_code
        said = without_chance(answer.text)
        assert "Alex" not in said, address
        assert "child is ill" not in said, address
    return found


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_finds_nothing_of_alex(
    app: Flask, world: World, people: People, method: str
) -> None:
    browser = Browser(app).sign_in(people.stranger)
    addresses = about_somebody(world, app, "claimant", method)
    assert len(addresses) >= 5
    found = statuses(app, browser, addresses, method)
    assert set(found.values()) == {404}, found


@pytest.mark.parametrize("method", METHODS)
def test_staff_of_another_office_find_nothing_of_alex(
    app: Flask, world: World, people: People, method: str
) -> None:
    desk = Desk(app).sign_in(people.other_coach)
    addresses = at_one_office(world, app, method)
    assert len(addresses) >= 10
    found = statuses(app, desk, addresses, method)
    assert set(found.values()) == {404}, found


@pytest.mark.parametrize("method", METHODS)
def test_another_offices_people_look_like_nobody_at_the_desk(
    app: Flask, world: World, people: People, method: str
) -> None:
    desk = Desk(app).sign_in(people.other_coach)
    pages = []
    for each in (world, world.of_nobody()):
        ask = desk.post if method == "POST" else desk.open
        addresses = at_one_office(each, app, method)
        desk.open("/staff")
        pages.append([ask(address, 404).text for address in addresses])
    assert len(pages[0]) > 20
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    "path", ["/staff", "/staff/people", "/staff/times", "/staff/waiting/cancel"]
)
def test_lists_of_another_office_do_not_name_alex(
    app: Flask, world: World, people: People, path: str
) -> None:
    desk = Desk(app).sign_in(people.other_coach).open(path)
    desk.does_not_see("Alex", "07700 900101", "child is ill")


def test_somebody_elses_id_and_one_that_never_was_look_the_same(
    app: Flask, world: World, people: People
) -> None:
    browser = Browser(app).sign_in(people.stranger)
    hers = browser.open(f"/appointments/{world.parts['appointment_id']}", 404).text
    nobodys = browser.open("/appointments/00000000-0000-4000-8000-000000000000", 404).text
    assert hers == nobodys


@pytest.mark.parametrize("token", ["AAAAAAAAAA", "0", "x" * 300, "🙂", "' OR 1=1 --"])
def test_a_forged_link_opens_nothing(app: Flask, world: World, token: str) -> None:
    for rule, address in world.addresses(app, "link"):
        forged = address.replace(world.parts["token"], token.replace("/", ""))
        answer = app.test_client().get(forged)
        assert answer.status_code == 404, rule
    assert app.test_client().get("/a/" + world.parts["token"]).status_code == 200


def test_a_link_opens_one_appointment_and_shows_no_name(
    app: Flask, world: World, people: People
) -> None:
    for rule, address in world.addresses(app, "link"):
        answer = app.test_client().get(address)
        assert answer.status_code in (200, 303), rule
        assert str(people.alex.id) not in answer.text, rule
        said = without_chance(answer.text)
        for secret in ("Alex", "Morgan", "7700900101"):
            assert secret not in said.replace(" ", ""), (rule, secret)


def test_what_a_helper_is_sent_names_nobody_and_opens_one_form(
    app: Flask, world: World, people: People
) -> None:
    """Whoever does not hold the link finds nothing at the pages behind it."""
    addresses = list(world.addresses(app, "helper"))
    assert len(addresses) >= 3
    for rule, address in addresses:
        answer = app.test_client().get(address)
        assert answer.status_code == (200 if rule.endpoint == "helping.link" else 404), rule
        said = without_chance(answer.text)
        for secret in ("Alex", "Morgan", "7700900101", "child is ill", "Sam"):
            assert secret not in said.replace(" ", ""), (rule, secret)


def test_what_an_interpreter_is_sent_names_nobody(app: Flask, world: World, people: People) -> None:
    """Whoever has not opened the link finds nothing at the page behind it."""
    addresses = list(world.addresses(app, "interpreter"))
    assert len(addresses) == 2
    for rule, address in addresses:
        answer = app.test_client().get(address)
        assert answer.status_code == (200 if rule.endpoint == "watching.link" else 404), rule
        said = without_chance(answer.text)
        for secret in ("Alex", "Morgan", "7700900101", "child is ill", "Dari"):
            assert secret not in said.replace(" ", ""), (rule, secret)


def test_the_world_that_is_walked_has_something_at_every_address(app: Flask, world: World) -> None:
    """A page about something new is only walked when that has happened in the world, too."""
    assert world.missing(app) == set()
