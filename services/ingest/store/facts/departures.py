"""Points that left their operations, each published once."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.ingest.domain.facts.contracts import Departure
from services.ingest.domain.facts.departures import Departed
from services.ingest.tables import DepartureRow


async def add_departures(session: AsyncSession, departed: Sequence[Departed]) -> list[Departed]:
    """Add departures; return those that were not known, in the order given."""
    new_departures = []
    for departure in departed:
        insertion = insert(DepartureRow).values(**vars(departure)).on_conflict_do_nothing()
        if await session.scalar(insertion.returning(DepartureRow.prm)):
            new_departures.append(departure)
    return new_departures


async def list_departures(session: AsyncSession, operation_id: OperationId) -> list[Departed]:
    """Return the departures in order of day, the latest first, and prm."""
    query = (
        select(DepartureRow)
        .where(DepartureRow.operation_id == operation_id)
        .order_by(DepartureRow.left_on.desc(), DepartureRow.prm)
    )
    return [
        Departed(row.operation_id, row.prm, row.left_on, Departure(row.reason))
        for row in await session.scalars(query)
    ]
