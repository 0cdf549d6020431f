"""Rules of this folder: no page is forgotten, and axe is the one that was published."""

from __future__ import annotations

import hashlib
from collections import Counter

from accessibility_tests.checks import AXE
from accessibility_tests.service import Service
from accessibility_tests.states import all_states

# axe-core 4.14.1, package/axe.min.js as published on npm.
PUBLISHED = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"

# Views that answer a GET and show no page of their own, and why.
NO_PAGE = {
    "home.welcome": "leads to the page that is most useful right after signing in",
    "home.health_process": "for programs",
    "home.health_ready": "for programs",
    "files.static_file": "files",
    "history.download": "a file",
    "beside.choose": "leads back to the page one was on, in two languages or in one",
    "complaints.go_on": "leads to the page of a complaint that is being written",
    "appointments.ics": "a calendar file",
    "appointments.link_ics": "a calendar file",
    "appointments.accept": "a button; opened as an address it leads back to the appointment",
    "appointments.phone": "the same",
    "appointments.undo": "the same",
    "appointments.no_call": "the same",
    "appointments.no_interpreter": "the same",
    "appointments.report_undo": "the same",
    "appointments.link_accept": "the same",
    "appointments.link_phone": "the same",
    "appointments.link_undo": "the same",
    "appointments.link_no_call": "the same",
    "appointments.link_no_interpreter": "the same",
    "appointments.link_report_undo": "the same",
}


def missing(service: Service, shown: set[str]) -> set[str]:
    """The pages that are not among those that are shown."""
    return {
        rule.endpoint
        for rule in service.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint.partition(".")[0] not in ("api", "static")
        and rule.endpoint not in (shown | set(NO_PAGE))
    }


def test_every_page_has_a_state(service: Service) -> None:
    shown = {state.endpoint for state in all_states()}
    assert not missing(service, shown), (
        "Give these pages a state in *_states.py, or a reason in NO_PAGE."
    )


def test_reasons_are_needed(service: Service) -> None:
    known = {rule.endpoint for rule in service.app.url_map.iter_rules()}
    assert set(NO_PAGE) <= known


def test_a_forgotten_page_is_found(service: Service) -> None:
    """The planted fault: without its states, a page would be missing."""
    shown = {state.endpoint for state in all_states()} - {"home.privacy"}
    assert missing(service, shown) == {"home.privacy"}


def test_names_of_states_are_unique() -> None:
    twice = [name for name, n in Counter(state.name for state in all_states()).items() if n > 1]
    assert not twice


def test_axe_is_as_published() -> None:
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() == PUBLISHED
