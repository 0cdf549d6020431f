"""Where a complaint stands, and what the person can do now, in sentences. Pure.

What can be done at each stage is said by this service and never by whoever answers, so that it
is always right (facts 5). Rights and last days: pages show them in English as well wherever a
computer translated them.
"""

from __future__ import annotations

from datetime import date

from portal import clock
from portal.complaints import rules
from portal.complaints.models import Complaint, Contact, Kind, Level, Said, Word
from portal.refusals import Sentence, sentence

STAGES: tuple[tuple[str, Sentence], ...] = (
    ("received", sentence("Received")),
    ("acknowledged", sentence("Confirmed")),
    ("looked_at", sentence("Being looked at")),
    ("answered", sentence("Answer given")),
    ("final", sentence("Final response")),
)

CONTACTS: dict[Contact, Sentence] = {
    Contact.here: sentence("I look on this website"),
    Contact.text: sentence("Text me. The text says only that I have a reply."),
    Contact.call: sentence("Call me"),
    Contact.letter: sentence("Write me a letter"),
}
LEVELS: dict[Level, Sentence] = {
    Level.office: sentence("Those who deal with complaints at my Jobcentre"),
    Level.team: sentence("The complaints team, past my Jobcentre"),
}
WHO_SAID: dict[Said, Sentence] = {
    Said.more_asked: sentence("They asked you on %(when)s"),
    Said.added: sentence("You added on %(when)s"),
    Said.answer: sentence("The answer of %(when)s"),
    Said.final: sentence("The final response of %(when)s"),
}

NOT_A_DECISION = sentence(
    "A complaint does not stop the one month for asking them to look at a decision again."
)


def stands(complaint: Complaint, today: date) -> Sentence:
    """Where it stands, in one sentence."""
    if complaint.withdrawn_at:
        return sentence("You took this complaint back.")
    if complaint.final_at:
        day = clock.local(complaint.final_at).date()
        return sentence("The final response is of %(day)s.", day=day)
    if complaint.answered_at:
        day = clock.local(complaint.answered_at).date()
        return sentence("The answer is of %(day)s.", day=day)
    if rules.is_late(complaint, today):
        return sentence(
            "The reply was due by %(day)s and is late. That is not your doing.",
            day=complaint.reply_by,
        )
    return sentence("A reply is due by %(day)s.", day=complaint.reply_by)


def at(word: Word) -> Sentence:
    """Who said something, and when."""
    return Sentence(WHO_SAID[word.said].english, {"when": word.at})


def now_you_can(complaint: Complaint, today: date) -> list[Sentence]:
    """What the person can do at this stage, most useful first (facts 5, steps 1 to 4)."""
    if complaint.withdrawn_at:
        return [sentence("You can complain again at any time.")]
    if complaint.final_at:
        return _after_the_final_response(complaint, today)
    if complaint.answered_at:
        return [_not_content(complaint)]
    found = _while_it_waits(complaint, today)
    if complaint.office.nation == "northern_ireland":
        found.append(sentence("For Northern Ireland we could not confirm this day for a reply."))
    return found


def _not_content(complaint: Complaint) -> Sentence:
    if complaint.level is Level.office:
        return sentence(
            "If you are not content, you can take it to the complaints team, free. They are not "
            "the people of your Jobcentre."
        )
    return sentence("If you are not content, ask the complaints team for their final response.")


def _while_it_waits(complaint: Complaint, today: date) -> list[Sentence]:
    late = rules.is_late(complaint, today)
    if complaint.level is Level.office:
        further = sentence(
            "You can take it to the complaints team now. They are not the people of your Jobcentre."
        )
        return [further] if late else [sentence("You do not have to wait for the reply."), further]
    if late:
        found = [sentence("You can add to your complaint that the reply is late.")]
        if goes_to_the_examiner(complaint):
            found.append(
                sentence("You can also ask your Member of Parliament to ask for the reply.")
            )
        return found
    found = [sentence("The complaints team has it now. They are not the people of your Jobcentre.")]
    if complaint.kind is Kind.data and complaint.acknowledged_at is None:
        day = rules.acknowledge_by(clock.local(complaint.sent_at).date())
        found.append(sentence("By %(day)s they must tell you that they have it.", day=day))
    return found


def _after_the_final_response(complaint: Complaint, today: date) -> list[Sentence]:
    assert complaint.final_at is not None
    if complaint.kind is Kind.data:
        return [sentence("You can now go to the Information Commissioner.")]
    if complaint.office.nation == "northern_ireland":
        return [
            sentence("You can now ask the Northern Ireland Public Services Ombudsman."),
            sentence("Ask them soon by when you have to do it. We could not confirm the day."),
        ]
    until = rules.examiner_until(clock.local(complaint.final_at).date())
    examiner = sentence(
        "You can ask the Independent Case Examiner until %(day)s, free. Send a copy of the final "
        "response.",
        day=until,
    )
    if until < today:
        examiner = sentence(
            "The last day to ask the Independent Case Examiner was %(day)s.", day=until
        )
    return [
        examiner,
        sentence(
            "The Independent Case Examiner looks at delay, mistakes and poor service, and cannot "
            "change a decision."
        ),
        sentence(
            "After that, a Member of Parliament can send it to the Parliamentary and Health "
            "Service Ombudsman."
        ),
    ]


def goes_to_the_examiner(complaint: Complaint) -> bool:
    """True where the Independent Case Examiner is the next step, now or later."""
    return complaint.kind is not Kind.data and complaint.office.nation != "northern_ireland"
