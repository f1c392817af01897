"""Rows that are closed one day: those closed long ago are deleted, or counted."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from services.ingest.domain.tallies import Tally
from services.ingest.tables import PullJobRow, ReRequestRow

_Table = type[PullJobRow] | type[ReRequestRow]


async def delete_closed(
    session: AsyncSession, table: _Table, conditions: Sequence[ColumnElement[bool]], *, limit: int
) -> Tally:
    """Delete some of the oldest rows that meet the conditions."""
    oldest = select(table.id).where(*conditions).order_by(table.created_at).limit(limit)
    deleted = delete(table).where(table.id.in_(oldest))
    times = await session.execute(
        deleted.returning(table.closed_at).execution_options(synchronize_session=False)
    )
    return Tally.of(local_day(at) for at in times.scalars() if at)


async def count_closed(
    session: AsyncSession, table: _Table, conditions: Sequence[ColumnElement[bool]]
) -> Tally:
    query = select(func.count(), func.min(table.closed_at), func.max(table.closed_at))
    return Tally.between(*(await session.execute(query.where(*conditions))).one())
