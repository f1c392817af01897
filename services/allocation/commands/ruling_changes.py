"""Allocate days again that another key or deposit shares than before."""

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.domain.keys.ruling import OperationKeys
from services.allocation.store import copies, stale
from services.allocation.store.keys.in_force import get_operation_keys


async def mark_days_shared_otherwise(
    session: AsyncSession, operation_id: OperationId, before: OperationKeys, *, month: Month
) -> None:
    """Mark the days with readings, from a month on, that something else shares than before."""
    after = await get_operation_keys(session, operation_id)
    metered = (await copies.list_days_with_readings(session, [operation_id])).get(operation_id, [])
    changed = [day for day in metered if day >= month.first_day and before.on(day) != after.on(day)]
    await stale.mark_stale(session, ((operation_id, day) for day in changed))
