"""Settlements: added, never changed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.allocation.domain.settlements import Settlement, SettlementStatus
from services.allocation.store.shares import list_pairs, list_point_totals
from services.allocation.tables import SettlementRow


class SettlementNotFound(Problem):
    status, slug, title = 404, "settlement-not-found", "There is no such settlement"


async def read_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Settlement:
    """What a provisional settlement would freeze now."""
    return Settlement(
        operation_id=operation_id,
        month=month,
        status=SettlementStatus.PROVISIONAL,
        pairs=await list_pairs(session, operation_id, month),
        points=await list_point_totals(session, operation_id, month),
    )


async def list_settlements(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Sequence[SettlementRow]:
    """By number."""
    query = (
        select(SettlementRow)
        .where(SettlementRow.operation_id == operation_id, SettlementRow.month == str(month))
        .order_by(SettlementRow.number)
    )
    return (await session.scalars(query)).all()


async def find_last_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> SettlementRow | None:
    rows = await list_settlements(session, operation_id, month)
    return rows[-1] if rows else None


async def get_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> SettlementRow:
    row = await session.get(SettlementRow, (operation_id, str(month), number))
    if row is None:
        raise SettlementNotFound(f"{operation_id} has no settlement {number} of {month}.")
    return row


async def add_settlement(session: AsyncSession, row: SettlementRow) -> None:
    session.add(row)
    await session.flush()
