"""What can be known after a line to a provider broke: surely not taken, or perhaps."""

from __future__ import annotations

import requests
from urllib3.exceptions import NewConnectionError

MAY_HAVE_TAKEN_IT = frozenset({500, 502, 504})
"""Answers after which the provider may have taken the text all the same. 503 says that it was
not even looked at."""


def never_left(error: BaseException) -> bool:
    """True when nothing of the request can have reached the provider."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectionError) and isinstance(reason, NewConnectionError)
