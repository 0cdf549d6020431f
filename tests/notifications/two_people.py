"""Two people on one phone, and their PINs."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Flask

from portal.account import phone_actions
from portal.account.models import Claimant
from portal.database import transaction
from portal.messages import queries as messages
from tests.notifications.dialogues import Talk
from tests.people import SOON, People, StoppedClock, actor, again, appointment, claimant

PIN = "4821"
SHARED = "+447700900101"


class Two:
    """Alex, called Lex, and Kim, called nothing, on one phone."""

    def __init__(self, app: Flask, time: StoppedClock, people: People) -> None:
        time.later(minutes=1)
        with app.app_context(), transaction():
            self.kim_row = claimant(again(people.other_office), "Kim Morgan", SHARED)
            phone_actions.choose_nickname(again(people.alex), "Lex", by=actor(people.alex))
        self.people = people
        self.lex, self.kim = Talk(app, time, people.alex), Talk(app, time, self.kim_row)

    def happened(self) -> tuple[list[str], list[str]]:
        return self.lex.happened()[1:], self.kim.happened()

    def offered(self, who: Claimant, days: float = 9) -> UUID:
        app = self.lex.app
        with app.app_context(), transaction():
            found = appointment(again(who), SOON + timedelta(days=days - 9)).id
        self.lex.settles()
        return found


def sets_pin(talk: Talk, person: Claimant, pin: str = PIN) -> None:
    with talk.app.app_context(), transaction():
        phone_actions.choose_pin(again(person), pin, by=actor(person))


def waits_for_call(talk: Talk, person: Claimant) -> bool:
    with talk.app.app_context():
        call = messages.open_call(again(person))
        return call is not None and call.reason == "pin"
