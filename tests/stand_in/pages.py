"""The phones at the stand-in, for a person to look at: what reached each, and a box to reply.

Plain pages without style or script: they belong to the provider's side, not to the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from urllib.parse import quote, unquote

from notifications import segments
from portal import clock
from tests.stand_in.http import Answer
from tests.stand_in.twilio import TwilioStandIn
from tests.stand_in.twilio_words import Message, Written

_LONGEST = 1600


def answer(twilio: TwilioStandIn, method: str, path: str, given: Mapping[str, str]) -> Answer:
    """The list of phones at `/`, one of them at `/phones/+447…`."""
    number = unquote(path.removeprefix("/phones/")) if path.startswith("/phones/") else ""
    if path == "/phones" and given.get("number"):
        return _to(given["number"].replace(" ", ""))
    if not number:
        return Answer(200, None, page=_page("Phones at the stand-in", _listing(twilio)))
    if method == "POST" and given.get("text"):
        try:
            twilio.text(number, given["text"].replace("\r\n", "\n")[:_LONGEST])
        except OSError:
            return Answer(502, None, page=_page("The service does not answer", _back(number)))
        return _to(number)
    return Answer(200, None, page=_page(f"Phone {number}", _phone(twilio, number)))


def _to(number: str) -> Answer:
    return Answer(303, None, {"Location": f"/phones/{quote(number)}#end"})


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title></head><body><main><h1>{escape(title)}</h1>{body}"
        "</main></body></html>"
    )


def _back(number: str) -> str:
    return f'<p><a href="/phones/{quote(number)}">Back to the phone</a></p>'


def _listing(twilio: TwilioStandIn) -> str:
    numbers = sorted({m.to for m in twilio.messages} | {w.number for w in twilio.written})
    phones = "".join(
        f'<li><a href="/phones/{quote(n)}">{escape(n)}</a>: {len(twilio.to(n))} texts</li>'
        for n in numbers
    )
    return (
        f"<p>These texts came through the provider's own API.</p><ul>{phones}</ul>"
        '<form method="post" action="/phones"><label>Another phone, like +447700900123 '
        '<input name="number" type="tel" required></label> <button>Open</button></form>'
    )


def _phone(twilio: TwilioStandIn, number: str) -> str:
    mine: list[Message | Written] = [*twilio.to(number)]
    mine += [text for text in list(twilio.written) if text.number == number]
    texts = "".join(_text(each) for each in sorted(mine, key=lambda each: each.at))
    return (
        f"<ol>{texts or '<li>No texts yet.</li>'}</ol>"
        f'<form id="end" method="post" action="/phones/{quote(number)}">'
        '<p><label>Write a text<br><textarea name="text" rows="3" cols="30" dir="auto" required>'
        "</textarea></label></p><button>Send</button></form>"
        f'<p><a href="/phones/{quote(number)}#end">Show new texts</a> '
        '<a href="/">All phones</a></p>'
    )


def _text(text: Message | Written) -> str:
    if isinstance(text, Written):
        facts = f"Written at {_time(text.at)}. Our webhook answered {text.webhook or 'nothing'}."
    else:
        size = segments.measure(text.body)
        parts = "1 part" if size.segments == 1 else f"{size.segments} parts"
        error = f", error {text.error}" if text.error else ""
        gone = " Deleted at the provider since." if text.redacted else ""
        facts = (
            f"Received at {_time(text.at)}: {text.status}{error}. {size.encoding}, "
            f"{size.units} units, {parts}.{gone} {text.sid}"
        )
    words = escape(text.body).replace("\n", "<br>")
    return f'<li><p dir="auto">{words}</p><p><small>{escape(facts)}</small></p></li>'


def _time(at: datetime) -> str:
    return f"{clock.local(at):%H:%M:%S}"
