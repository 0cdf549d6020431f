"""The words of what comes out of the explainer: why, what to do, where else, and the card.

Apart from `words`, which words the questions. By the ids of portal/data/costs.toml; facts from
facts 1 only. What nobody could confirm is worded so. Sentences, not yet in any language.
"""

from __future__ import annotations

from portal.refusals import Sentence, sentence

HEADLINE: dict[str, Sentence] = {
    "A": sentence("You can ask, and a yes is likely"),
    "B": sentence("You can ask, and your work coach decides"),
    "C": sentence("Probably not from this fund, but see what else there is"),
    "D": sentence("This fund does not pay for it"),
}
NOT_THIS_FUND = sentence("Ask the office in Northern Ireland")
"""The headline where nothing may be said about the fund."""

MEANS: dict[str, Sentence] = {
    "A": sentence(
        "“Likely” is our own judgement. Your work coach decides, and nobody can promise."
    ),
    "B": sentence("It depends on your work coach and on your office. Nobody can promise."),
    "C": sentence("You can still ask. Your work coach decides, not this service."),
    "D": sentence("We found nothing that allows it. There may be other help for you."),
}

BECAUSE: dict[str, Sentence] = {
    "1": sentence("Northern Ireland has its own department, so what we know does not fit there."),
    "2": sentence("The fund does not pay for immigration papers."),
    "3": sentence("The fund does not pay fines or debts."),
    "4": sentence("The fund does not pay for food, rent, energy or other living costs."),
    "5": sentence("An employer must give safety gear free of charge."),
    "6": sentence("The fund is for people who get certain benefits."),
    "7": sentence(
        "In 2016 it was open to people who get JSA or ESA. We could not confirm that it still is."
    ),
    "8": sentence("You can be considered once all three steps are done."),
    "9-employer": sentence("Your work coach must look first at who else could pay."),
    "9-provider": sentence("Your work coach must look first at who else could pay."),
    "10": sentence("If another scheme pays for it, this fund must not be used."),
    "11-carer": sentence(
        "The main carer of a child can be considered for emergency money in a new job."
    ),
    "11-other": sentence("We know of this emergency money only for the main carer of a child."),
    "12": sentence(
        "In 2020 the guidance left out people who work and have no meetings. That may have changed."
    ),
    "12-childcare": sentence(
        "In 2020 the guidance left out people who work and have no meetings. That may have changed."
    ),
    "13": sentence(
        "For a job or more hours, the fund can pay all of the first childcare cost, for up to "
        "one month."
    ),
    "14": sentence(
        "Guidance of 2019 says that it must be paid, if it was agreed and the provider does not "
        "pay."
    ),
    "15": sentence("Childcare for a course is not paid while nobody has agreed to the course."),
    "16": sentence("The fund can pay for travel to a job interview."),
    "17": sentence("The fund can help with travel to a new job, for up to the first 3 months."),
    "18": sentence(
        "For an extra visit or another office they may pay the travel. In some cases they must."
    ),
    "19": sentence("The fund does not pay for a usual visit to the Jobcentre."),
    "20": sentence("The fund can pay for this when an interview or a job needs it."),
    "21": sentence("The fund can pay for this. It helps to show which jobs need it."),
    "22": sentence("The fund can pay for training that helps you towards a job."),
    "22-travel": sentence(
        "Travel to a course can be paid if your work coach agreed to it before you joined."
    ),
    "23": sentence("Your work coach has to agree to the course before you join it."),
    "24-driving": sentence(
        "Driving lessons are possible. A manager, the Service Leader, decides each case."
    ),
    "24-bicycle": sentence(
        "For a new job the fund may pay for a bicycle, where buses and trains do not work."
    ),
    "24-haircut": sentence("The fund has paid for haircuts before."),
    "24-phone": sentence(
        "Some people say that the fund pays for a phone, data or a laptop. We could not confirm it."
    ),
    "24": sentence(
        "Each request is judged by itself: does it take away a cost that keeps you from work?"
    ),
}
"""Why, by rule: the rule in plain words."""

NEXT: dict[str, Sentence] = {
    "1": sentence("Ask there which help with costs you can get."),
    "2": sentence("Ask for free immigration advice before you pay anyone."),
    "3": sentence("Ask for free advice about debts."),
    "4": sentence("These may help you instead:"),
    "5": sentence("Ask the employer for it before you start."),
    "6": sentence("These may help you instead:"),
    "7": sentence("Ask your work coach."),
    "8": sentence("Do the step that is missing. Ask for help with the cost at the same meeting."),
    "9-employer": sentence("Ask the employer first. If they say no, come back and ask here."),
    "9-provider": sentence(
        "Ask the people who run the course or placement first. If they say no, come back."
    ),
    "10": sentence("Ask that scheme first. If it says no, come back and ask here."),
    "11-carer": sentence(
        "Ask your work coach how much it can be and for how long. We could not confirm that."
    ),
    "11-other": sentence("You can still ask your work coach. These may help too:"),
    "12": sentence("Ask all the same, in your journal."),
    "12-childcare": sentence("Ask all the same, in your journal."),
    "13": sentence("It is paid straight to the childcare provider. Ask before you pay a deposit."),
    "14": sentence("Ask your work coach to write down that the course or placement was agreed."),
    "15": sentence("Ask your work coach to agree to the course first. Then ask again."),
    "16": sentence("Say the day and the place of the interview. Keep your tickets."),
    "17": sentence("Say when the job starts and what the travel costs. Keep your tickets."),
    "18": sentence("Ask before you travel. Keep your tickets: travel is paid only with proof."),
    "19": sentence("You can do this instead:"),
    "20": sentence("Say which interview or job needs it, and by which day."),
    "21": sentence("Name the jobs you want that need it."),
    "22": sentence(
        "Agree it before you join. Studying full time can end Universal Credit, so ask first."
    ),
    "22-travel": sentence("Ask your work coach to write down that the course was agreed."),
    "23": sentence(
        "Talk to your work coach first. Studying full time can end Universal Credit, so ask."
    ),
    "24-driving": sentence("Ask your work coach to put it to the Service Leader."),
    "24-bicycle": sentence("Say why you cannot use a bus or a train."),
    "24-haircut": sentence("Say which interview or job it is for."),
    "24-phone": sentence("Ask all the same, and say which step to work needs it."),
    "24": sentence("Say which step to work it is for."),
}
"""What to do, by rule."""

CHANGED: dict[str, Sentence] = {
    "me": sentence(
        "You said that you could pay. Your work coach must think of that, so a yes is less likely."
    ),
    "no_receipt": sentence("You have paid and have no receipt, so a yes is less likely."),
    "receipt": sentence("You have paid already, so a yes is less sure. Keep the receipt."),
    "unsure": sentence("You were not sure of an answer, so we do not say no. You can still ask."),
}
"""What lowered it, by modifier."""

NEED_NOTES: dict[str, Sentence] = {
    "checks": sentence("We found no official page that names record checks or licences."),
}
"""What is less sure of one thing than of the rule it falls under."""

SEE: dict[str, Sentence] = {
    "immigration_advice": sentence(
        "Citizens Advice can tell you where you get free immigration advice."
    ),
    "debt_advice": sentence("Citizens Advice can tell you where you get free debt advice."),
    "council_england": sentence(
        "In England, ask your council for the Crisis and Resilience Fund. You need no benefit "
        "for it."
    ),
    "funds_unsure": sentence(
        "In Scotland, ask about the Scottish Welfare Fund. In Wales, ask about the Discretionary "
        "Assistance Fund. We could not check these two."
    ),
    "advance": sentence("Ask the helpline about an advance, and how you pay it back."),
    "employer": sentence("The employer or the manager who takes you on."),
    "provider": sentence("The people who run the course or the placement."),
    "council": sentence("Your council, or a local charity."),
    "careers": sentence("A careers service."),
    "access_to_work": sentence("Access to Work, for costs of a disability at work."),
    "budgeting_advance": sentence("A Budgeting Advance. It is a loan: you pay it back."),
    "childcare_again": sentence(
        "Later, Universal Credit can pay back up to 85 per cent of childcare costs. What the fund "
        "paid can count."
    ),
    "phone_instead": sentence("Ask for a phone call or a video call instead of the visit."),
    "travel_card": sentence(
        "Ask your work coach about the Jobcentre Plus Travel Discount Card. It makes some fares "
        "half price."
    ),
}
"""Where else to turn."""

COULD_CHANGE: dict[str, Sentence] = {
    "unsure": sentence("Your answer to this, once you are sure: %(question)s"),
    "purpose": sentence("A job interview or a job offer with a date."),
    "me": sentence("If you cannot pay it yourself after all."),
    "paid": sentence("A receipt, or a ticket that shows what you paid."),
    "local": sentence("What your office allows, and what it has left to spend."),
}

ALWAYS = (
    sentence("It is not guaranteed."),
    sentence("Local limits apply."),
    sentence("Ask before you spend."),
    sentence("Get the answer in writing."),
)
"""Said whenever the fund is named (facts 1.6)."""

FUND = sentence("The Flexible Support Fund is money from the Jobcentre for costs of finding work.")
GRANT = sentence("It is a grant, not a loan: you do not pay it back.")
CARD_GRANT = sentence("The Flexible Support Fund is a grant, not a loan. It is not paid back.")

CHECK = (
    sentence("how much they pay"),
    sentence("by which day you need to have asked"),
    sentence("which receipts to keep"),
    sentence("who pays whom"),
    sentence("if the yes stands in your journal"),
)
"""What to ask them, so that a yes is worth something (facts 1.6)."""

CONFIDENCE: dict[str, Sentence] = {
    "high": sentence("We saw this in a copy of an official or expert page."),
    "medium": sentence("This is old, not complete or second-hand, so it may have changed."),
    "low": sentence("We could not confirm this. Ask before you rely on it."),
}

SURE: dict[str, Sentence] = {
    "high": sentence("seen in a good copy"),
    "medium": sentence("old, not complete or second-hand"),
    "low": sentence("not confirmed"),
}
"""The same in a few words, for staff."""

DUTY: dict[str, Sentence] = {
    "must": sentence("Must be paid"),
    "sometimes-must": sentence("May be paid, and in some cases must be"),
    "may": sentence("May be paid"),
    "must-not": sentence("Must not be paid"),
    "elsewhere": sentence("Look elsewhere first"),
}
"""What staff are told."""

CARD_NEED: dict[str, Sentence] = {
    "travel": sentence("Please can the Flexible Support Fund help me with travel costs?"),
    "jobcentre_extra": sentence(
        "Please can you pay for my travel to this extra visit, or to this other office?"
    ),
    "jobcentre_usual": sentence(
        "Please can this appointment be a phone call or a video call? The travel costs too much "
        "for me."
    ),
    "clothes": sentence("Please can the Flexible Support Fund help me with clothes for work?"),
    "tools": sentence("Please can the Flexible Support Fund help me with tools for work?"),
    "id": sentence("Please can the Flexible Support Fund help me with photo ID or a document?"),
    "checks": sentence(
        "Please can the Flexible Support Fund help me with a record check or a licence for work?"
    ),
    "training": sentence("Please can the Flexible Support Fund help me with training?"),
    "childcare": sentence("Please can the Flexible Support Fund help me with childcare costs?"),
    "new_job": sentence(
        "Please can the Flexible Support Fund help me in the first weeks of my new job?"
    ),
    "driving": sentence(
        "Please can the Flexible Support Fund help me with driving lessons? Please put it to the "
        "Service Leader."
    ),
    "bicycle": sentence("Please can the Flexible Support Fund help me with a bicycle?"),
    "haircut": sentence("Please can the Flexible Support Fund help me with a haircut?"),
    "phone": sentence(
        "Please can the Flexible Support Fund help me with a phone, data or a laptop?"
    ),
    "other": sentence("Please can the Flexible Support Fund help me with a cost of finding work?"),
    "unsure": sentence("Please can the Flexible Support Fund help me with a cost of finding work?"),
}
CARD_PURPOSE: dict[str, Sentence] = {
    "interview": sentence("I have a job interview or a trial shift that has a date."),
    "job": sentence("I have a job offer, a new job or more hours."),
    "agreed": sentence("My work coach has agreed to the course, trial or placement."),
}
CARD_WRITE = sentence("Please answer in writing, with the reason if it is no.")
CARDS: dict[str, Sentence] = {
    "ppe": sentence("Please give me the safety gear for this work. By law it must be free for me."),
    "steps": sentence(
        "Which of the first steps must I still do? I also want to ask for help with a cost."
    ),
    "payer": sentence(
        "Can you pay for this? If not, please write that down, so that I can ask the Jobcentre."
    ),
    "agree_first": sentence(
        "Please can we talk about this course before I join it? I also need help with the costs."
    ),
}
