"""The commands of whoever looks after the languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from portal import languages
from tests.portal.translating.folders import folder, sentence


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["translations", *words])


@pytest.fixture
def welsh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small Welsh catalogue in the place of the real one."""
    made = folder(tmp_path, sentence("Come", "Dewch"), sentence("Send", context="button"))
    monkeypatch.setattr(languages, "TRANSLATIONS", tmp_path)
    monkeypatch.setattr(languages, "is_offered", lambda code: code in ("en", "cy"))
    return made


def test_the_status_names_each_language_and_what_is_missing(app: Flask, welsh: Path) -> None:
    said = run(app, "status").output
    assert "cy Welsh: machine-drafted, 2 sentences, 1 missing, 0 reviewed" in said
    assert "drafted on 2026-11-21" in said
    assert "'Send'" in said
    assert "so Somali: no catalogue, not offered" in said


def test_a_table_goes_out_and_comes_back(app: Flask, welsh: Path, tmp_path: Path) -> None:
    table = tmp_path / "welsh.csv"
    assert run(app, "export", "cy", "--file", str(table)).exit_code == 0
    text = table.read_text(encoding="utf-8-sig").replace("Send,,", "Send,Anfon,")
    table.write_text(text.replace(",no,", ",yes,"), encoding="utf-8-sig")
    said = run(app, "import", "cy", str(table), "--reviewer-role", "native-speaker translator")
    assert "1 sentences changed, 0 of 2 not reviewed yet: cy is reviewed." in said.output
    assert 'reviewer_role = "native-speaker translator"' in (welsh / "status.toml").read_text()
    assert "reviewed by" not in run(app, "status").output
    assert "by a native-speaker translator" in run(app, "status").output


def test_faults_stop_everything(app: Flask, welsh: Path, tmp_path: Path) -> None:
    before = (welsh / "status.toml").read_bytes()
    table = tmp_path / "welsh.csv"
    run(app, "export", "cy", "--file", str(table))
    text = table.read_text(encoding="utf-8-sig").replace("Dewch,", "Dewch %(day)s,")
    table.write_text(text.replace(",no,", ",yes,", 1), encoding="utf-8")
    said = run(app, "import", "cy", str(table), "--reviewer-role", "translator")
    assert said.exit_code == 1
    assert "row 2: other placeholders" in said.output
    assert "Nothing was changed" in said.output
    assert (welsh / "status.toml").read_bytes() == before
    assert not (welsh / "reviewed.tsv").exists()


@pytest.mark.parametrize("role", ["machine", "an AI model", "", "x" * 61])
def test_only_a_person_reviews(app: Flask, welsh: Path, tmp_path: Path, role: str) -> None:
    table = tmp_path / "welsh.csv"
    run(app, "export", "cy", "--file", str(table))
    assert run(app, "import", "cy", str(table), "--reviewer-role", role).exit_code == 1


@pytest.mark.parametrize("code", ["en", "xx", ""])
def test_a_language_without_a_catalogue_is_named(app: Flask, code: str) -> None:
    said = run(app, "export", code)
    assert said.exit_code == 1
    assert "There is no catalogue" in said.output


def test_the_check_names_what_is_wrong_and_fails(app: Flask, welsh: Path) -> None:
    (welsh.parent / "messages.pot").write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    said = run(app, "check", "cy")
    assert said.exit_code == 1
    assert "not in messages.pot" in said.output
    assert "cy: " in said.output
    assert "missing: 'Help'" in said.output
    assert "not in the source: 'Come'" in said.output
