"""Pages about the claimant commitment, for the person and for staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from accessibility_tests.browser import Browser
from accessibility_tests.scenes import LONG_WORD, NOTE, Scene
from accessibility_tests.service import NOW
from accessibility_tests.states import State, press, send
from portal import languages
from portal.account.models import Claimant, Staff
from portal.actors import Actor, Assurance, Channel, Kind
from portal.commitment import actions, ask_actions, desk_actions, drafting, queries
from portal.commitment.drafting import Frame, PointWords
from portal.commitment.models import Version
from portal.commitment.said import wording
from portal.database import db

Mine = partial(State, who="claimant")
Desk = partial(State, who="staff")

OFFICIAL = (
    "I will spend the hours named above looking for and preparing for work, unless my work coach "
    "and I have agreed something else, and I will report what I have done when I am asked to."
)
LIBRARY = tuple(
    PointWords(code=code, official=OFFICIAL)
    for code in ("look_for_work", "apply", "cv", "be_ready", "meetings", "messages", "changes")
)
TYPED = PointWords(
    words=f"Ring {LONG_WORD}.", why=f"{NOTE} It is near you.", official=f"{NOTE} {LONG_WORD}"
)
ARABIC = PointWords(
    code="course",
    words="دورة اللغة في شارع كينغ",
    language="ar",
    english="The language course in King Street.",
    official=OFFICIAL,
)
POINTS = (*LIBRARY, TYPED, ARABIC)


def _frame(s: Scene) -> Frame:
    day = NOW.date() + timedelta(days=40)
    return Frame(
        full_hours=35,
        deductions=[("caring", 10), ("training", 5)],
        pauses=[("work_search", day), ("meetings", None)],
        note=NOTE,
    )


def _draft(s: Scene, points: tuple[PointWords, ...]) -> UUID:
    with s.writing(NOW - timedelta(days=3)):
        staff = db.session.get_one(Staff, s.member)
        made = drafting.start(s.claimant(), staff=staff)
        for old in list(made.points):
            drafting.remove_point(made, old.id, revision=made.revision, staff=staff)
        drafting.save_frame(made, _frame(s), revision=made.revision, staff=staff)
        for each in points:
            drafting.put_point(made, each, revision=made.revision, staff=staff)
        return made.id


def _sent(s: Scene, points: tuple[PointWords, ...] = POINTS, days_ago: float = 2) -> UUID:
    version = _draft(s, points)
    with s.writing(NOW - timedelta(days=days_ago)):
        made = db.session.get_one(Version, version)
        staff = db.session.get_one(Staff, s.member)
        desk_actions.offer(made, revision=made.revision, staff=staff, by=s.desk)
    return version


def _read(s: Scene, version: UUID) -> UUID:
    with s.writing(), languages.speaking(s.language):
        for point in db.session.get_one(Version, version).points:
            actions.read(point, wording(point), by=s.me)
    return version


def _accepted(s: Scene, points: tuple[PointWords, ...] = POINTS) -> UUID:
    version = _read(s, _sent(s, points))
    with s.writing(NOW - timedelta(days=1)):
        made = db.session.get_one(Version, version)
        actions.accept(made, language=s.language, review="reviewed", by=s.me)
    return version


def _changed(s: Scene) -> UUID:
    """A version in force, and one that waits with a point new, one gone and one other words."""
    old = _accepted(s, (*LIBRARY[:3], TYPED))
    with s.writing():
        staff = db.session.get_one(Staff, s.member)
        made = drafting.start(s.claimant(), staff=staff)
        gone, other = made.points[0].id, made.points[1].id
        drafting.remove_point(made, gone, revision=made.revision, staff=staff)
        words = PointWords(code="apply", words="Three a week.", official=OFFICIAL[:90])
        drafting.put_point(made, words, point_id=other, revision=made.revision, staff=staff)
        drafting.put_point(made, ARABIC, revision=made.revision, staff=staff)
        drafting.save_frame(made, Frame(full_hours=16), revision=made.revision, staff=staff)
        desk_actions.offer(made, revision=made.revision, staff=staff, by=s.desk)
        assert made.id != old
        return made.id


def _asked(s: Scene, *, then: str = "", again: bool = False) -> UUID:
    """The person asked to change a point; and what became of it."""
    version = _accepted(s)
    with s.writing():
        point = db.session.get_one(Version, version).points[0]
        ask_actions.ask_for_change(point, reason="caring", words=NOTE, instead="15 hours", by=s.me)
        staff = db.session.get_one(Staff, s.member)
        (request,) = queries.requests(s.claimant())
        if then == "seen":
            desk_actions.mark_seen(request, by=s.desk)
        if then == "agreed":
            desk_actions.agree(request, note=NOTE, staff=staff, by=s.desk)
        if then == "refused":
            desk_actions.refuse(request, why=NOTE, staff=staff, by=s.desk)
        if again:
            ask_actions.ask_another_coach(request, words=NOTE, by=s.me)
            return queries.requests(s.claimant())[0].id
        return request.id


def _paused(s: Scene) -> UUID:
    with s.writing():
        ask_actions.ask_for_pause(s.claimant(), ["carer", "abuse", "child_2"], words=NOTE, by=s.me)
        return queries.requests(s.claimant())[0].id


def _page(view: str, make: Callable[[Scene], UUID], **more: Any) -> Callable[[Scene], str]:
    return lambda s: s.url(f"commitment.{view}", version_id=make(s), **more)


def _request(make: Callable[[Scene], UUID]) -> Callable[[Scene], str]:
    return lambda s: s.url("commitment.request_page", change_id=make(s))


def _change(make: Callable[[Scene], UUID], page: str = "change") -> Callable[[Scene], str]:
    return lambda s: s.url(f"staff.{page}", change_id=make(s))


def _overview(make: Callable[[Scene], UUID]) -> Callable[[Scene], str]:
    def prepare(s: Scene) -> str:
        make(s)
        return "/commitment"

    return prepare


def _said_fit(s: Scene) -> UUID:
    version = _accepted(s)
    with s.writing():
        actions.say_fit(db.session.get_one(Version, version), "partly", "", by=s.me)
    return version


def _replaced(s: Scene) -> UUID:
    old = _sent(s, LIBRARY[:2])
    _sent(s, LIBRARY[:3], days_ago=1)
    return old


def _replaced_meanwhile(browser: Browser, s: Scene) -> None:
    """A newer version is sent while the page is open; then the person presses Accept."""
    _sent(s, LIBRARY[:3], days_ago=0.1)
    browser.send_plainly()


def _known(s: Scene) -> None:
    with s.writing():
        staff = db.session.get_one(Staff, s.member)
        for what in ("carer", "homeless"):
            day = NOW.date() - timedelta(days=30)
            desk_actions.note_known(s.claimant(), what, day, staff=staff, by=s.desk)


def _busy(s: Scene) -> str:
    _asked(s, then="refused", again=True)
    _paused(s)
    _changed_again(s)
    _known(s)
    _draft(s, (*LIBRARY[:2], TYPED))
    return s.url("staff.commitment", claimant_id=s.person)


def _changed_again(s: Scene) -> None:
    _sent(s, LIBRARY[:3], days_ago=1)


def _of_draft(view: str, points: tuple[PointWords, ...] = POINTS, **more: Any) -> Any:
    def prepare(s: Scene) -> str:
        _known(s)
        return s.url(f"staff.{view}", version_id=_draft(s, points), **more)

    return prepare


def _edit(s: Scene) -> str:
    version = _draft(s, POINTS)
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
        _busy(s)
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
            actions.say_fit(made, "no" if n % 3 else "yes", NOTE if n == 5 else "", by=who)
    return "/staff/commitment/written-for-them"


CLAIMANT = (
    Mine("commitment-none", "commitment.overview", "/commitment"),
    Mine("commitment-new", "commitment.overview", _overview(_sent)),
    Mine("commitment-all-read", "commitment.overview", _overview(lambda s: _read(s, _sent(s)))),
    Mine("commitment-late", "commitment.overview", _overview(lambda s: _sent(s, days_ago=9))),
    Mine("commitment-changed", "commitment.overview", _overview(_changed)),
    Mine("commitment-in-force", "commitment.overview", _overview(_accepted)),
    Mine("commitment-much-asked", "commitment.overview", lambda s: _busy(s) and "/commitment"),
    Mine("commitment-replaced", "commitment.version", _page("version", _replaced)),
    Mine("commitment-point", "commitment.point", _page("point", _sent, position=1)),
    Mine("commitment-point-typed", "commitment.point", _page("point", _sent, position=8)),
    Mine("commitment-point-last", "commitment.point", _page("point", _sent, position=9)),
    Mine("commitment-point-in-force", "commitment.point", _page("point", _accepted, position=1)),
    Mine(
        "commitment-point-done",
        "commitment.done",
        _page("point", _accepted, position=1),
        press("form[action$=done] button"),
        exchanged=True,
    ),
    Mine("commitment-accept-unread", "commitment.accept", _page("accept", _sent)),
    Mine("commitment-accept", "commitment.accept", _page("accept", lambda s: _read(s, _sent(s)))),
    Mine(
        "commitment-accepted",
        "commitment.done",
        _page("accept", lambda s: _read(s, _sent(s))),
        send(),
    ),
    Mine(
        "commitment-thinking",
        "commitment.done",
        _page("accept", _sent),
        press("form[action$=think] button"),
        exchanged=True,
    ),
    Mine(
        "commitment-replaced-meanwhile",
        "commitment.accept",
        _page("accept", lambda s: _read(s, _sent(s))),
        _replaced_meanwhile,
        status=409,
    ),
    Mine("commitment-changes", "commitment.changes", _page("changes", _changed)),
    Mine("commitment-print", "commitment.paper", _page("paper", _sent)),
    Mine("commitment-ask", "commitment.ask", _page("ask", _accepted, position=8)),
    Mine(
        "commitment-ask-too-long",
        "commitment.ask",
        _page("ask", _accepted, position=1),
        send(reason="caring", words=f"{NOTE} " * 30),
        errors=True,
    ),
    Mine("commitment-request", "commitment.request_page", _request(_asked)),
    Mine(
        "commitment-request-seen",
        "commitment.request_page",
        _request(lambda s: _asked(s, then="seen")),
    ),
    Mine(
        "commitment-request-agreed",
        "commitment.request_page",
        _request(lambda s: _asked(s, then="agreed")),
    ),
    Mine(
        "commitment-request-refused",
        "commitment.request_page",
        _request(lambda s: _asked(s, then="refused")),
    ),
    Mine(
        "commitment-second-too-long",
        "commitment.second",
        _request(lambda s: _asked(s, then="refused")),
        send(words=f"{NOTE} " * 30),
        errors=True,
    ),
    Mine(
        "commitment-request-second",
        "commitment.request_page",
        _request(lambda s: _asked(s, then="refused", again=True)),
    ),
    Mine("commitment-request-pause", "commitment.request_page", _request(_paused)),
    Mine("commitment-pause", "commitment.pause", "/commitment/pause"),
    Mine("commitment-pause-none", "commitment.pause", "/commitment/pause", send()),
    Mine(
        "commitment-pause-rules",
        "commitment.pause",
        "/commitment/pause",
        send(private_true="carer"),
    ),
    Mine("commitment-fit", "commitment.fit", _page("fit", _accepted)),
    Mine("commitment-fit-empty", "commitment.fit", _page("fit", _accepted), send(), errors=True),
    Mine("commitment-fit-said", "commitment.fit", _page("fit", _said_fit)),
    Mine("commitment-start", "home.start", lambda s: _sent(s) and "/"),
    Mine("commitment-both-halves", "my_plan.plan", lambda s: _changed(s) and "/plan"),
    Mine("commitment-in-the-record", "history.record", lambda s: _busy(s) and "/record"),
)

STAFF = (
    Desk(
        "desk-commitment-none",
        "staff.commitment",
        lambda s: s.url("staff.commitment", claimant_id=s.person),
    ),
    Desk("desk-commitment", "staff.commitment", _busy),
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
    Desk("desk-commitment-change", "staff.change", _change(_asked)),
    Desk("desk-commitment-change-pause", "staff.change", _change(_paused)),
    Desk(
        "desk-commitment-change-second",
        "staff.change",
        _change(lambda s: _asked(s, then="refused", again=True)),
    ),
    Desk("desk-commitment-refuse", "staff.refuse_change", _change(_asked, "refuse_change")),
    Desk(
        "desk-commitment-refuse-empty",
        "staff.refuse_change",
        _change(_asked, "refuse_change"),
        send(),
        errors=True,
    ),
    Desk(
        "desk-commitment-time",
        "staff.more_time",
        lambda s: s.url("staff.more_time", version_id=_sent(s)),
    ),
    Desk(
        "desk-commitment-time-empty",
        "staff.more_time",
        lambda s: s.url("staff.more_time", version_id=_sent(s)),
        send(),
        errors=True,
    ),
    Desk(
        "desk-commitment-told",
        "staff.told_commitment",
        lambda s: s.url("staff.told_commitment", version_id=_sent(s)),
    ),
    Desk(
        "desk-commitment-told-empty",
        "staff.told_commitment",
        lambda s: s.url("staff.told_commitment", version_id=_sent(s)),
        send(),
        errors=True,
    ),
    Desk(
        "desk-commitment-letter",
        "staff.letter",
        lambda s: s.url("staff.letter", version_id=_sent(s)),
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

STATES = (*CLAIMANT, *STAFF)
