"""The claimant commitment by text: point by point, explained, accepted or thought about, and asked
to be changed. Calls the website's actions. It needs the PIN.

Every point that is sent is recorded as shown, in its language and words. Accepting has a digit of
its own that no other question uses, so that a double press accepts nothing.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from notifications.conversation import replies
from notifications.conversation.grammar import Intent
from notifications.conversation.registry import Writing, answers, on, task
from notifications.conversation.talk import Conversation
from notifications.wordings import commitment_talk as words
from portal import languages
from portal.account.models import Claimant
from portal.actors import Actor, Assurance
from portal.appointments.models import Appointment
from portal.commitment import actions, ask_actions, queries, rules
from portal.commitment.models import Decision, Point, Request, State, Version
from portal.commitment.said import said, wording
from portal.refusals import Refusal

here = task()
POINT, EXPLAIN, END = "commitment", "commitment_explain", "commitment_end"
WHICH, REASON, INSTEAD = "commitment_which", "commitment_reason", "commitment_instead"
REFUSED = "commitment_refused"
REASON_OF_DIGIT = {
    "1": "health",
    "2": "caring",
    "3": "school_hours",
    "4": "training",
    "5": "work",
    "6": "travel",
    "7": "religion",
    "8": "other",
    "0": "",
}


def _by(talk: Conversation) -> Actor:
    """The person, who has given their PIN."""
    return talk.by(Assurance.saw_our_text)


@on(here, "commitment", pin=True)
def _commitment(talk: Conversation, intent: Intent) -> None:
    if talk.person.discreet:
        talk.say(replies.ask_by_phone(talk.person))
        return
    refused = _may_ask_another(talk.person)
    if refused is not None:
        talk.ask(REFUSED, None, digits="12", request=refused.id.hex)
        talk.say(words.was_refused(refused.point.position if refused.point else 0))
        return
    _begin(talk)


def _begin(talk: Conversation) -> None:
    """From the first point that was not sent yet; from the first, once all were."""
    half = queries.half(talk.person)
    version = half.offered or half.accepted
    if version is None:
        talk.close()
        talk.say(words.none_yet())
        return
    unread = rules.unread(version, queries.shown(version))
    if version.state is State.offered and not unread:
        _end(talk, version)
        return
    _send_point(talk, unread[0] if unread and half.offered else version.points[0])


def _may_ask_another(person: Claimant) -> Request | None:
    """The latest no that another work coach could look at, while nothing newer was asked."""
    asked = queries.requests(person)
    last = asked[0] if asked else None
    refused = last is not None and last.decision is Decision.refused
    return last if last is not None and refused and last.second_of is None else None


@answers(here, REFUSED, pin=True)
def _after_refusal(talk: Conversation, intent: Intent) -> None:
    request = queries.request(talk.person, UUID(talk.question.facts["request"]))
    if intent.value == "2" and request is not None:
        talk.recorded(ask_actions.ask_another_coach(request, by=_by(talk)))
    else:
        _begin(talk)


def _send_point(talk: Conversation, point: Point) -> None:
    actions.read(point, wording(point), by=_by(talk))
    _ask(talk, POINT, point, "123")
    talk.say(words.point(said(point), point.position, len(point.version.points)))


def _ask(talk: Conversation, kind: str, point: Point, digits: str, **more: int) -> None:
    facts: dict[str, Any] = {"version": point.version_id.hex, "position": point.position, **more}
    talk.ask(kind, None, digits=digits, **facts)


def _meant(talk: Conversation) -> Point | None:
    """The point that the open question is about; None, and begun afresh, when it is replaced."""
    facts = talk.question.facts
    version = queries.version(talk.person, UUID(facts["version"]))
    if version is None or version.state is State.replaced:
        talk.say(words.newer())
        _begin(talk)
        return None
    return next((p for p in version.points if p.position == facts["position"]), None)


@answers(here, POINT, pin=True)
def _at_point(talk: Conversation, intent: Intent) -> None:
    point = _meant(talk)
    if point is None:
        return
    if intent.value == "1":
        _next(talk, point)
    elif intent.value == "2":
        _explain(talk, point, 0)
    else:
        _ask_reason(talk, point)


def _next(talk: Conversation, point: Point) -> None:
    points = point.version.points
    if point.position < len(points):
        _send_point(talk, points[point.position])
    elif point.version.state is State.offered:
        _end(talk, point.version)
    else:
        talk.close()
        talk.say(words.last_point())


def _explain(talk: Conversation, point: Point, page: int) -> None:
    pages = words.explanation(said(point))
    more = page + 1 < len(pages)
    _ask(talk, EXPLAIN, point, "13", page=page)
    talk.say(words.page(pages[page], more=more))


@answers(here, EXPLAIN, pin=True)
def _explained(talk: Conversation, intent: Intent) -> None:
    point = _meant(talk)
    if point is None:
        return
    page = int(talk.question.facts["page"]) + 1
    if intent.value == "3":
        _ask_reason(talk, point)
    elif page < len(words.explanation(said(point))):
        _explain(talk, point, page)
    else:
        _next(talk, point)


def _end(talk: Conversation, version: Version) -> None:
    """Every point was sent: the last day in words, time to think, and accepting."""
    unread = rules.unread(version, queries.shown(version))
    if unread:
        _send_point(talk, unread[0])
        return
    assert version.accept_by is not None
    _ask(talk, END, version.points[-1], "135")
    talk.say(words.end(version.accept_by))


@answers(here, END, pin=True)
def _at_end(talk: Conversation, intent: Intent) -> None:
    point = _meant(talk)
    if point is None:
        return
    version = point.version
    if intent.value == "3":
        digits = "".join(str(n) for n in range(1, min(len(version.points), 9) + 1))
        _ask(talk, WHICH, point, digits)
        talk.say(words.which_point())
        return
    try:
        if intent.value == "5":
            code = languages.current().code
            review = languages.review_state(code)
            entry = actions.accept(version, language=code, review=review, by=_by(talk))
        else:
            entry = actions.take_time(version, by=_by(talk))
    except Refusal as refusal:
        talk.say(languages.say(refusal.sentence))
        if refusal.code in ("replaced", "unread"):
            _begin(talk)
        return
    talk.recorded(entry)


@answers(here, WHICH, pin=True)
def _chosen_point(talk: Conversation, intent: Intent) -> None:
    point = _meant(talk)
    if point is not None:
        _ask_reason(talk, point.version.points[int(intent.value) - 1])


def _ask_reason(talk: Conversation, point: Point) -> None:
    _ask(talk, REASON, point, "".join(REASON_OF_DIGIT))
    talk.say(words.why())


@answers(here, REASON, pin=True)
def _chosen_reason(talk: Conversation, intent: Intent) -> None:
    point = _meant(talk)
    if point is None:
        return
    reason = REASON_OF_DIGIT[intent.value]
    entry = ask_actions.ask_for_change(point, reason=reason, by=_by(talk))
    talk.recorded(entry)
    assert entry.about is not None
    talk.ask(INSTEAD, None, parts=[], request=entry.about.hex)
    talk.say(words.instead())


def _instead(talk: Conversation, intent: Intent) -> None:
    """One text is enough; 0 or DONE adds nothing. What was asked stands either way."""
    request = queries.request(talk.person, UUID(talk.question.facts["request"]))
    talk.close()
    if intent.kind != "text" or request is None:
        talk.say(words.nothing_added())
        return
    talk.recorded(ask_actions.add_instead(request, talk.said.body[: rules.LONGEST], by=_by(talk)))


def _never(talk: Conversation, parts: list[str]) -> None:
    """Nothing is gathered over several texts here."""


here.writings[INSTEAD] = Writing(INSTEAD, lambda person: words.instead(), _never, unfinished="")
answers(here, INSTEAD, pin=True)(_instead)


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return words.samples(appointment.starts_at)


here.samples.append(_samples)
