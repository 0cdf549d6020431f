"""Staff come in with a password and a code that works once, and with nothing less."""

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask, session

from portal import clock
from portal.account import guards, queries, sign_in_actions, staff_accounts
from portal.account.models import Staff
from portal.api.people import BadPerson, read_person
from portal.database import db, new_id, transaction
from portal.refusals import Refusal
from tests.people import PASSWORD, Desk, People, StoppedClock, again, office, staff


def code(member: Staff, steps: int = 0) -> str:
    return pyotp.TOTP(member.totp_secret).at(int(clock.now().timestamp()) + 30 * steps)


def let_in(app: Flask, email: str, password: str, typed: str) -> bool:
    with app.app_context():
        try:
            with transaction():
                staff_accounts.check(email, password, typed)
        except Refusal:
            return False
        return True


def test_all_three_are_needed(app: Flask, people: People) -> None:
    coach = people.coach
    wrong = "000000" if code(coach) != "000000" else "000001"
    assert not let_in(app, "nobody@office.example", PASSWORD, code(coach))
    assert not let_in(app, coach.email, "wrong", code(coach))
    assert not let_in(app, coach.email, PASSWORD, wrong)
    assert not let_in(app, coach.email, PASSWORD, "")
    assert not let_in(app, people.colleague.email, PASSWORD, code(coach))
    assert let_in(app, coach.email, PASSWORD, code(coach))


def test_an_address_is_read_in_any_case_and_a_code_with_spaces(app: Flask, people: People) -> None:
    typed = code(people.coach)
    email = f"  {people.coach.email.upper()} "
    assert let_in(app, email, PASSWORD, f"{typed[:3]} {typed[3:]}")


def test_a_code_works_once(app: Flask, people: People, clock_stopped: StoppedClock) -> None:
    assert let_in(app, people.coach.email, PASSWORD, code(people.coach))
    assert not let_in(app, people.coach.email, PASSWORD, code(people.coach))
    clock_stopped.later(seconds=30)
    assert not let_in(app, people.coach.email, PASSWORD, code(people.coach, -1))
    assert let_in(app, people.coach.email, PASSWORD, code(people.coach))


@pytest.mark.parametrize(
    ("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_watch_may_be_half_a_minute_wrong(
    app: Flask, people: People, steps: int, good: bool
) -> None:
    assert let_in(app, people.coach.email, PASSWORD, code(people.coach, steps)) is good


def test_whoever_left_does_not_come_in(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        again(people.coach).active = False
    assert not let_in(app, people.coach.email, PASSWORD, code(people.coach))
    with app.app_context():
        assert queries.staff_by_email(people.coach.email) is None
        names = [member.name for member in queries.staff_of_office(people.office.id)]
        assert names == ["Tom Reid"]


def test_whoever_leaves_is_out_at_once(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        token = sign_in_actions.begin_visit(staff=again(people.coach))
    with app.test_request_context("/staff"):
        session["v"] = token
        assert guards.staff() is not None
    with app.app_context(), transaction():
        again(people.coach).active = False
    with app.test_request_context("/staff"):
        session["v"] = token
        assert guards.staff() is None


def test_secrets_are_not_kept_in_clear(app: Flask, people: People) -> None:
    with app.app_context():
        rows = str(db.session.execute(sa.text("SELECT * FROM account_staff")).all())
    assert people.coach.totp_secret not in rows
    assert PASSWORD not in rows


def test_a_new_account_gets_its_own_secret(app: Flask, people: People) -> None:
    with app.app_context(), transaction():
        member = staff_accounts.add(
            email=" Kit@Office.Example ",
            name="Kit Lam",
            password="a long enough password",
            office=again(people.office),
            role="manager",
        )
        assert member.email == "kit@office.example"
        assert len(member.totp_secret) >= 32
        assert member.totp_secret in staff_accounts.provisioning_uri(member, "Portal")
        assert member.password_hash.startswith("$argon2id$")
    assert let_in(app, "kit@office.example", "a long enough password", code(member))


def test_the_command_adds_a_member_of_staff(app: Flask, people: People) -> None:
    def add(office: str, email: str, password: str) -> tuple[int, str]:
        args = ["staff", "add", "--email", email, "--name", "Kit Lam", "--office", office]
        found = app.test_cli_runner().invoke(args=args, input=f"{password}\n{password}\n")
        return found.exit_code, found.output

    assert add("LD1", "kit@office.example", "a long enough password")[0] == 0
    again_output = add("LD1", "kit@office.example", "a long enough password")
    assert again_output[0] == 1
    assert "already an account" in again_output[1]
    assert "no office" in add("XX9", "a@office.example", "a long enough password")[1]
    assert "at least 12" in add("LD1", "b@office.example", "short")[1]


def test_a_misspelt_role_of_complaints_is_refused(app: Flask, people: People) -> None:
    """It would be somebody who sees everybody's record, and no complaint."""

    assert added(app, "LD1", "complaints")[0] == 0
    for wrong in ("complaint", "Complaints", "complaints-team"):
        code, said = added(app, "LD1", wrong)
        assert code == 1
        assert '"complaints team"' in said


def added(app: Flask, office: str, role: str) -> tuple[int, str]:
    args = ["staff", "add", "--email", f"{new_id().hex}@office.example", "--name", "Kit Lam"]
    args += ["--office", office, "--role", role]
    password = "a long enough password"
    found = app.test_cli_runner().invoke(args=args, input=f"{password}\n{password}\n")
    return found.exit_code, found.output


def test_the_complaints_team_is_in_no_office_that_people_belong_to(
    app: Flask, people: People
) -> None:
    """People are told that the team are not the people of their Jobcentre."""
    code, said = added(app, "LD1", "complaints team")
    assert (code, "Add an office for the team alone" in said) == (1, True)
    with app.app_context(), transaction():
        team = office("TM1")
    assert added(app, "TM1", "complaints team")[0] == 0
    with app.app_context(), transaction():
        coach = staff(again(team), "Kit Coach")
        newcomer = {"claimant_reference": "R-1", "full_name": "Kim Lee", "office": "TM1"}
        with pytest.raises(BadPerson, match="office"):
            read_person(newcomer, None)
    desk = Desk(app).sign_in(coach).open("/staff/people/new")
    desk.fill(reference="R-1", full_name="Kim Lee").press("Register", 422)
    desk.sees("The complaints team works at this office.")


def test_whoever_has_left_is_out_and_their_address_is_not_used_again(
    app: Flask, people: People
) -> None:
    def staff(*args: str) -> tuple[int, str]:
        found = app.test_cli_runner().invoke(
            args=["staff", *args], input="a long enough password\na long enough password\n"
        )
        return found.exit_code, found.output

    email, desk = people.coach.email, Desk(app).sign_in(people.coach).open("/staff")
    status, said = staff("close", "--email", email.upper())
    assert (status, "work coach they still are: 1." in said) == (0, True)
    desk.open("/staff").sees("Sign in")
    assert not let_in(app, email, PASSWORD, code(people.coach, 1))
    status, said = staff("add", "--email", email, "--name", "Kit", "--office", "LD1")
    assert (status, "was closed. Use another address." in said) == (1, True)
    assert staff("close", "--email", "nobody@office.example")[0] == 1
