"""Set the months whose energy an operation gives."""

from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.billing.domain.gifts import GiftPeriod, GiftsBilled, in_order
from services.billing.domain.prices.pricing import in_words
from services.billing.store import gifts as store
from services.billing.store.corrections.corrections import retry


async def set_gifts(
    session: AsyncSession, operation_id: OperationId, periods: Collection[GiftPeriod]
) -> Sequence[GiftPeriod]:
    """Make these all periods of the operation; drafts made before are outdated.

    Raises GiftPeriodsInvalid, and GiftsBilled if energy of these months is billed and not credited.
    """
    ordered = in_order(periods)
    await store.lock_gifts(session, operation_id)
    if ordered == await store.list_gift_periods(session, operation_id):
        return ordered
    if numbers := await store.list_billing_numbers(session, operation_id, ordered):
        raise GiftsBilled(
            f"{in_words(numbers, 'invoices')} bill energy of these months: credit it first.",
            numbers=list(numbers),
        )
    await store.replace_gift_periods(session, operation_id, ordered)
    await retry(session, [operation_id])
    return ordered
