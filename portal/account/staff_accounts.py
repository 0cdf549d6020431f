"""Accounts of staff: e-mail, password and a time-based code. Kept apart from claimants'
because the two must never be mixed up."""

from __future__ import annotations

import pyotp
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from portal import clock
from portal.account import queries
from portal.account.models import Claimant, Office, Staff, Visit
from portal.account.rules import APART_OF_NO_OFFICE
from portal.database import db, new_id
from portal.refusals import Refusal, sentence

_hasher = PasswordHasher()
_STEP = 30


def add(
    *, email: str, name: str, password: str, office: Office, role: str, totp_secret: str = ""
) -> Staff:
    """Add a member of staff; the secret for their code app is made here unless given."""
    member = Staff(
        id=new_id(),
        email=email.strip().lower(),
        name=name,
        role=role,
        password_hash=_hasher.hash(password),
        totp_secret=totp_secret or pyotp.random_base32(),
        office_id=office.id,
    )
    db.session.add(member)
    db.session.flush()
    return member


def of_email(email: str) -> Staff | None:
    """Whose account this is or was, closed or not: an address has one account for good."""
    return db.session.scalar(sa.select(Staff).where(Staff.email == email.strip().lower()))


def close(member: Staff) -> None:
    """They have left: nobody comes in with this account, and whoever is in with it is out. What
    they did stays in the records under their name."""
    member.active = False
    db.session.execute(
        sa.update(Visit)
        .where(Visit.staff_id == member.id, Visit.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def is_where_people_belong(office: Office) -> bool:
    """Whether anybody of this office could complain about it: then the complaints team, which is
    outside every such office, cannot work there (facts 5, step 2)."""
    theirs = sa.select(Claimant.id).where(Claimant.office_id == office.id).limit(1)
    return db.session.scalar(theirs) is not None


def is_of_the_team(office: Office) -> bool:
    """Whether the complaints team works there: nobody can then be registered at this office."""
    team = sa.select(Staff.id).where(
        Staff.office_id == office.id, Staff.role == APART_OF_NO_OFFICE, Staff.active
    )
    return db.session.scalar(team.limit(1)) is not None


def provisioning_uri(member: Staff, service: str) -> str:
    """What a code app reads to be set up."""
    return pyotp.TOTP(member.totp_secret).provisioning_uri(name=member.email, issuer_name=service)


def check(email: str, password: str, code: str) -> Staff:
    """The member of staff these belong to. A code works once. Raises Refusal otherwise."""
    refused = Refusal(
        "staff", sentence("The e-mail address, password or code is not right. Try again.")
    )
    member = queries.staff_by_email(email)
    if member is None:
        _hasher.hash(password)
        raise refused
    try:
        _hasher.verify(member.password_hash, password)
    except VerificationError:
        raise refused from None
    totp, now = pyotp.TOTP(member.totp_secret), int(clock.now().timestamp())
    typed = "".join(c for c in code if c.isdigit())
    for step in range(now // _STEP - 1, now // _STEP + 2):
        if step > member.last_totp_step and pyotp.utils.strings_equal(typed, totp.at(step * _STEP)):
            used = db.session.execute(
                sa.update(Staff)
                .where(Staff.id == member.id, Staff.last_totp_step < step)
                .values(last_totp_step=step)
            )
            if used.rowcount == 1:  # type: ignore[attr-defined]
                return member
    raise refused
