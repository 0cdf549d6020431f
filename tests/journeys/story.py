"""The sentences that journeys are told in. A story says what Alex does, and `door` says where:
the same story runs on the website, through the link in a text, and by text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Self
from uuid import UUID

from flask import Flask

from portal.account import codes
from portal.appointments import office_actions, queries
from portal.appointments.bookings import booking_of
from portal.appointments.models import Appointment
from portal.database import transaction
from portal.record import log
from tests.people import (
    Browser,
    Desk,
    People,
    Phone,
    StoppedClock,
    actor,
    again,
    appointment,
    work,
)

DOORS = ("web", "link", "text")


class Story:
    """Alex, her phone, her browser and the desk of her office."""

    def __init__(self, app: Flask, people: People, time: StoppedClock) -> None:
        self.app, self.people, self.time = app, people, time
        self.phone = Phone(app, people.alex.mobile or "")
        self.desk = Desk(app).sign_in(people.coach)
        self._visit: UUID | None = None

    # --- the office ---------------------------------------------------------------------------

    def the_office_books_a_visit(self, **booking: object) -> Self:
        with self.app.app_context(), transaction():
            visit = appointment(again(self.people.alex), by=self.people.coach, **booking)  # type: ignore[arg-type]
            self._visit = visit.id
        work(self.app)
        return self

    def the_office_moves_it(self, **delta: float) -> Self:
        with self.app.app_context(), transaction():
            visit = again_by_id(self.visit)
            booking = booking_of(visit)
            later = replace(booking, starts_at=booking.starts_at + timedelta(**delta))
            office_actions.move(visit, later, by=actor(self.people.coach))
        work(self.app)
        return self

    def the_desk_opens_the_list(self, heading: str) -> Self:
        self.desk.open("/staff").sees(heading)
        return self

    def the_desk_opens_what_was_asked(self) -> Self:
        self.desk.open("/staff").press("Open")
        return self

    def the_desk(self, act: Callable[[Desk], object]) -> Self:
        act(self.desk)
        work(self.app)
        return self

    # --- Alex -----------------------------------------------------------------------------------

    def comes_by(self, door: str) -> Door:
        return {"web": Web, "link": Link, "text": Text}[door](self)

    # --- what is so -----------------------------------------------------------------------------

    @property
    def visit(self) -> UUID:
        assert self._visit is not None
        return self._visit

    def kinds(self) -> list[str]:
        """What the record says of the visit, oldest first."""
        with self.app.app_context():
            return [entry.kind for entry in log.entries_about(self.people.alex.id, self.visit)]

    def receipts(self) -> list[str]:
        with self.app.app_context():
            return [e.receipt for e in log.entries_about(self.people.alex.id, self.visit)]

    def the_record_is_intact(self) -> Self:
        with self.app.app_context():
            assert log.verify(self.people.alex.id) == []
        return self

    def the_appointment(self) -> Appointment:
        with self.app.app_context():
            found = again_by_id(self.visit)
            _ = found.claimant, found.requests
            return found


def again_by_id(visit: UUID) -> Appointment:
    found = queries.any_appointment(visit)
    assert found is not None
    return found


class Door:
    """How Alex answers; every door can do the same."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def accepts(self) -> None:
        raise NotImplementedError

    def asks_to_cancel(self) -> None:
        raise NotImplementedError

    def asks_for_a_call(self) -> None:
        raise NotImplementedError

    def takes_it_back(self) -> None:
        raise NotImplementedError

    def sees_that_it_still_stands(self) -> None:
        raise NotImplementedError


class Web(Door):
    """Signed in, in a browser without scripts."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.browser = Browser(story.app).sign_in(story.people.alex)
        work(story.app)
        self.path = f"/appointments/{story.visit}"

    def accepts(self) -> None:
        self.browser.open(self.path).press("Accept").sees("You accepted")
        work(self.story.app)

    def asks_to_cancel(self) -> None:
        self.browser.open(self.path).press("Ask to cancel")
        self.browser.press("Ask to cancel").sees("still stands")
        work(self.story.app)

    def asks_for_a_call(self) -> None:
        self.browser.open(self.path).press("Ask for a phone call").sees("still stands")
        work(self.story.app)

    def takes_it_back(self) -> None:
        self.browser.open(self.path).press("Take my answer back").sees("You took your answer back")
        work(self.story.app)

    def sees_that_it_still_stands(self) -> None:
        self.browser.open(self.path).sees("still stands")


class Link(Web):
    """Through the short link of a text, not signed in."""

    def __init__(self, story: Story) -> None:
        Door.__init__(self, story)
        with story.app.app_context():
            self.path = f"/a/{codes.link_token(story.visit)}"
        self.browser = Browser(story.app)


class Text(Door):
    """By text alone."""

    def accepts(self) -> None:
        self.story.phone.texts("1")

    def asks_to_cancel(self) -> None:
        self.story.phone.texts("2")
        echo = self.story.phone.last.split("reply ")[1][:2]
        self.story.phone.texts(echo)

    def asks_for_a_call(self) -> None:
        self.story.phone.texts("3")

    def takes_it_back(self) -> None:
        self.story.phone.texts("UNDO")

    def sees_that_it_still_stands(self) -> None:
        assert any("stands" in text for text in self.story.phone.received[-2:])
