"""Why somebody asks to change a point, and the sentence they can say to their work coach. Apart
from `rules`, for length. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.refusals import Sentence, sentence


@dataclass(frozen=True)
class Reason:
    """One reason, and what one can say aloud."""

    words: Sentence
    say: Sentence


REASONS: dict[str, Reason] = {
    "health": Reason(
        sentence("My health"),
        sentence("My health makes this hard. Please change this point so that I can do it."),
    ),
    "caring": Reason(
        sentence("I care for somebody"),
        sentence("I care for somebody. I am not ill, so please do not ask for a fit note."),
    ),
    "school_hours": Reason(
        sentence("School hours"),
        sentence("My child is at school only at set hours. Please set times that fit."),
    ),
    "abuse": Reason(
        sentence("Abuse or fear of somebody"),
        sentence("For my safety I ask for a pause. Please talk to me in private."),
    ),
    "homelessness": Reason(
        sentence("I have no home"),
        sentence("I have no home now. Please pause this point while I find a place."),
    ),
    "bereavement": Reason(
        sentence("Somebody close has died"),
        sentence("Somebody close to me has died. Please pause this point."),
    ),
    "training": Reason(
        sentence("Training or a course"),
        sentence("I am on a course. Please take its hours off my hours."),
    ),
    "work": Reason(
        sentence("Work I do"),
        sentence("I have work at these hours. Please take them off my hours."),
    ),
    "religion": Reason(
        sentence("My religion"),
        sentence("This clashes with my religion. Please change the day or the kind of work."),
    ),
    "travel": Reason(
        sentence("Travel"),
        sentence("The way there takes too long or costs too much. Please name somewhere nearer."),
    ),
    "other": Reason(
        sentence("Something else"),
        sentence("I cannot do this point as it is. Please look at it again with me."),
    ),
}

NO_REASON = sentence("I cannot do this point as it is. Please look at it again with me.")
SECOND = sentence("I would like another work coach to look at this. It is called a second opinion.")
