"""The months whose energy operations give, and what was billed of such months."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import lock_names
from libs.common.ids import OperationId
from services.billing.domain.gifts import GiftPeriod
from services.billing.tables import BilledRow, GiftPeriodRow, InvoiceRow, SettlementRow


async def list_gift_periods(
    session: AsyncSession, operation_id: OperationId
) -> Sequence[GiftPeriod]:
    """The periods in their order; none where all energy is sold."""
    row = GiftPeriodRow
    query = select(row.valid_from, row.valid_to).where(row.operation_id == operation_id)
    return [
        GiftPeriod(Month.of(valid_from), Month.of(valid_to) if valid_to else None)
        for valid_from, valid_to in await session.execute(query.order_by(row.valid_from))
    ]


async def lock_gifts(session: AsyncSession, operation_id: OperationId) -> None:
    """Keep others from changing the periods, and from issuing, until the transaction ends."""
    await lock_names(session, "gifts", [operation_id])
    row = SettlementRow
    query = select(row.month).where(row.operation_id == operation_id).order_by(row.month)
    await session.execute(query.with_for_update())


async def replace_gift_periods(
    session: AsyncSession, operation_id: OperationId, periods: Collection[GiftPeriod]
) -> None:
    await session.execute(delete(GiftPeriodRow).where(GiftPeriodRow.operation_id == operation_id))
    session.add_all(
        GiftPeriodRow(
            operation_id=operation_id,
            valid_from=period.first.first_day,
            valid_to=period.end and period.end.first_day,
        )
        for period in periods
    )
    await session.flush()


async def list_billing_numbers(
    session: AsyncSession, operation_id: OperationId, periods: Collection[GiftPeriod]
) -> Sequence[str]:
    """The numbers of the issued invoices that bill energy of these months, in order."""
    days = [
        Range(period.first.first_day, period.end and period.end.first_day, bounds="[)")
        for period in periods
    ]
    query = (
        select(InvoiceRow.number)
        .join(BilledRow, BilledRow.document_id == InvoiceRow.id)
        .where(InvoiceRow.operation_id == operation_id, BilledRow.days.overlaps(days))
        .distinct()
    )
    return sorted(str(number) for number in await session.scalars(query))
