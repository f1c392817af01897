"""The memory of a process and its child processes together.

Pages of files are counted once: they are libraries, of which the process with the most has what
the others have, at the same place of the memory.
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
    """Sample it for as long as the context lasts: the kernel knows no peak of several processes."""
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
    private_kib = sum(
        process_sizes["RssAnon"] + process_sizes["RssShmem"] for process_sizes in sizes
    )
    return (private_kib + max(process_sizes["RssFile"] for process_sizes in sizes)) // 1024


def _sizes_kib(pid: int) -> dict[str, int]:
    """Return resident sizes by kind of page; 0 for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        lines = []
    sizes_kib = dict.fromkeys(("RssAnon", "RssFile", "RssShmem"), 0)
    for line in lines:
        name, _, size = line.partition(":")
        if name in sizes_kib:
            sizes_kib[name] = int(size.split()[0])
    return sizes_kib
