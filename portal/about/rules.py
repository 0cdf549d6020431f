"""Who may write and see what a person does not want to explain again. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from portal.about.models import AboutMe
from portal.actors import Actor, Assurance, Kind
from portal.refusals import Refusal, sentence

LONGEST = 2000
LONGEST_LANGUAGE = 100
REVIEW_AFTER = timedelta(days=183)
"""After half a year the person is asked whether it is still right."""


def require_the_person(by: Actor) -> None:
    """Only the person writes it, approves it and takes it back: nobody does it for them."""
    if by.kind is not Kind.claimant or by.assurance < Assurance.signed_in:
        raise Refusal("not-sure-enough", sentence("Please sign in first, or call your Jobcentre."))


def is_shown(page: AboutMe | None) -> bool:
    """True while staff may see it."""
    return page is not None and page.approved_at is not None


def should_review(page: AboutMe | None, today: date) -> bool:
    """True when the person should look at it again."""
    return page is not None and page.review_by is not None and today > page.review_by
