"""Freeze the shares of a month."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import Month
from libs.common.events.allocation import SettledPair, SettledPoint, SettlementClosed
from libs.common.ids import OperationId
from services.allocation.domain.settlements import Settlement, check_settleable, hash_content
from services.allocation.store import copies, days, settlements, stale
from services.allocation.tables import SettlementRow


async def close_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> tuple[SettlementRow, bool]:
    """Settle a month, and say if it is news; the content of the last settlement gives that one.

    Raises OperationUnknown, NothingToSettle, DaysWaiting, DaysIncomplete.
    """
    # It also waits for the workers, so the days below are not replaced while we read them.
    await stale.lock_operations(session, [operation_id])
    perimeter = await copies.get_perimeter(session, operation_id)
    month_days = await days.list_month_days(session, perimeter, month)
    check_settleable(month, month_days)
    settlement = await settlements.read_settlement(session, operation_id, month)
    canonical = settlement.canonical
    last = await settlements.find_last_settlement(session, operation_id, month)
    if last is not None and last.content_hash == hash_content(canonical):
        return last, False
    row = SettlementRow(
        operation_id=operation_id,
        month=str(month),
        number=last.number + 1 if last else 1,
        status=settlement.status,
        closed_at=datetime.now(UTC),
        revisions={one.day.isoformat(): one.revision for one in month_days},
        content=canonical,
        content_hash=hash_content(canonical),
    )
    await settlements.add_settlement(session, row)
    await messaging.publish(session, _closed(row, settlement))
    return row, True


def _closed(row: SettlementRow, settlement: Settlement) -> SettlementClosed:
    return SettlementClosed(
        time=row.closed_at,
        operation_id=settlement.operation_id,
        month=row.month,
        number=row.number,
        status=settlement.status.value,
        content_hash=row.content_hash,
        pairs=[SettledPair(**vars(pair)) for pair in settlement.pairs],
        points=[SettledPoint(**vars(point)) for point in settlement.points],
    )
