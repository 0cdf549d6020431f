"""Appointments from a file: each row is read, compared with what is here, and followed.

Apart from `sources` because a file brings many rows at once: rows are taken in batches, with
one question to the database for each kind of thing that a batch names. Takes part in the
caller's transaction; the command opens one for each batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO, TypeVar

from portal import clock
from portal.account.models import Claimant
from portal.actors import Actor, Assurance, Channel, Kind
from portal.api import people, queries, sources
from portal.api.sources import Outcome
from portal.api.table import Line, Table
from portal.appointments import bookings, rules
from portal.appointments.bookings import BadBooking, read_booking
from portal.appointments.busy_actions import busy_times_of, clashes
from portal.appointments.rules import Booking
from portal.refusals import Refusal, Sentence

NEEDED = ("claimant_reference", "external_reference", "starts_at", "how", "purpose")
COLUMNS = (*people.COLUMNS, *bookings.COLUMNS)
BATCH = 200

Faults = dict[str, list[str]]
Item = TypeVar("Item")

_SOMEBODY_ELSE = Sentence("This reference belongs to an appointment of somebody else.")


@dataclass
class Row:
    """One row of the file, and the sentences for each column that could not be read."""

    line: int
    values: dict[str, str] = field(default_factory=dict)
    booking: Booking | None = None
    faults: Faults = field(default_factory=dict)

    @property
    def reference(self) -> str:
        """What the source calls the appointment."""
        return (self.booking and self.booking.external_reference) or ""

    def is_wrong(self, column: str, what: str) -> None:
        self.faults.setdefault(column, []).append(what)


class Rows:
    """A file of appointments. Iterating gives its rows, read but not yet compared.

    Raises BadFile when it has no rows that could be read.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._table = Table(file, columns=COLUMNS, needed=NEEDED)
        self.unknown = self._table.unknown

    def __iter__(self) -> Iterator[Row]:
        for line in self._table:
            yield self._read(line)

    def _read(self, line: Line) -> Row:
        row = Row(line.number, line.values)
        if line.fault:
            row.is_wrong("line", line.fault)
            return row
        try:
            row.booking = read_booking(row.values)
        except BadBooking as bad:
            row.faults = bad.errors
        else:
            self._check_reference(row)
        return row

    def _check_reference(self, row: Row) -> None:
        if not row.reference:
            row.is_wrong("external_reference", "Give every appointment a reference of its own.")
            return
        if fault := self._table.repeated(row.reference, row.line):
            row.is_wrong("external_reference", fault)


@dataclass(frozen=True)
class Result:
    """What became of a row, and the sentences for each column if it is bad. `warning` is what
    somebody should look at, though the row was taken."""

    line: int
    outcome: Outcome
    faults: Faults
    warning: str = ""


class Importer:
    """Follows the rows of one source. With `dry_run` it only says what would happen."""

    def __init__(self, source: str, *, dry_run: bool) -> None:
        self.source, self.dry_run = source, dry_run
        self.by = Actor(Kind.partner, None, Channel.file, Assurance.staff)
        self._would_register: dict[str, people.Newcomer] = {}

    def take(self, rows: Sequence[Row]) -> list[Result]:
        """Follow a batch. A bad row changes nothing."""
        here = _Here(self.source, rows, lock=not self.dry_run)
        return [self._follow(row, here) for row in rows]

    def _follow(self, row: Row, here: _Here) -> Result:
        faults = dict(row.faults)
        person: Claimant | people.Newcomer | None = None
        if row.values:
            reference = people.reference_of(row.values)
            person = self._would_register.get(reference)
            try:
                person = person or people.read_person(row.values, here.people.get(reference))
            except people.BadPerson as bad:
                faults = bad.errors | faults
        if faults or person is None or row.booking is None:
            return Result(row.line, Outcome.bad, faults)
        try:
            outcome = self._say(row.booking, person, here)
            warning = _warning(outcome, row.booking, person, here)
            return Result(row.line, outcome, {}, warning)
        except Refusal as refusal:
            column = sources.FIELD_OF.get(refusal.code, "external_reference")
            return Result(row.line, Outcome.bad, {column: [sources.words_of(refusal)]})

    def _say(self, booking: Booking, person: Claimant | people.Newcomer, here: _Here) -> Outcome:
        appointment = here.appointments.get(booking.external_reference or "")
        if appointment is not None:
            if isinstance(person, people.Newcomer) or appointment.claimant_id != person.id:
                raise Refusal("somebody-else", _SOMEBODY_ELSE)
            said = here.said.get(appointment.id)
            return sources.say_again(appointment, said, booking, by=self.by, dry_run=self.dry_run)
        rules.check_booking(booking, clock.now())
        if self.dry_run:
            if isinstance(person, people.Newcomer):
                self._would_register[person.reference] = person
            return Outcome.booked
        if isinstance(person, people.Newcomer):
            person = here.people[person.reference] = person.register(by=self.by)
        sources.book(person, replace(booking, source=self.source), by=self.by)
        return Outcome.booked


def _warning(
    outcome: Outcome, booking: Booking, person: Claimant | people.Newcomer, here: _Here
) -> str:
    if outcome not in (Outcome.booked, Outcome.moved) or isinstance(person, people.Newcomer):
        return ""
    busy = here.busy.get(person.id, [])
    return sources.CANNOT_COME if clashes(busy, booking.starts_at, booking.minutes) else ""


class _Here:
    """What is here already of the things that a batch of rows names."""

    def __init__(self, source: str, rows: Sequence[Row], *, lock: bool) -> None:
        references = {row.reference for row in rows if row.reference}
        self.appointments = queries.appointments_of_source(source, references, lock=lock)
        self.said = queries.said([a.id for a in self.appointments.values()])
        self.people = queries.people({people.reference_of(row.values) for row in rows})
        self.busy = busy_times_of([person.id for person in self.people.values()])


def batches(rows: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """The rows, so many at a time."""
    batch: list[Item] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
