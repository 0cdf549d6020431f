"""Help with costs for a number that is nobody's here. It gets the same questions and the same
rules, and what to say to staff. Nothing of it is kept once the answer is given, nothing can be
sent from here, and nothing says whether anybody is a claimant (sms.md in the design, 4)."""

from __future__ import annotations

from datetime import timedelta

from notifications import queue, segments
from notifications.conversation import explaining, grammar, tables
from notifications.conversation.cleaning import listed
from notifications.conversation.explaining import Step
from notifications.conversation.talk import replies_sent
from notifications.models import Dialogue, InboundText
from portal import clock, languages
from portal.database import db

EXPLAINED = "conversation.explained"
QUESTION = "costs"
LIFE = timedelta(hours=2)
MOST_AN_HOUR = 200
"""Replies to all unknown numbers together."""
MOST_A_DAY = 40
"""Replies to one unknown number: three times through the questions."""


def take(inbound: InboundText) -> bool:
    """Ask the next question, or answer; True when this text was part of that."""
    kept = db.session.get(Dialogue, inbound.from_number)
    if kept is not None and (kept.claimant_id or kept.question != QUESTION):
        return False
    if kept is not None and kept.expires_at <= clock.now():
        db.session.delete(kept)
        kept = None
    code = str(kept.facts["language"]) if kept else languages.DEFAULT
    step = Step.from_facts(kept.facts) if kept else Step.first({})
    state = grammar.choice(step.digits()) if kept else grammar.IDLE
    intent = grammar.parse(inbound.body, code, state)
    begins = intent.exact and intent.kind == "costs"
    if not begins and not (kept and intent.exact and intent.kind == "option"):
        return False
    if _is_too_often(inbound.from_number):
        return True
    if begins:
        code, step = _language_of(inbound.body), Step.first({})
    else:
        following = step.back() if intent.value == "0" else step.forward(intent.value)
        step = following or Step.first({})
    with languages.speaking(code):
        _reply(inbound, step, kept)
    return True


def _reply(inbound: InboundText, step: Step, kept: Dialogue | None) -> None:
    if step.question:
        _keep(inbound.from_number, step, kept)
        texts = [step.text()]
    else:
        if kept is not None:
            db.session.delete(kept)
        texts = [*explaining.result(step, []), *explaining.card(step)]
    code = languages.current().code
    for number, text in enumerate(texts, 1):
        queue.put(
            to_number=inbound.from_number,
            claimant_id=None,
            language=code,
            kind=EXPLAINED,
            body=segments.fit(text, code, "auto"),
            dedupe_key=f"reply:{inbound.id}:{number}",
        )


def _keep(number: str, step: Step, kept: Dialogue | None) -> None:
    """The one open question of this number, until it is answered or two hours have passed."""
    row = kept or Dialogue(number=number)
    now = clock.now()
    row.question, row.asked_at, row.expires_at = QUESTION, now, now + LIFE
    row.facts = {**step.facts(), "language": languages.current().code}
    db.session.add(row)
    db.session.flush()


def _is_too_often(number: str) -> bool:
    within_an_hour = replies_sent(None, EXPLAINED, timedelta(hours=1))
    to_this_one = replies_sent(number, EXPLAINED, timedelta(days=1))
    return within_an_hour >= MOST_AN_HOUR or to_this_one >= MOST_A_DAY


def _language_of(body: str) -> str:
    """The offered language whose own word for this it is; English when several have it."""
    words = listed(body)
    offered = {language.code for language in languages.offered()}
    found = {
        form.language
        for form in tables.forms()
        if form.intent == "costs" and form.language in offered and listed(form.text) == words
    }
    return found.pop() if len(found) == 1 else languages.DEFAULT
