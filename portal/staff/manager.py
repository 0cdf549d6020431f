"""What needs whoever is in charge of an office."""

from __future__ import annotations

from typing import Any

from portal import clock
from portal.account import guards
from portal.account.models import Staff
from portal.plan import queries, rules
from portal.staff.desk import bp
from portal.web.fragments import page


@bp.get("/manager")
@guards.manager_only
def manager() -> Any:
    """What needs whoever is in charge: promises late for days, or done only on paper."""
    today, office = clock.today(), guards.this_staff().office
    late = queries.late(office.id, today)
    found = [p for p in late if rules.for_the_manager(p, today, office.nation)]
    disputed = queries.disputed(office.id)
    return page(
        "staff/manager.html",
        late=[p for p in found if p not in disputed],
        disputed=disputed,
        asks=[a for a in queries.open_asks(office.id) if rules.ask_is_late(a, today)],
        today=today,
        rules=rules,
    )


@bp.app_template_filter("is_manager")
def is_manager(member: Staff) -> bool:
    """Whether the manager's pages are for this member of staff."""
    return guards.is_manager(member)
