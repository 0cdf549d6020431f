"""The desk's pages about commitments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from accessibility_tests.browser import Browser
from accessibility_tests.scene_commitment import (
    LIBRARY,
    POINTS,
    asked,
    busy,
    draft,
    known,
    paused,
    sent,
)
from accessibility_tests.scenes import NOTE, Scene
from accessibility_tests.states import State, send
from portal import clock
from portal.account.models import Claimant, Staff
from portal.actors import Actor, Assurance, Channel, Kind
from portal.commitment import actions, desk_actions, drafting, queries
from portal.commitment.drafting import Frame, PointWords
from portal.commitment.models import Version
from portal.database import db

Desk = partial(State, who="staff")


def _change(make: Callable[[Scene], UUID], page: str = "change") -> Callable[[Scene], str]:
    return lambda s: s.url(f"staff.{page}", change_id=make(s))


def _of_draft(view: str, points: tuple[PointWords, ...] = POINTS, **more: Any) -> Any:
    def prepare(s: Scene) -> str:
        known(s)
        return s.url(f"staff.{view}", version_id=draft(s, points), **more)

    return prepare


def _edit(s: Scene) -> str:
    version = draft(s, POINTS)
    with s.writing():
        point = db.session.get_one(Version, version).points[-1].id
    return s.url("staff.edit_point", version_id=version, point_id=point)


def _changed_by_a_colleague(browser: Browser, s: Scene) -> None:
    """Somebody else saves the draft while the page is open."""
    with s.writing():
        made = queries.draft(s.person)
        assert made is not None
        staff = db.session.get_one(Staff, s.member)
        drafting.save_frame(made, Frame(full_hours=20), revision=made.revision, staff=staff)
    browser.send_plainly(**({"note": NOTE} if "points" not in browser.path else {"words": "Own"}))


def _waiting(name: str) -> Callable[[Scene], str]:
    def prepare(s: Scene) -> str:
        busy(s)
        return f"/staff/waiting/{name}"

    return prepare


def _fit_shares(s: Scene) -> str:
    for n in range(20):
        person = s.register(f"Somebody {n}")
        with s.writing():
            staff = db.session.get_one(Staff, s.member)
            made = drafting.start(db.session.get_one(Claimant, person), staff=staff)
            drafting.put_point(made, LIBRARY[0], revision=made.revision, staff=staff)
            desk_actions.offer(made, revision=made.revision, staff=staff, by=s.desk)
            who = Actor(Kind.claimant, person, Channel.web, Assurance.signed_in)
            with clock.frozen(clock.now() - timedelta(days=92)):
                actions.say_fit(made, "no" if n % 3 else "yes", NOTE if n == 5 else "", by=who)
    return "/staff/commitment/written-for-them"


STATES = (
    Desk(
        "desk-commitment-none",
        "staff.commitment",
        lambda s: s.url("staff.commitment", claimant_id=s.person),
    ),
    Desk("desk-commitment", "staff.commitment", busy),
    Desk("desk-commitment-draft-empty", "staff.draft", _of_draft("draft", ())),
    Desk("desk-commitment-draft", "staff.draft", _of_draft("draft")),
    Desk(
        "desk-commitment-draft-wrong",
        "staff.draft",
        _of_draft("draft"),
        send(full_hours="many", less_caring="lots"),
        errors=True,
    ),
    Desk(
        "desk-commitment-draft-changed",
        "staff.draft",
        _of_draft("draft"),
        _changed_by_a_colleague,
        status=409,
    ),
    Desk("desk-commitment-point-new", "staff.new_point", _of_draft("new_point")),
    Desk("desk-commitment-point", "staff.edit_point", _edit),
    Desk(
        "desk-commitment-point-wrong",
        "staff.new_point",
        _of_draft("new_point"),
        send(words="", code=""),
        errors=True,
    ),
    Desk(
        "desk-commitment-point-changed",
        "staff.edit_point",
        _edit,
        _changed_by_a_colleague,
        status=409,
    ),
    Desk("desk-commitment-send", "staff.send_draft", _of_draft("send_draft")),
    Desk(
        "desk-commitment-send-nothing",
        "staff.send_draft",
        _of_draft("send_draft", ()),
        send(),
        errors=True,
    ),
    Desk("desk-commitment-sent", "staff.done", _of_draft("send_draft"), send()),
    Desk("desk-commitment-change", "staff.change", _change(asked)),
    Desk("desk-commitment-change-pause", "staff.change", _change(paused)),
    Desk(
        "desk-commitment-change-second",
        "staff.change",
        _change(lambda s: asked(s, then="refused", again=True)),
    ),
    Desk("desk-commitment-refuse", "staff.refuse_change", _change(asked, "refuse_change")),
    Desk(
        "desk-commitment-refuse-empty",
        "staff.refuse_change",
        _change(asked, "refuse_change"),
        send(),
        errors=True,
    ),
    Desk(
        "desk-commitment-time",
        "staff.more_time",
        lambda s: s.url("staff.more_time", version_id=sent(s)),
    ),
    Desk(
        "desk-commitment-time-empty",
        "staff.more_time",
        lambda s: s.url("staff.more_time", version_id=sent(s)),
        send(),
        errors=True,
    ),
    Desk(
        "desk-commitment-told",
        "staff.told_commitment",
        lambda s: s.url("staff.told_commitment", version_id=sent(s)),
    ),
    Desk(
        "desk-commitment-told-empty",
        "staff.told_commitment",
        lambda s: s.url("staff.told_commitment", version_id=sent(s)),
        send(),
        errors=True,
    ),
    Desk(
        "desk-commitment-letter",
        "staff.letter",
        lambda s: s.url("staff.letter", version_id=sent(s)),
    ),
    Desk(
        "desk-commitment-known",
        "staff.known",
        lambda s: s.url("staff.known", claimant_id=s.person),
    ),
    Desk(
        "desk-commitment-known-empty",
        "staff.known",
        lambda s: s.url("staff.known", claimant_id=s.person),
        send(),
        errors=True,
    ),
    Desk("desk-commitment-fit-few", "staff.written_for_them", "/staff/commitment/written-for-them"),
    Desk("desk-commitment-fit", "staff.written_for_them", _fit_shares),
    *(
        Desk(f"desk-waiting-{name}", "staff.waiting", _waiting(name))
        for name in ("changes", "second-opinions", "not-accepted")
    ),
)
