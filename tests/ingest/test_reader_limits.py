"""A file may take over, or wear out, the process that reads it: no more than that process."""

import json
import os
import pickle
import struct
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import httpx
import polars as pl
import pytest

from services.demo.dso_files import WRITERS, Shape
from services.ingest.commands.deliveries.reader import limits as reader_limits
from services.ingest.commands.deliveries.reader import reader as reading
from services.ingest.commands.deliveries.reader.limits import Progress, ReaderLimits
from services.ingest.commands.deliveries.reader.messages import Order
from services.ingest.commands.deliveries.reader.reader import FileReader, LimitReached, ReaderDied
from services.ingest.commands.deliveries.spool import Spool
from services.ingest.formats import Decryption
from tests.community.coop import new_prm
from tests.ingest.delivering import push, pushed, settled
from tests.ingest.readers import kill_readers, pid_of
from tests.support.curves import SUMMER_DAY, curve_file

_NOW = Decryption((), datetime(2026, 11, 1, tzinfo=UTC))
_ROOM_MIB = 10
"""Beyond what a small file takes."""


class _Crime:
    """Leaves a folder behind wherever it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self._trace),)


def _pieces(*pieces: bytes) -> bytes:
    lengths = b"".join(struct.pack(">Q", len(piece)) for piece in pieces)
    return struct.pack(">I", len(pieces)) + lengths + b"".join(pieces)


def _spool_of(**changes: object) -> bytes:
    """What a reader says of a file with one part; of two readings, unless it lies."""
    head: dict[str, object] = {
        "document": 0,
        "file_number": None,
        "rows_of_day": {},
        "streams": [],
        "format": "R63 CSV",
        "rejected": [],
        "record_count": 2,
        "member": "",
        "published_at": None,
        "notes": [],
        "name_pattern": "",
        "frames": ["readings"],
    }
    return json.dumps({"written": 0, "parts": [head | changes]}).encode()


def _arrow(frame: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.write_ipc_stream(buffer)
    return buffer.getvalue()


_OTHER_FRAME = _arrow(pl.DataFrame({"prm": ["1", "2"]}))

_LIES = {
    "frames of other columns": _pieces(_spool_of(), _OTHER_FRAME),
    "no Arrow": _pieces(_spool_of(), b"ARROW1" + bytes(1000)),
    "a frame too few": _pieces(_spool_of()),
    "records that are nowhere": _pieces(_spool_of(frames=[])),
    "a frame that nothing has": _pieces(_spool_of(frames=["__class__"]), _OTHER_FRAME),
    "a folder of its own": _pieces(_spool_of(file_number="../1")),
    "JSON of something else": _pieces(b'{"py/object": "os.system"}'),
    "no JSON": _pieces(b"{" * 100_000),
    "nothing": struct.pack(">I", 0),
    "more than there is": struct.pack(">IQ", 1, 2**62),
    "pieces without end": struct.pack(">I", 2**32 - 1),
}


@pytest.mark.parametrize("lie", _LIES)
async def test_a_reader_that_lies_counts_as_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    await _refused(_LIES[lie], tmp_path, monkeypatch)


@pytest.mark.parametrize("framed", ["as multiprocessing does", "as we do"])
async def test_what_a_taken_over_reader_answers_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, framed: str
) -> None:
    trace = tmp_path / "trace"
    crime = pickle.dumps(_Crime(trace))
    framings = {
        "as multiprocessing does": struct.pack(">i", len(crime)) + crime,
        "as we do": _pieces(crime),
    }

    await _refused(framings[framed], tmp_path, monkeypatch)

    assert not trace.exists()


async def _refused(answer: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "answer").write_bytes(answer)
    program = f"""
import os, sys
from pathlib import Path
while not os.read(int(sys.argv[1]), 65536).endswith(b"."):  # the end of the order
    pass
os.write(int(sys.argv[1]), Path({str(folder / "answer")!r}).read_bytes())
"""
    monkeypatch.setattr(reading, "_PROGRAM", program)
    with (
        closing(FileReader()) as reader,
        _small(folder).open("rb") as file,
        pytest.raises(ReaderDied),
    ):
        await reader.read(file, Order(_NOW, folder))


async def test_the_reader_has_few_files_no_new_privileges_and_leaves_no_picture_of_its_memory(
    tmp_path: Path,
) -> None:
    with closing(FileReader()) as reader, _small(tmp_path).open("rb") as file:
        await reader.read(file, Order(_NOW, tmp_path))
        process = Path(f"/proc/{pid_of(reader)}")
        text = (process / "limits").read_text()
        status = (process / "status").read_text()

    limits = {line[:25].strip(): line[25:].split()[:2] for line in text.splitlines()}
    assert limits["Max open files"] == ["64", "64"]
    assert limits["Max core file size"] == ["0", "0"]
    assert limits["Max address space"] == [str(4096 * 1024**2)] * 2
    assert int(limits["Max cpu time"][0]) <= 3600 + 60
    assert "NoNewPrivs:\t1\n" in status


@pytest.mark.parametrize("is_whole", [False, True])
async def test_a_file_that_takes_too_much_memory_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_whole: bool
) -> None:
    """What is read in parts lacks memory in Rust, what is read as a whole in Python."""
    file = tmp_path / "large"
    file.write_bytes(_large_json() if is_whole else _large_csv())
    limits = await _little_more_than_a_small_file(tmp_path)
    monkeypatch.setattr(reading, "LIMITS", limits)

    with closing(FileReader()) as reader, file.open("rb") as large:
        with pytest.raises(LimitReached, match=f"more than {limits.memory_mib} MiB of memory"):
            await reader.read(large, Order(_NOW, tmp_path))
        with _small(tmp_path).open("rb") as small:
            assert isinstance(await reader.read(small, Order(_NOW, tmp_path)), Spool)


async def test_a_file_that_takes_too_long_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may be read within the second to which the system counts: this reading never ends."""
    spins = _READS_OTHERWISE.format(reading="while True: pass")
    limits = ReaderLimits(processor_s=0)

    with pytest.raises(LimitReached, match="more than 0 s of a processor"):
        await _read_by(spins, tmp_path, monkeypatch, limits)


_READS_OTHERWISE = """
import mmap, time
from services.ingest.commands.deliveries.reader import process as reader_process
def read(*_):
    taken = []
    try:
        {reading}
    except OSError:
        pass
    time.sleep(3600)
reader_process.read = read
reader_process.main()
"""
"""Then stands still: as where a thread of polars gets no memory, and another one waits for it."""


async def test_a_reader_that_stands_still_without_memory_ends_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = await _little_more_than_a_small_file(tmp_path)
    grows = _READS_OTHERWISE.format(reading="while True: taken.append(mmap.mmap(-1, 1024**2))")

    with pytest.raises(LimitReached, match="MiB of memory"):
        await _read_by(grows, tmp_path, monkeypatch, replace(limits, stalled_s=1))


async def test_a_reader_that_stands_still_otherwise_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = _READS_OTHERWISE.format(reading="pass")

    with pytest.raises(ReaderDied):
        await _read_by(waits, tmp_path, monkeypatch, ReaderLimits(stalled_s=1))


async def _read_by(
    program: str, folder: Path, monkeypatch: pytest.MonkeyPatch, limits: ReaderLimits
) -> None:
    monkeypatch.setattr(reading, "LIMITS", limits)
    monkeypatch.setattr(reading, "_PROGRAM", program)
    with closing(FileReader()) as reader, _small(folder).open("rb") as file:
        await reader.read(file, Order(_NOW, folder))


def test_who_waits_for_a_file_or_computes_does_not_stand_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used_s = iter([1.0, 1.0, 1.0, 1.5, 1.51, 1.51, 1.51])
    monkeypatch.setattr(reader_limits, "_processor_s", lambda: next(used_s))
    progress = Progress()

    waits = [progress.is_stalled() for _ in range(2)]
    progress.begin_file()
    begins, computes, stalls = [progress.is_stalled() for _ in range(3)]
    progress.end_file()
    progress.begin_file()
    has_another = progress.is_stalled()
    stalls_again = progress.is_stalled()

    assert waits == [False, False]
    assert (begins, computes, stalls) == (False, False, True)
    assert (has_another, stalls_again) == (False, True)


async def test_a_reader_that_says_nothing_counts_as_dead_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_PROGRAM", "import time; time.sleep(3600)")
    monkeypatch.setattr(reading, "LIMITS", ReaderLimits(silence_s=1))

    with (
        closing(FileReader()) as reader,
        _small(tmp_path).open("rb") as file,
        pytest.raises(ReaderDied),
    ):
        await reader.read(file, Order(_NOW, tmp_path))


async def test_a_delivery_that_takes_too_much_fails_with_the_reason_and_is_kept(
    operator: httpx.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = _large_csv()
    with monkeypatch.context() as limited:
        limited.setattr(reading, "LIMITS", await _little_more_than_a_small_file(tmp_path))
        kill_readers()  # one that runs has the limits with which it began
        delivery = (await push(operator, content)).json()
        other = await pushed(operator, curve_file([new_prm()], [SUMMER_DAY]))
        failed = await settled(operator, delivery["id"])
    kill_readers()

    assert other["status"] == "recorded"
    assert failed["status"] == "failed"
    assert "MiB of memory" in failed["problem"]
    assert "It has been kept." in failed["problem"]
    again = (await push(operator, content)).json()
    assert (again["id"], again["already_received"]) == (delivery["id"], True)
    assert (await settled(operator, delivery["id"]))["status"] == "recorded"


async def _little_more_than_a_small_file(folder: Path) -> ReaderLimits:
    """How many addresses a process has to begin with depends on the machine."""
    with closing(FileReader()) as reader, _small(folder).open("rb") as file:
        await reader.read(file, Order(_NOW, folder))
        status = Path(f"/proc/{pid_of(reader)}/status").read_text()
    (peak_kib,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmPeak"))
    return ReaderLimits(memory_mib=int(peak_kib) // 1024 + _ROOM_MIB)


def _small(folder: Path) -> Path:
    file = folder / "small.csv"
    file.write_bytes(curve_file([new_prm()], [SUMMER_DAY]))
    return file


def _large_csv() -> bytes:
    shape = Shape(points=40, days=40, first_day=date(2025, 1, 1), first=86 * 10**9)
    return b"".join(WRITERS["generic CSV"](shape))


def _large_json() -> bytes:
    shape = Shape(points=1, days=1, first_day=date(2025, 1, 1), first=87 * 10**9)
    written = b"".join(WRITERS["R64 JSON"](shape))
    return written + b" " * (60 * 1024**2 - len(written))
