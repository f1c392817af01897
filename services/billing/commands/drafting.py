"""Draft the invoices of a month or a quarter."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.billing.domain.drafting import MonthDrafts, draft_period
from services.billing.domain.periods import Period
from services.billing.store.invoices import save_drafts
from services.billing.store.months import get_period_facts


async def draft_invoices(
    session: AsyncSession, operation_id: OperationId, period: Period
) -> MonthDrafts:
    """Replace the drafts of a period by those of its newest settlements; issued documents stay.

    Raises DraftsBlocked.
    """
    facts = await get_period_facts(session, operation_id, period)
    month_drafts = await asyncio.to_thread(draft_period, facts)
    drafting = Period(tuple(month_facts.month for month_facts in facts))
    await save_drafts(session, operation_id, drafting, month_drafts.drafts)
    return month_drafts
