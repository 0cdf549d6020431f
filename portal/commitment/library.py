"""The library of points in plain language. Apart from `rules`, for it is a file of data: what each
point rests on is in portal/data/commitment_points.toml, its sentences are here so
that they are translated. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from portal import dated_data
from portal.dated_data import Checked
from portal.refusals import Sentence, sentence

FILE = dated_data.FOLDER / "commitment_points.toml"
LONGEST = 150
"""Characters of a point's own sentence, in every language: it must fit into one text with its
choices."""


@dataclass(frozen=True)
class PlainPoint:
    """One point in plain words: what is asked, why, how one can show it, and what to do if one
    cannot. It never softens what the official wording demands."""

    plain: Sentence
    why: Sentence
    show: Sentence
    cannot: Sentence


POINTS: dict[str, PlainPoint] = {
    "look_for_work": PlainPoint(
        sentence("Look for work, for the hours a week that are named here."),
        sentence("People who can work are asked to look for it while they get Universal Credit."),
        sentence("Keep a list with dates: jobs you found, calls, visits, and who you asked."),
        sentence(
            "Tell your work coach as soon as you can, and say why. You can ask for fewer hours."
        ),
    ),
    "apply": PlainPoint(
        sentence("Apply for jobs that you can do."),
        sentence("An application is how most jobs are found."),
        sentence("Keep the names, the dates and any replies. A photo of the screen is fine."),
        sentence(
            "Say what is in the way: the form, the internet, the fare. Ask for help to apply."
        ),
    ),
    "cv": PlainPoint(
        sentence("Make a CV, which is a list of your work and skills, and keep it up to date."),
        sentence("Most employers ask for one."),
        sentence("Bring it on paper, or show it on a phone or a computer."),
        sentence("Ask your work coach for help to write it. It is free."),
    ),
    "be_ready": PlainPoint(
        sentence("Be ready to go to a job interview, and to start work."),
        sentence("Some employers want somebody soon."),
        sentence("Say when you can start, and what you need to arrange first."),
        sentence(
            "If you care for somebody, you can ask for two days before an interview "
            "and a month before a job."
        ),
    ),
    "meetings": PlainPoint(
        sentence("Talk with your work coach at the times that were agreed with you."),
        sentence("You look together at what helps you, and at what should change."),
        sentence("Coming, or answering the phone call, is enough."),
        sentence(
            "Ask for another time or a phone call before it starts, if you can. Say why afterwards."
        ),
    ),
    "prepare": PlainPoint(
        sentence("Get ready for work: do the steps that you and your work coach agreed."),
        sentence("Small steps now can make a job possible later."),
        sentence("Tell your work coach what you did, at your next talk."),
        sentence("Say which step is too much, or at a bad time. Steps can be changed."),
    ),
    "course": PlainPoint(
        sentence("Take part in the course that you and your work coach agreed."),
        sentence("The course was chosen for the work you want."),
        sentence("The course keeps a list of who came. You can ask for a letter."),
        sentence(
            "Tell the course and your work coach. Ask about fares, lunch and childcare first."
        ),
    ),
    "messages": PlainPoint(
        sentence("Read what your Jobcentre sends you, and answer when it asks you something."),
        sentence("Times and changes are told in messages."),
        sentence("Your answer is recorded with its time."),
        sentence(
            "Say so if you have no phone, no internet or no credit. Ask to be told another way."
        ),
    ),
    "changes": PlainPoint(
        sentence(
            "Tell your Jobcentre when something changes: work, home, health, who you live with."
        ),
        sentence("Your payment and what is asked of you depend on it."),
        sentence("Keep the date on which you told them, and how."),
        sentence("Ask somebody you trust to tell them for you."),
    ),
}

TYPED_SHOW = sentence("Keep a note of what you did, with the date.")
TYPED_CANNOT = sentence(
    "Tell your work coach as soon as you can, and say why. You can ask to change it."
)
"""For points that staff typed themselves."""


@cache
def sources() -> Mapping[str, Checked]:
    """Where each point comes from. Raises DataError when the file and the sentences differ."""
    found = dated_data.read(FILE, Checked)
    if set(found) != set(POINTS):
        raise dated_data.DataError(f"{FILE.name}: its points are not those of library.py.")
    return found
