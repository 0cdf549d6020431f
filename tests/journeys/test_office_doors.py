"""An appointment comes from the desk, another system or a file, and the answer goes back. Nobody
can tell by what happens next where it came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.office import OFFICE_DOORS, ByApi, ByFile, OfficeDoor
from tests.journeys.story import DOORS, Story
from tests.people import SOON


@pytest.fixture(params=OFFICE_DOORS)
def office(request: pytest.FixtureRequest, story: Story, tmp_path: Path) -> OfficeDoor:
    return OFFICE_DOORS[request.param](story, tmp_path)


@pytest.mark.parametrize("door", DOORS)
def test_what_is_offered_is_answered(story: Story, office: OfficeDoor, door: str) -> None:
    office.books()
    story.phone.reads("Jobcentre appointment: Wed 10 Feb 10:30am, Leeds.")
    story.comes_by(door).accepts()
    story.the_desk_opens_the_list("Not answered: 0")
    assert story.kinds() == ["appointments.offered", "appointments.accepted"]
    story.the_record_is_intact()


def test_what_is_moved_is_asked_again(story: Story, office: OfficeDoor) -> None:
    office.books()
    story.comes_by("text").accepts()
    office.moves(days=1)
    story.phone.reads("new time Thu 11 Feb 10:30am", "Not Wed 10 Feb 10:30am")
    page = story.comes_by("web").browser.open(f"/appointments/{story.visit}")
    page.sees("Your appointment has a new time", "Old time:", "New time:")
    story.the_desk_opens_the_list("Not answered: 1")
    assert story.kinds()[-1] == "appointments.moved"


def test_what_is_called_off_needs_nobody(story: Story, office: OfficeDoor) -> None:
    office.books()
    office.calls_off()
    story.phone.reads("Called off: Wed 10 Feb 10:30am. You do not need to come.")
    page = story.comes_by("web").browser.open(f"/appointments/{story.visit}")
    page.sees("This appointment was called off").does_not_see("Accept")
    story.the_desk_opens_the_list("Not answered: 0")
    story.phone.texts("1")
    assert story.kinds() == ["appointments.offered", "appointments.called_off"]


@pytest.mark.parametrize("door", DOORS)
def test_the_other_system_reads_what_she_said_as_it_is(
    story: Story, tmp_path: Path, door: str
) -> None:
    diary = ByApi(story, tmp_path)
    diary.books()
    assert diary.reads_the_answer()["answer"] is None
    story.comes_by(door).asks_to_cancel()
    found = diary.reads_the_answer()
    assert found["stands"] is True, "asking changes nothing"
    assert found["answer"]["answer"] == "asked_to_cancel"
    assert found["answer"]["receipt"].replace("-", "") == story.receipts()[-1]
    story.the_desk_opens_what_was_asked()
    story.the_desk(lambda desk: desk.press("Agree to cancel"))
    assert diary.reads_the_answer()["stands"] is False


def test_the_same_file_every_night_changes_nothing(story: Story, tmp_path: Path) -> None:
    nightly = ByFile(story, tmp_path)
    nightly.books()
    story.comes_by("text").accepts()
    for _ in range(2):
        story.time.later(hours=24)
        assert "unchanged 1" in nightly.imports(SOON)
    assert story.kinds() == ["appointments.offered", "appointments.accepted"]
