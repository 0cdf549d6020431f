"""What a visit costs in bytes, counted on the wire from the real server.

On a line of 50 kbit/s a thousand bytes take a sixth of a second and a round trip half a second,
so pages and requests have budgets. Bytes do not wobble: a page that grew fails here.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask_babel import pgettext

from accessibility_tests import (
    account_states,
    claimant_states,
    commitment_states,
    complaint_form_states,
    complaint_states,
    cost_states,
    explainer_states,
    helper_states,
    interpreter_states,
    plan_states,
    public_states,
    report_states,
    shared_phone_states,
    swapped_states,
    translation_states,
)
from accessibility_tests.scenes import Scene
from accessibility_tests.service import NOW, Service
from accessibility_tests.states import State
from portal import clock, languages
from portal.account import codes
from portal.account.models import CodeAttempt
from portal.database import db
from tests.budgets.wire import Answer, Visitor
from tests.served import real_server

FIRST_VIEW = 7_300
"""Any page a claimant can open, with the stylesheet it waits for."""
MAIN_PAGE = 4_380
"""Each page of the main journey, the same way: three segments of a new connection."""
JOURNEY = 12_000
REQUESTS = 8
OTHER_SCRIPTS = 1.6
TWO_LANGUAGES = 2
"""Who reports a translation reads each sentence in English too, and so does an interpreter."""
IN_TWO = frozenset({"translation-sentences", "watch-form", "watch-page"})

CODES = [language.code for language in languages.offered()]
PAGES = [
    state
    for module in (
        public_states,
        claimant_states,
        account_states,
        explainer_states,
        cost_states,
        plan_states,
        commitment_states,
        complaint_form_states,
        complaint_states,
        helper_states,
        interpreter_states,
        report_states,
        shared_phone_states,
        swapped_states,
        translation_states,
    )
    for state in module.STATES
    if state.opens_by_itself and state.who in ("nobody", "claimant")
]


@dataclass(frozen=True)
class Wire:
    """A service, and the port where the real server serves it."""

    service: Service
    port: int

    def visit(self, state: State, language: str) -> tuple[Visitor, Answer]:
        """Open a page as somebody who comes for the first time today."""
        scene = Scene(self.service, language)
        path = state.prepare(scene)
        scene.session.setdefault("csrf_token", secrets.token_urlsafe(12))
        visitor = Visitor(self.port, language, self.service.cookie(**scene.session))
        return visitor, visitor.ask(path)


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    folder = tmp_path_factory.mktemp("wire")
    service = Service(folder)
    environ = {
        "PORTAL_MODE": "test",
        "PORTAL_SECRET_KEY": service.app.secret_key,
        "PORTAL_INSTANCE": str(folder),
        "PORTAL_CLOCK": NOW.isoformat(),
        "PORTAL_LOG_LEVEL": "CRITICAL",
        # Over HTTPS the heads are longer, and that is how people come.
        "PORTAL_PUBLIC_URL": "https://portal.example",
        "DATABASE_URL": service.app.config["SQLALCHEMY_ENGINES"]["default"]["url"],
    }
    with clock.frozen(NOW), real_server(environ) as port:
        yield Wire(service, port)
    service.close()


def allowed(limit: int, language: str) -> int:
    return limit if language == "en" else int(limit * OTHER_SCRIPTS)


def weights(wire: Wire, language: str) -> dict[str, Answer]:
    """What each page weighs, by the name of its state."""
    pages = {state.name: wire.visit(state, language)[1] for state in PAGES}
    assert {page.heads.get("content-encoding") for page in pages.values()} == {"br"}
    return pages


@pytest.fixture(scope="module")
def in_english(wire: Wire) -> dict[str, int]:
    return {name: page.bytes for name, page in weights(wire, "en").items()}


def weighed_beside_english(wire: Wire, name: str, language: str) -> float:
    """How often the English page goes into the same page of another language, both of now."""
    state = next(state for state in PAGES if state.name == name)
    english, other = (wire.visit(state, each)[1].bytes for each in ("en", language))
    return other / english


@pytest.mark.slow
@pytest.mark.parametrize("language", CODES)
def test_first_view_of_every_page(
    wire: Wire, language: str, in_english: dict[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = Visitor(wire.port).sheet(Visitor(wire.port).ask("/")).bytes
    pages = weights(wire, language)
    rows = {
        name: (page.head_bytes, page.body_bytes, page.bytes + sheet, page.bytes / in_english[name])
        for name, page in pages.items()
    }
    most = allowed(FIRST_VIEW, language)
    with capsys.disabled():
        print(f"\n{language}: head, page, with the sheet of {sheet} (of at most {most})")
        for name, (head, body, total, ratio) in sorted(rows.items(), key=lambda row: -row[1][2]):
            print(f"  {name:32} {head:6} {body:6} {total:6} {ratio:6.2f} of English")
    assert {name: row for name, row in rows.items() if row[2] > most} == {}
    heavy = {name for name, row in rows.items() if row[3] > OTHER_SCRIPTS}
    # A list of staff grows with every scene, whatever its language: both are weighed again.
    both = {name: weighed_beside_english(wire, name, language) for name in heavy}
    limits = {name: TWO_LANGUAGES if name in IN_TWO else OTHER_SCRIPTS for name in heavy}
    assert {name: ratio for name, ratio in both.items() if ratio > limits[name]} == {}
    assert len(rows) > 120


@dataclass
class Journey:
    """Sign in, the code, the appointment, accepted: cold, and without a script."""

    pages: dict[str, Answer]
    sheet: Answer
    traffic: list[Answer]

    @property
    def bytes(self) -> int:
        return sum(answer.bytes for answer in self.traffic)


def sign_in_and_accept(wire: Wire, language: str, **booking: str) -> Journey:
    scene = Scene(wire.service, language)
    wire.service.forget_visitors()
    scene.book(**booking)
    with scene.writing():
        number = scene.claimant().mobile or ""
    with wire.service.app.app_context(), languages.speaking(language):
        words = {name: pgettext("button", name) for name in ("Text me a code", "Sign in", "Accept")}
    visitor = Visitor(wire.port, language)
    pages = {"sign in": visitor.ask("/sign-in")}
    sheet = visitor.sheet(pages["sign in"])
    pages["code"] = visitor.press(
        pages["sign in"], "/sign-in", words["Text me a code"], number=number
    )
    with wire.service.app.app_context():
        attempt = db.session.query(CodeAttempt).filter_by(number=number).one()
        code = codes.digits("sign-in", attempt.id)
    pages["appointment"] = visitor.press(pages["code"], "/sign-in", words["Sign in"], code=code)
    pages["accepted"] = visitor.press(pages["appointment"], "", words["Accept"])
    assert [page.status for page in pages.values()] == [200] * 4
    assert "receipt" in pages["accepted"].body
    return Journey(pages, sheet, visitor.traffic)


@pytest.mark.parametrize("language", CODES)
def test_main_journey(wire: Wire, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    journey = sign_in_and_accept(wire, language)
    with capsys.disabled():
        print(f"\n{language}: {len(journey.traffic)} requests, {journey.bytes} bytes")
        for name, page in journey.pages.items():
            print(f"  {name:12} {page.bytes:6} {page.bytes + journey.sheet.bytes:6}")
    for name, page in journey.pages.items():
        assert page.bytes + journey.sheet.bytes <= allowed(MAIN_PAGE, language), name
    assert journey.bytes <= allowed(JOURNEY, language)
    assert len(journey.traffic) <= REQUESTS


def test_a_page_that_grew_is_found(wire: Wire) -> None:
    """The planted fault: eight thousand letters that no compression makes small."""
    noise = secrets.token_urlsafe(6_000)
    journey = sign_in_and_accept(wire, "en", purpose="other", purpose_note=noise)
    assert journey.pages["appointment"].bytes + journey.sheet.bytes > FIRST_VIEW > MAIN_PAGE


def test_a_browser_fetches_the_sheet_once(wire: Wire) -> None:
    """It may keep it for good, whatever happens to the cookie."""
    visitor = Visitor(wire.port)
    sheet = visitor.sheet(visitor.ask("/sign-in"))
    assert "immutable" in sheet.heads["cache-control"]
    assert "cookie" not in sheet.heads["vary"].lower()
    assert "set-cookie" not in sheet.heads


def test_what_must_be_put_right_is_no_heavier(wire: Wire) -> None:
    visitor = Visitor(wire.port)
    page = visitor.ask("/sign-in")
    again = visitor.press(page, "/sign-in", "Text me a code", number="0161 496 0000")
    assert again.status == 422
    assert again.heads["content-encoding"] == "br"
    assert again.bytes + visitor.sheet(page).bytes <= MAIN_PAGE


def test_only_what_nobody_typed_is_squeezed(wire: Wire) -> None:
    """Pages travel without empty lines; a person's own stay where they put them."""
    scene = Scene(wire.service, "en")
    of = scene.book()
    typed = "First line\n\n    and a second.\n\n" + "x" * 2_100
    visitor = Visitor(wire.port)
    page = visitor.ask(scene.link(of, "cancel"))
    again = visitor.press(page, "", "Ask to cancel", note=typed)
    assert again.status == 422
    assert typed in again.body
    assert "\n\n" not in again.body.replace(typed, "")


def test_whoever_reads_no_brotli_is_served_too(wire: Wire) -> None:
    visitor = Visitor(wire.port)
    visitor.encodings = "identity"
    for path, status in (("/", 200), ("/nowhere", 404)):
        page = visitor.ask(path)
        assert page.status == status
        assert "content-encoding" not in page.heads
        assert "</html>" in page.body


def test_a_redirect_has_no_body(wire: Wire) -> None:
    answer = Visitor(wire.port).ask("/settings")
    assert (answer.status, answer.body_bytes) == (303, 0)
