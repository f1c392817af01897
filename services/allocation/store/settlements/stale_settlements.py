"""Settled months for which something has changed, and why they are not settled again yet.

Marking or settling a month takes the advisory lock of the operation (``store/stale.py``): shared
by the workers that allocate its days, exclusive for settling and for the DSO's results. So nobody
marks a month while it is being settled, and a mark cannot miss a settlement that was just closed.

A mark without refusal is due. A refusal stays until something changes: then the month is marked
again, and due again.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import ring_after_commit
from libs.common.ids import OperationId
from services.allocation.tables import StaleSettlementRow

OperationMonth = tuple[OperationId, Month]


async def mark_outdated(session: AsyncSession, months: Iterable[OperationMonth]) -> None:
    """Have these months settled again, if they are settled; the caller holds the locks."""
    # In order, so that two that mark the same months wait for each other in one direction.
    ordered = sorted(set(months))
    if not ordered:
        return
    ring_after_commit(session)
    mark = text("""
        INSERT INTO stale_settlement (operation_id, month)
        SELECT operation_id, month
        FROM unnest(CAST(:operations AS text[]), CAST(:months AS text[]))
            WITH ORDINALITY AS changed (operation_id, month, turn)
        WHERE EXISTS (SELECT FROM settlement WHERE (settlement.operation_id, settlement.month)
            = (changed.operation_id, changed.month))
        ORDER BY turn
        ON CONFLICT (operation_id, month) DO UPDATE SET marked_at = now(), refusal = NULL
    """)
    values = {
        "operations": [operation_id for operation_id, _ in ordered],
        "months": [str(month) for _, month in ordered],
    }
    await session.execute(mark, values)


async def retry_refused(session: AsyncSession, operation_id: OperationId) -> None:
    """Make all marks of an operation due; the caller holds its lock."""
    ring_after_commit(session)
    await session.execute(
        update(StaleSettlementRow)
        .where(StaleSettlementRow.operation_id == operation_id)
        .values(refusal=None)
    )


async def list_due(session: AsyncSession, limit: int) -> list[OperationMonth]:
    """Return marked months without a waiting day, those marked longest ago first; locks nothing."""
    query = text("""
        SELECT operation_id, month FROM stale_settlement
        WHERE refusal IS NULL AND NOT EXISTS (
            SELECT FROM stale_day
            WHERE stale_day.operation_id = stale_settlement.operation_id
                AND to_char(stale_day.day, 'YYYY-MM') = stale_settlement.month
        )
        ORDER BY marked_at, operation_id, month
        LIMIT :limit
    """)
    rows = await session.execute(query, {"limit": limit})
    return [(OperationId(row.operation_id), Month.parse(row.month)) for row in rows]


async def find_mark(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> StaleSettlementRow | None:
    return await session.get(StaleSettlementRow, (operation_id, str(month)), populate_existing=True)


async def set_refusal(
    session: AsyncSession, operation_id: OperationId, month: Month, refusal: Mapping[str, Any]
) -> None:
    await session.execute(
        update(StaleSettlementRow)
        .where(
            StaleSettlementRow.operation_id == operation_id, StaleSettlementRow.month == str(month)
        )
        .values(refusal=refusal)
    )


async def remove_mark(session: AsyncSession, operation_id: OperationId, month: Month) -> None:
    await session.execute(
        delete(StaleSettlementRow).where(
            StaleSettlementRow.operation_id == operation_id, StaleSettlementRow.month == str(month)
        )
    )
