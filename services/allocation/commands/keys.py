"""Set the sharing key of an operation."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.allocation.domain.keys import parse_key
from services.allocation.domain.timeline import (
    Definition,
    KeyPeriod,
    days_with_another_key,
    place_key,
)
from services.allocation.store import copies, stale, timelines


async def set_key(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    valid_from: date,
    valid_to: date | None,
    definition: Definition,
) -> KeyPeriod:
    """Have a key in force from a day on, and allocate again the days that this changes.

    The operation need not be known here yet. Raises what ``parse_key`` and ``place_key`` raise.
    """
    parse_key(definition)
    await stale.lock_operations(session, [operation_id])
    before = await timelines.get_timeline(session, operation_id)
    after = place_key(before, valid_from=valid_from, valid_to=valid_to, definition=definition)
    if after != before:
        await timelines.save_timeline(session, operation_id, after)
        days = await copies.list_days_with_readings(session, [operation_id])
        changed = days_with_another_key(before, after, days.get(operation_id, []))
        await stale.mark_stale(session, ((operation_id, day) for day in changed))
    return next(period for period in after if period.valid_from == valid_from)
