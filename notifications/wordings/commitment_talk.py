"""What the conversation says about a claimant commitment: points, explanations, choices. Each
choice stands on a line of its own, so that digits do not jump in any script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from flask_babel import pgettext

from notifications import segments
from portal import languages
from portal.commitment.library import POINTS
from portal.commitment.models import Point
from portal.commitment.said import Said, said
from portal.languages import day_in_text

_MOST = 3
"""Segments of one text."""


def point(shown: Said, number: int, count: int) -> str:
    """One point with its choices. What staff typed stands in their words, English beside it."""
    head = pgettext("sms", "Point %(number)s of %(all)s:", number=number, all=count)
    return f"{head} {_sentence(shown)}\n{_choices()}"


def _sentence(shown: Said) -> str:
    """At most one text: whatever does not fit is in the explanation."""
    parts = [shown.plain.text, shown.detail.text]
    if not shown.translated and shown.english and shown.plain.foreign:
        parts = [shown.english] if languages.current().code == "en" else [shown.plain.text]
    sentence = " ".join(part for part in parts if part)
    return sentence if _fits(f"{sentence}\n{_choices()}" + " " * 20) else shown.plain.text


def _choices() -> str:
    return "\n".join(
        (
            "1 " + pgettext("sms choice", "next"),
            "2 " + pgettext("sms choice", "explain"),
            "3 " + pgettext("sms choice", "ask to change"),
        )
    )


def explanation(shown: Said) -> list[str]:
    """Why, how to show it, what to do otherwise, and the official wording: as many texts as it
    needs, each at most three segments with its choices."""
    paragraphs = [
        shown.detail.text,
        shown.english,
        pgettext("sms", "Why: %(words)s", words=shown.why.text) if shown.why.text else "",
        pgettext("sms", "To show it: %(words)s", words=shown.show),
        pgettext("sms", "If you cannot: %(words)s", words=shown.cannot),
        pgettext("sms", "Official words: %(words)s", words=shown.official.text),
    ]
    if not shown.translated:
        paragraphs.insert(0, pgettext("sms", "Not translated. Staff wrote this."))
    return list(_packed([each for each in paragraphs if each]))


def _packed(paragraphs: list[str]) -> Iterator[str]:
    text = ""
    for paragraph in paragraphs:
        for piece in _pieces(paragraph):
            longer = f"{text}\n{piece}" if text else piece
            if _fits(page(longer, more=False)):
                text = longer
            else:
                yield text
                text = piece
    if text:
        yield text


def _pieces(paragraph: str) -> Iterator[str]:
    """A paragraph cut between words, each piece short enough for a text of its own."""
    if _fits(page(paragraph, more=False)):
        yield paragraph
        return
    piece = ""
    for word in paragraph.split():
        longer = f"{piece} {word}" if piece else word
        if _fits(page(longer, more=False)):
            piece = longer
            continue
        if piece:
            yield piece
        piece = word[:60]
    if piece:
        yield piece


def _fits(text: str) -> bool:
    fitted = segments.fit(text, languages.current().code, "auto")
    return segments.measure(fitted).segments <= _MOST


def page(text: str, *, more: bool) -> str:
    """One text of an explanation with its choices."""
    first = pgettext("sms choice", "more") if more else pgettext("sms choice", "next point")
    return "\n".join((text, f"1 {first}", "3 " + pgettext("sms choice", "ask to change")))


def end(last_day: date) -> str:
    """Every point was sent. Accepting has a digit of its own."""
    said_all = pgettext(
        "sms",
        "You have all points. You can think until %(day)s. If you do not accept by then, "
        "Universal Credit can end.",
        day=day_in_text(last_day),
    )
    return "\n".join(
        (
            said_all,
            "1 " + pgettext("sms choice", "think first"),
            "3 " + pgettext("sms choice", "ask to change a point"),
            "5 " + pgettext("sms choice", "accept"),
        )
    )


def which_point() -> str:
    return pgettext("sms", "Which point do you want to change? Reply with its number.")


def why() -> str:
    """Nothing about safety, a home or a death: whoever holds the phone may read it."""
    return "\n".join(
        (
            pgettext("sms", "Why do you ask? You need not say."),
            "1 " + pgettext("sms choice", "health"),
            "2 " + pgettext("sms choice", "caring"),
            "3 " + pgettext("sms choice", "school hours"),
            "4 " + pgettext("sms choice", "course"),
            "5 " + pgettext("sms choice", "work"),
            "6 " + pgettext("sms choice", "travel"),
            "7 " + pgettext("sms choice", "religion"),
            "8 " + pgettext("sms choice", "other"),
            "0 " + pgettext("sms choice", "not say"),
        )
    )


def instead() -> str:
    return pgettext("sms", "What would work instead? Text it in your words, or 0 to add nothing.")


def nothing_added() -> str:
    return pgettext("sms", "Nothing added. What you asked is with your Jobcentre.")


def none_yet() -> str:
    return pgettext("sms", "You have no Claimant Commitment here yet. We text you when one comes.")


def newer() -> str:
    return pgettext("sms", "Nothing was recorded. There is a newer version. It starts here.")


def last_point() -> str:
    return pgettext("sms", "That was the last point. Text COMMITMENT to read them again.")


def was_refused(position: int) -> str:
    if position:
        first = pgettext("sms", "They did not agree to change point %(number)s.", number=position)
    else:
        first = pgettext("sms", "They did not agree to what you asked.")
    return "\n".join(
        (
            first,
            "1 " + pgettext("sms choice", "read my points"),
            "2 " + pgettext("sms choice", "ask another work coach"),
        )
    )


def samples(moment: datetime) -> dict[str, str]:
    """Every reply with its longest values; every point of the library, and its explanation."""
    found = {
        "commitment_end": end(moment.date()),
        "commitment_which": which_point(),
        "commitment_why": why(),
        "commitment_instead": instead(),
        "commitment_nothing_added": nothing_added(),
        "commitment_none": none_yet(),
        "commitment_newer": newer(),
        "commitment_last": last_point(),
        "commitment_refused": was_refused(20),
        "commitment_refused_pause": was_refused(0),
    }
    for code in POINTS:
        known = Point(
            code=code,
            words="",
            english="",
            why="",
            language="en",
            official="Wording. " * 200,
            official_language="en",
        )
        found[f"commitment_point:{code}"] = point(said(known), 20, 20)
        for number, text in enumerate(explanation(said(known))):
            found[f"commitment_explain:{code}:{number}"] = page(text, more=True)
    return found
