import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database
from libs.common.events.allocation import SharesAllocated
from libs.common.ids import OperationId
from libs.common.rounds.rest import NO_REST
from services.allocation.commands import keys
from services.allocation.commands.copies import record_perimeters, record_readings
from services.allocation.domain.keys.timeline import Definition
from services.allocation.store.stale import claim_stale_days, lock_operations, mark_stale
from services.allocation.workers import allocate_stale_days
from tests.allocation.world import CONSUMPTION, DAY, OCTOBER, Allocation, Coop, Point
from tests.support.ids import new_prm

_TAKE_MARK = text("SELECT day FROM stale_day WHERE operation_id = :id FOR UPDATE")
_DELETE_MARK = text("DELETE FROM stale_day WHERE operation_id = :id")


@pytest.fixture
async def database(allocation: Allocation) -> AsyncIterator[Database]:
    async with allocation.platform.database("allocation") as database:
        yield database


@asynccontextmanager
async def more_workers(allocation: Allocation) -> AsyncIterator[list[int]]:
    """Two workers besides the service's own; yields how many rounds each has made with effect."""
    stopping = asyncio.Event()
    rounds = [0, 0]

    async def work(number: int) -> None:
        async with allocation.platform.database("allocation") as database:
            while not stopping.is_set():
                rounds[number] += await allocate_stale_days(database) == NO_REST
                await asyncio.sleep(0)

    async with asyncio.TaskGroup() as tasks:
        for number in range(2):
            tasks.create_task(work(number))
        yield rounds
        stopping.set()


async def activate_new_key(
    session: AsyncSession, operation_id: OperationId, valid_from: date, definition: Definition
) -> None:
    key_id, by = uuid4(), "staff"
    await keys.draft_key(
        session,
        operation_id,
        key_id,
        valid_from=valid_from,
        valid_to=None,
        definition=definition,
        poll_id=None,
        title=None,
        by=by,
    )
    await keys.approve_key(session, operation_id, key_id, poll_id=None, by=by)
    declared_on = valid_from - timedelta(days=30)
    await keys.declare_key(session, operation_id, key_id, on=declared_on, by=by)
    await keys.activate_key(session, operation_id, key_id, by=by)


async def test_workers_share_the_stale_days_and_none_is_allocated_twice(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coops = [Coop() for _ in range(12)]
    for coop in coops:
        await coop.set_key(operator)
    events = [event for coop in coops for event in (coop.perimeter(), *coop.month_of_readings())]

    async with more_workers(allocation):
        await allocation.tell(*events)

    for coop in coops:
        revisions = {day["revision"] for day in (await coop.days(operator)).values()}
        assert revisions == {1}
        assert len(await allocation.published(SharesAllocated, coop.operation_id)) == 31


async def test_no_change_is_missed_however_transactions_meet(
    allocation: Allocation, operator: httpx.AsyncClient, database: Database
) -> None:
    coop, carla = Coop(), Point(new_prm(), CONSUMPTION, uuid4())
    chance = random.Random(2026)  # noqa: S311 - not a secret
    week = OCTOBER[:7]
    perimeters = [
        coop.perimeter([*coop.points, carla] if revision % 2 else None, revision=revision)
        for revision in range(2, 17)
    ]
    readings = [
        coop.readings(day, anna=chance.randrange(900), others={carla.prm: 100}, revision=revision)
        for revision in range(1, 16)
        for day in week
    ]

    async def in_transactions(
        steps: list[Callable[[AsyncSession], Awaitable[object]]],
    ) -> None:
        for step in steps:
            async with database.transaction() as session:
                await step(session)
            await asyncio.sleep(chance.random() / 50)

    async def change_key(session: AsyncSession) -> None:
        definition = {"type": "static", "shares": {coop.anna_home: f"0.{chance.randrange(1, 9)}"}}
        await activate_new_key(session, coop.operation_id, chance.choice(week), definition)

    await allocation.tell(coop.perimeter())  # keys name points that must be known
    async with more_workers(allocation):
        await asyncio.gather(
            in_transactions(
                [partial(record_perimeters, events=[perimeter]) for perimeter in perimeters]
            ),
            in_transactions([partial(record_readings, events=[reading]) for reading in readings]),
            in_transactions([change_key] * 15),
        )
        await allocation.settle()
    before = await coop.days(operator)
    assert {before[day.isoformat()]["status"] for day in week} <= {"allocated", "no_key"}

    # If a day had missed a change, allocating it again would give it another revision.
    async with database.transaction() as session:
        await mark_stale(session, [(coop.operation_id, day) for day in week])
    await allocation.settle()
    assert await coop.days(operator) == before


async def test_readings_that_come_while_their_day_is_allocated_mark_it_again(
    database: Database,
) -> None:
    coop = Coop()
    async with database.transaction() as session:
        await record_readings(session, [coop.readings()])

    async def correct() -> None:
        async with database.transaction() as session:
            await record_readings(session, [coop.readings(revision=2)])

    # The operation has no perimeter, so the service's own worker leaves the mark alone.
    async with database.transaction() as worker:
        await worker.execute(_TAKE_MARK, {"id": coop.operation_id})
        correcting = asyncio.create_task(correct())
        await asyncio.sleep(0.2)
        assert not correcting.done()
        await worker.execute(_DELETE_MARK, {"id": coop.operation_id})
    await correcting

    async with database.transaction() as session:
        marks = await session.execute(_TAKE_MARK, {"id": coop.operation_id})
        assert list(marks.scalars()) == [DAY]


async def test_a_worker_leaves_alone_an_operation_that_is_being_changed(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop, database: Database
) -> None:
    await coop.set_key(operator)
    async with database.transaction() as changing:
        await lock_operations(changing, [coop.operation_id])
        async with allocation.platform.database("allocation") as other:
            async with other.transaction() as session:
                await record_readings(session, [coop.readings()])
            async with other.transaction() as session:
                claimed, _ = await claim_stale_days(session, 100)
                assert (coop.operation_id, DAY) not in claimed
        assert (await coop.day(operator))["status"] == "waiting"
    await allocation.settle()
    assert (await coop.day(operator))["status"] == "allocated"


async def test_a_day_that_cannot_be_allocated_stops_no_other(
    allocation: Allocation,
    operator: httpx.AsyncClient,
    database: Database,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken, sound = Coop(), Coop()
    for coop in (broken, sound):
        await coop.set_key(operator)
    await allocation.tell(broken.perimeter(), sound.perimeter(), broken.readings())
    assert (await broken.day(operator))["status"] == "allocated"
    break_key = """UPDATE sharing_key SET definition = '{"type": "no such"}'"""
    async with database.transaction() as session:
        await session.execute(
            text(f"{break_key} WHERE operation_id = :id"), {"id": broken.operation_id}
        )

    # In one batch.
    async with database.transaction() as session:
        await record_readings(session, [broken.readings(revision=2), sound.readings()])
        await mark_stale(session, [(broken.operation_id, DAY), (sound.operation_id, DAY)])
    await allocation.settle()

    assert (await sound.day(operator))["status"] == "allocated"
    day = await broken.day(operator)
    assert (day["status"], day["revision"], day["missing"]) == ("failed", 1, [])
    assert day["failure"] == "KeyTypeUnsupported"
    assert await broken.shares(operator) == []
    assert "day cannot be allocated" in caplog.text
    assert broken.roof not in caplog.text
    refusal = (await broken.close(operator)).json()
    assert refusal["type"] == "/problems/days-incomplete"
    described = next(row for row in refusal["days"] if row["day"] == DAY.isoformat())
    assert (described["status"], described["failure"]) == ("failed", "KeyTypeUnsupported")

    await broken.set_key(operator)
    await allocation.settle()
    day = await broken.day(operator)
    assert (day["status"], day["revision"], day["failure"]) == ("allocated", 2, None)


async def test_a_day_without_any_point_left_has_no_shares(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.readings())
    later = [
        Point(point.prm, point.direction, point.member_id, date(2026, 11, 1))
        for point in coop.points
    ]

    await allocation.tell(coop.perimeter(later, revision=2))

    assert await coop.shares(operator) == []
    events = await allocation.published(SharesAllocated, coop.operation_id)
    assert [(event.revision, event.shares == []) for event in events] == [(1, False), (2, True)]
