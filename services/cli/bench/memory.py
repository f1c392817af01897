"""How much memory a process and those that it started have together."""

import asyncio
from collections.abc import AsyncIterator
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
            together = sum(map(_resident_mib, (pid, *children(pid))))
            memory.most_mib = max(memory.most_mib, together)
            await asyncio.sleep(_EVERY_S)

    looking = asyncio.create_task(look())
    try:
        yield memory
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


def _resident_mib(pid: int) -> int:
    """Nothing of one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    sizes = [line.split()[1] for line in lines if line.startswith("VmRSS")]
    return int(sizes[0]) // 1024 if sizes else 0
