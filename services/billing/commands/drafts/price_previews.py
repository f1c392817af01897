"""Draft a settled month by prices that are not set, and keep nothing."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import cast

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.billing.domain.drafts.blockers import BlockerCode, DraftsBlocked
from services.billing.domain.drafts.drafting import MonthDrafts, MonthFacts, draft_period
from services.billing.domain.drafts.price_previews import MemberPreview, check_hours, compare
from services.billing.domain.prices.price_list import PriceList, as_if_in
from services.billing.store.drafts.months import at_prices, get_whole_month


async def preview_prices(
    session: AsyncSession, operation_id: OperationId, month: Month, prices: PriceList, day: date
) -> Sequence[MemberPreview]:
    """Return what each member would pay for the month by the prices of a day, and pays by its own.

    What is issued already counts as if it were not. Raises DraftsBlocked, HoursNotSet.
    """
    facts = await get_whole_month(session, operation_id, month)
    check_hours(prices, facts.prices)
    proposed_prices = await asyncio.to_thread(as_if_in, prices, day, month)
    proposed_facts = await at_prices(session, facts, proposed_prices)
    proposed_drafts = await asyncio.to_thread(draft_period, [proposed_facts])
    return compare(await _draft_where_priced(facts), proposed_drafts)


async def _draft_where_priced(facts: MonthFacts) -> MonthDrafts | None:
    """Return None if the month's own prices do not cover it. Raises DraftsBlocked for all else."""
    try:
        return await asyncio.to_thread(draft_period, [facts])
    except DraftsBlocked as blocked:
        blockers = cast("list[dict[str, object]]", blocked.facts["blockers"])
        if any(blocker["code"] != BlockerCode.PRICE_MISSING for blocker in blockers):
            raise
        return None
