"""The cost of a run, by folder, test and fixture: printed at its end, and kept in a file.

ELOCOOP_COSTS   the file; by default data/costs.json
ELOCOOP_STAGE   the stage of the gate that the run is
"""

import os
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.support.costs.meter import Meter, Seconds
from tests.support.costs.record import RECORD, folder_of, keep_tests
from tests.support.databases import names_of_databases

_SHOWN = 30


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_Metering(config), "metering")


class _Metering:
    """Metered in each worker, added up in the process that began them."""

    def __init__(self, config: pytest.Config) -> None:
        self._is_worker = hasattr(config, "workerinput")
        self._meter = Meter(names_of_databases)
        self._seconds = Seconds()
        self._items = 0

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, object, object]:
        name = "::".join(filter(None, (fixturedef.baseid, fixturedef.argname)))
        with self._meter.fixture(name):
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        with self._meter.test(item.nodeid):
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        with self._meter.test(item.nodeid):
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        self._items += 1
        if nextitem is None or nextitem.path != item.path:
            self._meter.end_file()
        with self._meter.test(item.nodeid):
            return (yield)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        self._meter.end_file()
        seconds = self._meter.seconds
        if self._is_worker:
            output: dict[str, object] = getattr(session.config, "workeroutput")  # noqa: B009 - of xdist
            output["costs"] = (seconds.tests, seconds.fixtures, self._items)
        else:
            self._seconds.add(seconds)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:  # noqa: ANN401 - xdist publishes no types
        tests, fixtures, items = getattr(node, "workeroutput", {}).get("costs", ({}, {}, 0))
        self._seconds.add(Seconds(tests, fixtures))
        self._items += items

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._is_worker or not self._seconds.tests:
            return
        path = Path(os.environ.get("ELOCOOP_COSTS", RECORD))
        stage = os.environ.get("ELOCOOP_STAGE", "tests")
        costs = keep_tests(path, stage, self._items, self._seconds.tests, self._seconds.fixtures)
        write = terminalreporter.write_line
        terminalreporter.section("processor seconds by folder: items, seconds")
        items = Counter(map(folder_of, costs.tests))
        for folder, seconds in costs.folders.items():
            write(f"{folder:<40}{items[folder]:>8,}{seconds:>10.1f}")
        write(f"{'all':<40}{self._items:>8,}{sum(costs.tests.values()):>10.1f}")
        for title, rows in (("tests", costs.tests), ("fixtures", costs.fixtures)):
            terminalreporter.section(f"processor seconds of the dearest {title}")
            for name, seconds in Counter(rows).most_common(_SHOWN):
                write(f"{seconds:>10.1f}  {name}")
