"""A meter of what a process of a test run costs, by test and by fixture, in processor seconds."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.support.costs.processor import backends, descendants, read_processes
from tests.support.costs.record import add_up


@dataclass
class Seconds:
    """Processor seconds by name: a fixture's are in those of the test that set it up, too."""

    tests: dict[str, float] = field(default_factory=dict)
    fixtures: dict[str, float] = field(default_factory=dict)

    def add(self, other: "Seconds") -> None:
        for seconds, more in ((self.tests, other.tests), (self.fixtures, other.fixtures)):
            for name, cost_s in more.items():
                seconds[name] = seconds.get(name, 0) + cost_s


@dataclass(frozen=True)
class _Step:
    """own_s: processor of this process; clock_s: how long it lasted."""

    name: str
    own_s: float
    clock_s: float


class Meter:
    """Steps of a file, whose tests and fixtures share what other processes did meanwhile.

    This process is read at each step. Its children, and PostgreSQL for its databases, are read at
    the end of a file only, since to look at all processes takes milliseconds; their seconds are
    spread over the file's steps by the clock, which runs while a step waits for them.
    """

    def __init__(self, databases: Callable[[], Iterable[str]]) -> None:
        self.seconds = Seconds()
        self._databases = databases
        self._tests: list[_Step] = []
        self._fixtures: list[_Step] = []
        self._seen: defaultdict[tuple[int, int], float] = defaultdict(float)
        self._others_s = self._read_children_s()

    @contextmanager
    def test(self, name: str) -> Iterator[None]:
        with self._step(name, self._tests):
            yield

    @contextmanager
    def fixture(self, name: str) -> Iterator[None]:
        with self._step(name, self._fixtures):
            yield

    @contextmanager
    def _step(self, name: str, steps: list[_Step]) -> Iterator[None]:
        own_s, clock_s = time.process_time(), time.monotonic()
        try:
            yield
        finally:
            step = _Step(name, time.process_time() - own_s, time.monotonic() - clock_s)
            steps.append(step)

    def end_file(self) -> None:
        """Spread what others did for the steps since the last file; its world still runs."""
        others_s = self._others_since_s()
        clock_s = sum(step.clock_s for step in self._tests) or 1
        others_share = others_s / clock_s
        self.seconds.add(
            Seconds(_costs(self._tests, others_share), _costs(self._fixtures, others_share))
        )
        self._tests.clear()
        self._fixtures.clear()

    def _others_since_s(self) -> float:
        before_s, self._others_s = self._others_s, self._read_children_s()
        processes = read_processes()
        answering_s = 0.0
        for backend in backends(processes, self._databases()):
            answering_s += backend.seconds - self._seen[backend.key]
            self._seen[backend.key] = backend.seconds
        return max(self._others_s - before_s, 0) + answering_s

    @staticmethod
    def _read_children_s() -> float:
        """Of all children: those that have ended, and those that run."""
        times = os.times()
        running = descendants(read_processes(), os.getpid())
        return times.children_user + times.children_system + sum(child.seconds for child in running)


def _costs(steps: Iterable[_Step], others_share: float) -> dict[str, float]:
    return add_up((step.name, step.own_s + others_share * step.clock_s) for step in steps)
