"""A day of the service in a process of its own, saying everything it ever logs.

`python -m tests.house.talkative FOLDER` walks through what people do, and through what goes
wrong, with everything that can be logged switched on. What comes out is what a log would hold;
the last line is ours: the addresses that were asked for, and the codes that were sent.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from flask import Flask, request

from notifications import worker
from notifications.conversation import dialogue
from portal import clock
from portal.database import engine_options, migrate, prepare, transaction
from portal.settings import Settings
from tests.people import (
    NOW,
    Browser,
    Desk,
    Phone,
    again,
    appointment,
    claimant,
    office,
    staff,
)
from wsgi import create_app

NAME = "Zebedee Quillfeather"
NUMBER = "+447700900173"
WORDS = "my sister Wilhelmina has shingles"


def main(folder: Path) -> None:
    logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)
    url = f"sqlite:///{folder / 'portal.db'}"
    engine = sa.create_engine(**engine_options(url))
    prepare(engine)
    migrate(engine)
    app = create_app(Settings.for_tests(database_url=url, instance=folder, log_level="DEBUG"))
    paths: list[str] = []
    app.before_request(lambda: paths.append(request.full_path))
    with clock.frozen(NOW):
        codes = _Day(app).passes()
    print(json.dumps({"asked for": paths, "codes": codes}))


class _Day:
    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context(), transaction():
            leeds = office()
            self.coach = staff(leeds, "Priya Shah")
            self.person = claimant(leeds, NAME, NUMBER, coach=self.coach)
            self.visit = appointment(self.person).id
        self.phone = Phone(app, NUMBER)

    def passes(self) -> list[str]:
        """Everything that people do in a day; returns the codes that they were sent."""
        browser = Browser(self.app).sign_in(self.person)
        browser.open(f"/appointments/{self.visit}/cancel").fill(note=WORDS).press("Ask to cancel")
        browser.open("/settings/number").fill(number="07700 900174").press("Send the codes")
        desk = Desk(self.app).sign_in(self.coach)
        desk.open("/staff/people").fill(text=NAME).press("Search")
        desk.open(f"/staff/people/{self.person.id}").open("/staff").press("Open")
        for text in (WORDS, "HELP", "2", "99", "STOP", "START"):
            self.phone.texts(text)
        Phone(self.app, "+447700900199").texts(f"I am {NAME}")
        commands = self.app.test_cli_runner()
        commands.invoke(args=["sms", "receive", "--from", NUMBER, WORDS])
        self.goes_wrong(browser)
        return re.findall(r"\b\d{6}\b", "\n".join(self.phone.received))

    def goes_wrong(self, browser: Browser) -> None:
        """Errors whose own messages are full of what must not be told."""

        def fail(*_args: Any, **_more: Any) -> Any:
            raise KeyError(f"{NAME} {NUMBER} {WORDS}")

        def fail_to_read(*_args: Any, **_more: Any) -> Any:
            raise sa.exc.OperationalError(f"SELECT '{NAME}'", {"n": NUMBER}, Exception(WORDS))

        for failing, status in ((fail, 500), (fail_to_read, 503)):
            with patch("portal.appointments.queries.coming", failing):
                browser.open("/appointments", status)
        with (
            patch.object(dialogue, "answer", fail),
            patch("tests.phone.work", _work_though_it_breaks),
        ):
            self.phone.texts(WORDS)
        with patch("notifications.texts.still_true", fail):
            Phone(self.app, "+447700900198").texts("HELP")
        for broken in (
            "notifications.texts.word",
            "notifications.gateways.local._keep",
            "notifications.queue.anything_due",
        ):
            with self.app.app_context(), transaction():
                appointment(again(self.person), NOW + timedelta(days=5))
            with patch(broken, fail):
                _work_though_it_breaks(self.app)
        stranger = self.app.test_client()
        stranger.post("/webhooks/twilio/inbound", data={"From": NUMBER, "Body": WORDS})
        stranger.post("/sign-in", data={"number": NUMBER})


def _work_though_it_breaks(app: Flask) -> None:
    with app.app_context():
        worker.once()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
