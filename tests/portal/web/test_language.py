"""The language can be switched on every page, and nothing that was typed is lost by it."""

import pytest
from flask import Flask

from portal import languages
from portal.database import transaction
from portal.record import log
from tests.people import Browser, Desk, People, again, appointment
from tests.phone import code_for
from tests.world import World

OTHERS = [languages.known()[code] for code in ("cy", "ar") if languages.is_offered(code)]
TYPED = "كتبت هذا & <b>this</b>"


def switch(browser: Browser, to: str) -> Browser:
    """Press the button with this language's own name for itself."""
    return browser.press(languages.known()[to].endonym)


def is_in(browser: Browser, code: str) -> bool:
    return browser.page.root.get("lang") == languages.known()[code].html_lang


def with_forms(app: Flask, world: World, *kinds: str) -> list[str]:
    found = [
        address
        for rule, address in world.addresses(app, *kinds, method="POST")
        if "GET" in (rule.methods or ()) and "/demo/" not in address
    ]
    assert found
    return found


def check_every_form(app: Flask, browser: Browser, addresses: list[str], code: str) -> int:
    """Fill in, switch there and back, compare. Returns how many forms there were."""
    forms = 0
    for address in addresses:
        browser.open(address, None)
        if browser.response.status_code != 200 or browser.page.by_id("f") is None:
            continue
        typed, path = browser.fill_everything(TYPED), browser.path
        if not typed:
            continue
        for to in (code, "en"):
            switch(browser, to)
            assert browser.path == path, "the page stays"
            assert is_in(browser, to), (address, to)
            assert not browser.page.title.startswith("Error"), address
            for name, value in typed.items():
                kept = browser.value(name)
                assert _plain(kept) == _plain(value), (address, to, name)
        forms += 1
    return forms


def _plain(value: str | list[str] | None) -> list[str]:
    values = [value] if isinstance(value, str) else value or []
    return [each.replace("\r\n", "\n") for each in values]


def entries(app: Flask, people: People) -> list[str]:
    with app.app_context():
        kinds = [entry.kind for entry in log.entries(people.alex.id)]
    return [kind for kind in kinds if kind != "account.language_chosen"]


@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)
@pytest.mark.parametrize("save_data", ["off", "on"])
def test_switching_keeps_what_a_claimant_typed(
    app: Flask, world: World, people: People, save_data: str, language: languages.Language
) -> None:
    browser = Browser(app, Save_Data=save_data).sign_in(people.alex)
    before = entries(app, people)
    addresses = with_forms(app, world, "claimant")
    assert check_every_form(app, browser, addresses, language.code) >= 4
    assert entries(app, people) == before, "switching did nothing else"


@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)
def test_switching_keeps_what_was_typed_without_signing_in(
    app: Flask, world: World, people: People, language: languages.Language
) -> None:
    addresses = with_forms(app, world, "public", "link")
    assert check_every_form(app, Browser(app), addresses, language.code) >= 4


@pytest.mark.slow
@pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)
@pytest.mark.parametrize("save_data", ["off", "on"])
def test_switching_keeps_what_staff_typed(
    app: Flask, world: World, people: People, save_data: str, language: languages.Language
) -> None:
    desk = Desk(app, Save_Data=save_data).sign_in(people.coach)
    before = entries(app, people)
    addresses = with_forms(app, world, "staff")
    assert check_every_form(app, desk, addresses, language.code) >= 6
    assert entries(app, people) == before, "switching did nothing else"


def test_codes_are_not_shown_again_by_a_switch(app: Flask, people: People) -> None:
    browser = Browser(app).open("/sign-in").fill(number="07700 900101").press("Text me a code")
    switch(browser.fill(code="123456"), "ar")
    assert is_in(browser, "ar")
    assert "123456" not in browser.response.text


def test_the_choice_stays_for_the_next_pages(app: Flask, people: People) -> None:
    browser = switch(Browser(app).open("/sign-in"), "ar")
    for address in ("/", "/help", "/sign-in/card", "/nowhere"):
        assert is_in(browser.open(address, None), "ar")


def test_the_choice_of_somebody_signed_in_is_theirs_everywhere(app: Flask, people: People) -> None:
    browser = switch(Browser(app).sign_in(people.alex), "ar")
    assert is_in(browser, "ar")
    with app.app_context():
        assert again(people.alex).language == "ar"
        assert log.entries(people.alex.id)[0].kind == "account.language_chosen"
    elsewhere = Browser(app).open("/sign-in").fill(number="07700 900101").press("Text me a code")
    assert is_in(elsewhere, "en")
    code = code_for(app, "+447700900101")
    assert is_in(elsewhere.fill(code=code).press("Sign in"), "ar")


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("ar", "ar"),
        ("ar-EG,en;q=0.5", "ar"),
        ("en-GB,en;q=0.9,ar;q=0.8", "en"),
        ("fr-FR,ar;q=0.3", "ar"),
        ("fr", "en"),
        ("*", "en"),
        ("", "en"),
        ("x" * 5000, "en"),
        ("ar;q=0", "en"),
        (";;;,,,=", "en"),
        ("AR", "ar"),
    ],
)
def test_the_browsers_wish_counts_until_somebody_chooses(
    app: Flask, wanted: str, given: str
) -> None:
    browser = Browser(app, Accept_Language=wanted).open("/sign-in")
    assert is_in(browser, given)
    other = "en" if given == "ar" else "ar"
    assert is_in(switch(browser, other), other)
    assert is_in(browser.open("/help"), other)


def test_pages_say_that_they_depend_on_the_wish(app: Flask) -> None:
    """No cache may give one person another's language; ours say not to keep pages at all."""
    assert Browser(app).open("/").response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", ["xx", "../..", "", "EN", "ar\x00"])
def test_a_language_that_is_not_offered_changes_nothing(app: Flask, code: str) -> None:
    browser = Browser(app).open("/help").post("/language", _language=code, _next="/privacy")
    assert browser.path == "/privacy"
    assert is_in(browser, "en")


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "help",
        "javascript:alert(1)",
        "/help\nSet-Cookie: a=b",
        "///evil.example",
        "/\t/evil.example",
    ],
)
def test_the_switch_leads_to_pages_of_ours_only(app: Flask, address: str) -> None:
    browser = Browser(app).open("/help")
    answer = browser.client.post(
        "/language",
        data={"csrf_token": browser.token, "_next": address},
    )
    location = answer.headers["Location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "evil" not in location


def test_a_switch_does_not_accept_the_appointment(app: Flask, people: People) -> None:
    """The button stands in the header of a page with buttons of its own."""
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
    browser = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    switch(browser, "ar")
    assert browser.path == f"/appointments/{visit.id}"
    with app.app_context():
        assert again(visit).answer.value == "none"
