"""The published state of the months whose coefficients are set before them."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.tables import ToldDepositMonthRow


async def map_told(
    session: AsyncSession, operation_id: OperationId
) -> Mapping[Month, ToldDepositMonthRow]:
    row = ToldDepositMonthRow
    query = select(row).where(row.operation_id == operation_id)
    return {
        Month.parse(told_month.month): told_month for told_month in await session.scalars(query)
    }


async def save_told(session: AsyncSession, row: ToldDepositMonthRow) -> None:
    await session.merge(row)
    await session.flush()
