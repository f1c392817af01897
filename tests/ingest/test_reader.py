"""Files are read by a process of its own, which may die, or outlive whoever started it."""

import asyncio
import socket
import subprocess
import sys
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from libs.common.file_store import file_store
from services.demo.dso_files import WRITERS, Shape
from services.ingest.commands.deliveries.reader.messages import Order, Refusal, send
from services.ingest.commands.deliveries.reader.reader import (
    _ENVIRONMENT,
    _PROGRAM,
    FileReader,
    ReaderDied,
)
from services.ingest.commands.deliveries.recorder import Recorder
from services.ingest.commands.deliveries.spool import Spool
from services.ingest.domain.deliveries.deliveries import ATTEMPTS_WITH_DEATHS, DeliveryStatus
from services.ingest.formats import Decryption
from services.ingest.tables import DeliveryRow
from tests.community.coop import new_prm
from tests.ingest.delivering import push, pushed, settled
from tests.ingest.readers import is_reader, kill_readers, pid_of, readers
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.places import ROOT
from tests.support.platform import Platform
from tests.support.waiting import patience, until

_NOW = Decryption((), datetime(2026, 11, 1, tzinfo=UTC))
_SLOW = Shape(points=15, days=365, first_day=date(2025, 1, 1), first=83 * 10**9)


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that takes long enough to be interrupted."""
    file = tmp_path_factory.mktemp("slow") / "year.csv"
    file.write_bytes(b"".join(WRITERS["R63 CSV"](_SLOW)))
    return file


async def test_what_is_read_elsewhere_is_what_is_in_the_file(slow: Path, tmp_path: Path) -> None:
    with closing(FileReader()) as reader, slow.open("rb") as file:
        spool = await reader.read(file, Order(_NOW, tmp_path))

    assert isinstance(spool, Spool)
    groups = [group for batch in spool.groups() for group in batch]
    assert sum(group.readings.height for group in groups) == _SLOW.reading_count


async def test_after_a_refusal_the_same_process_reads_the_next_file(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("hostile", "ordinary")]
    files[0].write_bytes(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><R50>&b;</R50>')
    files[1].write_bytes(curve_file([new_prm()], [SUMMER_DAY]))

    answers, readers = [], []
    with closing(FileReader()) as reader:
        for path in files:
            with path.open("rb") as file:
                answers.append(await reader.read(file, Order(_NOW, tmp_path)))
            readers.append(pid_of(reader))

    refusal, spool = answers
    assert isinstance(refusal, Refusal)
    assert refusal.detail
    assert isinstance(spool, Spool)
    assert spool.documents[0].record_count == 48
    assert readers[0] == readers[1]
    assert not is_reader(readers[0])


async def test_the_reader_has_no_settings_no_secrets_and_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "small.csv"
    path.write_bytes(curve_file([new_prm()], [SUMMER_DAY]))
    for setting in ("DATABASE_URL", "FILE_STORE_URL", "SECRET_KEYS"):
        monkeypatch.setenv(setting, "postgresql://ingest:secret@127.0.0.1/ingest")

    with closing(FileReader()) as reader, path.open("rb") as file:
        await reader.read(file, Order(_NOW, tmp_path))
        process = Path(f"/proc/{pid_of(reader)}")
        variables = (process / "environ").read_bytes().split(b"\0")
        opened = {str(link.readlink()) for link in (process / "fd").iterdir()}

    names = {variable.partition(b"=")[0].decode() for variable in variables if variable}
    assert names <= {*_ENVIRONMENT, "PYTHONPATH"}
    assert not any(b"secret" in variable for variable in variables)
    sockets = {name for name in opened if name.startswith("socket:")}
    assert len(sockets - {str(Path("/proc/self/fd/2").readlink())}) == 1  # that of its orders


async def test_the_reader_ends_after_a_large_file(slow: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.csv"
    small.write_bytes(curve_file([new_prm()], [SUMMER_DAY]))
    with closing(FileReader()) as reader, small.open("rb") as first, slow.open("rb") as second:
        await reader.read(first, Order(_NOW, tmp_path))
        pid = pid_of(reader)

        spool = await reader.read(second, Order(_NOW, tmp_path))

        assert isinstance(spool, Spool)
        assert spool.is_on_disk
        assert not is_reader(pid)


def test_what_the_reader_falls_over_is_logged_without_prms() -> None:
    prm = new_prm()
    ours, its = socket.socketpair()
    with its:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(its.fileno())],
            cwd=ROOT,
            pass_fds=[its.fileno()],
            stderr=subprocess.PIPE,
        )
    with ours:
        send(ours, [f'{{"folder": "{prm} is a point"}}'.encode()])
        _, output = process.communicate()

    assert "ValidationError" in output.decode()
    assert "[prm] is a point" in output.decode()
    assert prm not in output.decode()


async def test_a_fault_of_the_disk_is_told_as_such(slow: Path, tmp_path: Path) -> None:
    """So that the file is not blamed for it."""
    with closing(FileReader()) as reader, slow.open("rb") as file:
        order = Order(_NOW, tmp_path / "absent")
        with pytest.raises(FileNotFoundError) as raised:
            await reader.read(file, order)

    assert "in read" in "".join(raised.value.__notes__)


async def test_a_reader_that_is_killed_is_told_at_once_and_replaced(
    slow: Path, tmp_path: Path
) -> None:
    with closing(FileReader()) as reader, slow.open("rb") as file:
        reading = asyncio.create_task(reader.read(file, Order(_NOW, tmp_path)))
        await asyncio.sleep(0.1)
        assert reader._child is not None
        reader._child.process.kill()
        with pytest.raises(ReaderDied):
            async with patience("the reader's death is told"):
                await reading

        assert isinstance(await reader.read(file, Order(_NOW, tmp_path)), Spool)


async def test_a_recorder_that_is_stopped_in_the_middle_leaves_no_process(
    platform: Platform, operator: httpx.AsyncClient, slow: Path
) -> None:
    with closing(Recorder(file_store(platform.settings))) as recorder, slow.open("rb") as file:
        reading = asyncio.create_task(recorder._reader.read(file, Order(_NOW, slow.parent)))
        await asyncio.sleep(0.1)
        started = pid_of(recorder._reader)
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading

    assert not is_reader(started)
    assert (await pushed(operator, curve_file([new_prm()], [SUMMER_DAY])))["status"] == "recorded"


async def test_what_waits_to_be_read_ahead_starts_nothing_at_a_stop(
    platform: Platform, operator: httpx.AsyncClient, slow: Path
) -> None:
    delivery = await pushed(operator, curve_file([new_prm()], [SUMMER_DAY]))
    others = set(readers())
    async with platform.database("ingest") as database:
        with closing(Recorder(file_store(platform.settings))) as recorder, slow.open("rb") as file:
            reading = asyncio.create_task(recorder._reader.read(file, Order(_NOW, slow.parent)))
            recorder._ahead = recorder._begin_reading(database, UUID(delivery["id"]))
            await asyncio.sleep(0.5)  # until it waits for its turn
            recorder.close()
            reading.cancel()
            await recorder._forget_ahead()
            await asyncio.wait([reading])

            assert not set(readers()) - others


async def test_a_service_that_is_killed_leaves_no_reader(tmp_path: Path) -> None:
    """In the middle of a file, of which it reads one after the other."""
    file = tmp_path / "small.csv"  # after a large one the reader would end by itself
    file.write_bytes(b"".join(WRITERS["R63 CSV"](Shape(points=1, days=365))))
    service = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _SERVICE, str(file), str(tmp_path)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert service.stdout is not None
        reader = int(await service.stdout.readline())
        await asyncio.sleep(2)
        assert is_reader(reader)
    finally:
        service.kill()
        await service.wait()

    async def is_there() -> bool:
        return is_reader(reader)

    await until("the reader ends", is_there, lambda there: not there)


_SERVICE = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from services.ingest.commands.deliveries.reader.reader import FileReader
from services.ingest.commands.deliveries.reader.messages import Order
from services.ingest.formats import Decryption

async def read_for_ever():
    reader = FileReader()
    reader.start()
    print(reader._child.process.pid, flush=True)
    while True:
        with open(sys.argv[1], "rb") as file:
            order = Order(Decryption((), datetime.now(UTC)), Path(sys.argv[2]))
            await reader.read(file, order)

asyncio.run(read_for_ever())
"""


async def test_a_file_during_which_the_reader_dies_is_read_again_and_recorded_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    shape = Shape(points=6, days=365, first_day=date(2025, 1, 1), first=84 * 10**9)
    delivery = (await push(operator, b"".join(WRITERS["R63 CSV"](shape)))).json()

    attempts = await _kill_readers(platform, delivery["id"], before_attempt=3)
    recorded = await settled(operator, delivery["id"])

    assert attempts >= 3
    assert recorded["status"] == "recorded"
    assert recorded["counts"]["accepted"] == shape.reading_count


async def test_a_file_over_which_the_reader_dies_each_time_stops_holding_up_the_others(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    shape = Shape(points=6, days=365, first_day=date(2025, 1, 1), first=85 * 10**9)
    delivery = (await push(operator, b"".join(WRITERS["R63 CSV"](shape)))).json()

    await _kill_readers(platform, delivery["id"], before_attempt=2 * ATTEMPTS_WITH_DEATHS)
    other = await pushed(operator, curve_file([new_prm()], [SUMMER_DAY]))

    failed = await settled(operator, delivery["id"])
    assert (failed["status"], failed["counts"]["records"]) == ("failed", 0)
    assert other["status"] == "recorded"


async def _kill_readers(platform: Platform, delivery_id: str, *, before_attempt: int) -> int:
    """All readers, as other platforms have some; returns how often the delivery was begun."""
    async with platform.database("ingest") as database:

        async def killed() -> tuple[str, int]:
            async with database.transaction() as session:
                delivery = await session.get_one(DeliveryRow, UUID(delivery_id))
            if not is_over((delivery.status, delivery.attempts)):
                kill_readers()
            return delivery.status, delivery.attempts

        def is_over(seen: tuple[str, int]) -> bool:
            return seen[0] != DeliveryStatus.RECEIVED or seen[1] >= before_attempt

        what = f"{before_attempt} attempts, or no more"
        return (await until(what, killed, is_over))[1]
