"""The doors of the office: its desk, another system's API, and a file. Each books, moves and calls
off; what becomes of it must not depend on which."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from portal import clock
from portal.appointments import queries
from tests.journeys.story import Story, again_by_id
from tests.people import SOON, again, work
from tests.portal.api.partners import make_partner

REFERENCE = "VISIT-1"


class OfficeDoor:
    """How the office says something about an appointment."""

    def __init__(self, story: Story, folder: Path) -> None:
        self.story, self.folder = story, folder
        self.claimant = story.people.alex

    def books(self, starts_at: datetime = SOON) -> None:
        """Offer an appointment to Alex."""
        self._books(starts_at)
        work(self.story.app)
        with self.story.app.app_context():
            (visit,) = queries.coming(again(self.claimant))
            self.story._visit = visit.id

    def moves(self, **delta: float) -> None:
        with self.story.app.app_context():
            starts_at = again_by_id(self.story.visit).starts_at
        self._moves(starts_at + timedelta(**delta))
        work(self.story.app)

    def calls_off(self) -> None:
        self._calls_off()
        work(self.story.app)

    def _books(self, starts_at: datetime) -> None:
        raise NotImplementedError

    def _moves(self, starts_at: datetime) -> None:
        raise NotImplementedError

    def _calls_off(self) -> None:
        raise NotImplementedError


class AtTheDesk(OfficeDoor):
    """A member of staff, in a browser."""

    def _books(self, starts_at: datetime) -> None:
        desk = self.story.desk.open(f"/staff/people/{self.claimant.id}/book")
        desk.fill(**_boxes(starts_at), purpose="work_search_review").choose("In person")
        desk.press("Book and tell them")

    def _moves(self, starts_at: datetime) -> None:
        desk = self.story.desk.open(f"/staff/appointments/{self.story.visit}/move")
        desk.fill(**_boxes(starts_at)).press("Move and tell them")

    def _calls_off(self) -> None:
        desk = self.story.desk.open(f"/staff/appointments/{self.story.visit}/call-off")
        desk.fill(why="The office is closed that day.").press("Call off and tell them")


def _boxes(starts_at: datetime) -> dict[str, Any]:
    local = clock.local(starts_at)
    return {
        "day": [str(local.day), str(local.month), str(local.year)],
        "time": local.strftime("%H:%M"),
    }


class ByApi(OfficeDoor):
    """Another system's program. Every answer is held to the document of the API."""

    def __init__(self, story: Story, folder: Path) -> None:
        super().__init__(story, folder)
        self.partner = make_partner(story.app, "diary")

    def _books(self, starts_at: datetime) -> None:
        self.partner.book(
            claimant_reference=self.claimant.reference,
            external_reference=REFERENCE,
            starts_at=starts_at.isoformat(),
        )

    def _moves(self, starts_at: datetime) -> None:
        body = {"starts_at": starts_at.isoformat()}
        answer = self.partner.post(f"/appointments/{self.story.visit}/move", body)
        assert answer.status_code == 200, answer.text

    def _calls_off(self) -> None:
        answer = self.partner.post(f"/appointments/{self.story.visit}/call-off")
        assert answer.status_code == 200, answer.text

    def reads_the_answer(self) -> dict[str, Any]:
        """What the other system is told about what Alex said."""
        answer = self.partner.get(f"/appointments/{self.story.visit}")
        found: dict[str, Any] = answer.json
        return found


class ByFile(OfficeDoor):
    """A file that comes every night; appointments are called off at the desk."""

    def _books(self, starts_at: datetime) -> None:
        self.imports(starts_at)

    def _moves(self, starts_at: datetime) -> None:
        self.imports(starts_at)

    def _calls_off(self) -> None:
        AtTheDesk(self.story, self.folder)._calls_off()

    def imports(self, starts_at: datetime) -> str:
        """Import the file; returns the last line of what the command says."""
        file = self.folder / "appointments.csv"
        with file.open("w", newline="", encoding="utf-8") as written:
            row = {
                "claimant_reference": self.claimant.reference,
                "external_reference": REFERENCE,
                "starts_at": clock.local(starts_at).strftime("%Y-%m-%dT%H:%M"),
                "how": "in_person",
                "purpose": "work_search_review",
            }
            table = csv.DictWriter(written, list(row))
            table.writeheader()
            table.writerow(row)
        command = ["appointments", "import", str(file)]
        said = self.story.app.test_cli_runner().invoke(args=command)
        assert said.exit_code == 0, said.output
        return said.output.splitlines()[-1]


OFFICE_DOORS = {"desk": AtTheDesk, "api": ByApi, "file": ByFile}
