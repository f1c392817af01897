"""Draft the invoices of a month or a quarter."""

import asyncio
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.billing.domain.drafts.carrying import is_first_invoice
from services.billing.domain.drafts.drafting import MonthDrafts, draft_period
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.store.corrections.corrections import save_withheld
from services.billing.store.drafts.carried import list_undrafted
from services.billing.store.drafts.months import get_period_facts
from services.billing.store.invoices.invoices import save_drafts


async def draft_invoices(
    session: AsyncSession, operation_id: OperationId, period: BillingPeriod, *, also_carried: bool
) -> MonthDrafts:
    """Replace the drafts of a period by those of its newest settlements; issued documents stay.

    also_carried: those too that a run held back, as they are too small, and that no later run has
    drafted since.
    Raises DraftsBlocked.
    """
    facts = await get_period_facts(session, operation_id, period)
    month_drafts = await asyncio.to_thread(draft_period, facts)
    drafting = BillingPeriod(tuple(month_facts.month for month_facts in facts))
    if not also_carried:
        carried = await list_undrafted(session, operation_id, drafting)
        drafts = [
            draft
            for draft in month_drafts.drafts
            if not (is_first_invoice(draft) and draft.parties in carried)
        ]
        month_drafts = replace(month_drafts, drafts=drafts)
    await save_drafts(session, operation_id, drafting, month_drafts.drafts)
    await save_withheld(session, operation_id, drafting.months, month_drafts.withheld_cents)
    return month_drafts
