"""The page of texts and costs, for managers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from accessibility_tests.scenes import Scene
from accessibility_tests.states import State
from notifications import worker
from portal.account.models import Claimant, Staff
from portal.database import db


def _with_texts(s: Scene) -> str:
    """Texts in several languages went out, and whoever looks is a manager."""
    for language in ("en", "cy", "ar"):
        sam = s.register(f"Sam {language}")
        with s.writing():
            db.session.get_one(Claimant, sam).language = language
        s.accept(s.book(person=sam))
    with s.service.app.app_context():
        worker.once()
    with s.writing():
        db.session.get_one(Staff, s.member).role = "manager"
    return "/staff/texts"


@contextmanager
def _limit_of_one(s: Scene) -> Iterator[None]:
    """The day's parts are used."""
    known = s.service.app.extensions
    before = known["settings"]
    known["settings"] = replace(before, sms_parts_a_day=1)
    try:
        yield
    finally:
        known["settings"] = before


STATES = (
    State("desk-figures", "operator.texts", _with_texts, who="staff"),
    State("desk-figures-limit", "operator.texts", _with_texts, who="staff", weather=_limit_of_one),
)
