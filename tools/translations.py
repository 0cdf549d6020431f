"""`flask translations`, without a database or secrets: `python -m tools.translations check`.

What stands in a catalogue does not depend on where the service runs; `make check` uses this.
"""

from __future__ import annotations

from portal.settings import Settings
from portal.translating.cli import translations_group
from wsgi import create_app


def main() -> None:
    """Run the command that is named on the command line."""
    app = create_app(Settings.for_tests(database_url="sqlite://", log_level="CRITICAL"))
    with app.app_context():
        translations_group.main(prog_name="translations")


if __name__ == "__main__":
    main()
