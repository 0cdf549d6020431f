"""The language can be switched on every page, and nothing that was typed is lost by it."""

from itertools import cycle

import pytest
from flask import Flask

from portal import languages
from portal.database import transaction
from portal.record import log
from tests.pages import words
from tests.people import Browser, Desk, People, again, appointment
from tests.phone import code_for
from tests.world import World

OFFERED = [language.code for language in languages.offered()]
OTHERS = [code for code in OFFERED if code != "en"]
TYPED = "كتبت هذا & <b>this</b>"


def offered(browser: Browser) -> list[str]:
    """The languages that the page offers at once, as codes."""
    return [
        button.get("value", "")
        for button in browser.page.all("button")
        if button.get("name") == "_language" and button.get("value")
    ]


def ask_for_all(browser: Browser) -> Browser:
    """Press the one button that brings the list of all languages."""
    said = [
        words(button)
        for button in browser.page.all("button")
        if button.get("name") == "_language" and not button.get("value")
    ]
    assert len(said) == 1, said
    return browser.press(said[0])


def switch(browser: Browser, to: str) -> Browser:
    """Press the button with this language's own name for itself."""
    if to not in offered(browser):
        ask_for_all(browser)
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


def check_every_form(browser: Browser, addresses: list[str]) -> int:
    """Fill in, switch there and back, compare; each form with the next of the languages. Returns
    how many forms there were."""
    forms, others = 0, cycle(OTHERS)
    for address in addresses:
        browser.open(address, None)
        if browser.response.status_code != 200 or browser.page.by_id("f") is None:
            continue
        typed, path = browser.fill_everything(TYPED), browser.path
        if not typed:
            continue
        for to in (next(others), "en"):
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


@pytest.mark.parametrize("save_data", ["off", "on"])
def test_switching_keeps_what_a_claimant_typed(
    app: Flask, world: World, people: People, save_data: str
) -> None:
    browser = Browser(app, Save_Data=save_data).sign_in(people.alex)
    before = entries(app, people)
    addresses = with_forms(app, world, "claimant")
    assert check_every_form(browser, addresses) >= 4
    assert entries(app, people) == before, "switching did nothing else"


def test_switching_keeps_what_was_typed_without_signing_in(
    app: Flask, world: World, people: People
) -> None:
    addresses = with_forms(app, world, "public", "link")
    assert check_every_form(Browser(app), addresses) >= 4


@pytest.mark.slow
@pytest.mark.parametrize("save_data", ["off", "on"])
def test_switching_keeps_what_staff_typed(
    app: Flask, world: World, people: People, save_data: str
) -> None:
    desk = Desk(app, Save_Data=save_data).sign_in(people.coach)
    before = entries(app, people)
    addresses = with_forms(app, world, "staff")
    assert check_every_form(desk, addresses) >= 6
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


def test_whoever_has_not_chosen_is_offered_every_language(app: Flask, people: People) -> None:
    """By their own names, one line that wraps, without a flag or a script."""
    browser = Browser(app)
    for address in ("/", "/sign-in", "/costs", "/help", "/nowhere"):
        assert offered(browser.open(address, None)) == OFFERED
        for button in browser.page.all("button"):
            if button.get("name") == "_language":
                own = languages.known()[button.get("value", "")]
                assert (words(button), button.get("lang"), button.get("dir", "ltr")) == (
                    own.endonym,
                    own.html_lang,
                    own.dir,
                )
    assert offered(browser.sign_in(people.alex)) != OFFERED, "what they chose once is known"


@pytest.mark.parametrize("code", OFFERED)
@pytest.mark.parametrize("save_data", ["off", "on"])
def test_later_one_button_brings_the_list_and_what_was_typed(
    app: Flask, people: People, code: str, save_data: str
) -> None:
    browser = switch(Browser(app, Save_Data=save_data).sign_in(people.alex), code)
    few = [each for each in ("en", "cy") if each != code]
    for address in ("/", "/messages", "/complaints"):
        assert offered(browser.open(address)) == few
    browser.open("/messages").fill(words=TYPED)
    ask_for_all(browser)
    assert (browser.path, offered(browser)) == ("/messages", OFFERED)
    assert is_in(browser, code)
    assert browser.value("words") == TYPED
    switch(browser, OTHERS[-1])
    assert browser.value("words") == TYPED
    assert offered(browser.open("/messages")) == [x for x in ("en", "cy") if x != OTHERS[-1]]


def test_the_button_says_itself_in_english_too(app: Flask) -> None:
    browser = switch(Browser(app).open("/help"), OTHERS[-1])
    button = next(b for b in browser.page.all("button") if b.get("name") and not b.get("value"))
    english = next(part for part in button.iter("span") if part.get("lang") == "en")
    assert (english.text, english.get("dir")) == ("All languages", "ltr")


@pytest.mark.parametrize("code", ["xx", "a", "ar-", "pl ", "english", "<b>", "ar\x00", "\u202ear"])
def test_a_code_that_nobody_offers_sends_nothing_and_shows_the_list(
    app: Flask, people: People, code: str
) -> None:
    """The button of an old page, for a language that is not offered any more."""
    browser = Browser(app).sign_in(people.alex).open("/messages").fill(words=TYPED)
    before = entries(app, people)
    browser.post("/messages", words=TYPED, _language=code)
    assert entries(app, people) == before
    assert browser.value("words") == TYPED
    if languages.best_of([code]) is None:
        assert offered(browser) == OFFERED
        with app.app_context():
            assert again(people.alex).language == "en"


def test_a_switch_does_not_accept_the_appointment(app: Flask, people: People) -> None:
    """The button stands in the header of a page with buttons of its own."""
    with app.app_context(), transaction():
        visit = appointment(again(people.alex))
    browser = Browser(app).sign_in(people.alex).open(f"/appointments/{visit.id}")
    switch(browser, "ar")
    assert browser.path == f"/appointments/{visit.id}"
    with app.app_context():
        assert again(visit).answer.value == "none"
