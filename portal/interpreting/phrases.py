"""What a person may need to say in the first minute at a counter, before an interpreter is there.

Public: each sentence in one language, with the English beside it, to be shown or printed. Nothing
here knows who looks at it. Apart from `views`, which are for people who are signed in.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from portal import languages, marking
from portal.languages import Language, say
from portal.refusals import Sentence, sentence
from portal.web.access import public
from portal.web.fragments import page, to

bp = Blueprint("phrases", __name__)

_DRAFTED = sentence(
    "A computer translated this page. A person has not checked it yet. If something looks wrong, "
    "you can read it in English or ask for an interpreter."
)
PHRASES: tuple[Sentence, ...] = (
    sentence("I need an interpreter. My language is %(language)s."),
    sentence("Please write it down."),
    sentence("Please speak slowly, and use short sentences."),
    sentence("I did not understand. Please say it in another way."),
    sentence("Please do not ask my child or my family to interpret."),
    sentence("I have an appointment today."),
    sentence("I am late. Can somebody still see me today?"),
    sentence("I have no appointment, but I need help today."),
    sentence("Please can we talk in a private room?"),
    sentence("I feel ill. I need to sit down."),
    sentence("I cannot hear well. Please look at me when you speak."),
    sentence("I cannot read well. Please read it to me."),
    sentence("I have no phone and no internet."),
    sentence("I have no money for food today."),
    sentence("I have no place to sleep tonight."),
    sentence("I am not safe at home. Please tell nobody that I said so."),
    sentence("I do not want to sign this before I understand it."),
    sentence("I need time to think about it."),
    sentence("Please write down your name, and what we agreed."),
    sentence("I want to complain safely. Who can help me with that?"),
)
"""In the order in which they may be needed."""


def spoken(code: str) -> list[tuple[str, str]]:
    """Every sentence in one language, with its English. The language calls itself by its own
    name in the first, and by its English name in the second."""
    language = languages.known()[code]
    with marking.unmarked():
        with languages.speaking(code):
            own = [say(each) for each in _naming(language.endonym)]
        with languages.speaking(languages.DEFAULT):
            english = [say(each) for each in _naming(language.english_name)]
    return list(zip(own, english, strict=True))


def _naming(language: str) -> list[Sentence]:
    first, *others = PHRASES
    return [Sentence(first.english, {"language": language}), *others]


def _drafted(language: Language) -> str:
    """That nobody has checked it yet, in that language; empty where somebody has, and where the
    page says so already."""
    drafted = languages.review_state(language.code) == "machine-drafted"
    if language == languages.current() or not drafted:
        return ""
    with marking.unmarked(), languages.speaking(language.code):
        return say(_DRAFTED)


def _page(code: str, status: int = 200) -> Any:
    language = languages.known()[code]
    return page(
        "interpreting/phrases.html",
        status,
        language=language,
        phrases=spoken(code),
        drafted=_drafted(language),
    )


@bp.get("/phrases")
@public
def own() -> Any:
    """In the language of the page, and every other language to choose."""
    return _page(languages.current().code)


@bp.get("/phrases/<code>")
@public
def chosen(code: str) -> Any:
    """In one language, whatever the language of the page is. One that we do not have leads to
    those that we have."""
    if languages.is_offered(code):
        return _page(code)
    near = languages.best_of([code])
    if near is not None:
        return to(url_for("phrases.chosen", code=near))
    return _page(languages.current().code, 404)
