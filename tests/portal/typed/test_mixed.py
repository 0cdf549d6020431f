"""Bad input in words: a language changed halfway, two directions in one line, names like markup,
and complaints, of which the office's own staff must not know."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from markupsafe import Markup

from portal import languages
from portal.complaints.models import Complaint
from portal.database import db, transaction
from portal.typed import queries, rules, showing
from portal.typed.models import Fit
from tests.complaints import Handlers, at_desk, complains, handlers
from tests.pages import words
from tests.people import Browser, Desk, People, again, claimant
from tests.portal.typed.written import OFFERED, SORANI, TIGRINYA, TYPED

__all__ = ["handlers"]


def press_the_first(browser: Browser) -> Browser:
    """The first button of the page's own, whatever its language."""
    main = browser.page.one("main")
    own = [e for e in main.iter("button") if e.get("class", "").split() == ["govuk-button"]]
    return browser.press(words(own[0]))


def goes_on_in(browser: Browser, code: str) -> Browser:
    """Switch on the page one is on, with what was typed."""
    buttons = [b for b in browser.page.all("button") if b.get("name") == "_language"]
    if code not in [b.get("value") for b in buttons]:
        browser.press(words(next(b for b in buttons if not b.get("value"))))
    return browser.press(languages.known()[code].endonym)


@pytest.mark.parametrize("code", [code for code in OFFERED if code != "en"])
@pytest.mark.parametrize("back", [True, False], ids=["there-and-back", "there"])
def test_a_language_changed_in_the_middle_of_a_complaint(
    app: Flask, people: People, handlers: Handlers, code: str, back: bool
) -> None:
    browser = Browser(app).sign_in(people.alex).open("/complaints/new")
    browser.choose("Something took too long, or never happened").press("Continue")
    browser.fill(what=TYPED[code])
    goes_on_in(browser, code)
    assert browser.value("what") == TYPED[code]
    if back:
        goes_on_in(browser, "en")
        assert browser.value("what") == TYPED[code]
    while not browser.path.endswith("/check"):
        press_the_first(browser)
    browser.sees(*TYPED[code].splitlines())
    press_the_first(browser)
    with app.app_context():
        sent = db.session.scalars(sa.select(Complaint)).one()
        assert (sent.what, sent.language) == (TYPED[code], "en" if back else code)
        found = queries.typed(sent.id)
        assert found is not None
        assert found.language == sent.language
        latin = rules.script_of(languages.known()[code].endonym[0]) == "LATIN"
        assert (found.fit is Fit.whole) is (not back or latin)


@pytest.mark.parametrize("said", [SORANI, TIGRINYA])
def test_of_a_complaint_only_those_know_who_deal_with_it(
    app: Flask, people: People, handlers: Handlers, said: str
) -> None:
    found = complains(app, people.alex, said)
    coach = Desk(app).sign_in(people.coach).open("/staff").sees("Needs a translator: 0")
    coach.open(f"/staff/typed/{found.id}", 404)
    for member in (handlers.elsewhere, handlers.team):
        at_desk(app, member).open(f"/staff/typed/{found.id}", 404)
    desk = at_desk(app, handlers.here).sees("Needs a translator")
    desk.open(f"/staff/typed/{found.id}", 404)
    desk.open(f"/staff/complaints/{found.id}")
    press = next(b for b in desk.page.all("button") if "open" in _action(desk, b))
    desk.press(words(press)).sees(said, "Language not known.", "Needs a translator")
    desk.follow("Write down what a translator says").sees(said)
    desk.fill(english="She stopped my money.", translator="N").press("Keep the translation")
    assert desk.path == f"/staff/complaints/{found.id}"
    desk.sees(said, "She stopped my money.", "In English, translated by N on")
    alex = Browser(app).sign_in(people.alex).open(f"/complaints/{found.id}")
    alex.sees(said, "She stopped my money.", "Translated into English for your Jobcentre by N")
    with app.app_context():
        from portal.record import log

        entry = log.entries_about(people.alex.id, found.id)[-1]
        assert entry.kind == "typed.translated"
        assert again(found).what == said
    coach.open(f"/staff/done/{entry.receipt}", 404)


def _action(desk: Desk, button) -> str:  # type: ignore[no-untyped-def]
    form = desk.page.form_of(button)
    return (form.get("action") or "") if form is not None else ""


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("رقمي 07700 900123 من فضلكم", 'رقمي <bdi dir="ltr">07700 900123</bdi> من فضلكم'),
        ("(+44 7700 900123) هاتف", '(<bdi dir="ltr">+44 7700 900123</bdi>) هاتف'),
        ("٠٧٧٠٠ ٩٠٠١٢٣", '<bdi dir="ltr">٠٧٧٠٠ ٩٠٠١٢٣</bdi>'),
        ("فون ۰۷۷۰۰ ۹۰۰۱۲۳؟", 'فون <bdi dir="ltr">۰۷۷۰۰ ۹۰۰۱۲۳</bdi>؟'),
        ("من 10:30 - 11:30", "من 10:30 - 11:30"),
        ("AB12-CD34 مرجع", "AB12-CD34 مرجع"),
        ("<b>ع</b> & 07700 900123", '&lt;b&gt;ع&lt;/b&gt; &amp; <bdi dir="ltr">07700 900123</bdi>'),
        ("Call 07700 900123 <now>", "Call 07700 900123 &lt;now&gt;"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_telephone_number_keeps_its_order_in_any_direction(line: str, shown: str) -> None:
    found = showing.typed_line(line)
    assert found == Markup(shown)
    assert found.replace('<bdi dir="ltr">', "").replace("</bdi>", "") == Markup.escape(line)


def test_the_number_is_shown_so_on_both_sides(app: Flask, people: People) -> None:
    browser = Browser(app).sign_in(people.alex).open("/messages")
    browser.fill(words="رقمي 07700 900123").press("Send").open("/messages")
    desk = Desk(app).sign_in(people.coach).open(f"/staff/people/{people.alex.id}/messages")
    for page in (browser.page, desk.page):
        isolated = [e for e in page.all("bdi") if e.get("dir") == "ltr"]
        assert "07700 900123" in [words(e) for e in isolated]


@pytest.mark.parametrize(
    "name",
    ['<b>Ali</b> "O\'Neil" &amp; {{ 7*7 }}', "</p><script>alert(1)</script>", "محمد <Mo> Ali-7 עלי",
     "%(name)s %s {0}", "ሰላም", "‘’“” –"],
)  # fmt: skip
def test_a_name_that_looks_like_markup_is_a_name(app: Flask, people: People, name: str) -> None:
    with app.app_context(), transaction():
        sam = claimant(again(people.office), name, "+447700900109", language="ar")
    desk = Desk(app).sign_in(people.coach)
    for address in ("", "/messages", "/plan", "/commitment"):
        desk.open(f"/staff/people/{sam.id}{address}").sees(" ".join(name.split()))
        assert not [e for e in desk.page.all("script") if "alert" in words(e)]
    assert Browser(app).sign_in(sam).open("/").response.status_code == 200
