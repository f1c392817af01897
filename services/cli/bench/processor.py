"""The use of the processor, by process."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from libs.common.database import Database
from services.cli.bench.scratch_platform import processor_s


@dataclass(frozen=True)
class Used:
    """Seconds since the start of each."""

    service_s: float
    children_s: float  # of the service's, ended ones too
    database_s: float | None
    client_s: float

    def __sub__(self, before: "Used") -> "Used":
        is_database_known = self.database_s is not None and before.database_s is not None
        return Used(
            self.service_s - before.service_s,
            self.children_s - before.children_s,
            (self.database_s or 0) - (before.database_s or 0) if is_database_known else None,
            self.client_s - before.client_s,
        )


@dataclass(frozen=True)
class Processor:
    """pids: of each service's process; the use of one of them is measured.

    database_pid: of PostgreSQL's, if it runs here.
    """

    pids: Mapping[str, int]
    service: str
    database_pid: int | None

    def of_service(self, name: str) -> float:
        return processor_s(self.pids[name])

    def used(self) -> Used:
        database_s = tree_processor_s(self.database_pid) if self.database_pid else None
        service_s = self.of_service(self.service)
        children_s = tree_processor_s(self.pids[self.service]) - service_s
        return Used(service_s, children_s, database_s, time.process_time())


async def find_server(database_url: str) -> int | None:
    """Return the first process of the PostgreSQL server; None if it runs on another machine."""
    database = Database(database_url, schema="billing", pool_size=1)
    try:
        return _parent(Path(f"/proc/{await database.backend_pid()}"), name="postgres")
    finally:
        await database.close()


def tree_processor_s(pid: int) -> float:
    """Return the seconds of a process with its children, including ended ones."""
    return processor_s(pid, with_ended=True) + sum(map(processor_s, children(pid)))


def children(pid: int) -> list[int]:
    """Return the running child processes."""
    return [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and _parent(process) == pid
    ]


def _parent(process: Path, *, name: str | None = None) -> int | None:
    """Return None if it has ended, or has another name."""
    try:
        before, _, after = (process / "stat").read_text().rpartition(")")
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(after.split()[1]) if name in (None, before.partition("(")[2]) else None
