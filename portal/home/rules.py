"""What a person can do next, most urgent first. Pure; times are aware, UTC."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from portal.account.models import Claimant
from portal.appointments import notice, rules
from portal.appointments.models import Answer, Appointment, Decision, How, Status
from portal.commitment import rules as commitments
from portal.commitment.models import Version
from portal.complaints import rules as complaints
from portal.complaints.models import Complaint
from portal.refusals import Sentence, sentence

WORTH_A_CALL = timedelta(days=28)
"""How long after an appointment that did not happen we say that getting in touch helps."""

GO = {
    How.in_person: sentence("Go to your appointment on %(when)s"),
    How.phone: sentence("Be ready for a phone call on %(when)s"),
    How.video: sentence("Be ready for a video call on %(when)s"),
}
SHORT_NOTICE = sentence("This is short notice: you can say no.")
NOT_SEEN = sentence("Your Jobcentre has not seen this yet.")
NOT_AGREED = sentence("Your Jobcentre has seen this, and has not agreed yet.")


@dataclass(frozen=True)
class Step:
    """One thing to do: what to do, what else is worth knowing, and the page for it.

    Without an appointment it is done on the page of that name.
    """

    do: Sentence
    more: tuple[Sentence, ...] = ()
    appointment_id: UUID | None = None
    page: str = "account.settings"


def next_steps(
    person: Claimant,
    coming: Iterable[Appointment],
    past: Iterable[Appointment],
    now: datetime,
    replies: int = 0,
    cost_answers: int = 0,
) -> list[Step]:
    """What waits for an answer first, then what else the person should know, by date.

    `coming` have not started, `past` have, latest first. `replies` is how many replies
    of the office the person has not opened, `cost_answers` how many answers about costs.
    """
    ahead = rules.most_urgent(coming, now)
    waiting = [_answer(a) for a in ahead if rules.waits_for_answer(a, now)]
    said_no = [_choose_again(a) for a in ahead if _was_refused(a)]
    rest = [_stands(a) for a in ahead if not rules.waits_for_answer(a, now) and not _was_refused(a)]
    return [
        *waiting,
        *said_no,
        *_replies(replies),
        *_cost_answers(cost_answers),
        *_did_not_happen(ahead, past, now),
        *_number(person),
        *rest,
    ]


def commitment_steps(offered: Version | None, today: date) -> list[Step]:
    """A commitment that waits to be accepted: not accepting it in time can end the payment, so it
    comes before everything else (facts 3.2)."""
    if offered is None:
        return []
    do = sentence("Read your new Claimant Commitment")
    more = sentence("Accept it by the end of %(day)s.", day=offered.accept_by)
    if commitments.is_late(offered, today):
        more = sentence("The last day to accept was %(day)s.", day=offered.accept_by)
    return [Step(do, (more,), page="commitment.overview")]


def complaint_steps(
    waiting: Iterable[Complaint], asked: bool, writing: bool, today: date
) -> list[Step]:
    """Answers to complaints that were not opened, a question about one, one that is late, and
    what is not sent yet."""
    found, waiting = [], list(waiting)
    if any(each.answered_at for each in waiting):
        found.append(Step(sentence("Read the reply to your complaint"), page="complaints.listing"))
    if asked:
        do = sentence("Answer a question about your complaint")
        found.append(Step(do, page="complaints.listing"))
    if any(complaints.is_late(each, today) for each in waiting):
        more = sentence("That is not your doing. See what you can do now.")
        do = sentence("A reply to your complaint is late")
        found.append(Step(do, (more,), page="complaints.listing"))
    if writing:
        do = sentence("Go on with what you were writing")
        found.append(Step(do, (sentence("It is not sent yet."),), page="complaints.listing"))
    return found


def plan_steps(late: bool, review: bool) -> list[Step]:
    """What in the support plan is worth a look: a promise is `late`, or what the person does not
    want to explain again is to be looked at again (`review`)."""
    found = []
    if late:
        more = sentence("That is not your doing. You can remind them.")
        found.append(Step(sentence("A promise to you is late"), (more,), page="my_plan.plan"))
    if review:
        do = sentence("Look again at what you do not want to explain again")
        found.append(Step(do, (sentence("It is half a year old."),), page="about.about_me"))
    return found


def _answer(a: Appointment) -> Step:
    short = (SHORT_NOTICE,) if notice.is_short_notice(a.notice_given_at, a.starts_at) else ()
    if a.moved_from is None:
        do = sentence("Say if you can come to your appointment on %(when)s", when=a.starts_at)
        return Step(do, short, a.id)
    do = sentence("Answer again: your appointment is now on %(when)s", when=a.starts_at)
    return Step(do, short, a.id)


def _was_refused(a: Appointment) -> bool:
    request = a.last_request
    return (
        a.status is Status.booked
        and a.answer not in (Answer.none, Answer.accepted)
        and request is not None
        and request.decision is Decision.refused
    )


def _choose_again(a: Appointment) -> Step:
    do = sentence("Answer again about your appointment on %(when)s", when=a.starts_at)
    more = sentence("Your Jobcentre did not agree to what you asked. The appointment still stands.")
    return Step(do, (more,), a.id)


def _did_not_happen(
    ahead: list[Appointment], past: Iterable[Appointment], now: datetime
) -> list[Step]:
    """The latest appointment did not happen and there is no new one: getting in touch helps,
    and the day of it counts (facts 2.8, 2.9)."""
    last = next(iter(past), None)
    if last is None or last.happened is not False or now - last.starts_at > WORTH_A_CALL:
        return []
    if any(a.status is Status.booked for a in ahead):
        return []
    do = sentence("Your appointment on %(when)s did not happen", when=last.starts_at)
    call = sentence(
        "Call %(phone)s as soon as you can. Ask for a new time.", phone=last.office.phone
    )
    return [Step(do, (call,), last.id)]


def _replies(unread: int) -> list[Step]:
    if not unread:
        return []
    return [Step(sentence("Read the reply of your Jobcentre"), page="messages.messages")]


def _cost_answers(unread: int) -> list[Step]:
    if not unread:
        return []
    return [Step(sentence("Read the answer about help with costs"), page="costs.requests")]


def _number(person: Claimant) -> list[Step]:
    check = sentence("Check your mobile number")
    if person.number_suspended_at is not None:
        return [Step(check, (sentence("Our texts do not arrive there."),))]
    if person.number_doubted_at is not None:
        more = sentence("We have heard nothing from it for a long time, so we send nothing there.")
        return [Step(check, (more,), page="account.number")]
    return []


def _stands(a: Appointment) -> Step:
    if a.status is Status.called_off:
        do = sentence("You do not need to come on %(when)s", when=a.starts_at)
        return Step(do, (sentence("Your Jobcentre called this appointment off."),), a.id)
    if a.open_request is None:
        return Step(Sentence(GO[a.how].english, {"when": a.starts_at}), (), a.id)
    seen = NOT_AGREED if a.open_request.seen_at else NOT_SEEN
    do = sentence("Your appointment on %(when)s still stands", when=a.starts_at)
    return Step(do, (rules.ANSWERS[a.answer], seen), a.id)
