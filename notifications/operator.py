"""For whoever answers for the texts: how many go out, how long they are, what they cost about.

A page of the staff desk, and a few lines on its first page. The portal knows of neither.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, Flask
from flask_babel import lazy_gettext as _l

from notifications import kinds, prices, tallies, traffic
from notifications.gateways.choice import NAMES
from portal import clock
from portal.account import guards
from portal.languages import known
from portal.staff import desk
from portal.web.fragments import page

bp = Blueprint("operator", __name__, url_prefix="/staff")


@bp.get("/texts")
@guards.manager_only
def texts() -> Any:
    """Texts, parts and estimated cost of the last 30 days, by day, language and kind."""
    found = traffic.sent()
    by_kind = traffic.lines(found, lambda sent: kinds.group_of(sent.kind))
    by_language = traffic.lines(found, lambda sent: sent.language)
    return page(
        "notifications/operator.html",
        days=traffic.DAYS,
        by_day=traffic.lines(found, lambda sent: sent.day),
        by_language=sorted(by_language, key=lambda line: -line.parts),
        by_kind=sorted(by_kind, key=lambda line: -line.parts),
        by_gateway=traffic.lines(found, lambda sent: sent.gateway),
        total=traffic.total(found),
        today=traffic.today(),
        limit=traffic.limit(),
        hidden_calls=tallies.in_last(traffic.DAYS, tallies.CALLS_WITHHELD),
        prices=_prices(),
        kinds=kinds.NAMES,
        known=known(),
    )


def _prices() -> list[prices.Price]:
    """Today's price of each provider that has one."""
    own = traffic.own_price()
    found = (prices.in_force(name, clock.today(), own) for name in NAMES)
    return [price for price in found if price is not None]


def pounds_and_pence(pence: Decimal) -> str:
    """An amount as people write it, with the digits 0 to 9 in every language."""
    return f"£{pence / 100:,.2f}"


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.add_template_filter(pounds_and_pence)
    desk.add(
        app,
        desk.Part(
            "operator.texts",
            _l("Texts and costs"),
            for_managers=True,
            template="notifications/_today.html",
            read=lambda: {"today": traffic.today(), "limit": traffic.limit()},
        ),
    )
