"""Says after a run how many items each folder has, and the seconds that they took."""

from collections import Counter, defaultdict
from pathlib import PurePosixPath

import pytest

_PHASES = 3  # setup, call, teardown


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Times(), "times by folder")


class _Times:
    """Counts what all workers report."""

    def __init__(self) -> None:
        self._reports: Counter[str] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        folder = str(PurePosixPath(report.nodeid.partition("::")[0]).parent)
        self._reports[folder] += 1
        self._seconds[folder] += report.duration

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self._reports:
            return
        terminalreporter.section("items and seconds by folder")
        rows = [
            (folder, count // _PHASES, self._seconds[folder])
            for folder, count in sorted(self._reports.items())
        ]
        rows.append(("all", sum(row[1] for row in rows), sum(row[2] for row in rows)))
        for folder, items, seconds in rows:
            terminalreporter.write_line(f"{folder:<32}{items:>8,}{seconds:>10.1f}")
