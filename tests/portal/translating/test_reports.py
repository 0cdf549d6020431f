"""Somebody says that a translation is wrong; who looks after the languages reads it. Nobody is
named, and no address is kept."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from portal import catalogues, languages
from portal.account import throttle
from portal.database import db, transaction
from portal.record import retention
from portal.translating import queries
from portal.translating.models import TranslationReport
from tests.people import Browser, Desk, People, StoppedClock

HELP = catalogues.string_id("navigation", "Help")
ARABIC = next(s for s in catalogues.read(languages.TRANSLATIONS / "ar") if s.id == HELP)


def arabic(app: Flask) -> Browser:
    return Browser(app, Accept_Language="ar")


def kept(app: Flask) -> list[TranslationReport]:
    with app.app_context():
        return list(db.session.query(TranslationReport).all())


def tell(browser: Browser, **typed: str) -> Browser:
    browser.open(f"/language/report/ar/{HELP}?page=home.help&back=/help")
    return browser.fill(**typed).press("إرسال")


def test_from_a_page_to_its_sentences_to_one_of_them(app: Flask, people: People) -> None:
    browser = arabic(app).open("/help")
    browser.follow("الإبلاغ عن خطأ في الترجمة")
    assert browser.heading == "ما الجملة الخاطئة؟"
    browser.sees("Department for Work and Pensions", ARABIC.forms[0])
    first = browser.page.all("ol")[0].findall("li")[0]
    assert "".join(first.itertext()).startswith("مساعدة")
    link = f"/language/report/ar/{HELP}?page=home.help&back=/help"
    assert link.replace("&", "&amp;") in browser.response.text
    browser.open(link).sees(ARABIC.forms[0], "Help")
    browser.fill(wrong="كلمة غريبة").press("إرسال")
    browser.press("العودة إلى الصفحة")
    assert browser.path == "/help"
    (report,) = kept(app)
    assert (report.language, report.string_id, report.endpoint) == ("ar", HELP, "home.help")
    assert (report.english, report.shown) == ("Help", ARABIC.forms[0])
    assert (report.wrong, report.better) == ("كلمة غريبة", "")


def test_the_list_has_every_sentence_of_the_page_and_no_value(
    app: Flask, world: object, people: People
) -> None:
    browser = Browser(app).sign_in(people.alex)
    with app.app_context(), transaction():
        db.session.merge(people.alex).language = "ar"
    browser.open("/settings")
    assert "900101" in browser.response.text
    browser.open("/settings?_sentences=1")
    listed = browser.page.all("ol")[0]
    html = browser.response.text
    assert len(list(listed.iter("li"))) > 30
    assert "%(" not in html
    assert "900101" not in html.split("<ol", 1)[1].split("</ol>")[0]


def test_where_scripts_exchange_the_main_part_the_list_comes_as_one(
    app: Flask, people: People
) -> None:
    browser = Browser(app, htmx=True, Accept_Language="ar").open("/help?_sentences=1")
    assert browser.heading == "ما الجملة الخاطئة؟"
    assert "<footer" not in browser.response.text


def test_pages_in_english_have_no_list(app: Flask, people: People) -> None:
    browser = Browser(app).open("/help?_sentences=1")
    assert browser.heading == "Help"
    assert "_sentences" not in Browser(app).open("/help").response.text


def test_an_address_is_not_kept_only_the_name_of_the_page(app: Flask, people: People) -> None:
    browser = arabic(app)
    browser.open(f"/language/report/ar/{HELP}?page=/appointments/1234&back=/help")
    browser.fill(better="عون").press("إرسال")
    (report,) = kept(app)
    assert (report.endpoint, report.better) == ("", "عون")
    columns = {column.name for column in TranslationReport.__table__.columns}
    assert not {"claimant_id", "address", "path", "visit_id"} & columns


def test_neither_box_filled_in_asks_for_one(app: Flask, people: People) -> None:
    browser = arabic(app).open(f"/language/report/ar/{HELP}").press("إرسال", 422)
    browser.sees("يُرجى كتابة الخطأ، أو ما يجب أن تقوله الجملة.")
    assert kept(app) == []


def test_too_many_words_come_back(app: Flask, people: People) -> None:
    browser = arabic(app).open(f"/language/report/ar/{HELP}")
    browser.fill(wrong="ك" * 1001).press("إرسال", 422)
    assert browser.value("wrong") == "ك" * 1001
    assert kept(app) == []


def test_markup_and_hidden_letters_are_words(app: Flask, people: People) -> None:
    tell(arabic(app), wrong="<script>x</script>\u202e\x00\ue000")
    (report,) = kept(app)
    assert report.wrong.startswith("<script>x</script>")
    assert "\u202e" not in report.wrong
    desk = manager(app, people).open("/staff/translations")
    assert "<script>x" not in desk.response.text
    assert "&lt;script&gt;x" in desk.response.text


def test_pressed_twice_it_is_kept_once(app: Flask, people: People) -> None:
    browser = arabic(app).open(f"/language/report/ar/{HELP}")
    token = browser.token
    once = re.search(r'name="_once" value="([^"]+)"', browser.response.text)
    assert once
    for _ in range(2):
        data = {"csrf_token": token, "_once": once[1], "wrong": "خطأ"}
        assert browser.client.post(f"/language/report/ar/{HELP}", data=data).status_code == 303
    assert len(kept(app)) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/language/report/ar/00000000",
        f"/language/report/xx/{HELP}",
        f"/language/report/en/{HELP}",
        f"/language/report/so/{HELP}z",
        "/language/report/ar/%F0%9F%99%82",
        f"/language/report/ar/{'a' * 300}",
    ],
)
def test_a_sentence_that_there_is_not_is_not_found(app: Flask, people: People, path: str) -> None:
    browser = Browser(app).open(path, 404)
    assert browser.heading


def test_one_address_cannot_flood_us(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = throttle.parse("2 per hour")
    monkeypatch.setitem(throttle.LIMITS, "translation reports from an address", few)
    tell(arabic(app), wrong="1")
    tell(arabic(app), wrong="2")
    browser = arabic(app).open(f"/language/report/ar/{HELP}")
    data = {"csrf_token": browser.token, "wrong": "3"}
    answer = browser.client.post(f"/language/report/ar/{HELP}", data=data)
    assert answer.status_code == 429
    assert len(kept(app)) == 2


def manager(app: Flask, people: People) -> Desk:
    with app.app_context(), transaction():
        db.session.merge(people.colleague).role = "manager"
    return Desk(app).sign_in(people.colleague)


def test_managers_read_and_settle_them(app: Flask, people: People) -> None:
    tell(arabic(app), wrong="كلمة غريبة", better="عون")
    desk = manager(app, people).open("/staff/manager")
    desk.follow("Reports about translations")
    desk.sees("العربية", "Help", ARABIC.forms[0], "كلمة غريبة", "عون", HELP, "home.help")
    desk.press("Settle this")
    desk.sees("Nobody has found a translation wrong.")
    with app.app_context():
        assert queries.open_reports() == []
    (report,) = kept(app)
    assert report.settled_by == people.colleague.id


def test_they_are_not_for_every_member_of_staff(app: Flask, people: People) -> None:
    Desk(app).sign_in(people.coach).open("/staff/translations", 404)


def test_the_command_prints_what_is_open(app: Flask, people: People) -> None:
    tell(arabic(app), wrong="كلمة غريبة", better="عون")
    run = app.test_cli_runner().invoke
    said = run(args=["translations", "reports", "ar"]).output
    assert f"ar {HELP} 2027-02-01 home.help" in said
    for words in ("English: Help", "wrong: كلمة غريبة", "better: عون", "1 reports are open"):
        assert words in said
    assert "0 reports are open" in run(args=["translations", "reports", "cy"]).output


def test_they_go_after_two_years(app: Flask, people: People, clock_stopped: StoppedClock) -> None:
    tell(arabic(app), wrong="كلمة غريبة")
    clock_stopped.later(days=700)
    with app.app_context(), transaction():
        retention.sweep()
    assert len(kept(app)) == 1
    clock_stopped.later(days=60)
    with app.app_context(), transaction():
        retention.sweep()
    assert kept(app) == []
