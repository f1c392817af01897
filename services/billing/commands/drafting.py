"""Draft the invoices of a month."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.billing.domain.drafting import MonthDrafts, draft_month
from services.billing.store.invoices import save_drafts
from services.billing.store.months import get_month_facts


async def draft_invoices(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> MonthDrafts:
    """Replace the drafts of a month by those of its newest settlement; issued ones stay.

    Raises DraftsBlocked.
    """
    facts = await get_month_facts(session, operation_id, month)
    drafted = await asyncio.to_thread(draft_month, facts)
    await save_drafts(session, operation_id, month, drafted.drafts)
    return drafted
