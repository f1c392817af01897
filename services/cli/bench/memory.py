"""How much memory a process and those that it started have together.

Pages of files are counted once: they are libraries, of which the others have what the one with the
most of them has, at the same place of the memory.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from services.cli.bench.processor import children

_EVERY_S = 0.2


@dataclass
class Memory:
    most_mib: int = 0


@asynccontextmanager
async def most_memory(pid: int) -> AsyncIterator[Memory]:
    """Look at it now and then as long as the context lasts: the kernel knows no peak of several."""
    memory = Memory()

    async def look() -> None:
        while True:
            memory.most_mib = max(memory.most_mib, _together_mib((pid, *children(pid))))
            await asyncio.sleep(_EVERY_S)

    looking = asyncio.create_task(look())
    try:
        yield memory
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


def _together_mib(pids: Iterable[int]) -> int:
    sizes = [_sizes_kib(pid) for pid in pids]
    own_kib = sum(one["RssAnon"] + one["RssShmem"] for one in sizes)
    return (own_kib + max(one["RssFile"] for one in sizes)) // 1024


def _sizes_kib(pid: int) -> dict[str, int]:
    """By kind of page: what is resident. Nothing of a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        lines = []
    told = dict.fromkeys(("RssAnon", "RssFile", "RssShmem"), 0)
    for line in lines:
        name, _, size = line.partition(":")
        if name in told:
            told[name] = int(size.split()[0])
    return told
