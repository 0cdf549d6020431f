"""Sentences that say who they are."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import gettext, ngettext, pgettext
from markupsafe import Markup

from portal import languages, marking
from portal.database import transaction
from portal.languages import say, speaking
from portal.marking import first, keys, mark, second, string_id
from portal.refusals import sentence
from tests.people import SOON


def test_a_mark_holds_both_languages_and_the_id() -> None:
    text = "a " + mark("one", "un", "1234abcd") + " b"
    assert (first(text), second(text), keys(text)) == ("a one b", "a un b", ["1234abcd"])


def test_marks_nest() -> None:
    text = mark("by " + mark("Monday", "lundi"), "avant " + mark("Monday", "lundi"), "k")
    assert first(text) == "by Monday"
    assert second(text) == "avant lundi"
    assert keys(text) == ["k"]


@pytest.mark.parametrize(
    "text", ["\ue003", "\ue001x", "\ue000x", "a\ue002b\ue003c", "\ue000a\ue003\ue001b"]
)
def test_a_stray_mark_breaks_nothing(text: str) -> None:
    assert not set(first(text) + second(text)) & {"\ue000", "\ue001", "\ue002", "\ue003"}


def test_everything_said_is_marked_inside_a_page_and_nothing_outside(app: Flask) -> None:
    with app.test_request_context(), speaking("ar"):
        assert not marking.is_marked(gettext("Help"))
        with marking.page("en"):
            for said in (
                pgettext("button", "Accept"),
                ngettext("%(num)s minute", "%(num)s minutes", 3),
                languages.day(SOON),
                languages.clock_time(SOON),
                languages.weekday(2),
                languages.when(SOON),
                say(sentence("Choose a time, or tell us which times are possible.")),
            ):
                assert marking.is_marked(said)
                assert first(said) != second(said)
                assert second(said).isascii()
        assert not marking.is_marked(languages.day(SOON))


def test_a_value_stands_in_both_halves_and_each_date_in_its_own_language(app: Flask) -> None:
    with app.test_request_context(), speaking("cy"), marking.page("en"):
        said = say(sentence("You have until %(day)s.", day=SOON), html=True)
        assert isinstance(said, Markup)
        assert languages.known()["cy"].code == "cy"
    with app.test_request_context(), speaking("cy"):
        welsh = languages.day(SOON)
    assert welsh.split()[-2] in first(said)
    assert welsh.split()[-2] not in second(said)


def test_the_id_is_of_the_sentence_and_its_context() -> None:
    assert string_id(None, "Help") == string_id("", "Help")
    assert string_id("navigation", "Help") != string_id(None, "Help")
    assert len(string_id(None, "Help")) == 8


def test_what_is_stored_and_recorded_is_never_marked(app: Flask) -> None:
    with app.test_request_context(), speaking("cy"), marking.page("en"):
        with transaction():
            assert not marking.is_marked(gettext("Help"))
        assert marking.is_marked(gettext("Help"))
        assert languages.wording(pgettext("button", "Accept")).words == "Derbyn"


def test_a_sentence_without_translation_is_named_as_english(app: Flask) -> None:
    with app.test_request_context(), speaking("cy"), marking.page(None) as page:
        said = gettext("Nobody translated this sentence.")
        assert not marking.is_marked(pgettext("button", "Accept"))
    html = f'<p title="{said}">{said}</p>'
    assert page.missing == [("cy", None, "Nobody translated this sentence.")]
    assert marking.english_named(html) == (
        '<p title="Nobody translated this sentence.">'
        '<span lang="en" dir="ltr">Nobody translated this sentence.</span></p>'
    )


def test_english_lacks_nothing(app: Flask) -> None:
    with app.test_request_context(), speaking("en"), marking.page(None) as page:
        assert not marking.is_marked(gettext("Nobody translated this sentence."))
    assert page.missing == []
