"""Points that left their operations, each told once."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.ingest.domain.contracts import Departure
from services.ingest.domain.departures import Departed
from services.ingest.tables import DepartureRow


async def add_departures(session: AsyncSession, departed: Sequence[Departed]) -> list[Departed]:
    """Remember them; returns those that were not known, in the order given."""
    new = []
    for one in departed:
        added = insert(DepartureRow).values(**vars(one)).on_conflict_do_nothing()
        if await session.scalar(added.returning(DepartureRow.prm)):
            new.append(one)
    return new


async def list_departures(session: AsyncSession, operation_id: OperationId) -> list[Departed]:
    """In order of day and prm, the latest first."""
    query = (
        select(DepartureRow)
        .where(DepartureRow.operation_id == operation_id)
        .order_by(DepartureRow.left_on.desc(), DepartureRow.prm)
    )
    return [
        Departed(row.operation_id, row.prm, row.left_on, Departure(row.reason))
        for row in await session.scalars(query)
    ]
