"""Background loops that are restarted after a failure, and report their state to /health."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from libs.common.database import Database
from libs.common.database.bells import Work, wait_for_ring
from libs.common.faults import is_fault
from libs.common.rounds.rest import NO_REST, Rest

_LONGEST_REST_S = 60.0
"""Limits any round's rest: should a ring be forgotten, work is late, not lost."""
_LONGEST_BACKOFF_S = 10.0
_LISTENING_WITHIN_S = 5.0
"""Rounds begin after this time in any case."""
_FAILURES_TO_RED = 3
_STALLED_S = 300.0

_log = structlog.get_logger(__name__)


@dataclass
class Loop:
    """The state of one loop; ``beat`` is called after each successful round."""

    name: str
    failures: int = 0
    restarts: int = 0
    error: str | None = None
    beaten_at_s: float = field(default_factory=time.monotonic)

    def beat(self) -> None:
        self.failures = 0
        self.error = None
        self.beaten_at_s = time.monotonic()

    @property
    def problem(self) -> str | None:
        """The reason why /health should be red, or None."""
        if self.failures >= _FAILURES_TO_RED:
            return f"failed {self.failures} times in a row: {self.error}"
        if time.monotonic() - self.beaten_at_s > _STALLED_S:
            return "stalled"
        return None


class Supervisor:
    """Runs loops as tasks of the application's task group."""

    def __init__(self, tasks: asyncio.TaskGroup) -> None:
        self._tasks = tasks
        self._running: list[asyncio.Task[None]] = []
        self.loops: list[Loop] = []

    def run(self, name: str, body: Callable[[Loop], Awaitable[None]]) -> None:
        """Run a body that never returns; when it raises, wait a little and run it again."""
        loop = Loop(name)
        self.loops.append(loop)
        self._running.append(self._tasks.create_task(_restarting(loop, body), name=name))

    def run_rounds(
        self,
        name: str,
        database: Database,
        one_round: Callable[[], Awaitable[Rest]],
        does: Work = Work.OTHER,
    ) -> None:
        """Repeat a round: after the rest that it returns, or once its work is committed."""

        async def body(loop: Loop) -> None:
            with database.bells.bell(does) as bell:
                while True:
                    bell.clear()
                    round_rest = await one_round()
                    loop.beat()
                    if round_rest != NO_REST:
                        await wait_for_ring(bell, min(round_rest.at_most_s, _LONGEST_REST_S))

        self.run(name, body)

    async def listen(self, database: Database) -> None:
        """Make the rounds hear of work that other processes commit; return when they do.

        Rounds that began before would be repeated at once.
        """

        async def body(loop: Loop) -> None:
            await database.bells.listen(loop.beat)

        self.run("bell", body)
        await wait_for_ring(database.bells.listening, _LISTENING_WITHIN_S)

    def stop(self) -> None:
        for task in self._running:
            task.cancel()


async def _restarting(loop: Loop, body: Callable[[Loop], Awaitable[None]]) -> None:
    while True:
        try:
            await body(loop)
        except Exception as error:  # noqa: BLE001 - a supervisor outlives whatever it runs
            # The same one in a row would say the same, with a hundred lines each.
            shows_where = type(error).__name__ != loop.error and not is_fault(error)
            loop.failures += 1
            loop.restarts += 1
            loop.error = type(error).__name__
            _log.error(
                "loop failed",
                loop=loop.name,
                failures=loop.failures,
                error=type(error).__name__,
                exc_info=shows_where,
            )
        await asyncio.sleep(min(0.1 * 2**loop.failures, _LONGEST_BACKOFF_S))
