"""Processor seconds of processes, user and system, as Linux counts them in /proc."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_PPID, _TIMES, _START = 1, slice(11, 15), 19  # after the command's name: proc(5), /proc/PID/stat


@dataclass(frozen=True)
class Process:
    """A process that runs; with the seconds of its children that have ended."""

    pid: int
    parent: int
    start: int
    seconds: float

    @property
    def key(self) -> tuple[int, int]:
        """Its number may be another process's later."""
        return self.pid, self.start


def read_processes() -> Mapping[int, Process]:
    """All that run, by number; nothing where there is no /proc."""
    numbers = (int(path.name) for path in Path("/proc").glob("[0-9]*"))
    return {process.pid: process for pid in numbers if (process := _read(pid))}


def _read(pid: int) -> Process | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:  # it has ended
        return None
    fields = stat[stat.rindex(")") + 2 :].split()
    ticks = sum(map(int, fields[_TIMES]))
    return Process(pid, int(fields[_PPID]), int(fields[_START]), ticks / _TICKS_A_SECOND)


def descendants(processes: Mapping[int, Process], ancestor: int) -> Iterable[Process]:
    """The processes below this one, in no order."""
    children: dict[int, list[Process]] = {}
    for process in processes.values():
        children.setdefault(process.parent, []).append(process)
    generation = children.get(ancestor, [])
    while generation:
        yield from generation
        generation = [child for parent in generation for child in children.get(parent.pid, [])]


def backends(processes: Mapping[int, Process], databases: Iterable[str]) -> Iterable[Process]:
    """The processes in which PostgreSQL answers for these databases: their titles name them."""
    names = frozenset(databases)
    for process in processes.values():
        title = _title(process.pid)
        if title.startswith("postgres:") and not names.isdisjoint(title.split()):
            yield process


def read_run_s(databases: Iterable[str]) -> float:
    """Of this process, its descendants, and PostgreSQL for these databases; less once one ends."""
    times = os.times()
    processes = read_processes()
    running = [*descendants(processes, os.getpid()), *backends(processes, databases)]
    return sum(times[:4]) + sum(process.seconds for process in running)


def _title(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""
