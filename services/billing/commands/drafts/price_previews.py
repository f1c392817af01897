"""Draft a settled month by prices that are not set, and keep nothing."""

import asyncio
from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.drafting import MonthDrafts, MonthFacts, draft_period
from services.billing.domain.drafts.price_previews import MemberPreview, compare
from services.billing.domain.prices.price_list import PriceList, as_if_in
from services.billing.store.drafts.months import get_facts_at_prices
from services.billing.store.prices.prices import list_prices


async def preview_prices(
    session: AsyncSession, operation_id: OperationId, month: Month, prices: PriceList, day: date
) -> Sequence[MemberPreview]:
    """What each member would pay for the month by the prices of a day, and pays by its own.

    What is issued already counts as if it were not. Raises DraftsBlocked.
    """
    proposed = await asyncio.to_thread(as_if_in, prices, day, month)
    facts = await get_facts_at_prices(session, operation_id, month, proposed)
    then = await asyncio.to_thread(draft_period, [facts])
    listed = await list_prices(session, operation_id)
    now = await _draft(await get_facts_at_prices(session, operation_id, month, listed))
    return compare(now, then)


async def _draft(facts: MonthFacts) -> MonthDrafts | None:
    """None if the month's own prices do not cover it."""
    try:
        return await asyncio.to_thread(draft_period, [facts])
    except DraftsBlocked:
        return None
