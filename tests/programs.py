"""Programs the tests use that no Python package brings: a browser, its driver, a text browser.

`python -m tests.programs [NAME...]` looks for them before a test run. On Debian and Ubuntu it
installs a missing one when it may; otherwise it says the one line to type, and fails. So no
test is ever skipped because something was not there.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "chromedriver": ("chromedriver", "chromium.chromedriver"),
    "w3m": ("w3m",),
}
ELSEWHERE = {
    "chromium": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
    "chromedriver": (
        "/usr/lib/chromium/chromedriver",
        "/usr/lib/chromium-browser/chromedriver",
        os.path.join(os.environ.get("CHROMEWEBDRIVER", "/nonexistent"), "chromedriver"),
    ),
}
DEBIAN = {"chromium": "chromium", "chromedriver": "chromium-driver", "w3m": "w3m"}
INSTALL = Path(__file__).parent.parent / ".ci" / "install"


def find(program: str) -> str:
    """The path of a program. Raises LookupError where it is missing."""
    for name in (*NAMES[program], *ELSEWHERE.get(program, ())):
        if path := shutil.which(name):
            return path
    raise LookupError(f"{program} is not installed: see python -m tests.programs")


def main(wanted: list[str]) -> int:
    """Install what is missing, or say how; the exit status says whether all is there."""
    missing = _missing(wanted)
    if missing and platform.system() == "Linux" and shutil.which("apt-get"):
        _install(missing)
        missing = _missing(wanted)
    if missing:
        print(_advice(missing), file=sys.stderr)
    return bool(missing)


def _missing(wanted: list[str]) -> list[str]:
    missing = []
    for program in wanted or NAMES:
        try:
            find(program)
        except LookupError:
            missing.append(program)
    return missing


def _install(missing: list[str]) -> None:
    packages = [DEBIAN[program] for program in missing]
    if _is_ubuntu():
        # Ubuntu's chromium is a snap, which needs more than apt: left to a person.
        packages = [package for package in packages if "chromium" not in package]
    if packages:
        subprocess.run([INSTALL, *packages], check=False)


def _advice(missing: list[str]) -> str:
    line = f"sudo apt-get install {' '.join(DEBIAN[program] for program in missing)}"
    if platform.system() == "Darwin":
        casks = {"chromium": "google-chrome"}
        line = f"brew install {' '.join(casks.get(program, program) for program in missing)}"
    elif _is_ubuntu() and {"chromium", "chromedriver"} & set(missing):
        line = "sudo snap install chromium"
    return f"Not installed: {', '.join(missing)}. Please type:  {line}"


def _is_ubuntu() -> bool:
    return platform.system() == "Linux" and platform.freedesktop_os_release().get("ID") == "ubuntu"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
