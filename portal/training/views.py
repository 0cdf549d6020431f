"""Training and help near a person, by what matters to them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from portal import languages
from portal.account import guards
from portal.training import queries
from portal.training.queries import Filter
from portal.web.fragments import page

bp = Blueprint("training", __name__)

_PAGE = 20
_TICKS = ("online", "lunch_paid", "fares_paid", "free_places")


@bp.get("/plan/training")
@guards.claimant_only
def listing() -> Any:
    """The list, filtered. What has free places comes first."""
    code = guards.this_claimant().office.code
    places, spoken = queries.places(code), queries.spoken(code)
    place, language = request.args.get("place", ""), request.args.get("language", "")
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= 1000:
        abort(404)
    wanted = Filter(
        place=place if place in places else "",
        language=language if language in spoken else "",
        **{tick: request.args.get(tick) == "y" for tick in _TICKS},
    )
    found = queries.near(code, wanted, _PAGE + 1, (number - 1) * _PAGE)
    return page(
        "training/listing.html",
        found=found[:_PAGE],
        more=len(found) > _PAGE,
        number=number,
        wanted=wanted,
        query={name: value for name, value in request.args.items() if name != "page"},
        places=[(each, each) for each in places],
        spoken=[(each, languages.known()[each].endonym) for each in spoken],
        known_languages=languages.known(),
    )
