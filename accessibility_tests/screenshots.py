"""A picture of every page state, in every language, narrow and wide, for people to look at.

`make screenshots` writes them to `screenshots/`. To draw a few, name languages and the beginnings
of states: `python -m accessibility_tests.screenshots en ar appointment cancel`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from accessibility_tests.browser import NARROW, WIDE, chromium
from accessibility_tests.scenes import Scene
from accessibility_tests.service import Service
from accessibility_tests.states import all_states
from portal import languages

FOLDER = Path(__file__).resolve().parent.parent / "screenshots"


def main(wanted: list[str]) -> int:
    """Draw what is wanted; says how many pictures there are."""
    codes = [each.code for each in languages.offered()]
    chosen = [code for code in codes if code in wanted] or codes
    names = tuple(name for name in wanted if name not in codes) or ("",)
    states = [state for state in all_states() if state.name.startswith(names)]
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Service(Path(folder)).running() as service,
        chromium(service.url) as browser,
    ):
        for code in chosen:
            for state in states:
                state.show(browser, Scene(service, code))
                for width in (NARROW, WIDE):
                    browser.width(width)
                    browser.picture(FOLDER / f"{state.name}-{code}-{width}.png")
    print(f"{2 * len(chosen) * len(states)} pictures in {FOLDER.name}/")
    return 0 if states else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
