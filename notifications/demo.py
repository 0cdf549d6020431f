"""People, appointments and staff for trying the service. All of them are made up, and say so.

Their phone numbers come from the range that Ofcom keeps for drama.
"""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import click
import pyotp
from flask import current_app

from notifications import demo_plans, phones, worker
from portal import clock, database, working_days
from portal.account import actions as account
from portal.account import phone_actions, queries, sign_in_actions, staff_accounts
from portal.account.interpreter_actions import Need, say_need
from portal.account.interpreter_models import Help, Wanted
from portal.account.models import Claimant, Office, Staff, Way
from portal.actors import Actor, Assurance, Channel, Kind
from portal.appointments import actions, office_actions, slot_actions
from portal.appointments.models import How, InterpreterBy
from portal.appointments.rules import Booking
from portal.complaints import rules as complaints
from portal.database import db, transaction
from portal.record.receipts import grouped

PASSWORD = "demo-password-only"  # noqa: S105
OFFICE, NATION = "example-town", "wales"
_FILE = "demo.json"


def load() -> dict[str, Any]:
    """Bring the database up to date and load the demo's people once; returns how to sign in."""
    database.migrate(db.engine)
    file = Path(current_app.instance_path) / _FILE
    if queries.office_by_code(OFFICE) is None:
        with clock.frozen(_this_or_last_morning()):
            with transaction():
                facts = _people()
            worker.once()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(facts, indent=1))
        file.chmod(0o600)
    return dict(json.loads(file.read_text()))


def _this_or_last_morning() -> datetime:
    """Ten in the morning, today or yesterday: an hour at which texts may go out."""
    today = clock.local(clock.now()).replace(hour=10, minute=0, second=0, microsecond=0)
    if today > clock.local(clock.now()):
        today -= timedelta(days=1)
    return today.astimezone(clock.now().tzinfo)


def _working_day(days: int, at: time) -> datetime:
    day = working_days.first_from(clock.today() + timedelta(days=days), NATION)
    return clock.from_wall_clock(datetime.combine(day, at))


def _people() -> dict[str, Any]:
    office = _office(OFFICE, "Example Town", "Example Town Jobcentre", 1)
    coach = _staff(office, "casey@demo.example", "Casey Example", "work coach")
    _staff(office, "morgan@demo.example", "Morgan Example", "manager")
    _staff(office, "ellis@demo.example", "Ellis Example", complaints.HANDLER)
    # They are not the people of anybody's Jobcentre.
    team = _office("TEAM", "Example team", "Example complaints team", 2)
    _staff(team, "sasha@demo.example", "Sasha Example", complaints.TEAM)
    desk = Actor(Kind.staff, coach.id, Channel.desk)
    alex = _claimant(office, coach, "DEMO-1", "Alex Example", "+447700900101", "en")
    nia = _claimant(office, coach, "DEMO-2", "Nia Example", "+447700900102", "cy")
    samir = _claimant(office, coach, "DEMO-3", "Samir Example", "+447700900103", "ar")
    jo = _claimant(office, coach, "DEMO-4", "Jo Example", None, "en")
    _appointments(alex, nia, samir, jo, coach, desk)
    demo_plans.load(alex, nia, samir, coach, desk)
    for person in (alex, nia, samir):
        by = Actor(Kind.claimant, person.id, Channel.web, Assurance.signed_in)
        phone_actions.choose_pin(person, phones.PIN, by=by)
    _card, code = sign_in_actions.issue_card(jo, staff=coach, by=desk)
    for days in (2, 3, 6, 7, 8, 9):
        for hour in (10, 14):
            when = _working_day(days, time(hour, 15))
            slot_actions.offer_slot(office.id, when, How.in_person, 10, coach.id)
    return {
        "people": [
            {"name": p.full_name, "number": p.mobile, "language": p.language}
            for p in (alex, nia, samir)
        ],
        "card": {"name": jo.full_name, "reference": grouped(_card.reference), "code": code},
        "staff": [{"email": "casey@demo.example", "secret": coach.totp_secret}],
    }


def _office(code: str, short_name: str, name: str, number: int) -> Office:
    office = Office(
        code=code,
        name=name,
        short_name=short_name,
        address=f"{number} Example Street, Example Town",
        phone=f"01632 96010{number - 1}",
        nation=NATION,
    )
    db.session.add(office)
    db.session.flush()
    return office


def _staff(office: Office, email: str, name: str, role: str) -> Staff:
    return staff_accounts.add(
        email=email,
        name=name,
        password=PASSWORD,
        office=office,
        role=role,
        totp_secret=pyotp.random_base32(),
    )


def _claimant(
    office: Office, coach: Staff, reference: str, name: str, mobile: str | None, language: str
) -> Claimant:
    return account.register(
        reference=reference,
        full_name=name,
        office=office,
        mobile=mobile,
        language=language,
        coach=coach,
        way=Way.text if mobile else Way.letter,
        by=Actor.system(),
    )


def _appointments(
    alex: Claimant, nia: Claimant, samir: Claimant, jo: Claimant, coach: Staff, desk: Actor
) -> None:
    def meeting(person: Claimant, days: int, at: time, purpose: str, **more: Any) -> Any:
        booking = Booking(
            starts_at=_working_day(days, at),
            how=more.pop("how", How.in_person),
            purpose=purpose,
            with_name=f"{coach.name}, {coach.role}",
            **more,
        )
        return office_actions.book(person, booking, by=desk)

    meeting(alex, 6, time(10, 30), "work_search_review", bring=("job_applications",))
    call = meeting(
        alex,
        13,
        time(14, 0),
        "support",
        how=How.phone,
        caller_name=coach.name,
        caller_number="01632 960101",
    )
    person = Actor(Kind.claimant, alex.id, Channel.sms, Assurance.number)
    actions.accept(call, by=person)
    visit = meeting(nia, 3, time(14, 30), "commitment_review", bring=("photo_id",))
    office_actions.move(
        visit,
        Booking(
            starts_at=_working_day(2, time(10, 30)),
            how=How.in_person,
            purpose="commitment_review",
            with_name=visit.with_name,
            bring=("photo_id",),
        ),
        by=desk,
    )
    speaks = Need(Help.spoken, "العربية", wanted=Wanted.phone)
    say_need(samir, speaks, by=Actor(Kind.claimant, samir.id, Channel.web, Assurance.signed_in))
    meeting(
        samir,
        5,
        time(11, 0),
        "first_commitments",
        minutes=40,
        bring=("photo_id", "proof_of_address"),
        interpreter="العربية",
        interpreter_by=InterpreterBy.phone,
        minutes_said=True,
        private_room=True,
    )
    meeting(jo, 4, time(9, 45), "work_focused_interview")


def guide(facts: dict[str, Any], address: str, texts_at: str = "") -> str:
    """How to look round the demo, for the terminal. `texts_at` is where texts can be seen, when
    they leave this service."""
    texts_at = texts_at or f"{address}/demo/phones"
    lines = [
        "",
        f"The service is at {address}",
        "",
        "Everybody in it is made up. Sign in as a claimant with one of these mobile numbers;",
        f"the code comes to their demo phone at {texts_at}",
        "",
    ]
    for person in facts["people"]:
        number = "0" + person["number"][3:7] + " " + person["number"][7:]
        lines.append(f"  {number}   {person['name']} ({person['language']})")
    card = facts["card"]
    lines += [
        "",
        f"Where a text asks for a PIN, it is {phones.PIN} for each of them.",
        "",
        f"Or, as {card['name']} who has no phone, at {address}/sign-in/card with",
        f"  reference {card['reference']}   code {card['code']}",
        "",
        f"The staff desk is at {address}/staff",
        f"  {facts['staff'][0]['email']}   password {PASSWORD}",
        f"  the six-digit code is at {address}/demo/code-app",
        f"  (or put this secret into a code app: {facts['staff'][0]['secret']})",
        "  morgan@demo.example, a manager, also sees how many texts go out and what they cost",
        "  ellis@demo.example sees complaints to the office, and sasha@demo.example those past it",
        "",
    ]
    return "\n".join(lines)


@click.command("demo")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True)
def demo_command(address: str) -> None:
    """Set up the demo in this folder, once, and say how to look round."""
    if not current_app.extensions["settings"].is_demo:
        raise click.ClickException("Set PORTAL_MODE=demo first: this loads made-up people.")
    click.echo(guide(load(), address, current_app.extensions["settings"].twilio_base_url))
