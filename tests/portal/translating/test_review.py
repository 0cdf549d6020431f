"""What a translator sends back is taken as a whole or not at all, and counts until it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from portal import catalogues, languages
from portal.translating import review, sheet
from portal.translating.faults import Fault
from tests.portal.translating.folders import folder, sentence

WELSH = languages.known()["cy"]
ROLE, TODAY = "native-speaker translator", date(2026, 12, 1)
COME = sentence("Come on %(day)s", "Dewch %(day)s")
SEND = sentence("Send", "Anfon", context="button")
DAYS = sentence(("%(num)s day", "%(num)s days"), "dim", "un", *["%(num)s diwrnod"] * 4)
LINES = sentence("-1\nand <b>more</b>", "-1\na <b>mwy</b>")
Change = Callable[[str], str]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return folder(tmp_path, COME, SEND, DAYS, LINES)


def files(made: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in made.rglob("*") if each.is_file()}


def taken(made: Path, change: Change = str, fits: review.Fits = lambda _: []) -> review.Review:
    table = change(sheet.of_language(made, WELSH).decode("utf-8-sig"))
    return review.read(table.encode(), made, WELSH, fits)


def write(made: Path, found: review.Review) -> catalogues.Status:
    assert found.faults == []
    return review.write(found, made, role=ROLE, today=TODAY)


def all_reviewed(table: str) -> str:
    return table.replace(",no,", ",yes,")


def test_there_and_back_without_a_change_changes_no_byte(made: Path) -> None:
    before = files(made)
    found = taken(made)
    assert (found.changed, found.checked) == ({}, {})
    write(made, found)
    assert files(made) == before


@pytest.mark.parametrize("code", [x.code for x in languages.offered() if x.code != "en"])
def test_the_real_catalogues_go_there_and_back(code: str, tmp_path: Path) -> None:
    language, real = languages.known()[code], languages.TRANSLATIONS / code
    made = folder(tmp_path, code=code)
    catalogues.po_file(made).write_bytes(catalogues.po_file(real).read_bytes())
    before = files(made)
    found = review.read(sheet.of_language(made, language), made, language, lambda _: [])
    write(made, found)
    assert files(made) == before


def test_one_changed_sentence_is_one_changed_line(made: Path) -> None:
    file = catalogues.po_file(made)
    before = file.read_text(encoding="utf-8").splitlines()
    status = write(made, taken(made, lambda table: table.replace("Dewch %(day)s", "Dere %(day)s")))
    after = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == ['msgstr "Dere %(day)s"']
    assert len(after) == len(before)
    assert status.state == "machine-drafted"


def test_forms_and_lines_come_back_into_their_places(made: Path) -> None:
    change = "%(num)s niwrnod"
    write(
        made, taken(made, lambda t: t.replace("%(num)s diwrnod", change).replace("mwy", "rhagor"))
    )
    after = {each.id: each for each in catalogues.read(made)}
    assert after[DAYS.id].forms == ("dim", "un", *[change] * 4)
    assert after[LINES.id].forms == ("-1\na <b>rhagor</b>",)
    assert after[COME.id].forms == COME.forms


def test_when_every_sentence_was_reviewed_the_language_is(made: Path) -> None:
    status = write(made, taken(made, all_reviewed))
    assert (status.state, status.reviewed_on, status.reviewer_role) == ("reviewed", TODAY, ROLE)
    assert catalogues.state(made) == "reviewed"
    assert catalogues.unreviewed(made) == frozenset()
    assert ",no," not in sheet.of_language(made, WELSH).decode()


def test_when_some_were_it_is_part_reviewed(made: Path) -> None:
    status = write(made, taken(made, lambda table: table.replace(",no,", ",yes,", 1)))
    assert status.state == "part-reviewed"
    assert len(catalogues.unreviewed(made)) == 3


def test_a_sentence_needs_every_form_reviewed(made: Path) -> None:
    rows = sheet.of_language(made, WELSH).decode("utf-8-sig").splitlines()
    last = next(n for n, row in enumerate(rows) if row.startswith(f's{DAYS.id},"6'))
    rows[last] = all_reviewed(rows[last])
    assert write(made, taken(made, lambda _: "\n".join(rows))).state == "machine-drafted"


def test_a_second_review_changes_a_word_and_keeps_the_rest(made: Path) -> None:
    write(made, taken(made, all_reviewed))
    status = write(made, taken(made, lambda table: table.replace("Anfon,", "Anfonwch,")))
    assert status.state == "reviewed"
    assert catalogues.state(made) == "reviewed"


def test_a_review_taken_back_leaves_a_draft(made: Path) -> None:
    write(made, taken(made, all_reviewed))
    status = write(made, taken(made, lambda table: table.replace(",yes,", ",no,")))
    assert (status.state, status.reviewer_role) == ("machine-drafted", "")


def test_what_a_reviewer_says_comes_along_with_the_next_table(made: Path) -> None:
    rows = sheet.of_language(made, WELSH).decode("utf-8-sig").splitlines()
    rows[2] = rows[2] + "=Too formal"
    write(made, taken(made, lambda _: "\r\n".join(rows)))
    assert sheet.comments(made) == {SEND.id: "=Too formal"}
    assert "'=Too formal" in sheet.of_language(made, WELSH).decode()


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        (SEND.id, "00000000", "row 3: no sentence has the id '00000000'"),
        ("Come on %(day)s", "Come by %(day)s", "row 2: the English was changed"),
        ("Dewch %(day)s", "Dewch", "row 2: other placeholders"),
        ("Dewch %(day)s", "Dewch %(diwrnod)s", "row 2: other placeholders"),
        ("<b>mwy</b>", "<b>mwy", "row 10: other tags"),
        (f'{DAYS.id},"6', f'{DAYS.id},"7', "row 9: there is no form '7: for"),
        (f'{DAYS.id},"6', f'{DAYS.id},"5', "row 9: this form is there twice"),
        ("Anfon,", "An\u202efon,", "row 3: a control character"),
        ("Anfon,", "An\ufffdfon,", "row 3: a control character"),
        (",no,", ",perhaps,", "row 2: reviewed must be yes or no, not 'perhaps'"),
        ("Anfon,,,,no", ",,,,yes", "row 3: marked as reviewed, and there is no translation"),
        ("Anfon,", ",", "row 3: not translated"),
    ],
)
def test_a_fault_is_named_with_its_row_and_nothing_is_written(
    made: Path, was: str, becomes: str, fault: str
) -> None:
    found = taken(made, lambda table: table.replace(was, becomes))
    assert any(each.startswith(fault) for each in found.faults), found.faults


def test_a_lost_row_of_a_plural_is_found(made: Path) -> None:
    rows = sheet.of_language(made, WELSH).decode("utf-8-sig").splitlines()
    fewer = "\n".join(row for row in rows if not row.startswith(f's{DAYS.id},"6'))
    assert taken(made, lambda _: fewer).faults == ["row 4: 5 plural forms instead of 6"]


def test_a_table_of_some_sentences_leaves_the_others_alone(made: Path) -> None:
    rows = all_reviewed(sheet.of_language(made, WELSH).decode("utf-8-sig")).splitlines()
    assert write(made, taken(made, lambda _: "\n".join(rows[:3]))).state == "part-reviewed"
    assert len(catalogues.unreviewed(made)) == 2


def test_a_text_that_became_too_long_is_named_with_its_row(made: Path) -> None:
    def too_long(catalog: object) -> list[Fault]:
        return [Fault("cy", f"x {SEND.id}", "text sms.help", "4 parts, and 3 is the limit", "An…")]

    found = taken(made, lambda table: table.replace("Anfon,", "Anfonwch,"), too_long)
    assert found.faults == ["row 3: text sms.help: 4 parts, and 3 is the limit: 'An…'"]


def test_another_word_than_the_glossarys_is_said_and_taken(tmp_path: Path) -> None:
    """Who speaks the language outranks the glossary; the list of exceptions must know, though."""
    made = folder(tmp_path, sentence("Your appointment", "Eich apwyntiad"))
    found = taken(made, lambda table: table.replace("Eich apwyntiad", "Eich cyfarfod"))
    assert found.faults == []
    assert "the glossary has 'apwyntiad' for 'appointment'" in found.notes[0]
    assert "allowed.tsv" in found.notes[0]
