"""Set price lists."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.billing.domain.prices.price_list import PriceList
from services.billing.store.corrections.corrections import retry
from services.billing.store.prices import prices as store


async def replace_prices(
    session: AsyncSession, operation_id: OperationId, prices: PriceList
) -> PriceList:
    """Make this the whole price list of an operation; issued invoices stay as they are."""
    await store.lock_prices(session, operation_id)
    current = await store.list_prices(session, operation_id)
    if await asyncio.to_thread(current.says_the_same, prices):
        return current
    await store.replace_prices(session, operation_id, prices)
    await retry(session, [operation_id])
    return await store.list_prices(session, operation_id)
