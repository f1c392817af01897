"""Queries of series of gatherings."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from services.community.domain.gatherings.gathering import GatheringState
from services.community.domain.gatherings.problems import SeriesUnknown
from services.community.tables import GatheringRow, GatheringSeriesRow


async def lock_series(session: AsyncSession, series_id: UUID) -> GatheringSeriesRow | None:
    """Return the series, if it was made; only one caller makes it."""
    await lock_names(session, "gathering series", [series_id])
    return await session.get(GatheringSeriesRow, series_id, populate_existing=True)


async def add_series(session: AsyncSession, row: GatheringSeriesRow) -> None:
    session.add(row)
    await session.flush()


async def find_series(session: AsyncSession, series_id: UUID) -> GatheringSeriesRow | None:
    return await session.get(GatheringSeriesRow, series_id)


async def get_series(session: AsyncSession, series_id: UUID) -> GatheringSeriesRow:
    """Raises SeriesUnknown."""
    row = await find_series(session, series_id)
    if row is None:
        raise SeriesUnknown(f"There is no series {series_id} for you.")
    return row


async def list_gatherings_of_series(
    session: AsyncSession, series_id: UUID, *, only: GatheringState | None = None
) -> Sequence[GatheringRow]:
    """In order of time."""
    query = select(GatheringRow).where(GatheringRow.series_id == series_id)
    if only is not None:
        query = query.where(GatheringRow.state == only)
    return (await session.scalars(query.order_by(GatheringRow.starts_at, GatheringRow.id))).all()
