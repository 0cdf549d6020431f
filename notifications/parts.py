"""Long texts that reach us in parts, put together before anybody reads them. Pure.

A provider that numbers the parts is believed. Otherwise a text that is as long as one part can be
is taken to go on in whatever comes from the same number within twenty seconds (sms.md in the
design: gateway adapter). Only such a text waits; an ordinary short one is read at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from notifications import segments
from notifications.conversation import grammar, safety
from notifications.models import InboundText

WAIT = timedelta(seconds=20)
_SAME_TEXT = timedelta(minutes=10)
"""Networks number long texts from 0 to 255 and begin again: later it is another text."""
_FULL = {"GSM-7": frozenset({152, 153, 159, 160}), "UCS-2": frozenset({66, 67, 69, 70})}
"""Units of a part with no room for more. One less where a letter of two units came next."""
_ON_ITS_OWN = frozenset({"stop", "done", "help"})
"""Words that are no end of a longer text: they count at once, and do no harm if they were one."""


@dataclass(frozen=True)
class Group:
    """Texts that are one text: `head`, the first of them to arrive, stands for all."""

    texts: Sequence[InboundText]
    """As they arrived."""
    ordered: Sequence[InboundText]
    """As they are to be read, each part once."""
    whole: bool
    """False when some part is missing: then nothing in it may be acted on."""
    ready_at: datetime
    """When there is nothing more to wait for."""

    @property
    def head(self) -> InboundText:
        return self.texts[0]

    @property
    def body(self) -> str:
        return join([text.body for text in self.ordered])


def is_full(body: str) -> bool:
    """True when a text fills one part, so that it may go on in another."""
    size = segments.measure(body)
    return size.units in _FULL[size.encoding]


def groups(waiting: Sequence[InboundText]) -> Iterator[Group]:
    """What one number sent and nobody has read yet, put together. Oldest first, in and out."""
    left = list(waiting)
    while left:
        group = _first(left)
        yield group
        taken = {id(text) for text in group.texts}
        left = [text for text in left if id(text) not in taken]


def _first(left: Sequence[InboundText]) -> Group:
    head = left[0]
    if head.parts > 1:
        return _numbered(left)
    if not head.call and is_full(head.body):
        return _going_on(left)
    return Group([head], [head], whole=True, ready_at=head.received_at)


def _numbered(left: Sequence[InboundText]) -> Group:
    head = left[0]
    same = [
        text
        for text in left
        if (text.gateway, text.part_of, text.parts) == (head.gateway, head.part_of, head.parts)
        and text.received_at - head.received_at < _SAME_TEXT
    ]
    by_number: dict[int, InboundText] = {}
    for text in same:
        by_number.setdefault(text.part, text)
    whole = set(by_number) == set(range(1, head.parts + 1))
    latest = same[-1].received_at
    ordered = [by_number[number] for number in sorted(by_number)]
    return Group(same, ordered, whole=whole, ready_at=latest if whole else latest + WAIT)


def _going_on(left: Sequence[InboundText]) -> Group:
    found = [left[0]]
    for text in left[1:]:
        if text.received_at - found[-1].received_at >= WAIT or not _can_follow(text):
            break
        found.append(text)
        if not is_full(text.body):
            return Group(found, found, whole=True, ready_at=text.received_at)
    else:
        return Group(found, found, whole=True, ready_at=found[-1].received_at + WAIT)
    return Group(found, found, whole=True, ready_at=found[-1].received_at)


def _can_follow(text: InboundText) -> bool:
    if text.call or text.parts > 1 or text.media:
        return False
    return grammar.parse(text.body, "en", grammar.FREE_TEXT).kind not in _ON_ITS_OWN


def join(bodies: Sequence[str]) -> str:
    """Parts are cut anywhere, so nothing stands between them; except where a word of danger
    would be lost by that."""
    together, apart = "".join(bodies), " ".join(bodies)
    if safety.screen(apart, "en") and not safety.screen(together, "en"):
        return apart
    return together
