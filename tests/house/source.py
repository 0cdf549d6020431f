"""What the source must not do, wherever it is written. Each check takes the text of one file and
names the lines that break it, so that a test can also try it on something bad."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 300
"""Lines of a file. Think at 200, split at 300."""

Check = Callable[[str], Iterator[str]]

_CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "localtime"),
    ("time", "gmtime"),
}


def live_files(*folders: str) -> list[Path]:
    """The files of the service, without migrations."""
    found = [ROOT / "wsgi.py"]
    for folder in folders or ("portal", "notifications"):
        found += sorted((ROOT / folder).rglob("*.py"))
    return [file for file in found if "migrations" not in file.parts]


def files_of_tests() -> list[Path]:
    """The tests, without the machinery that installs what they need."""
    found = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "accessibility_tests").rglob("*.py")]
    return sorted(found)


def faults(check: Check, files: list[Path]) -> list[str]:
    """What this check finds in these files, with the place."""
    return [
        f"{file.relative_to(ROOT)}: {fault}"
        for file in files
        for fault in check(file.read_text(encoding="utf-8"))
    ]


def reads_a_clock(source: str) -> Iterator[str]:
    """Asks the machine for the time. Only portal/clock.py may: everything else asks it."""
    for call in _calls(source):
        if isinstance(call.func, ast.Attribute):
            name = ast.unparse(call.func.value).split(".")[-1]
            if (name, call.func.attr) in _CLOCKS:
                yield f"line {call.lineno}: {ast.unparse(call.func)}"


def selects(source: str) -> Iterator[str]:
    """Asks the database by itself. Views go through queries, which start from the person."""
    for call in _calls(source):
        name = ast.unparse(call.func)
        if name.split(".")[-1] in ("select", "exists", "text") and name != "text":
            if name.startswith(("sa.", "sqlalchemy.", "select", "exists")):
                yield f"line {call.lineno}: {name}"
        elif name.startswith("db.session."):
            yield f"line {call.lineno}: {name}"


def opens_transactions(source: str) -> Iterator[str]:
    """Opens or ends a transaction. Only entry points may; everything else takes part in theirs."""
    for call in _calls(source):
        name = ast.unparse(call.func)
        if name in ("transaction", "database.transaction", "db.transaction"):
            yield f"line {call.lineno}: {name}()"
        if name.endswith(("session.commit", "session.rollback", "session.begin")):
            yield f"line {call.lineno}: {name}()"


def is_long(source: str) -> Iterator[str]:
    """Has grown beyond what somebody reads in one go."""
    length = source.count("\n")
    if length > LONGEST:
        yield f"{length} lines"


def leaves_things_open(source: str) -> Iterator[str]:
    """Says that something is missing, or prints instead of logging."""
    for number, line in enumerate(source.splitlines(), 1):
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
            yield f"line {number}: {line.strip()}"
    for call in _calls(source):
        if ast.unparse(call.func) in ("print", "breakpoint", "pprint"):
            yield f"line {call.lineno}: {ast.unparse(call.func)}"


def does_not_run(source: str) -> Iterator[str]:
    """Holds a test that is left out: one that does not run proves nothing."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            name = ast.unparse(node)
            if re.search(r"(pytest\.|mark\.|unittest\.)(skip|skipif|xfail|importorskip)$", name):
                yield f"line {node.lineno}: {name}"


def _calls(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield node
