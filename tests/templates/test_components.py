"""The page's frame and its parts, rendered on their own."""

from pathlib import Path
from types import SimpleNamespace

import html5lib
import pytest
from flask import Flask, g, render_template_string
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

TEMPLATES = Path(__file__).resolve().parents[2] / "portal" / "templates"
ENDPOINTS = [
    "home.start",
    "home.help",
    "home.accessibility",
    "home.privacy",
    "appointments.listing",
    "costs.explainer",
    "my_plan.plan",
    "messages.messages",
    "history.record",
    "account.settings",
    "account.sign_out",
    "account.exit",
    "account.stay",
    "account.end",
    "complaints.listing",
    "beside.choose",
    "beside.posted",
    "web.language",
]

ENGLISH = SimpleNamespace(code="en", html_lang="en", dir="ltr", endonym="1")
ARABIC = SimpleNamespace(code="ar", html_lang="ar", dir="rtl", endonym="2")

PAGE = """
{% extends layout %}{% set main_form = "f" %}
{% import "components/fields.html" as fields %}
{% from "components/form.html" import form as a_form %}
{% block title %}#{% endblock %}{% block h1 %}#{% endblock %}
{% block main %}{% call a_form(once="9") %}
{{ fields.tel(form.number) }}{{ fields.code(form.code) }}{{ fields.radios(form.one) }}
{{ fields.checkboxes(form.many) }}{{ fields.tick(form.tick) }}{{ fields.select(form.place) }}
{{ fields.date(form.day) }}{{ fields.textarea(form.more) }}
{% endcall %}{% endblock %}
"""


def never(form: FlaskForm, field: object) -> None:
    raise ValidationError("7")


class Everything(FlaskForm):
    number = StringField("0", [never], description="0", render_kw={"maxlength": 20})
    code = StringField("0", [never])
    one = RadioField("0", [never], choices=[SelectChoice("1", "0"), SelectChoice("2", "0")])
    many = SelectMultipleField("0", [never], choices=[SelectChoice("1", "0")])
    tick = BooleanField("0", [never])
    place = SelectField("0", [never], choices=[SelectChoice("1", "0"), SelectChoice("2", "0")])
    day = DateField("0", [never], format="%d %m %Y", invalid_value_message="7")
    more = TextAreaField("0", [never])


@pytest.fixture
def app() -> Flask:
    app = Flask("templates")
    app.config.update(SECRET_KEY="for this test", WTF_CSRF_ENABLED=False)
    CSRFProtect(app)
    for endpoint in ENDPOINTS:
        app.add_url_rule(f"/{endpoint.replace('.', '/')}", endpoint, lambda: "")
    environment = app.jinja_env
    environment.loader = ChoiceLoader(
        [
            FileSystemLoader(TEMPLATES),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    # Every translated sentence comes out as "*", so that any letter left is one nobody can
    # translate.
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: "*",
        ngettext=lambda one, many, number: "*",
        pgettext=lambda context, text: "*",
        npgettext=lambda context, one, many, number: "*",
        newstyle=True,
    )
    environment.globals["static_url"] = lambda name: f"/static/{name}"
    return app


def render(app: Flask, source: str, *, language: SimpleNamespace = ENGLISH, **given: object) -> str:
    values = {
        "layout": "layouts/page.html",
        "languages": [ENGLISH, ARABIC],
        "signed_in": True,
        "scripts": True,
        "service_name": "#",
        "shows_all_languages": lambda: True,
        "beside": SimpleNamespace(second=None, asked=False, aloud=False),
        "language_notice": lambda here: "",
        "language_checked": lambda here: "",
    }
    g.language = language
    return render_template_string(source, **{**values, **given})


def tree(markup: str):  # type: ignore[no-untyped-def]
    return html5lib.HTMLParser(namespaceHTMLElements=False, strict=False).parse(markup)


def typed(**values: str) -> Everything:
    """What a person sent, in a form where every answer is an error (to show errors)."""
    sent = {"one": "1", "many": "1", "place": "1", **values}
    day = [("day", part) for part in ("31", "02", "2026")]
    form = Everything(MultiDict([*sent.items(), *day]))
    form.validate()
    return form


def test_no_english_hides_in_the_frame_or_the_parts(app: Flask) -> None:
    parts = """
    {% extends layout %}
    {% from "components/receipt.html" import receipt %}
    {% from "components/stand.html" import stand %}
    {% from "components/warning.html" import warning %}
    {% from "components/back_link.html" import back_link %}
    {% block before %}{{ back_link("/") }}{% endblock %}
    {% block main %}{{ warning("0") }}{{ receipt("12345678", "0", "0", "0") }}
    {% for state in ["asked", "seen", "agreed", "refused"] %}{{ stand(state, "0") }}{% endfor %}
    {% endblock %}
    """
    for source in (PAGE, parts):
        with app.test_request_context("/0"):
            page = tree(render(app, source, form=typed()))
        seen = "".join(page.itertext())
        for element in page.iter():
            named = ("aria-label", "title", "alt", "placeholder", "data-text", "data-lost")
            seen += "".join(element.get(name, "") for name in named)
        assert not [letter for letter in seen if letter.isalpha()], seen


def test_fields_in_error_say_so_once(app: Flask) -> None:
    with app.test_request_context("/0"):
        page = tree(render(app, PAGE, form=typed()))
    main = page.find(".//main")
    invalid = [element for element in main.iter() if element.get("aria-invalid") == "true"]
    names = {element.get("name") for element in invalid if element.tag != "fieldset"}
    assert names == {"number", "code", "many", "tick", "place", "day", "more"}
    # A radio button cannot be invalid; its group can.
    assert [e.get("role") for e in invalid if e.tag == "fieldset"] == ["radiogroup"]
    ids = {element.get("id") for element in main.iter() if element.get("id")}
    for element in main.iter():
        assert set(element.get("aria-describedby", "").split()) <= ids
    for link in main.findall(".//*[@class='govuk-error-summary']//a"):
        assert link.get("href").removeprefix("#") in ids
    # Focus says it; an alert beside it would say it twice.
    assert not [element for element in page.iter() if element.get("role") == "alert"]
    summary = main.find(".//*[@class='govuk-error-summary']")
    assert summary.get("tabindex") == "-1"
    assert "autofocus" in summary.attrib


def test_what_was_typed_comes_back(app: Flask) -> None:
    words = "first line\n    second line"
    with app.test_request_context("/0"):
        form = typed(number="07700 900001", code="123456", one="2", place="2", more=words)
        page = tree(render(app, PAGE, form=form))
    values = {
        e.get("id"): e.get("value") for e in page.iter("input") if e.get("type") not in ("hidden",)
    }
    assert values["number"] == "07700 900001"
    assert values["code"] is None
    assert [values["day"], values["day-month"], values["day-year"]] == ["31", "02", "2026"]
    assert "".join(page.find(".//textarea").itertext()) == words
    assert [e.get("value") for e in page.iter("input") if "checked" in e.attrib] == ["2", "1"]
    assert [e.get("value") for e in page.iter("option") if "selected" in e.attrib] == ["2"]


def test_markup_typed_by_a_person_stays_text(app: Flask) -> None:
    with app.test_request_context("/0"):
        page = render(app, PAGE, form=typed(number='"><b>', more="</textarea><b>"))
    assert "<b>" not in page


def test_directions_of_boxes(app: Flask) -> None:
    with app.test_request_context("/0"):
        page = tree(render(app, PAGE, form=typed(), language=ARABIC))
    assert (page.find(".").get("lang"), page.find(".").get("dir")) == ("ar", "rtl")
    boxes = {e.get("name"): e.get("dir") for e in page.iter() if e.tag in ("input", "textarea")}
    assert (boxes["number"], boxes["code"], boxes["more"]) == ("ltr", "ltr", "auto")


def test_a_language_button_posts_what_was_typed_and_enter_does_not_press_it(app: Flask) -> None:
    with app.test_request_context("/0?page=2"):
        page = tree(render(app, PAGE, form=typed()))
    buttons = [b for b in page.iter("button") if b.get("form") == "f"]
    first = buttons[0]
    languages = [b for b in buttons if b.get("name") == "_language"]
    assert (first.get("name"), first.get("formaction")) == (None, None)
    assert [b.get("value") for b in languages] == ["en", "ar"]
    assert [b.get("aria-current") for b in languages] == ["true", None]
    assert {b.get("formaction") for b in languages} == {"/web/language"}
    assert all("formnovalidate" in b.attrib for b in languages)
    form = page.find(".//main//form")
    assert form.get("id") == "f"
    back = [i.get("value") for i in page.iter("input") if i.get("name") == "_next"]
    assert back == ["/0?page=2", "/0?page=2"]
    assert form.find("input[@name='_once']").get("value") == "9"


def test_one_button_asks_for_all_languages_and_says_so_in_english_too(app: Flask) -> None:
    for language in (ENGLISH, ARABIC):
        with app.test_request_context("/0"):
            few = render(
                app, PAGE, form=typed(), language=language, shows_all_languages=lambda: False
            )
        buttons = [b for b in tree(few).iter("button") if b.get("name") == "_language"]
        *others, ask = buttons
        assert [b.get("value") for b in others] == ([] if language is ENGLISH else ["en"])
        assert (ask.get("value"), ask.get("form")) == (None, "f")
        said = [part.text for part in ask.iter("span") if part.get("lang") == "en"]
        assert said == ([] if language is ENGLISH else ["All languages"])


def test_without_scripts_and_form_a_language_button_is_plain(app: Flask) -> None:
    with app.test_request_context("/0"):
        page = tree(render(app, "{% extends layout %}", scripts=False, signed_in=False))
    assert not [b for b in page.iter("button") if b.get("form") or b.get("formaction")]
    assert not list(page.iter("script"))
    assert page.find(".//nav") is None


def test_a_fragment_is_a_title_and_a_main_part(app: Flask) -> None:
    with app.test_request_context("/0"):
        markup = render(app, PAGE, form=typed(), layout="layouts/fragment.html").strip()
    assert markup.startswith("<title>")
    assert markup.endswith("</main>")
    assert markup.count("<main ") == 1
    assert "<header" not in markup


def test_the_place_we_are_is_marked(app: Flask) -> None:
    with app.test_request_context("/appointments/listing/4"):
        page = tree(render(app, "{% extends layout %}"))
    marked = [a.get("href") for a in page.findall(".//nav//a") if a.get("aria-current")]
    assert marked == ["/appointments/listing"]


@pytest.mark.parametrize("code", ["K7QM2P4A", "K7QM-2P4A"])
def test_a_receipt_shows_its_code_in_two_groups(app: Flask, code: str) -> None:
    source = (
        """{% from "components/receipt.html" import receipt %}{{ receipt(code, "0", "0", "0") }}"""
    )
    with app.test_request_context("/0"):
        assert '<bdi dir="ltr">K7QM-2P4A</bdi>' in render(app, source, code=code)


def test_the_current_step_is_said_and_arrows_follow_the_direction(app: Flask) -> None:
    source = """{% from "components/stand.html" import stand %}{{ stand("seen", "0") }}"""
    for language, arrow in ((ENGLISH, "→"), (ARABIC, "←")):
        with app.test_request_context("/0"):
            markup = render(app, source, language=language)
        assert markup.count('aria-current="step"') == 1
        assert markup.count(arrow) == 2


def test_cells_of_a_staff_list_are_escaped_unless_they_are_markup(app: Flask) -> None:
    source = (
        """{% from "components/worklist.html" import worklist %}{{ worklist("0", ["0"], rows) }}"""
    )
    with app.test_request_context("/0"):
        markup = render(app, source, rows=[["<i>", Markup("<a>")]])
    assert "&lt;i&gt;" in markup
    assert "<a>" in markup
