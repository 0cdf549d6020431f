"""Which picture shows which template, for translators: `python -m accessibility_tests.screens`.

Writes `portal/translating/screens.tsv`: a template, and the first state of a page that is made of
it. The tables for translators name that state's picture, which `make screenshots` draws. Only the
states that open by themselves are tried, without a browser.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from flask import template_rendered

from accessibility_tests.scenes import Scene
from accessibility_tests.service import NOW, Service
from accessibility_tests.states import all_states
from portal import clock

FILE = Path(__file__).resolve().parent.parent / "portal" / "translating" / "screens.tsv"


def find(service: Service) -> dict[str, str]:
    """The first state of each template."""
    found: dict[str, str] = {}
    for state in all_states():
        if not state.opens_by_itself:
            continue
        scene = Scene(service, "en")
        path = state.prepare(scene)
        client = service.app.test_client()
        client.set_cookie("s", service.cookie(**scene.session))
        seen: list[str] = []

        def remember(_app: Any, template: Any, seen: list[str] = seen, **_more: Any) -> None:
            seen.append(str(template.name))

        with template_rendered.connected_to(remember, service.app):
            client.get(path, follow_redirects=True)
        for name in seen:
            found.setdefault(f"portal/templates/{name}", state.name)
    return found


def main() -> int:
    """Write the file; says how many templates it names."""
    with tempfile.TemporaryDirectory() as folder, clock.frozen(NOW):
        service = Service(Path(folder))
        found = find(service)
        service.close()
    lines = "".join(f"{name}\t{state}\n" for name, state in sorted(found.items()))
    FILE.write_text(lines, encoding="utf-8")
    print(f"{len(found)} templates in {FILE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
