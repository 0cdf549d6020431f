"""A world in which everything has happened once, and every address of the service in it.

For tests that walk: whatever page is added later, they look at it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from portal import clock
from portal.account import codes, concern_actions, concern_queries, delivery_actions, phone_actions
from portal.account import queries as account_queries
from portal.account.models import Card, Claimant, Staff
from portal.appointments import actions, desk_actions, office_actions, queries, report_actions
from portal.appointments.models import Appointment, How
from portal.appointments.rules import Booking
from portal.costs.actions import ask as ask_for_costs
from portal.costs.rules import Wish
from portal.database import db, new_id, transaction
from portal.home.views import HELP_PAGES
from portal.messages import actions as messages
from portal.record.receipts import grouped
from portal.staff.lists import LISTS
from portal.web.access import access_of
from tests import world_commitment, world_complaints, world_interpreting, world_plan
from tests import world_translations as translations
from tests.people import NOW, People, StoppedClock, actor, again, appointment, slot

NAMES: dict[str, list[dict[str, Any]]] = {
    "home.help_page": [{"name": name} for name in HELP_PAGES],
    "staff.waiting": [{"name": each.name} for each in LISTS],
    "costs.question": [{"name": "need"}, {"name": "paid"}],
    "files.static_file": [{"name": "site.css", "version": "0"}],
    "phones.phone": [{"digits": "07700900101"}],
    **world_plan.ADDRESSES,
}

NOBODYS = UUID(int=0)
"""Stands for what this world has none of; `missing` names the parts."""


@dataclass(frozen=True)
class World:
    """What the addresses of this world are made of."""

    parts: dict[str, Any]
    words: str
    """What Alex wrote with her request."""
    appointments: tuple[UUID, ...]
    """Hers, one in each state."""
    parts_of: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What the addresses of single views are made of, where it differs."""
    handler: Staff | None = None
    """Who deals with Alex's complaint, and has just opened it."""

    def of_nobody(self) -> World:
        """The same addresses, with ids that nothing has."""

        def unknown(parts: dict[str, Any]) -> dict[str, Any]:
            return {name: NOBODYS if isinstance(it, UUID) else it for name, it in parts.items()}

        return replace(
            self,
            parts=unknown(self.parts) | {"receipt": "00000000"},
            parts_of={name: unknown(parts) for name, parts in self.parts_of.items()},
            appointments=(NOBODYS,) * len(self.appointments),
        )

    def missing(self, app: Flask) -> set[str]:
        """Parts of addresses that this world has nothing for."""
        named = {"name", "version", "digits", "what", "offer"}
        rules = app.url_map.iter_rules()
        return {part for rule in rules for part in rule.arguments} - set(self.parts) - named

    def addresses(self, app: Flask, *kinds: str, method: str = "GET") -> Iterator[tuple[Rule, str]]:
        """Every address with this method that these kinds of people may enter."""
        urls = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if access_of(app.view_functions[rule.endpoint]) not in kinds:
                continue
            if method not in (rule.methods or ()):
                continue
            each = NAMES.get(rule.endpoint, [{}])
            if method == "GET" and rule.arguments == {"appointment_id"}:
                each = [{"appointment_id": hers} for hers in self.appointments]
            for more in each:
                known = {**self.parts, **self.parts_of.get(rule.endpoint, {}), **more}
                asked = rule.arguments - set(rule.defaults or ())
                wanted = {name: known.get(name, NOBODYS) for name in asked}
                yield rule, urls.build(rule.endpoint, wanted, method=method)


def lived_in(app: Flask, people: People, clock_stopped: StoppedClock, words: str = "") -> World:
    """Let everything happen once, over three days before NOW. `words` are what Alex writes."""
    words = words or "My child is ill. I can come on Friday."
    clock_stopped.at(NOW - timedelta(days=3))
    with app.app_context(), transaction():
        alex, desk = again(people.alex), actor(people.coach)
        past = appointment(alex, clock.now() + timedelta(hours=5))
        missed = appointment(alex, clock.now() + timedelta(hours=6))
        visit = appointment(alex, bring=("photo_id",), with_name="Priya Shah", private_room=True)
        call = appointment(alex, NOW + timedelta(days=11), how=How.phone)
        moved = appointment(alex, NOW + timedelta(days=12))
        off = appointment(alex, NOW + timedelta(days=13))
        video = appointment(alex, NOW + timedelta(days=14), how=How.video, place="We text a link.")
        other = appointment(
            alex, NOW + timedelta(days=15), purpose="other", purpose_note=words, bring_note=words
        )
        new = appointment(alex, NOW + timedelta(days=16), interpreter="العربية")
        free = slot(people.office, NOW + timedelta(days=7))
        slot(people.office, NOW + timedelta(days=8))
        plan = world_plan.planned(people, words)
        commitment, of_draft = world_commitment.committed(people, words)
    clock_stopped.at(NOW - timedelta(days=1))
    with app.app_context(), transaction():
        by = actor(people.alex)
        desk_actions.record_outcome(again(past), happened=True, by=desk)
        desk_actions.record_outcome(again(missed), happened=False, by=desk)
        accepted = actions.accept(again(call), by=by)
        office_actions.move(
            again(moved), _booking(moved, NOW + timedelta(hours=30)), why=words, by=desk
        )
        office_actions.call_off(again(off), why=words, by=desk)
        actions.ask_for_another_time(again(other), note=words, by=by)
        _refused(again(other), words, desk)
        actions.ask_for_phone_call(again(video), note=words, by=by)
        desk_actions.record_contact(
            again(video), staff=people.coach, way="call", reached=False, note=words, by=desk
        )
        card = _card(again(people.alex), people)
        delivery_actions.text_not_delivered(
            again(people.alex),
            what="appointments.offer",
            regarding=visit.id,
            permanent=False,
            by=desk,
        )
        untold = account_queries.undelivered_to(people.alex.id)[0]
        concern = concern_actions.raise_concern(
            again(people.alex), words, by=actor(people.alex, "text")
        )
        concern_id = concern.about
        phone_actions.ask_for_unknown_call("+447700900199")
        unknown = concern_queries.unknown_calls(people.office.id)[0]
        written = messages.write(again(people.alex), words, by=actor(people.alex))
        waits = messages.ask_for_call(again(people.alex), by=actor(people.alex))
        report_actions.in_hospital(again(visit), by=by)
        wish = Wish(item="id", item_words=words, amount_pence=3450, step=words)
        costs = ask_for_costs(again(people.alex), wish, by=actor(people.alex))
        report = queries.reports_about(again(visit))[0]
    clock_stopped.at(NOW)
    with app.app_context(), transaction():
        asked = actions.ask_to_cancel(again(visit), reason="ill", note=words, by=actor(people.alex))
        request = again(visit).open_request
        assert request is not None
        office_actions.mark_seen(request, by=desk)
        complaint, handler, of_complaint = world_complaints.complained(people, words)
        session_id, of_interpreter = world_interpreting.let_in(people, words)
        token = codes.link_token(visit.id)
        wrong = translations.wrong(words)
    return World(
        words=words,
        appointments=tuple(
            each.id for each in (visit, past, missed, call, moved, off, video, other, new)
        ),
        parts={
            "appointment_id": visit.id,
            "request_id": request.id,
            "claimant_id": people.alex.id,
            "concern_id": concern_id,
            "task_id": untold.id,
            "slot_id": free.id,
            "call_id": waits.about,
            "about": written.about,
            "unknown_id": unknown.id,
            "cost_id": costs.about,
            "report_id": report.id,
            "token": token,
            "session_id": session_id,
            "wrong_id": wrong,
            "string_id": translations.HELP,
            "receipt": asked.receipt,
            "code": grouped(accepted.receipt),
            "reference": card.reference,
            "filename": "site.css",
            **plan,
            **commitment,
            **complaint,
        },
        parts_of=of_draft | of_complaint | of_interpreter | translations.ADDRESSES,
        handler=handler,
    )


def _booking(known: Appointment, starts_at: Any) -> Booking:
    return Booking(starts_at=starts_at, how=known.how, purpose=known.purpose)


def _refused(known: Appointment, why: str, desk: Any) -> None:
    request = known.open_request
    assert request is not None
    office_actions.refuse(request, why=why, by=desk)


def _card(person: Claimant, people: People) -> Card:
    # Without its hash, which takes long: nobody signs in with it.
    card = Card(
        id=new_id(),
        claimant_id=person.id,
        reference="AB12CD34",
        code_hash="-",
        issued_at=clock.now(),
        issued_by=people.coach.id,
    )
    db.session.add(card)
    db.session.flush()
    return card
