"""A fault of each kind, planted into a catalogue, is found and named."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from notifications import budget
from portal import catalogues, languages
from portal.catalogues import Sentence
from portal.translating import faults
from tests.portal.translating.folders import STATUS, folder, sentence

WELSH = languages.known()["cy"]


def found(*here: Sentence, source: list[Sentence] | None = None) -> list[str]:
    wanted = {(s.context or "", s.english): "portal/page.html" for s in (source or here)}
    return [str(fault) for fault in faults.of_catalogue(here, WELSH, wanted)]


@pytest.mark.parametrize(
    ("english", "translated", "fault"),
    [
        ("Come on %(day)s", "Dewch", "other placeholders"),
        ("Come on %(day)s", "Dewch ddydd %(diwrnod)s", "other placeholders"),
        ("Come on %(day)s", "Dewch %(day)s 50%", "a bare per cent"),
        ("Read <b>this</b>", "Darllenwch hwn", "other tags"),
        ("Read <b>this</b>", "Darllenwch <i>hwn</i>", "other tags"),
        ('<a href="%(here)s">Here</a>', '<a href="%(here)s" onclick="x">Yma</a>', "other tags"),
        ("Come", "", "not translated"),
        ("Come", "Dewch\u202e", "a control character"),
        ("Come", "Dewch\x07", "a control character"),
        ("Come", "Dew\ufffdch", "a control character"),
        ("Come", "Dewch ", "other spaces"),
        ("Your appointment", "Eich cyfarfod", "the glossary has 'apwyntiad' for 'appointment'"),
    ],
)
def test_a_planted_fault_is_found(english: str, translated: str, fault: str) -> None:
    here = sentence(english, translated)
    (said,) = found(here)
    assert fault in said
    assert said.startswith(f"cy: {here.id}: ")


def test_what_is_right_has_no_faults() -> None:
    plural = sentence(("%(num)s day", "%(num)s days"), "dim", "un", *["%(num)s diwrnod"] * 4)
    assert found(plural, sentence("Your <b>appointments</b>", "Eich <b>hapwyntiadau</b>")) == []


def test_a_missing_a_stale_a_fuzzy_and_a_short_plural_are_found() -> None:
    here = (
        sentence("Old", "Hen"),
        Sentence(None, ("Maybe",), ("Efallai",), fuzzy=True),
        sentence(("%(num)s day", "%(num)s days"), "un", "dau"),
    )
    said = found(*here, source=[sentence("New"), *here[1:]])
    new = catalogues.string_id(None, "New")
    assert f"cy: {new}: portal/page.html: missing: 'New'" in said
    assert any("not in the source: 'Old'" in each for each in said)
    assert any("fuzzy: 'Maybe'" in each for each in said)
    assert any("2 plural forms instead of 6" in each for each in said)


def test_another_plural_header_is_found(tmp_path: Path) -> None:
    # What Babel writes by itself: five forms, and another one for nought.
    babels = "nplurals=5; plural=(n == 0) ? 0 : (n == 1) ? 1 : (n == 2) ? 2 : (n == 3) ? 3 : 4;"
    spoilt = folder(tmp_path, sentence("Come", "Dewch"), header=babels)
    whole = folder(tmp_path, sentence("Come", "Dewch"), code="ar")
    source = {("", ("Come",)): "portal/page.html"}
    (fault,) = faults.of_language(spoilt, WELSH, source)
    assert "the header lacks" in fault.what
    assert faults.of_language(whole, languages.known()["ar"], source) == []


@pytest.mark.parametrize("spoilt", [b'msgid "Come\n', b'msgid "Come"\nmsgstr "D\xf4wch"\n'])
def test_a_catalogue_that_cannot_be_read_is_found(tmp_path: Path, spoilt: bytes) -> None:
    made = folder(tmp_path)
    catalogues.po_file(made).write_bytes(catalogues.po_file(made).read_bytes() + b"\n" + spoilt)
    (fault,) = faults.of_language(made, WELSH, {})
    assert "cannot be read" in fault.what


def test_a_header_in_doubt_is_found(tmp_path: Path) -> None:
    made = folder(tmp_path, sentence("Come", "Dewch"))
    file = catalogues.po_file(made)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('msgid ""', '#, fuzzy\nmsgid ""', 1), encoding="utf-8")
    (fault,) = faults.of_language(made, WELSH, {("", ("Come",)): "portal/page.html"})
    assert "the header is marked fuzzy" in fault.what


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        ('state = "perfect"\ndrafted_on = 2026-11-21\n', "state must be one of"),
        ('state = "reviewed"\ndrafted_on = 2026-11-21\n', "reviewed needs reviewed_on"),
        (STATUS + 'reviewer_role = "translator"\n', "was not reviewed by anybody"),
        (STATUS + 'reviewer = "Ann Example"\n', "nobody reads"),
        ("state = \n", "cannot be read"),
    ],
)
def test_a_status_that_says_too_little_is_found(tmp_path: Path, status: str, fault: str) -> None:
    spoilt = folder(tmp_path, sentence("Come", "Dewch"), status=status)
    (found,) = faults.of_language(spoilt, WELSH, {("", ("Come",)): "portal/page.html"})
    assert fault in found.what


def test_a_text_that_became_too_long_is_found_with_its_sentences(app: Flask) -> None:
    catalog = catalogues.read_po(catalogues.po_file(languages.TRANSLATIONS / "cy"))
    first = next(m for m in catalog if m.context == "sms" and "Jobcentre appointment:" in m.id)
    with app.app_context():
        assert budget.faults("cy", catalog) == []
        first.string += " Gair arall." * 30
        spoilt = budget.faults("cy", catalog)
    assert spoilt
    key = catalogues.string_id("sms", str(first.id))
    assert all(key in fault.id.split() for fault in spoilt)
    assert "1 is the limit" in str(spoilt[0])
