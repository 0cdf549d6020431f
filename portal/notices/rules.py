"""Which notices matter in law: a booking, a move, a new commitment (facts 2.3, 3.2)."""

from __future__ import annotations

NOTICES = frozenset(
    {
        "appointments.offer",
        "appointments.offer_short_notice",
        "appointments.moved",
        "commitment.offered",
    }
)
