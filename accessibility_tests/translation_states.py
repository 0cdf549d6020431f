"""Saying that a translation is wrong, and the page where managers read it."""

from __future__ import annotations

from accessibility_tests.scenes import LONG_WORD, Scene
from accessibility_tests.states import State, send
from portal.account.models import Staff
from portal.catalogues import string_id
from portal.database import db, new_id
from portal.translating import queries, reporting

_LONG = string_id(
    None,
    "A computer translated this page. A person has not checked it yet. If something looks wrong,"
    " you can read it in English or ask for an interpreter.",
)
_HELP = string_id("navigation", "Help")


def _of_a_sentence(s: Scene) -> str:
    """In English there is nothing to say this about; then it is somebody looking at Welsh."""
    code = s.language if s.language != "en" else "cy"
    return f"/language/report/{code}/{_LONG}?page=home.help&back=/help"


def _reported(s: Scene) -> str:
    """Two languages, long words, several scripts; whoever looks is a manager."""
    with s.writing():
        for code, words in (("ar", "كلمة غريبة"), ("cy", LONG_WORD), ("cy", "<b>O’r gorau</b>")):
            for sentence_id in (_LONG, _HELP):
                found = queries.sentence(code, sentence_id)
                assert found is not None
                reporting.report(
                    new_id(), code, found, endpoint="home.help", wrong=words, better=words
                )
        db.session.get_one(Staff, s.member).role = "manager"
    return "/staff/translations"


def _manager(s: Scene) -> str:
    with s.writing():
        db.session.get_one(Staff, s.member).role = "manager"
        for each in queries.open_reports():
            reporting.settle(each, s.member)
    return "/staff/translations"


STATES = (
    State("translation-sentences", "home.help", "/help?_sentences=1"),
    State("translation-report", "translating.report", _of_a_sentence),
    State("translation-report-empty", "translating.report", _of_a_sentence, send(), errors=True),
    State(
        "translation-report-long",
        "translating.report",
        _of_a_sentence,
        send(wrong=LONG_WORD * 40, better="نص عربي و English"),
        errors=True,
    ),
    State("translation-thanks", "translating.thanks", "/language/report/thanks?back=/help"),
    State("desk-translations", "staff.translations", _reported, who="staff"),
    State("desk-translations-none", "staff.translations", _manager, who="staff"),
)
