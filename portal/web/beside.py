"""Two languages on one page: for somebody with an interpreter, and to check a translation.

Chosen by a link or a button on the page, kept for the visit, and worth nothing without a second
language. A sentence that its catalogue lacks is said in English, named as English, and told to
whoever runs the service.
"""

from __future__ import annotations

from typing import Any

import structlog
from babel import Locale
from flask import Blueprint, Flask, Response, g, redirect, render_template, request, session
from flask_babel import Domain, force_locale, get_babel
from werkzeug.wrappers import Response as BaseResponse

from portal import languages, marking
from portal.languages import Language
from portal.web import notice
from portal.web.access import public
from portal.web.headers import takes_long_text
from portal.web.language import safe_path
from portal.web.lines import Look, two_languages

bp = Blueprint("beside", __name__)
log = structlog.get_logger()


class MarkingDomain(Domain):
    """The catalogues, whose sentences come marked while a page needs that."""

    def get_translations(self) -> Any:
        own = super().get_translations()  # type: ignore[no-untyped-call]
        page = marking.current()
        if page is None:
            return own
        other = None
        if page.other:
            with force_locale(Locale.parse(languages.known()[page.other].babel_locale)):
                other = super().get_translations()  # type: ignore[no-untyped-call]
        return marking.Speaker(own, other, page, (languages.current().code, page.other))


def chosen() -> Language | None:
    """The second language of this visit's pages, where it is not the first one."""
    code = session.get("beside")
    if not code or not languages.is_offered(code):
        return None
    found = languages.known()[code]
    if found == languages.current():
        return None if found.code == languages.DEFAULT else languages.known()[languages.DEFAULT]
    return found


def compose(template: str, /, **values: Any) -> str:
    """A page as it goes out: in one language, or with its second language beside each line.

    Where a computer translated the page, what its template marks with `data-both` (decisions,
    days, money, rights) has the English beside it whatever was chosen.
    """
    if notice.asked():
        with marking.page(None) as listed:
            _rendered(template, values, listed)
            template, values = "translating/sentences.html", notice.listing(listed)
    page: marking.Page | None = g.get("marked_page")
    if page is not None and page.other:
        look = Look(
            languages.known()[page.other],
            languages.current().dir,
            aloud=bool(session.get("beside_aloud")),
        )
        return two_languages(_rendered(template, values, page), look)
    with marking.page(None) as page:
        html = _rendered(template, values, page)
    if (
        "data-both" in html
        and languages.review_state(languages.current().code) == "machine-drafted"
    ):
        with marking.page(languages.DEFAULT) as page:
            html = _rendered(template, values, page)
        english = languages.known()[languages.DEFAULT]
        direction = languages.current().dir
        look = Look(english, direction, numbers=False, aloud=True, only_marked=True)
        return two_languages(html, look)
    return marking.english_named(html) if marking.is_marked(html) else html


def both(template: str, values: dict[str, Any], other: Language | None) -> str:
    """The page for somebody else who sees it too: with this second language, whatever was chosen
    here, and read aloud."""
    with marking.page(other.code if other else None) as page:
        html = _rendered(template, values, page)
        look = Look(other, languages.current().dir, aloud=True)
        return two_languages(html, look) if other else marking.first(html)


def _rendered(template: str, values: dict[str, Any], page: marking.Page) -> str:
    html = notice.put(render_template(template, **values), page)
    for language, context, english in page.missing:
        log.warning("sentence_missing", language=language, id=marking.string_id(context, english))
    return html


def begin() -> None:
    """Before a request, after the guards know who it is: all that it says, it says in both."""
    other = chosen() if request.blueprint not in ("files", "api") else None
    if "." in request.path.rpartition("/")[2]:
        return
    if other or notice.listens():
        g.marked = marking.page(other.code if other else None)
        g.marked_page = g.marked.__enter__()


def _end(_error: BaseException | None = None) -> None:
    marked = g.pop("marked", None)
    if marked is not None:
        marked.__exit__(None, None, None)


def _plain(response: Response) -> Response:
    """Whatever was not made as a page says each thing once."""
    text_type = (response.mimetype or "").startswith("text")
    if g.get("marked") and text_type and not response.direct_passthrough:
        text = response.get_data(as_text=True)
        if marking.is_marked(text):
            response.set_data(marking.first(text))
    return response


@bp.get("/beside/<code>")
@public
def choose(code: str) -> BaseResponse:
    """Show one more language from now on, or (`off`) none; then back to the page one was on."""
    _take(code)
    return redirect(safe_path(request.args.get("next")), 303)


@bp.post("/beside")
@public
@takes_long_text
def posted() -> BaseResponse:
    """The same where scripts exchange only the main part: what was typed came along and is kept."""
    return redirect(safe_path(request.form.get("_next")), 303)


def take_choice() -> None:
    """Before every request: a second language was chosen with a button of a page with a form.

    Nothing else is done then: the page comes back with every field as it was.
    """
    code = request.form.get("_beside") if request.method == "POST" else None
    if code:
        g.only_refill = True
        _take(code)


def _take(code: str) -> None:
    """Keep the choice for this visit. What we do not know changes nothing."""
    match code:
        case "off":
            session.pop("beside", None)
            session.pop("beside_aloud", None)
        case "ask":
            session["beside_asked"] = True
        case "aloud":
            session["beside_aloud"] = True
        case "quiet":
            session.pop("beside_aloud", None)
        case _ if languages.is_offered(code):
            session["beside"] = code


def _for_templates() -> dict[str, Any]:
    page: marking.Page | None = g.get("marked_page")
    state = languages.review_state(languages.current().code)
    return {
        "beside": {
            "second": page.other if page else None,
            # Where a computer translated, any page may have something in two languages.
            "styled": bool(page) or state == "machine-drafted",
            "asked": session.pop("beside_asked", False),
            "aloud": session.get("beside_aloud", False),
        }
    }


def init_app(app: Flask) -> None:
    """Before the guards: what is chosen on a page counts for that page."""
    with app.app_context():
        get_babel().instance.domain_instance = MarkingDomain()  # type: ignore[no-untyped-call]
    app.before_request(take_choice)
    app.after_request(_plain)
    app.teardown_request(_end)
    app.context_processor(_for_templates)
    app.register_blueprint(bp)
