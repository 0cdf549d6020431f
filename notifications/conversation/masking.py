"""Secrets that people type into a text are taken out of it (sms.md in the design: privacy).

Pure. What is masked is gone: nobody reads it, neither staff nor a log.
"""

from __future__ import annotations

import re

MASK = "••••"
_NATIONAL_INSURANCE = re.compile(
    r"(?<![^\W_])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[\s.-]?\d\d){3}[\s.-]?[A-D](?![^\W_])",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<!\d)[1-9](?:[ -]?\d){12,18}(?!\d)")
_FIGURES = re.compile(r"\d(?:[\s.,-]?\d)*")
_PIN = re.compile(r"(?<!\d)\d{4,6}(?!\d)")


def every_figure(body: str) -> str:
    """For a text in which a PIN stands, however it is cut: "48 21"."""
    return _FIGURES.sub(MASK, body)


def like_a_pin(body: str) -> str:
    """For a text in which a PIN may stand."""
    return _PIN.sub(MASK, body)


def is_like_a_pin(body: str) -> bool:
    """True for four to six figures and nothing else."""
    return _PIN.fullmatch(body.strip()) is not None


def secrets(body: str) -> str:
    """A text without National Insurance and bank card numbers. As long as before, and in the
    same alphabet: how long it is says whether more of it comes."""
    body = _NATIONAL_INSURANCE.sub(_stars, body)
    return _CARD.sub(lambda found: _stars(found) if _is_card(found[0]) else found[0], body)


def _stars(found: re.Match[str]) -> str:
    return "*" * len(found[0])


def _is_card(number: str) -> bool:
    """True when the last digit proves the others, as on every card; a phone number seldom does."""
    digits = [int(each) for each in reversed(number) if each.isdigit()]
    doubled = [sum(divmod(2 * each, 10)) for each in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
