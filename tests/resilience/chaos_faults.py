"""What is wrong after the long trial: what we believe, against what was so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import sqlalchemy as sa

from notifications import sender
from notifications.models import InboundText, Notification
from portal.actors import Channel
from portal.database import db
from portal.record import log
from portal.record.models import Entry, Outbox
from tests.resilience.chaos_drivers import ACCEPT, Sent
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import Message


def wrong(twilio: TwilioStandIn, sent: Sent, texts: int) -> list[str]:
    """Sentences; none means that every text ended true and was acted on once."""
    rows = db.session.scalars(sa.select(Notification)).all()
    copies: dict[int, list[Message]] = defaultdict(list)
    for message in twilio.messages:
        copies[int(parse_qs(urlsplit(message.callback).query)["k"][0])].append(message)
    found = [fault for row in rows for fault in _untrue(row, copies[row.id])]
    found += [f"a text of ours that nobody made: {n}" for n in set(copies) - {r.id for r in rows}]
    found += _acted(sent)
    found += [f"a chain is broken: {fault}" for *_, faults in log.verify_all() for fault in faults]
    if db.session.scalar(sa.select(sa.func.count()).select_from(Outbox)):
        found.append("entries are left in the outbox")
    if set(twilio.answers) | set(sent.answers) != {200}:
        found.append(f"we answered {Counter(twilio.answers) + sent.answers}")
    if len(rows) < texts:
        found.append(f"only {len(rows)} texts were tried")
    states = Counter(row.state.value for row in rows)
    twice = sum(len(each) > 1 for each in copies.values())
    came = sum(len(each) for each in sent.arrived.values())
    print(
        f"{len(rows)} texts out: {dict(states)}. {twilio.asked} tries, {len(twilio.messages)} "
        f"taken by the provider, {twice} texts handed over more than once.\n"
        f"{len(twilio.answers)} reports. {came} texts in, posted {sum(sent.answers.values())} "
        f"times: {dict(sent.posts)}.\n{len(found)} faults."
    )
    return found


def _untrue(row: Notification, copies: list[Message]) -> Iterator[str]:
    """What we believe of one text, against what the provider knows."""
    states = {message.status for message in copies}
    if "delivered" in states:
        true = {"delivered"}
    elif copies:
        true = {"undelivered"}
    else:
        true = set()
    if row.error == sender.NO_LONGER_TRUE and "delivered" not in states:
        # Overtaken by what the person said since: sending it would have been the fault.
        true = {"dropped"}
    if not true:
        yield f"text {row.id} was lost: {row.state.value}, {row.error}"
    elif row.state.value not in true:
        what = f"{len(copies)} copies, {row.error}"
        yield f"text {row.id} is {true}, and we believe {row.state.value} ({what})"
    if any(message.body != row.body or message.to != row.to_number for message in copies):
        yield f"text {row.id} went out with other words, or to another number"


def _acted(sent: Sent) -> Iterator[str]:
    """What was recorded for each person, against what they wrote, in the order it arrived."""
    recorded: dict[UUID, list[str]] = defaultdict(list)
    for claimant_id, kind in db.session.execute(
        sa.select(Entry.claimant_id, Entry.kind)
        .where(Entry.channel == Channel.sms)
        .order_by(Entry.id)
    ):
        recorded[claimant_id].append(kind.split(".")[1])
    for person, texts in sent.arrived.items():
        wanted = list(_meant(body for _sid, body in texts))
        if recorded[person] != wanted:
            yield f"{[b for _, b in texts]} should give {wanted}, but gave {recorded[person]}"
    kept = Counter(db.session.scalars(sa.select(InboundText.provider_id)))
    for texts in sent.arrived.values():
        for sid, _body in texts:
            if kept[sid] != 1:
                yield f"a text that came in is kept {kept[sid]} times"
    unread = sa.select(sa.func.count()).where(InboundText.handled_at.is_(None))
    if db.session.scalar(unread):
        yield "texts were never read"


def _meant(texts: Iterator[str]) -> Iterator[str]:
    """Accepting twice records once, and there is only something to take back after that."""
    accepted = False
    for text in texts:
        if (text == ACCEPT) is not accepted:
            accepted = text == ACCEPT
            yield "accepted" if accepted else "withdrawn"
