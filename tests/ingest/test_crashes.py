"""What is left when the recorder is stopped in the middle, or stumbles."""

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import httpx
import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database
from libs.common.file_store import file_store
from services.ingest.commands.deliveries.reader.messages import Order, Refusal
from services.ingest.commands.deliveries.recorder import Recorder, _Ahead
from services.ingest.commands.deliveries.spool import Spool
from services.ingest.domain.deliveries.deliveries import ATTEMPTS_WITH_DEATHS
from services.ingest.store.deliveries import deliveries
from services.ingest.store.perimeters import lock_publishing
from services.ingest.tables import DeliveryRow, ReadingBlockRow
from tests.community.coop import new_prm
from tests.ingest.delivering import (
    cut_off_whoever_waits,
    given_participation,
    push,
    pushed,
    settled,
    stored_file,
    told,
    until_covered,
)
from tests.ingest.formats.files import r63, r63_row
from tests.ingest.recording import record_delivery
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.platform import Platform
from tests.support.waiting import until


@asynccontextmanager
async def _recorder_of_our_own(platform: Platform) -> AsyncIterator[AsyncSession]:
    """A transaction in which we record, while the platform's recorder waits."""
    async with platform.database("ingest") as database, database.transaction() as session:
        await until("nobody records", lambda: deliveries.try_lock_recording(session))
        yield session


async def test_a_recorder_killed_before_its_end_leaves_nothing_half_done(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)

    delivery_id = await _record_and_die(platform, operator, curve_file([prm], [SUMMER_DAY]))
    recorded = await settled(operator, delivery_id)

    assert recorded["counts"]["accepted"] == 48
    async with platform.database("ingest") as database, database.transaction() as session:
        count = select(func.count()).where(ReadingBlockRow.prm == prm)
        assert (await session.execute(count)).scalar_one() == 1
    (event,) = await told(platform, operation_id, count=1)
    assert event.revision == 1


async def _record_and_die(platform: Platform, operator: httpx.AsyncClient, content: bytes) -> str:
    """Do all the work on a file but the last step, the commit; returns its delivery."""
    async with _recorder_of_our_own(platform) as session:
        delivery_id: str = (await push(operator, content)).json()["id"]
        await record_delivery(session, file_store(platform.settings), UUID(delivery_id))
        # This is what PostgreSQL does when the process behind a connection is gone.
        await session.rollback()
    return delivery_id


async def test_a_file_on_which_we_stumble_fails_alone_and_may_be_sent_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    content = curve_file([new_prm()], [SUMMER_DAY])
    async with _recorder_of_our_own(platform):
        delivery = (await push(operator, content)).json()
        stored_file(platform, delivery).unlink()

    other = await pushed(operator, curve_file([new_prm()], [SUMMER_DAY]))
    failed = await settled(operator, delivery["id"])
    waiting = {kind["kind"]: kind for kind in (await operator.get("/ingest/today")).json()}

    assert other["status"] == "recorded"
    assert failed["status"] == "failed"
    assert failed["problem"] == "Our mistake, which has been logged (FileLost)."
    assert waiting["deliveries_failed"]["count"] >= 1
    assert waiting["deliveries_failed"]["first"][0] == f"/ingest/deliveries/{delivery['id']}"
    again = await push(operator, content)
    assert (again.json()["status"], again.json()["already_received"]) == ("received", True)
    assert (await settled(operator, delivery["id"]))["status"] == "recorded"


async def test_a_file_that_is_read_before_its_turn_fails_in_its_turn_and_alone(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _recorder_of_our_own(platform):
        # Each of them is read while the one before it is recorded.
        sent = [
            (await push(operator, curve_file([new_prm()], [SUMMER_DAY]))).json() for _ in range(4)
        ]
        stored_file(platform, sent[2]).unlink()

    settled_ = [await settled(operator, delivery["id"]) for delivery in sent]

    states = [delivery["status"] for delivery in settled_]
    assert states == ["recorded", "recorded", "failed", "recorded"]
    assert [delivery["counts"]["accepted"] for delivery in settled_] == [48, 48, 0, 48]


@pytest.mark.parametrize(
    ("attempts", "is_read_ahead"), [((0, 0), True), ((1, 0), False), ((0, 1), False)]
)
async def test_only_files_that_nobody_died_of_are_read_before_their_turn(
    platform: Platform,
    operator: httpx.AsyncClient,
    attempts: Sequence[int],
    *,
    is_read_ahead: bool,
) -> None:
    """Else whoever died of the second would count it against the first, again and again."""
    async with platform.database("ingest") as database, _recorder_of_our_own(platform) as session:
        ours = [
            (await push(operator, curve_file([new_prm()], [SUMMER_DAY]))).json()["id"]
            for _ in attempts
        ]
        # Another test may have left a file that waits.
        oldest = await deliveries.list_oldest_waiting(session, limit=1000)
        rows = [delivery for delivery in oldest if str(delivery.id) in ours]
        waiting = [
            delivery._replace(attempts=count)
            for delivery, count in zip(rows, attempts, strict=True)
        ]
        with closing(Recorder(file_store(platform.settings))) as recorder:
            await recorder._read_and_record(session, database, waiting)

            assert (recorder._ahead is not None) is is_read_ahead
            await recorder._forget_ahead()
    for delivery in waiting:
        assert (await settled(operator, str(delivery.id)))["status"] == "recorded"


async def _discard(ahead: _Ahead) -> None:
    await ahead.discard()


async def _cancel_who_takes(ahead: _Ahead) -> None:
    """Just as it is read, before whoever waits for it hears so."""
    taking = asyncio.create_task(ahead.take())
    ahead.reading.add_done_callback(lambda _reading: taking.cancel())
    await asyncio.wait([taking])
    if not taking.cancelled():
        taking.result().discard()


@pytest.mark.parametrize("stop", [_discard, _cancel_who_takes])
async def test_nothing_stays_of_a_file_that_is_read_before_its_turn_for_nothing(
    platform: Platform,
    operator: httpx.AsyncClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    stop: Callable[[_Ahead], Awaitable[None]],
) -> None:
    """Whenever we are stopped: so many turns of the event loop after the reader's answer."""
    async with platform.database("ingest") as database, _recorder_of_our_own(platform):
        delivery = (await push(operator, curve_file([new_prm()], [SUMMER_DAY]))).json()
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        with closing(Recorder(file_store(platform.settings))) as recorder:
            answered = _note_answers(recorder, monkeypatch)
            left = {}
            for turns in range(12):
                answered.clear()
                ahead = recorder._begin_reading(database, UUID(delivery["id"]))
                await answered.wait()
                for _ in range(turns):
                    await asyncio.sleep(0)
                await stop(ahead)
                left[turns] = list(tmp_path.iterdir())

    assert not any(left.values()), left
    # In its turn, before what the next test sends.
    assert (await settled(operator, delivery["id"]))["status"] == "recorded"


def _note_answers(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set by each answer of the recorder's reading process."""
    answered = asyncio.Event()
    read = recorder._reader.read

    async def noted(file: BinaryIO, order: Order) -> Spool | Refusal:
        answer = await read(file, order)
        answered.set()
        return answer

    monkeypatch.setattr(recorder._reader, "read", noted)
    return answered


async def test_a_file_that_kills_the_recorder_each_time_stops_holding_up_the_others(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _recorder_of_our_own(platform) as session:
        delivery = (await push(operator, curve_file([new_prm()], [SUMMER_DAY]))).json()
        # So many processes have begun to record it, and none has come to an end.
        await deliveries.count_attempt(session, UUID(delivery["id"]), by=ATTEMPTS_WITH_DEATHS)

    other = await pushed(operator, curve_file([new_prm()], [SUMMER_DAY]))

    assert other["status"] == "recorded"
    assert (await settled(operator, delivery["id"]))["status"] == "failed"


async def test_an_attempt_is_counted_before_the_work_ends_and_given_back_after_a_fault(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with platform.database("ingest") as database, database.transaction() as session:
        await lock_publishing(session)  # no recorder comes further than this
        delivery_id = (await push(operator, curve_file([new_prm()], [SUMMER_DAY]))).json()["id"]
        for _ in range(2):
            await cut_off_whoever_waits(session)
            await _until_counted(database, UUID(delivery_id))
    recorded = await settled(operator, delivery_id)

    assert recorded["status"] == "recorded"
    async with platform.database("ingest") as database:
        assert await _attempts(database, UUID(delivery_id)) == 1


async def _until_counted(database: Database, delivery_id: UUID) -> None:
    await until("an attempt is counted", lambda: _attempts(database, delivery_id))


async def _attempts(database: Database, delivery_id: UUID) -> int:
    async with database.transaction() as session:
        return (await deliveries.get_delivery(session, delivery_id)).attempts


async def test_a_file_about_33000_points_is_recorded(operator: httpx.AsyncClient) -> None:
    """One statement takes at most 32,767 parameters."""
    co_op = f"99{secrets.randbelow(10**6):06}"
    rows = [r63_row("2026-07-01 00:30:00", "478", prm=f"{co_op}{i:06}") for i in range(33_000)]

    recorded = await pushed(operator, r63(rows))

    assert recorded["status"] == "recorded", recorded
    assert recorded["counts"]["accepted"] == 33_000


async def test_files_about_one_point_are_recorded_in_the_order_in_which_they_came(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    async with _recorder_of_our_own(platform):
        sent = [
            (await push(operator, curve_file([prm], [SUMMER_DAY], power_w=power_w))).json()
            for power_w in (1, 2, 3)
        ]
    for delivery in sent:
        await settled(operator, delivery["id"])

    async with platform.database("ingest") as database, database.transaction() as session:
        revisions = await session.execute(
            select(ReadingBlockRow.revision, ReadingBlockRow.power_w[1])
            .where(ReadingBlockRow.prm == prm)
            .order_by(ReadingBlockRow.revision)
        )
        assert list(map(tuple, revisions)) == [(1, 1), (2, 2), (3, 3)]


async def test_the_order_of_files_does_not_hang_on_a_clock(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    sent = []
    async with _recorder_of_our_own(platform) as session:
        for power_w in (1, 2):
            content = curve_file([prm], [SUMMER_DAY], power_w=power_w)
            sent.append((await push(operator, content)).json())
        # The machine that received the last one has a clock that is slow.
        late = update(DeliveryRow).where(DeliveryRow.id == UUID(sent[-1]["id"]))
        await session.execute(late.values(received_at=DeliveryRow.received_at - timedelta(hours=1)))
    for delivery in sent:
        await settled(operator, delivery["id"])

    async with platform.database("ingest") as database, database.transaction() as session:
        newest = select(ReadingBlockRow.power_w[1]).where(ReadingBlockRow.prm == prm)
        newest = newest.order_by(ReadingBlockRow.revision.desc()).limit(1)
        assert (await session.execute(newest)).scalar_one() == 2
    listed = (await operator.get("/ingest/deliveries", params={"limit": 1})).json()
    assert listed[0]["id"] == sent[-1]["id"]


async def test_no_block_is_ever_both_held_and_published(platform: Platform) -> None:
    async with platform.database("ingest") as database, database.transaction() as session:
        both = await session.execute(
            text("""
                SELECT count(*) FROM held_block
                JOIN LATERAL (
                    SELECT max(revision) AS revision FROM reading_block
                    WHERE prm = held_block.prm AND direction = held_block.direction
                        AND day = held_block.day AND step_min = held_block.step_min
                ) AS latest ON true
                JOIN published_block USING (prm, direction, day, step_min, revision)
            """)
        )
        assert both.scalar_one() == 0
