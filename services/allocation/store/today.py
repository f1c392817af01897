"""Query of what waits for staff: months that cannot be settled again."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.tables import StaleSettlementRow


async def list_refused_months(session: AsyncSession) -> Sequence[tuple[OperationId, Month]]:
    """Return settled months for which something has changed, and which settling again refused."""
    row = StaleSettlementRow
    query = (
        select(row.operation_id, row.month)
        .where(row.refusal.is_not(None))
        .order_by(row.month, row.operation_id)
    )
    return [
        (OperationId(operation_id), Month.parse(month))
        for operation_id, month in await session.execute(query)
    ]
