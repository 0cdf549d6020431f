"""The sentences of `easements`: each question, the rule that answers it, and what to say. Apart
from there for length. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.dated_data import number
from portal.refusals import Sentence, sentence


@dataclass(frozen=True)
class Easement:
    """One question, the rule that answers it, and what to say."""

    question: Sentence
    rule: Sentence
    say: Sentence
    more: Sentence | None = None


def _pounds(key: str) -> str:
    return f"£{number(key):,}"


_FIT_NOTES = number("fit_note_review")

EASEMENTS: dict[str, Easement] = {
    "child_under_1": Easement(
        sentence("I am the main carer of a child under 1"),
        sentence("Nothing is asked of the main carer of a child under 1."),
        sentence("I am the main carer of a child under 1. Please take all points off."),
    ),
    "child_1": Easement(
        sentence("I am the main carer of a child who is 1"),
        sentence("Only meetings are asked of the main carer of a child who is 1."),
        sentence("I am the main carer of a child who is 1. Please leave only meetings."),
    ),
    "child_2": Easement(
        sentence("I am the main carer of a child who is 2"),
        sentence("Only meetings and getting ready for work are asked. No looking for work."),
        sentence("I am the main carer of a child who is 2. Please take looking for work off."),
    ),
    "child_3_to_12": Easement(
        sentence("I am the main carer of a child from 3 to 12"),
        sentence(
            "Your hours should fit school time and the way to school. The guide says %(hours)s "
            "hours a week.",
            hours=number("school_hours"),
        ),
        sentence("My child goes to school. Please set hours that fit school and the way there."),
    ),
    "child_13": Easement(
        sentence("I am the main carer of a child of 13 or older"),
        sentence("Your hours may fit your caring, if you still have a fair chance of work."),
        sentence("I care for my child. Please set hours that fit this."),
    ),
    "kinship": Easement(
        sentence("A relative's or friend's child has come to live with me, or I foster"),
        sentence(
            "A new carer of a relative's child has only meetings for 12 months. "
            "Rules for fostering differ."
        ),
        sentence("A child has come to live with me. Please leave only meetings for 12 months."),
    ),
    "pregnant": Easement(
        sentence("I am pregnant, or I had a baby in the last 15 weeks"),
        sentence("Nothing is asked from 11 weeks before the birth is due to 15 weeks after it."),
        sentence("I have a baby due, or a new baby. Please pause my commitment for these weeks."),
    ),
    "carer_severe": Easement(
        sentence("I care 35 hours a week or more for a severely disabled person"),
        sentence("Nothing is asked of you, whether or not you claimed Carer's Allowance."),
        sentence("I care 35 hours a week for a disabled person. Please take all points off."),
    ),
    "carer": Easement(
        sentence("I care for somebody else, like a parent"),
        sentence(
            "You can ask for fewer hours, if you still have a fair chance of work. "
            "You can have two days before an interview."
        ),
        sentence("I look after somebody, so I ask for fewer hours. I am not ill myself."),
        sentence(
            "Caring is not sickness. A fit note proves illness, so you do not need one for caring."
        ),
    ),
    "sick": Easement(
        sentence("I am ill now"),
        sentence(
            "Nothing is asked in the first 14 days, twice in 12 months. After 7 days you need "
            "a fit note."
        ),
        sentence("I am ill since this day. Please pause my commitment for these 14 days."),
        sentence("For longer or more often, a pause depends on what is fair. Ask."),
    ),
    "long_sick": Easement(
        sentence("I have had fit notes for %(days)s days or more", days=_FIT_NOTES),
        sentence(
            "From day %(day)s your Jobcentre should ask for an assessment of what work you can do.",
            day=_FIT_NOTES + 1,
        ),
        sentence(
            "I have had fit notes for over %(days)s days. Please refer me for an assessment.",
            days=_FIT_NOTES,
        ),
    ),
    "lcw": Easement(
        sentence("A decision says that I have limited capability for work (LCW)"),
        sentence("Only meetings and getting ready for work are asked of you."),
        sentence("I have an LCW decision. Please take looking for work off."),
    ),
    "lcwra": Easement(
        sentence("A decision says that I need not work or get ready for it (LCWRA)"),
        sentence("Nothing is asked of you."),
        sentence("I have an LCWRA decision. Please take all points off."),
    ),
    "impairment": Easement(
        sentence("A health problem or disability limits what I can do, with no such decision"),
        sentence("Your hours should be lower, and no unsuitable kind of work may be asked."),
        sentence("My health limits me. Please lower my hours and name only work I can do."),
    ),
    "earnings": Easement(
        sentence(
            "I earn %(single)s a month or more, or %(couple)s together with my partner",
            single=_pounds("earnings_single"),
            couple=_pounds("earnings_couple"),
        ),
        sentence("You should not be asked to look for work while you earn this much."),
        sentence("I earn enough not to look for work. Please check my earnings."),
    ),
    "abuse": Easement(
        sentence("Somebody close hurts, controls or threatens me, or did in the last 6 months"),
        sentence(
            "All points come off for 13 weeks from the day you tell them. "
            "A main carer gets 13 weeks more without looking for work."
        ),
        sentence("I need the 13 weeks for safety. Please pause everything from today."),
        sentence(
            "Conditions: you do not live with that person, and had no such pause in 12 months. "
            "Without proof from an official, it ends after 1 month. Ask even if you do not fit."
        ),
    ),
    "bereaved": Easement(
        sentence("Somebody close to me has died"),
        sentence(
            "After the death of a partner or child, no looking for work for 6 months. "
            "After others, time for the funeral and more if fair."
        ),
        sentence("Somebody close to me has died. Please pause my commitment."),
    ),
    "child_hurt": Easement(
        sentence("A child I care for has been through a death or violence"),
        sentence("One month off in each half year, for two years."),
        sentence("My child has been through something very hard. Please give me a month off."),
    ),
    "treatment": Easement(
        sentence("I am in treatment for alcohol or drugs"),
        sentence("Nothing is asked for up to 6 months."),
        sentence("I am in treatment. Please pause my commitment for up to 6 months."),
    ),
    "court": Easement(
        sentence("I must be in court, I do public duty, I am in prison or treated abroad"),
        sentence(
            "Nothing is asked while it lasts. Witness protection: 3 months. Ask about jury service."
        ),
        sentence("I have this duty on these days. Please pause my commitment while it lasts."),
    ),
    "emergency": Easement(
        sentence("No childcare, an emergency at home, a funeral, or I am moving house"),
        sentence("Hours are taken off, or all is paused, usually for less than a month."),
        sentence("I have an emergency at home. Please take these hours off."),
    ),
    "homeless": Easement(
        sentence("I have no home, or I am about to lose it"),
        sentence("Usually all points are paused while you look for a place to live."),
        sentence("I have no home. Please pause my commitment while I find a place."),
    ),
    "complex": Easement(
        sentence("I left care or prison, have an addiction, hurt myself, or language is a barrier"),
        sentence(
            "They can pause or lower what they ask, from the day you tell them. "
            "Your word is normally enough at first."
        ),
        sentence("My situation is complex. Please pause or lower what is asked."),
    ),
    "cannot_accept": Easement(
        sentence("I cannot deal with papers myself, I am very ill, or I will be in hospital long"),
        sentence(
            "You may not need to accept a commitment at all. If somebody acts for you, "
            "they must not be asked to."
        ),
        sentence("I think I need not accept a commitment. Please check this."),
    ),
}
"""In the order of the page."""
