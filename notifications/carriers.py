"""Which provider carries a text, where there are two: never both for the same text.

The first one, unless it cannot carry these words, has refused them for a reason of its own, or
has been down for `DOWN_AFTER`. Where the answer to a try was lost, the provider may have the text:
it is asked first. Only when nothing could be learnt from it for `UNSURE_FOR`, and it reported
nothing either, the text goes out again, by whichever way is open. That is the one case in which a
phone may get it twice (docs/operating.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from notifications import beats
from notifications.gateways.base import Gateway, GatewayError, Sent
from notifications.gateways.choice import gateways
from notifications.models import Notification
from portal import clock
from portal.database import db

DOWN_AFTER = timedelta(minutes=10)
"""Trouble that lasts so long is an outage, and new texts take the other way."""
KNOCK_EVERY = timedelta(minutes=1)
"""One text in a minute still tries a provider that is down, so that we see when it is back."""
UNSURE_FOR = timedelta(minutes=30)


SOON = timedelta(minutes=2)
"""How long a text waits at most between tries while another provider could take it."""


class NotKnown(GatewayError):
    """This gateway cannot say now whether it has taken a text."""

    def __init__(self, gateway: Gateway, code: str) -> None:
        super().__init__("Not known yet", code=code, unsure=True)
        self.gateway = gateway


def able(job: Notification, text: str) -> Sequence[Gateway]:
    """The gateways that can carry these words and have not refused them, the preferred first."""
    refused = job.refused_by.split(",")
    return [each for each in gateways() if each.name not in refused and each.can_carry(text)]


def choose(job: Notification, text: str) -> Gateway:
    """Reads the database. Raises GatewayError, for good, when none can carry this text."""
    found = able(job, text)
    if not found:
        raise GatewayError("No provider can carry this text", permanent=True, code="carry")
    for each in found[:-1]:
        if not is_down(each) or beats.take(_knock(each), KNOCK_EVERY):
            return each
    return found[-1]


def taken_already(job: Notification, text: str) -> tuple[Gateway, Sent] | None:
    """For a text whose handing over was never confirmed: the gateway that has it all the same.

    Raises NotKnown when one cannot be asked, as long as it is worth waiting for.
    """
    if job.unsure_since is None:
        return None
    for each in gateways():
        try:
            found = each.find(job.to_number, text, str(job.id))
        except GatewayError as error:
            if clock.now() - job.unsure_since < UNSURE_FOR:
                raise NotKnown(each, error.code) from None
            continue
        for sent in found:
            if not _is_another(each.name, sent.provider_id, job.id):
                return each, sent
    return None


def _is_another(gateway: str, provider_id: str, than: int) -> bool:
    """True when what the provider took is another text of ours with the same words."""
    known = sa.select(Notification.id).where(
        Notification.gateway == gateway,
        Notification.provider_id == provider_id,
        Notification.id != than,
    )
    try:
        return db.session.scalar(known) is not None
    finally:
        db.session.close()


def note(gateway: Gateway, error: GatewayError | None) -> None:
    """Remember in the caller's transaction how it went, so that the next text knows."""
    if len(gateways()) == 1:
        return
    ill = error is not None and not (error.permanent or error.elsewhere or error.retry_after)
    if not ill:
        beats.forget(_down(gateway), _knock(gateway))
        return
    if beats.last(_down(gateway)) is None:
        beats.mark(_down(gateway))


def is_down(gateway: Gateway) -> bool:
    """True when nothing could be handed to it for `DOWN_AFTER`. Reads the database."""
    since = beats.last(_down(gateway))
    return since is not None and clock.now() - since >= DOWN_AFTER


def _down(gateway: Gateway) -> str:
    return f"down:{gateway.name}"


def _knock(gateway: Gateway) -> str:
    return f"knock:{gateway.name}"
