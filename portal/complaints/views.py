"""The claimant's complaints: the list, one of them, and what can be done with it.

Writing one is in `form_views`, and telling a complaint from what is none in `which_views`.
"""

from __future__ import annotations

from typing import Any

from portal.account import guards
from portal.complaints import queries, rules
from portal.complaints.pages import bp, show

__all__ = ["bp"]


@bp.get("")
@guards.claimant_only
def listing() -> Any:
    """Everything this person complained about, and what they are writing."""
    person = guards.this_claimant()
    return show(
        "complaints/listing.html",
        found=queries.of_claimant(person),
        draft=queries.draft(person),
        kept_for=rules.KEPT_AS_DRAFT,
    )
