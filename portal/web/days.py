"""A date in three boxes. Apart from `forms`, for length; several tasks ask for days."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import DateField

from portal.languages import say
from portal.refusals import sentence
from portal.web.text import western_digits

NEED_DAY = sentence("Write the day as three numbers, like 3 2 2027.")
YEARS = range(2000, 2200)
"""Outside these a year is a slip of the pen."""


class Day(DateField):
    """A date in three boxes: day, month, year, in the digits of any script."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format="%d %m %Y", **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        parts = [western_digits(part).strip() for part in valuelist]
        if not any(parts):
            return
        try:
            day = datetime.strptime(" ".join(parts), "%d %m %Y").date()  # noqa: DTZ007
        except ValueError:
            raise ValueError(say(NEED_DAY)) from None
        if day.year not in YEARS:
            raise ValueError(say(NEED_DAY))
        self.data = day
