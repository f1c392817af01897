"""The consumers in each day's published sums: the first set that was shown, permanently."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId, Prm
from services.allocation.tables import ToldDayRow


async def record_first_shown(
    session: AsyncSession, operation_id: OperationId, consumers: Mapping[date, AbstractSet[Prm]]
) -> Mapping[date, AbstractSet[Prm]]:
    """Return each day's permanent set: these consumers, unless other ones were shown before."""
    stored_prms = await _map_shown(session, operation_id, consumers)
    new_rows = [
        {"operation_id": operation_id, "day": day, "prms": sorted(prms)}
        for day, prms in consumers.items()
        if day not in stored_prms
    ]
    if not new_rows:
        return stored_prms
    await session.execute(insert(ToldDayRow).values(new_rows).on_conflict_do_nothing())
    return await _map_shown(session, operation_id, consumers)


async def _map_shown(
    session: AsyncSession, operation_id: OperationId, days: Mapping[date, object]
) -> Mapping[date, AbstractSet[Prm]]:
    query = select(ToldDayRow.day, ToldDayRow.prms).where(
        ToldDayRow.operation_id == operation_id, ToldDayRow.day.in_(days)
    )
    return {row.day: frozenset(map(Prm, row.prms)) for row in await session.execute(query)}
