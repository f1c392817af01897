"""What events leave to a service's rounds, their handlers ring for; and for nothing else."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database
from libs.common.database.bells import Work
from libs.common.events.base import Event
from libs.common.ids import OperationId
from libs.common.messaging.handlers import dispatch
from services.allocation.handlers import HANDLERS as OF_ALLOCATION
from services.billing.handlers import HANDLERS as OF_BILLING
from services.billing.store.corrections.corrections import add_part
from services.community.commands.challenges.challenges import draft_challenge
from services.community.commands.members.registry import record_operation
from services.community.domain.challenges.challenge import Challenge, ChallengeKind, ChallengeWindow
from services.community.domain.gatherings.recurrence import Weekday
from services.community.domain.members.registry import Operation
from services.community.tables import OrganiserRow
from services.ingest.handlers import HANDLERS as OF_INGEST
from tests.allocation.world import Coop
from tests.billing.world import Coop as Billed
from tests.support.clock import CLOCK
from tests.support.databases import migrated_database
from tests.support.ids import new_operation_id


@pytest.fixture
async def url(server_url: str) -> AsyncIterator[str]:
    async with migrated_database(server_url) as url:
        yield url


@asynccontextmanager
async def _database(url: str, schema: str) -> AsyncIterator[Database]:
    database = Database(url, schema=schema, pool_size=1, clock=CLOCK)
    try:
        yield database
    finally:
        await database.close()


async def _rings(database: Database, do: Callable[[AsyncSession], Awaitable[object]]) -> bool:
    """Whether rounds are made after this."""
    with database.bells.bell(Work.OTHER) as bell:
        async with database.transaction() as session:
            await do(session)
        return bell.is_set()


async def test_allocation_rings_for_days_to_allocate(url: str) -> None:
    coop, late = Coop(), Coop()
    nobody = late.perimeter().model_copy(update={"participations": []})
    async with _database(url, "allocation") as database:

        async def told(event: Event) -> bool:
            return await _rings(database, lambda session: dispatch(session, OF_ALLOCATION, [event]))

        assert not await told(coop.perimeter())
        assert await told(coop.readings())
        async with database.transaction() as session:
            await dispatch(session, OF_ALLOCATION, [late.readings()])
        assert await told(nobody), "its day was marked before, and waited for the perimeter"


async def test_billing_rings_for_corrections_to_draft_again(url: str) -> None:
    coop = Billed()
    async with _database(url, "billing") as database:

        async def told(event: Event) -> bool:
            return await _rings(database, lambda session: dispatch(session, OF_BILLING, [event]))

        assert not await told(coop.members()[0])
        assert not await told(coop.perimeter())
        async with database.transaction() as session:
            await add_part(
                session,
                operation_id=coop.operation_id,
                month=str(coop.month),
                number=2,
                supersedes=1,
                part_number=1,
                parts=1,
            )
        assert await told(coop.members()[1])
        assert await told(coop.perimeter(revision=2))
        assert await told(coop.settlement())


async def test_ingest_rings_for_an_operation_that_is_new(url: str) -> None:
    coop = Coop()
    async with _database(url, "ingest") as database:

        async def told(event: Event) -> bool:
            return await _rings(database, lambda session: dispatch(session, OF_INGEST, [event]))

        assert await told(coop.perimeter())
        assert not await told(coop.perimeter(revision=2))


async def test_community_rings_for_challenges_that_follow_a_perimeter(url: str) -> None:
    organiser = OrganiserRow(id=uuid4(), name="Zoé Brindille", address="99000 Ville")
    operation = Operation(
        id=OperationId(new_operation_id()),
        name="Deux Maisons",
        organiser_id=organiser.id,
        step_min=30,
        valid_from=date(2020, 1, 1),
    )
    today = CLOCK.now().date()
    challenge = Challenge(
        id=uuid4(),
        operation_id=operation.id,
        kind=ChallengeKind.USE_MORE,
        title="La lessive à midi",
        text="",
        first_day=today,
        last_day=today + timedelta(days=6),
        windows=[ChallengeWindow(22, 30)],
        weekdays=list(Weekday),
        target_percent=10,
        baseline_weeks=2,
        freeze_after_days=30,
    )
    async with _database(url, "community") as database:

        async def renamed(name: str) -> bool:
            new = replace(operation, name=name)
            return await _rings(database, lambda session: record_operation(session, new))

        async with database.transaction() as session:
            session.add(organiser)
        assert not await renamed("Trois Maisons")
        async with database.transaction() as session:
            await draft_challenge(session, challenge, by="staff")
        assert await renamed("Quatre Maisons")
