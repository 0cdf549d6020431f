"""The words of the questions of help with costs, by their ids in portal/data/costs.toml.

Apart from `words_answer`, which words what comes out. Sentences, not yet in any language.
"""

from __future__ import annotations

from portal.refusals import Sentence, sentence

QUESTIONS: dict[str, Sentence] = {
    "you": sentence("Which of these is true for you?"),
    "need": sentence("What do you need?"),
    "steps": sentence(
        "Have you shown your ID, been to your first meeting and accepted your Claimant Commitment?"
    ),
    "payer": sentence("Could someone else pay for it?"),
    "regime": sentence("What does your Jobcentre ask you to do?"),
    "carer": sentence("Are you the main carer of a child?"),
    "purpose": sentence("What is it for?"),
    "paid": sentence("Have you paid for it already?"),
}

WHY: dict[str, Sentence] = {
    "you": sentence(
        "We ask because the rules differ. If you live in Northern Ireland, choose that one."
    ),
    "need": sentence(
        "We ask because there are rules for each thing. If you need several things, go through "
        "this once for each."
    ),
    "steps": sentence(
        "We ask because all three come first. The Claimant Commitment is the list of things you "
        "agreed to do."
    ),
    "payer": sentence("We ask because your work coach must look at other money first."),
    "regime": sentence("We ask because people with no meetings may have to ask differently."),
    "carer": sentence("We ask because there is more help for the main carer in a family."),
    "purpose": sentence("We ask because a step with a date makes a yes more likely."),
    "paid": sentence("We ask because it is easier to get help before you spend."),
}

OPTIONS: dict[str, dict[str, Sentence]] = {
    "you": {
        "northern_ireland": sentence("I live in Northern Ireland"),
        "uc": sentence("I get Universal Credit, or I have claimed it"),
        "jsa_esa": sentence(
            "I get Jobseeker’s Allowance or Employment and Support Allowance (JSA or ESA)"
        ),
        "neither": sentence("I get none of these benefits"),
        "unsure": sentence("I am not sure"),
    },
    "need": {
        "travel": sentence("Travel to an interview, a job or a course"),
        "jobcentre_extra": sentence("Travel to the Jobcentre for an extra visit or another office"),
        "jobcentre_usual": sentence("Travel to the Jobcentre for a usual visit"),
        "clothes": sentence("Clothes for an interview or for work"),
        "tools": sentence("Tools for work"),
        "id": sentence("Photo ID, or renewing a document"),
        "checks": sentence("A criminal record check (DBS), or a licence for work"),
        "training": sentence("Training or a course"),
        "childcare": sentence("Childcare"),
        "new_job": sentence("Emergency money in the first weeks of a new job"),
        "driving": sentence("Driving lessons"),
        "bicycle": sentence("A bicycle"),
        "haircut": sentence("A haircut"),
        "phone": sentence("A phone, data or a laptop"),
        "ppe": sentence("Safety boots, a hard hat or other safety gear"),
        "living": sentence("Food, rent, energy or other living costs"),
        "debts": sentence("Fines or debts"),
        "immigration": sentence("Immigration papers"),
        "other": sentence("Something else"),
        "unsure": sentence("I am not sure what to ask for"),
    },
    "steps": {
        "yes": sentence("Yes, all three"),
        "no": sentence("No, not all of them"),
        "unsure": sentence("I am not sure"),
    },
    "payer": {
        "no_one": sentence("No one else"),
        "employer": sentence("An employer"),
        "provider": sentence("The people who run the course or the work placement"),
        "scheme": sentence("Another scheme, like Access to Work"),
        "me": sentence("I could pay"),
        "unsure": sentence("I am not sure"),
    },
    "regime": {
        "look": sentence("Look for work"),
        "prepare": sentence("Get ready for work"),
        "meetings": sentence("Come to meetings only"),
        "nothing": sentence("Nothing for now"),
        "works": sentence("I work, and I have no meetings"),
        "unsure": sentence("I am not sure"),
    },
    "carer": {
        "yes": sentence("Yes, I am the main carer"),
        "no": sentence("No, I am not the main carer"),
        "unsure": sentence("I am not sure"),
    },
    "purpose": {
        "interview": sentence("A job interview or a trial shift that has a date"),
        "job": sentence("A job offer, a new job or more hours"),
        "agreed": sentence("A course, work trial or placement that my work coach agreed to"),
        "not_agreed": sentence("A course that my work coach has not agreed to"),
        "search": sentence("Looking for work in general"),
        "none": sentence("None of these"),
        "unsure": sentence("I am not sure"),
    },
    "paid": {
        "no": sentence("No, not yet"),
        "receipt": sentence("Yes, and I have the receipt"),
        "no_receipt": sentence("Yes, but I have no receipt"),
        "unsure": sentence("I am not sure"),
    },
}
