"""Price lists."""

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId, Prm
from services.billing.domain.price_list import PriceEntry, PriceList
from services.billing.tables import PriceRow


async def lock_prices(session: AsyncSession, operation_id: OperationId) -> None:
    """Until the end of the transaction, nobody else changes the prices of the operation."""
    lock = func.pg_advisory_xact_lock(func.hashtext("prices"), func.hashtext(operation_id))
    await session.execute(select(lock))


async def list_prices(session: AsyncSession, operation_id: OperationId) -> PriceList:
    """In producer, validity order, the price for all producers first; perhaps empty."""
    rows = await session.scalars(
        select(PriceRow)
        .where(PriceRow.operation_id == operation_id)
        .order_by(PriceRow.producer.nulls_first(), PriceRow.valid_from)
    )
    return PriceList(
        tuple(
            PriceEntry(
                producer=Prm(row.producer) if row.producer else None,
                price_micro_eur_per_kwh=row.price_micro_eur_per_kwh,
                vat_rate=row.vat_rate,
                vat_mention=row.vat_mention,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in rows
        )
    )


async def replace_prices(
    session: AsyncSession, operation_id: OperationId, prices: PriceList
) -> None:
    await session.execute(delete(PriceRow).where(PriceRow.operation_id == operation_id))
    session.add_all(PriceRow(operation_id=operation_id, **vars(entry)) for entry in prices.entries)
    await session.flush()
