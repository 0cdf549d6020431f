"""How the house is built. Every rule is tried on a bad sample too: a rule that cannot fail is
no rule."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.house import source
from tests.house.source import ROOT, faults, files_of_tests, live_files

ROUTES = re.compile(r"^\s*@\w*bp\w*\.|^\s*@both\(|Blueprint\(", re.MULTILINE)

ENTRY_POINTS = {
    "portal": {"views", "guards", "cli", "training_cli", "door"},
    "notifications": {"views", "webhooks", "cli", "demo"},
}
"""Files that may open a transaction, with those that hold routes, and the worker's steps."""


@cache
def views() -> list[Path]:
    return [file for file in live_files() if ROUTES.search(file.read_text(encoding="utf-8"))]


@cache
def steps() -> list[Path]:
    """Modules that the worker takes a step() of."""
    worker = (ROOT / "notifications" / "worker.py").read_text(encoding="utf-8")
    names = set(re.findall(r"\b(\w+)\.step\b", worker)) | {"worker", "sender", "beats"}
    return [ROOT / "notifications" / f"{name}.py" for name in names]


def may_open_transactions(file: Path) -> bool:
    named = any(
        file.is_relative_to(ROOT / folder) and file.stem in stems
        for folder, stems in ENTRY_POINTS.items()
    )
    return named or file in steps() or file in views() or file == ROOT / "portal" / "database.py"


def test_only_the_clock_reads_the_clock() -> None:
    files = [file for file in live_files() if file != ROOT / "portal" / "clock.py"]
    assert faults(source.reads_a_clock, files) == []
    assert faults(source.reads_a_clock, [ROOT / "portal" / "clock.py"]), "it does read it"


def test_views_do_not_ask_the_database_by_themselves() -> None:
    assert len(views()) > 10
    assert faults(source.selects, views()) == []


def test_only_entry_points_open_transactions() -> None:
    undoing_what_broke = {ROOT / "portal" / "web" / "errors.py"}
    files = [file for file in live_files() if not may_open_transactions(file)]
    found = faults(source.opens_transactions, sorted(set(files) - undoing_what_broke))
    assert found == []


def test_no_file_is_too_long_to_read() -> None:
    assert faults(source.is_long, live_files()) == []


def test_nothing_is_left_open() -> None:
    assert faults(source.leaves_things_open, live_files()) == []


def test_no_test_is_left_out() -> None:
    assert faults(source.does_not_run, files_of_tests()) == []


def test_packages_do_nothing_when_they_are_imported() -> None:
    found = [file for file in live_files() if file.name == "__init__.py" and file.read_text()]
    assert found == []


BAD = {
    source.reads_a_clock: [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.datetime.utcnow()",
        "x = date.today()",
        "import time\nx = time.time()",
    ],
    source.selects: [
        "x = sa.select(Claimant)",
        "x = select(Claimant)",
        "x = db.session.get(Claimant, id)",
        "db.session.execute(y)",
    ],
    source.opens_transactions: ["with transaction():\n    pass", "db.session.commit()"],
    source.is_long: ["x = 1\n" * 301],
    source.leaves_things_open: ["x = 1  # TODO: more", "print('here')", "breakpoint()"],
    source.does_not_run: [
        "@pytest.mark.skip\ndef test(): pass",
        "def test():\n    pytest.skip('no')",
        "pytestmark = pytest.mark.skipif(True)",
        "x = pytest.mark.xfail",
    ],
}
GOOD = """
from portal import clock
now, today = clock.now(), clock.today()
found = queries.appointment(person, id)
choices = select(form.field)["x"] if False else text(field)
"""


@pytest.mark.parametrize("check", BAD, ids=lambda check: check.__name__)
def test_each_rule_finds_what_breaks_it(check: source.Check) -> None:
    for sample in BAD[check]:
        assert list(check(sample)), sample
    if check is not source.selects:
        assert not list(check(GOOD))


# Which floor may know which, by import-linter


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(
        [*program, "--no-logo", "--no-cache", "--config", str(ROOT / "pyproject.toml")],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_imports_go_down_only() -> None:
    found = lint_imports(ROOT)
    assert found.returncode == 0, found.stdout


def test_an_import_that_climbs_is_found(tmp_path: Path) -> None:
    for package in ("portal", "notifications"):
        _copy(ROOT / package, tmp_path / package)
    record = tmp_path / "portal" / "record" / "log.py"
    record.write_text(record.read_text() + "\nimport portal.staff.views\n")
    found = lint_imports(tmp_path)
    assert found.returncode == 1
    assert "portal.record.log -> portal.staff.views" in found.stdout


def _copy(package: Path, to: Path) -> None:
    for file in package.rglob("*.py"):
        target = to / file.relative_to(package)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")


def test_the_independent_case_examiner_is_never_abbreviated() -> None:
    """To many people the short form means something that they are afraid of."""
    short, kinds = re.compile(r"\bICE\b"), {".py", ".html", ".toml", ".tsv", ".po", ".typ", ".md"}
    folders = [ROOT / name for name in ("portal", "notifications", "docs")]
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in kinds]
    assert len(files) > 500
    assert [file for file in files if short.search(file.read_text(encoding="utf-8"))] == []
    assert short.search("Ask ICE.")
