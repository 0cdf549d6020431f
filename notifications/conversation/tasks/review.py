"""What was written is looked over: send it, add to it, or delete it. For every task alike."""

from __future__ import annotations

from notifications.conversation import questions, writing
from notifications.conversation.registry import answers, task
from portal.account.models import Claimant
from portal.appointments.models import Appointment

here = task()
answers(here, questions.REVIEW)(writing.reviewed)


def _samples(person: Claimant, appointment: Appointment) -> dict[str, str]:
    return {
        "first_part_kept": writing.first_part_kept(),
        "review": writing.review(25),
        "dropped": writing.dropped(),
    }


here.samples.append(_samples)
