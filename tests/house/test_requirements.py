"""What is installed is what was tried: exact, hashed, from no named place."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[.*?\])?==(\S+)", re.MULTILINE)


def read_lock(name: str) -> dict[str, set[str]]:
    """Package → versions; a universal lock may hold one for each kind of machine."""
    versions: dict[str, set[str]] = {}
    for package, version in PINNED.findall((ROOT / name).read_text()):
        versions.setdefault(package, set()).add(version)
    return versions


def declared() -> dict[str, list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-notify.lock": project["project"]["dependencies"]
        + project["project"]["optional-dependencies"]["notify"],
        "requirements-dev.lock": project["dependency-groups"]["dev"],
    }


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-notify.lock", "requirements-dev.lock"]
)
def test_every_declared_package_is_locked(name: str) -> None:
    wanted = {re.split(r"[\[<>=~; ]", line)[0] for line in declared()[name]}
    assert wanted <= set(read_lock(name)), "type: make lock"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-notify.lock"])
def test_the_packages_of_the_tests_contain_those_of_the_service(name: str) -> None:
    """So that `make run` after `make test` has nothing to install or to remove."""
    service, tests = read_lock(name), read_lock("requirements-dev.lock")
    assert {package: tests.get(package) for package in service} == service, "type: make lock"


@pytest.mark.parametrize(
    "name",
    [
        "requirements.lock",
        "requirements-notify.lock",
        "requirements-dev.lock",
        "requirements-uv.lock",
    ],
)
def test_a_lock_has_a_hash_for_everything_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text
