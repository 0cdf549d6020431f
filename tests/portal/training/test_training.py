"""The list of training and help: imported with every bad row named, filtered, and asked about."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.database import db
from portal.plan import queries as plan
from portal.training.models import Training
from tests.people import Browser, Desk, People, StoppedClock

HEADER = (
    "reference,name,provider,place,language,online,lunch_paid,fares_paid,free_places,"
    "starts_on,last_checked,office\n"
)
GOOD = (
    HEADER
    + "A1,Food hygiene,City College,Leeds,en,no,yes,yes,4,2027-02-20,2027-01-30,LD1\n"
    + "A2,CV writing,Library,Leeds,en,no,no,no,0,2027-02-10,2027-01-30,LD1\n"
    + "A3,English online,Open Door,,ar,yes,no,no,,,2027-01-29,\n"
    + "A4,York only,Somebody,York,en,no,no,no,3,,2027-01-29,YO1\n"
)


def imported(app: Flask, folder: Path, text: str, *more: str) -> tuple[int, str]:
    file = folder / "training.csv"
    file.write_text(text, encoding="utf-8")
    said = app.test_cli_runner().invoke(args=["training", "import", str(file), *more])
    return said.exit_code, said.output


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Training)) or 0


def test_a_list_is_taken_once(app: Flask, people: People, tmp_path: Path) -> None:
    assert imported(app, tmp_path, GOOD, "--dry-run") == (
        0,
        "Nothing was changed. "
        "It would be: read 4, added 4, changed 0, unchanged 0, bad 0, gone 0.\n",
    )
    assert count(app) == 0
    assert imported(app, tmp_path, GOOD)[1] == (
        "read 4, added 4, changed 0, unchanged 0, bad 0, gone 0.\n"
    )
    assert imported(app, tmp_path, GOOD)[1] == (
        "read 4, added 0, changed 0, unchanged 4, bad 0, gone 0.\n"
    )
    fuller = GOOD.replace(",yes,yes,4,", ",yes,yes,3,")
    assert "changed 1, unchanged 3" in imported(app, tmp_path, fuller)[1]
    assert count(app) == 4


def test_every_bad_row_is_named_with_all_its_reasons(
    app: Flask, people: People, tmp_path: Path
) -> None:
    bad = (
        HEADER
        + "B1,,City College,Leeds,xx,perhaps,no,no,many,20 Feb,2027-12-01,ZZ9\n"
        + "B2,Good one,City College,Leeds,en,no,no,no,٤,,2027-01-01,LD1\n"
        + "B2,Twice,City College,Leeds,en,no,no,no,4,,2027-01-01,LD1\n"
        + "short,row\n"
        + f"B3,{'n' * 300},City College,Leeds,en,no,no,no,4,,,LD1\n"
    )
    code, said = imported(app, tmp_path, bad)
    assert code == 1
    lines = said.splitlines()
    assert "name: This must not be empty." in lines[0]
    for piece in (
        "line 2:",
        "online: Write yes or no.",
        "free_places: Write a number",
        "language:",
    ):
        assert piece in lines[0]
    for piece in ("starts_on:", "last_checked: This day is still to come.", "office: There is no"):
        assert piece in lines[0]
    assert lines[1] == "line 4: reference: Line 3 has this reference too."
    assert lines[2].startswith("line 5: line: It has 2 cells; the header has 12.")
    assert "name: Use at most 200" in lines[3]
    assert "last_checked: This must not be empty." in lines[3]
    assert lines[4] == "read 5, added 1, changed 0, unchanged 0, bad 4, gone 0."
    assert count(app) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The file is empty."),
        ("name,provider\nx,y\n", "These columns are missing: reference, last_checked."),
        (HEADER.replace("office", "name"), "These columns are there twice: name."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    app: Flask, people: People, tmp_path: Path, text: str, says: str
) -> None:
    code, said = imported(app, tmp_path, text)
    assert code == 2
    assert said.startswith("Nothing was read.")
    assert says in said


def test_people_see_what_is_near_and_filter_it(app: Flask, people: People, tmp_path: Path) -> None:
    imported(app, tmp_path, GOOD)
    alex = Browser(app).sign_in(people.alex).open("/plan").follow("Training and help near you")
    alex.sees("Food hygiene", "CV writing", "English online", "Last checked on Saturday 30")
    alex.does_not_see("York only")
    text = alex.text
    assert text.index("Food hygiene") < text.index("CV writing"), "what is full comes last"
    alex.choose("Lunch is paid").press("Show these")
    alex.sees("Food hygiene").does_not_see("CV writing", "English online")
    alex.open("/plan/training?language=ar").sees("English online").does_not_see("Food hygiene")
    alex.open("/plan/training?place=Nowhere&language=%00").sees("Food hygiene")
    alex.open("/plan/training?online=y&fares_paid=y").sees("Nothing on the list fits.")
    alex.open("/plan/training?page=0", 404).open("/plan/training?page=9").sees(
        "Nothing on the list"
    )


def test_food_and_fares_are_asked_about_before_a_place_is_booked(
    app: Flask, people: People, tmp_path: Path
) -> None:
    imported(app, tmp_path, GOOD)
    alex = Browser(app).sign_in(people.alex).open("/plan/training").follow("CV writing")
    alex.sees("It is full. Ask your work coach to find you a place.")
    alex.sees("Ask about food and fares before you say yes.")
    alex.choose("Food or lunch on the day").choose("My fares paid")
    alex.press("Ask my work coach about this").sees("Your receipt", "A place on a course")
    alex.open("/plan/ask").sees("CV writing", "We will reply by Monday 8 February 2027.")
    with app.app_context():
        (asked,) = plan.open_asks(people.office.id)
        assert asked.needs == ["fares", "lunch"]
    desk = Desk(app).sign_in(people.coach).open(f"/staff/asks/{asked.id}")
    desk.sees("CV writing", "My fares paid", "Food or lunch on the day")


def test_what_has_begun_is_offered_to_nobody(
    app: Flask, people: People, tmp_path: Path, clock_stopped: StoppedClock
) -> None:
    imported(app, tmp_path, GOOD)
    clock_stopped.at(datetime(2027, 2, 10, 18, 0, tzinfo=UTC))
    alex = Browser(app).sign_in(people.alex).open("/plan/training").sees("CV writing")
    link = next(
        a.get("href") or "" for a in alex.page.all("a") if "CV writing" in "".join(a.itertext())
    )
    clock_stopped.later(hours=8)
    alex = Browser(app).sign_in(people.alex).open("/plan/training")
    alex.sees("Food hygiene", "English online").does_not_see("CV writing")
    alex.open(link, 404)


def test_what_the_list_no_longer_names_is_gone_and_comes_back(
    app: Flask, people: People, tmp_path: Path
) -> None:
    imported(app, tmp_path, GOOD)
    imported(
        app,
        tmp_path,
        HEADER + "Z1,From elsewhere,Us,,en,no,no,no,3,,2027-01-29,\n",
        "--source",
        "b",
    )
    less = "".join(line for line in GOOD.splitlines(True) if not line.startswith("A1"))
    assert imported(app, tmp_path, less, "--dry-run")[1].endswith("bad 0, gone 1.\n")
    assert imported(app, tmp_path, less)[1].endswith("bad 0, gone 1.\n")
    alex = Browser(app).sign_in(people.alex).open("/plan/training")
    alex.sees("CV writing", "From elsewhere").does_not_see("Food hygiene")
    assert "changed 1" in imported(app, tmp_path, GOOD)[1]
    alex.open("/plan/training").sees("Food hygiene")
    bad = HEADER + "A1,,City College,Leeds,en,no,yes,yes,4,,2027-01-30,LD1\n"
    assert imported(app, tmp_path, bad)[1].endswith("bad 1, gone 0.\n")
    alex.open("/plan/training").sees("Food hygiene", "CV writing")
