"""Secrets that people type into a text are taken out of it (sms.md in the design: privacy).

Pure. What is masked is gone: nobody reads it, neither staff nor a log.
"""

from __future__ import annotations

import re

MASK = "••••"
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
