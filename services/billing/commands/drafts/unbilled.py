"""Find what a seller has supplied in a fiscal year and not billed."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import today_in
from libs.common.ids import OperationId
from services.billing.domain.books.ledger import Books
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.drafting import MonthFacts, draft_period
from services.billing.domain.drafts.unbilled import (
    UnbilledMonth,
    months_over,
    sells_in,
    unbilled_customers,
)
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.store.copies import list_operations_of_sellers
from services.billing.store.drafts.months import get_period_facts


async def list_unbilled(
    session: AsyncSession, issuer_id: UUID, books: Books, fiscal_year: int
) -> list[UnbilledMonth]:
    """Draft all months of the fiscal year that are over, as a run would, and keep nothing.

    Months of which nothing is left to bill are left out.
    """
    months = months_over(books, fiscal_year, today_in(session))
    unbilled = []
    for operation_id in sorted(await list_operations_of_sellers(session, [issuer_id])):
        drafted: set[Month] = set()
        for month in months:
            if month not in drafted:
                period_facts = await get_period_facts(
                    session, operation_id, BillingPeriod.of(month)
                )
                drafted |= {facts.month for facts in period_facts}
                unbilled.append(await _draft(issuer_id, operation_id, period_facts))
    return [month for month in unbilled if month.customers or month.blocked]


async def _draft(
    issuer_id: UUID, operation_id: OperationId, period_facts: Sequence[MonthFacts]
) -> UnbilledMonth:
    months = [facts.month for facts in period_facts]
    if not any(sells_in(issuer_id, facts) for facts in period_facts):
        return UnbilledMonth(operation_id, months)
    try:
        drafted = await asyncio.to_thread(draft_period, period_facts)
    except DraftsBlocked as blocked:
        return UnbilledMonth(operation_id, months, blocked=blocked)
    return UnbilledMonth(operation_id, months, unbilled_customers(issuer_id, drafted.drafts))
