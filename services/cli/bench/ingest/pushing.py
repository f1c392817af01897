"""From HTTP push to published readings: many files, a large one, and a year shown to its member."""

import asyncio
import time
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from libs.common import messaging
from libs.common.database import Database
from libs.common.ids import Prm
from libs.common.settings import Settings
from services.cli.bench.at_once import for_each
from services.cli.bench.memory import most_memory
from services.cli.bench.processor import Processor, find_server
from services.cli.bench.scratch_platform import (
    forget_peak,
    peak_memory_mib,
    scratch_processes,
)
from services.demo.api import Api
from services.demo.dso_files import WRITERS, Shape
from services.demo.synthetic import Synthetic
from services.ingest.store.deliveries.deliveries import list_oldest_waiting
from services.ingest.store.perimeters import list_participations

_NAMES = ("community", "ingest")
_POLL_S = 0.02
_MB = 1_000_000
_PIECE_BYTES = 1024 * 1024
_LARGE_DAYS = 365
_ROW_BYTES = 107  # of an R63
_FAR = 10**11  # no point of an operation has this number


@dataclass(frozen=True)
class Pushing:
    """The files to push: a month of every operation, and a file of this many megabytes."""

    synthetic: Synthetic
    large_mb: int


@dataclass(frozen=True)
class Pushed:
    what: str
    readings: int
    megabytes: float
    seconds: float
    readings_per_s: int
    ingest_s: float  # of the processor, as those below
    reader_s: float  # of the processes that ingest started
    database_s: float | None  # None where PostgreSQL runs on another machine
    client_s: float
    peak_memory_mib: int  # of the ingest service, since it was started or since the row above
    memory_with_reader_mib: int  # of both at one time, looked at five times a second


@dataclass(frozen=True)
class _Bench:
    api: Api
    database: Database
    processor: Processor
    console: Console

    async def measured(
        self, title: str, push: Callable[[], Awaitable[int]], *, megabytes: float
    ) -> Pushed:
        """Push something and wait until all is published; push returns its number of readings."""
        forget_peak(self.ingest_pid)
        with self.console.status(f"{title}…"):
            used_before, started_s = self.processor.used(), time.perf_counter()
            async with most_memory(self.ingest_pid) as memory:
                readings = await push()
                await self.until_all_is_published()
            seconds = time.perf_counter() - started_s
            used = self.processor.used() - used_before
        return Pushed(
            what=title,
            readings=readings,
            megabytes=round(megabytes, 1),
            seconds=round(seconds, 3),
            readings_per_s=round(readings / seconds),
            ingest_s=round(used.service_s, 2),
            reader_s=round(used.children_s, 2),
            database_s=None if used.database_s is None else round(used.database_s, 2),
            client_s=round(used.client_s, 2),
            peak_memory_mib=peak_memory_mib(self.ingest_pid),
            memory_with_reader_mib=memory.most_mib,
        )

    @property
    def ingest_pid(self) -> int:
        return self.processor.pids["ingest"]

    async def push(self, content: bytes, name: str) -> None:
        """Push as a form, like most senders."""
        await self.api.call("POST", "/ingest/deliveries", files={"file": (name, content)})

    async def push_large(self, file: Path) -> None:
        """Push as a plain body, which spares the service writing it twice."""
        headers = {"Content-Type": "application/octet-stream", "X-File-Name": file.name}
        await self.api.call("POST", "/ingest/deliveries", content=_pieces(file), headers=headers)

    async def until_all_is_published(self) -> None:
        """Wait until no delivery waits, and no event of ingest is unsent."""
        while True:
            async with self.database.transaction() as session:
                waits = await list_oldest_waiting(session, limit=1)
                if not waits and await messaging.find_oldest_unsent(session) is None:
                    return
            await asyncio.sleep(_POLL_S)


async def measure_pushing(pushing: Pushing, settings: Settings, console: Console) -> list[Pushed]:
    """Measure in two processes, community and ingest, on the settings' servers."""
    async with scratch_processes(settings, _NAMES) as (api, pids, database_url):
        database = Database(database_url, schema="ingest", pool_size=2)
        try:
            server_pid = await find_server(database_url)
            processor = Processor(dict(zip(_NAMES, pids, strict=True)), "ingest", server_pid)
            bench = _Bench(api, database, processor, console)
            await _set_up(bench, pushing.synthetic)
            return [
                await _push_operations(bench, pushing.synthetic),
                await _push_year(bench, pushing.synthetic),
                *await _push_large(bench, pushing.large_mb),
            ]
        finally:
            await database.close()


async def _set_up(bench: _Bench, synthetic: Synthetic) -> None:
    """Set up, and push one more operation's file: one-time work of processes is not measured."""
    measured, synthetic = synthetic, replace(synthetic, operations=synthetic.operations + 1)
    with bench.console.status("perimeters…"):
        for method, path, body in synthetic.setup_requests():
            if path.startswith("/community/"):
                await bench.api.call(method, path, json=body)
        prms = [Prm(synthetic.prm(number, 0)) for number in range(synthetic.operations)]
        while True:
            async with bench.database.transaction() as session:
                if len(await list_participations(session, prms)) == len(prms):
                    break
            await asyncio.sleep(_POLL_S)
    await bench.push(synthetic.file(measured.operations), "operation-more.csv")
    await bench.until_all_is_published()


async def _push_operations(bench: _Bench, synthetic: Synthetic) -> Pushed:
    files = [synthetic.file(number) for number in range(synthetic.operations)]

    async def push_one(number: int) -> None:
        await bench.push(files[number], f"operation-{number}.csv")

    async def push() -> int:
        await for_each(range(synthetic.operations), push_one)
        return synthetic.reading_count

    megabytes = sum(map(len, files)) / _MB
    return await bench.measured(f"{len(files)} R63 files of a month", push, megabytes=megabytes)


async def _push_year(bench: _Bench, synthetic: Synthetic) -> Pushed:
    """Push until the load curve of the point shows all its days."""
    shape = Shape(points=1, days=365, first_day=date(2025, 1, 1))
    prm = synthetic.prm(0, synthetic.plants)
    generated_prm = next(shape.curves()).prm.encode()
    content = b"".join(WRITERS["R63 CSV"](shape)).replace(generated_prm, prm.encode())
    year = {"from_day": "2025-01-01", "to_day": "2026-01-01"}

    async def push() -> int:
        await bench.push(content, "year.csv")
        days_shown = 0
        while days_shown < shape.days:
            curve = await bench.api.answer("GET", f"/ingest/points/{prm}/load-curve", params=year)
            days_shown = len(curve.json().get("blocks", []))
        return shape.reading_count

    return await bench.measured("a year of one meter, shown", push, megabytes=len(content) / _MB)


async def _push_large(bench: _Bench, large_mb: int) -> list[Pushed]:
    """Push a CSV, and then a zip of another."""
    pushes = []
    points = max(1, large_mb * _MB // (_ROW_BYTES * 48 * _LARGE_DAYS))
    for number in range(2 if large_mb else 0):
        shape = Shape(points=points, days=_LARGE_DAYS, first=_FAR + number * points)
        with TemporaryDirectory() as folder:
            file = Path(folder) / "large.csv"
            with bench.console.status("a large file is written…"):
                _write(file, shape)
                megabytes = file.stat().st_size / _MB
                if number:
                    file = _zipped(file)

            async def push(file: Path = file, readings: int = shape.reading_count) -> int:
                await bench.push_large(file)
                return readings

            title = f"a {'zip' if number else 'CSV'} of {megabytes:.0f} MB"
            pushes.append(await bench.measured(title, push, megabytes=megabytes))
    return pushes


def _write(file: Path, shape: Shape) -> None:
    with file.open("wb") as stream:
        stream.writelines(WRITERS["R63 CSV"](shape))


async def _pieces(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE_BYTES):
            yield piece


def _zipped(file: Path) -> Path:
    archive = file.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as stream:
        stream.write(file, file.name)
    return archive
