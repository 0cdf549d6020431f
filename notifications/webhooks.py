"""Where providers reach us: verify, store, answer. The worker makes something of it later."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import structlog
from flask import Blueprint, Response, request

from notifications import arrivals
from notifications.gateways.base import Gateway, TakesCalls
from notifications.gateways.choice import gateway_named
from portal.database import transaction
from portal.web.access import mark

log = structlog.get_logger()
bp = Blueprint("webhooks", __name__, url_prefix="/webhooks")

_NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def signed_by(name: str) -> Callable[[Callable[[Gateway], Response]], Callable[[], Response]]:
    """Only requests that this provider signed. Any other gets 403, and nothing of it is kept."""

    def guard(view: Callable[[Gateway], Response]) -> Callable[[], Response]:
        @wraps(view)
        def guarded() -> Response:
            gateway = gateway_named(name)
            if gateway is None or not gateway.verify(request):
                log.warning("forged", endpoint=request.endpoint)
                return Response(status=403)
            return view(gateway)

        return mark(guarded, "signed webhook")

    return guard


@bp.post("/twilio/inbound")
@signed_by("twilio")
def twilio_inbound(gateway: Gateway) -> Response:
    """A text from a phone. The answer is empty: replies leave from the queue."""
    _keep_text(gateway)
    return Response(_NOTHING_TO_SAY, mimetype="text/xml")


@bp.post("/twilio/voice")
@signed_by("twilio")
def twilio_voice(gateway: Gateway) -> Response:
    """Somebody rang. The call is turned down, and we call them."""
    assert isinstance(gateway, TakesCalls)
    try:
        call = gateway.parse_call(request)
    except ValueError:
        log.warning("webhook", endpoint=request.endpoint, error="no call in it")
    else:
        with transaction():
            arrivals.keep_call(gateway.name, call)
    return Response(gateway.turn_down(), mimetype="text/xml")


@bp.post("/twilio/status")
@signed_by("twilio")
def twilio_status(gateway: Gateway) -> Response:
    """What became of a text of ours."""
    _keep_report(gateway)
    return Response(status=200)


@bp.post("/notify/inbound")
@signed_by("notify")
def notify_inbound(gateway: Gateway) -> Response:
    """A text from a phone; replies leave from the queue."""
    _keep_text(gateway)
    return Response(status=200)


@bp.post("/notify/receipt")
@signed_by("notify")
def notify_receipt(gateway: Gateway) -> Response:
    """What became of a text of ours."""
    _keep_report(gateway)
    return Response(status=200)


def _keep_text(gateway: Gateway) -> None:
    try:
        text = gateway.parse_inbound(request)
    except ValueError:
        log.warning("webhook", endpoint=request.endpoint, error="no text in it")
    else:
        with transaction():
            arrivals.keep_inbound(gateway.name, text)


def _keep_report(gateway: Gateway) -> None:
    try:
        status = gateway.parse_status(request)
    except ValueError:
        log.warning("webhook", endpoint=request.endpoint, error="no state we know")
    else:
        with transaction():
            arrivals.keep_status(gateway.name, status)
