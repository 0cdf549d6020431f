"""Who is speaking, when several people share one phone (sms.md in the design: awkward cases).

A bare answer goes to the one whom the last question was put to. Everything else is asked first:
"Who is this?", and then carried out for whoever said so. Nothing is ever done for two, and nothing
on a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from flask_babel import pgettext

from notifications import naming
from notifications.conversation import between, grammar, limits, offers, questions, replies
from notifications.conversation.grammar import Intent
from notifications.conversation.talk import Conversation
from notifications.models import InboundText
from portal import clock, languages
from portal.account import actions as account
from portal.account import phone_actions
from portal.account import queries as account_queries
from portal.account.models import Claimant
from portal.appointments.models import Appointment
from portal.database import db
from portal.record import log

MOST = 8
"""People on one phone who have a digit each; 0 is somebody else."""
ASKED, NAMED, SOMEBODY_ELSE = "who", limits.NAMED, "somebody else"
_ANSWERS = frozenset({"option", "hours", "code", "keep", "pin", "text", "done", "drop"})
_NAMES_A_RECEIPT = frozenset({"undo", "status", "escalate"})
_SAYS_NOTHING = frozenset({"help", "ack", "yes", "no", "empty", "question"})
"""What can be replied to without knowing who it is: nothing follows from it."""


def spoken_to(people: Sequence[Claimant]) -> Sequence[Claimant]:
    """Those of a phone whom we talk with: nobody for whom texts are not safe, if there is
    anybody else."""
    return [each for each in people if not each.texts_unsafe_at] or people


def _last_asked(
    number: str, people: Sequence[Claimant]
) -> tuple[Claimant, questions.Question] | None:
    """Of those who share a phone, the one whom the last open question was put to."""
    found = [(person, questions.open_question(number, person)) for person in people]
    asked = [
        (person, q) for person, q in found if q.kind != questions.NONE and q.asked_at is not None
    ]
    return max(asked, key=lambda each: each[1].asked_at or clock.now(), default=None)


def likely(inbound: InboundText, people: Sequence[Claimant]) -> Conversation:
    """A conversation with the one whom the last question was put to, or else the first. Who is
    really speaking is settled by `settle`."""
    asked = _last_asked(inbound.from_number, people) if len(people) > 1 else None
    talk = Conversation(inbound, asked[0] if asked else people[0])
    if len(people) > 1:
        who = between.who_was_asked(inbound.from_number, people)
        talk.question = who or (asked[1] if asked else questions.Question())
    return talk


Read = Callable[[InboundText, str, grammar.State], Intent]


def settle(
    talk: Conversation, intent: Intent, people: Sequence[Claimant], read: Read
) -> tuple[Conversation, Intent, str] | str:
    """With whom and about what the conversation goes on, and a word for how we know; or what
    came of the text when it does not."""
    if limits.pressed_again(talk):
        return "again"
    if talk.question.kind == questions.WHO:
        named = _who_it_is(talk, intent, people)
        if named is not None:
            return _goes_on(talk, named, people, read)
        if intent.exact and (intent.kind, intent.value) == ("option", "0"):
            return _somebody_else(talk, people)
        # They wrote something else instead: that is what we ask about now.
        between.put_back(talk.number)
        talk = likely(talk.inbound, people)
        intent = read(talk.inbound, talk.person.language, talk.question.state)
    if _is_answer(talk, intent):
        if _could_be_anybodys(talk, people):
            return _ask(talk, people)
        return talk, intent, ""
    if intent.exact and intent.kind in _NAMES_A_RECEIPT and intent.value:
        return _whose_receipt(talk, intent, people)
    if intent.kind in _SAYS_NOTHING or not (intent.exact or intent.suggestions):
        return talk, intent, ""
    return _ask(talk, people)


def _is_answer(talk: Conversation, intent: Intent) -> bool:
    """True for what answers the open question in so many words, or with its digit."""
    if not intent.exact or talk.question.kind == questions.NONE:
        return False
    chosen = bool(intent.value) and talk.question.state.meaning(intent.value) == intent.kind
    return chosen or intent.kind in _ANSWERS


def _could_be_anybodys(talk: Conversation, people: Sequence[Claimant]) -> bool:
    """True when an offer waits for the answer of somebody other than the one asked last, or when
    the question names nobody, because it was asked before the others came to this number."""
    others = [each for each in people if each.id != talk.person.id]
    joined = account_queries.on_this_number_since(others)
    if joined and talk.question.asked_at and joined > talk.question.asked_at:
        return True
    if talk.question.kind not in (questions.OFFER, questions.AFRESH):
        return False
    return any(offers.unanswered(talk.number, each) for each in others)


def _whose_receipt(
    talk: Conversation, intent: Intent, people: Sequence[Claimant]
) -> tuple[Conversation, Intent, str]:
    """A receipt is one person's: nobody need say whose. One that is none of theirs is not known
    to any of them, and what is said then says nothing about anybody."""
    entry = log.by_receipt(intent.value)
    owner = next((each for each in people if entry and each.id == entry.claimant_id), None)
    if owner is None or owner.id == talk.person.id:
        return talk, intent, ""
    return Conversation(talk.inbound, owner), intent, ""


def _ask(talk: Conversation, people: Sequence[Claimant]) -> str:
    known = people[:MOST]
    digits = "".join(str(place) for place in range(1, len(known) + 1)) + "0"
    ids = [each.id.hex for each in known]
    between.put_before(
        talk.number, None, questions.WHO, digits=digits, ids=ids, text=talk.inbound.id
    )
    talk.say_to_whoever(who_is_this(known))
    return ASKED


def _who_it_is(talk: Conversation, intent: Intent, people: Sequence[Claimant]) -> Claimant | None:
    """By the digit, or by the very name that was offered."""
    ids = [UUID(each) for each in talk.question.facts["ids"]]
    if intent.exact and intent.kind == "option" and intent.value != "0":
        chosen = ids[int(intent.value) - 1]
        return next((each for each in people if each.id == chosen), None)
    said = " ".join(talk.inbound.body.casefold().split())
    return next((each for each in people if each.nickname.casefold() == said != ""), None)


def _goes_on(
    talk: Conversation, person: Claimant, people: Sequence[Claimant], read: Read
) -> tuple[Conversation, Intent, str] | str:
    """What they wrote first is read again, now that we know whose question it may answer."""
    first = db.session.get(InboundText, talk.question.facts["text"])
    between.put_back(talk.number)
    if first is None or not first.body:
        talk.say(replies.nothing_to_answer(), heading=False)
        return NAMED
    named = Conversation(talk.inbound, person)
    named.said = first
    return named, read(first, person.language, named.question.state), NAMED


def _somebody_else(talk: Conversation, people: Sequence[Claimant]) -> str:
    """None of those who gave us this number: nothing is done, and staff look into it."""
    between.put_back(talk.number)
    for person in people:
        account.needs_telling(person, what=phone_actions.WRONG_PERSON, regarding=None)
    talk.say(replies.a_person_will_look(talk.person), heading=False)
    return SOMEBODY_ELSE


def who_is_this(people: Sequence[Claimant]) -> str:
    """The question in every language of those who share the phone, then a digit for each."""
    asked, last = [], []
    for code in dict.fromkeys(each.language for each in people):
        with languages.speaking(code):
            asked.append(pgettext("sms", "Who is this?"))
            last.append(pgettext("sms", "somebody else"))
    names = []
    for place, person in enumerate(people, 1):
        with languages.speaking(person.language):
            names.append(f"{place} = {naming.name(person, people)}")
    return "\n".join([*asked, *names, f"0 = {' / '.join(last)}"])


def samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    """For the budget of every text: two on a phone, and as many as get a digit."""
    language = languages.current().code
    several = [
        Claimant(id=UUID(int=n), language=language, nickname="W" * 12 if n % 2 else "")
        for n in range(MOST)
    ]
    return {"who_is_this": who_is_this(several[:2]), "who_of_many": who_is_this(several)}
