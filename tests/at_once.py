"""Says at once what failed: a run that is cut off never comes to its summary."""

import pytest


class SayingAtOnce:
    """Prints one line for each failure as it happens. For the process that talks to people."""

    def __init__(self, config: pytest.Config) -> None:
        self._plugins = config.pluginmanager

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        terminal = self._plugins.get_plugin("terminalreporter")
        if report.failed and terminal:
            crash = getattr(report.longrepr, "reprcrash", None)
            reason = " ".join(str(crash.message if crash else report.longrepr).split())[:300]
            terminal.write_line(f"\nFAILED at {report.when}: {report.nodeid}: {reason}")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SayingAtOnce(config))
