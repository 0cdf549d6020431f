"""An appointment as iCalendar. Apart from `views` because partners' feeds use it too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from flask_babel import gettext as _
from icalendar import Calendar, Event

from portal import clock
from portal.appointments.models import Appointment, How, Status


def _event(appointment: Appointment) -> Event:
    """Discreet on purpose: calendars are shared, and show on locked screens."""
    event = Event()
    event.add("uid", f"{appointment.id}@appointments")
    event.add("sequence", appointment.version)
    event.add("dtstamp", clock.now())
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.starts_at + timedelta(minutes=appointment.minutes))
    event.add("summary", _("Appointment"))
    called_off = appointment.status is Status.called_off
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    if appointment.how is How.in_person and not appointment.claimant.discreet:
        event.add("location", appointment.place or appointment.office.address)
    return event


def file_of(appointment: Appointment) -> bytes:
    """One appointment as an .ics file, times in UTC."""
    return feed([appointment])


def feed(appointments: Iterable[Appointment]) -> bytes:
    """Several appointments as one calendar."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Claimant portal//EN")
    for appointment in appointments:
        calendar.add_component(_event(appointment))
    return bytes(calendar.to_ical())
