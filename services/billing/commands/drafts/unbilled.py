"""Find what a seller has supplied in a fiscal year and not billed."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import today_in
from libs.common.ids import OperationId
from services.billing.commands.books import ledger as commands
from services.billing.domain.books.closing import Closing
from services.billing.domain.books.ledger import Books
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.drafting import MonthFacts, draft_period
from services.billing.domain.drafts.unbilled import (
    UnbilledMonth,
    accruals_of,
    months_over,
    sells_in,
    unbilled_customers,
)
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.periods import BillingPeriod, months_between
from services.billing.store.books.ledger import find_closing, get_books
from services.billing.store.copies import list_operations_of_sellers
from services.billing.store.drafts.billed_later import list_billed_later
from services.billing.store.drafts.months import get_period_facts

_Period = tuple[OperationId, tuple[Month, ...]]


@dataclass(frozen=True)
class _DraftedMonth:
    """The drafts that a run would make of a month, or the reason why it would make none."""

    documents: Sequence[Invoice] = ()
    blocked: DraftsBlocked | None = None


async def list_unbilled(
    session: AsyncSession, issuer_id: UUID, books: Books, fiscal_year: int, *, lock: bool = False
) -> list[UnbilledMonth]:
    """Return the sums not billed on the last day of the year, from its months and the year before.

    Months are drafted as a run would, and nothing is kept; documents that were issued since are
    counted too, as far as they are for these days. Months with nothing of either are left out, and
    those of the year before if they were never settled. lock: nothing of these months is issued
    before the transaction ends.
    """
    today = today_in(session)
    months = months_over(books, fiscal_year, today)
    if not months:
        return []
    year_begins, end = months[0].first_day, months[-1].next_first_day
    months = [*months_over(books, fiscal_year - 1, today), *months]
    first_day = months[0].first_day
    drafted: dict[_Period, _DraftedMonth] = {}
    for operation_id in sorted(await list_operations_of_sellers(session, [issuer_id])):
        drafted |= await _draft_months(
            session, issuer_id, operation_id, months, year_begins=year_begins, lock=lock
        )
    # Only then, or what is issued meanwhile would be in neither.
    later: defaultdict[_Period, list[Invoice]] = defaultdict(list)
    for document in await list_billed_later(session, issuer_id, first_day, end):
        period = tuple(months_between(document.period_from, document.period_to))
        later[document.operation.id, period].append(document)
    unbilled = []
    for key in sorted({*drafted, *later}):
        draft = drafted.get(key, _DraftedMonth())
        # A draft that was issued meanwhile, where nothing is locked, is in both.
        documents = {document.id: document for document in (*draft.documents, *later.get(key, []))}
        customers = unbilled_customers(issuer_id, list(documents.values()), first_day, end)
        operation_id, period = key
        of_years = [month for month in period if first_day <= month.first_day < end]
        unbilled.append(UnbilledMonth(operation_id, of_years, customers, draft.blocked))
    return [month for month in unbilled if month.customers or month.blocked]


async def _draft_months(
    session: AsyncSession,
    issuer_id: UUID,
    operation_id: OperationId,
    months: Sequence[Month],
    *,
    year_begins: date,
    lock: bool,
) -> dict[_Period, _DraftedMonth]:
    """The drafts of these months in which the issuer sells, by what is drafted together.

    year_begins: months before it are drafted only if they are settled.
    """
    drafted: dict[_Period, _DraftedMonth] = {}
    for month in months:
        if any(month in period for _, period in drafted):
            continue
        facts = await get_period_facts(session, operation_id, BillingPeriod.of(month), lock=lock)
        period = tuple(month_facts.month for month_facts in facts)
        sells = any(
            sells_in(issuer_id, month_facts)
            for month_facts in facts
            if month_facts.settlement or month_facts.month.first_day >= year_begins
        )
        drafted[operation_id, period] = await _draft(facts) if sells else _DraftedMonth()
    return drafted


async def _draft(facts: Sequence[MonthFacts]) -> _DraftedMonth:
    try:
        month_drafts = await asyncio.to_thread(draft_period, facts)
    except DraftsBlocked as blocked:
        return _DraftedMonth(blocked=blocked)
    return _DraftedMonth(month_drafts.drafts)


async def close_year(session: AsyncSession, owner_id: UUID, fiscal_year: int) -> Closing:
    """Close a year for good, with what is not billed accrued; repeating changes nothing.

    Of months that cannot be drafted only what was issued since is accrued.
    Raises FiscalYearRunning, EarlierYearOpen.
    """
    if closing := await find_closing(session, owner_id, fiscal_year):
        return closing
    # Settlements are locked before books.
    books = await get_books(session, owner_id)
    months = await list_unbilled(session, owner_id, books, fiscal_year, lock=True)
    return await commands.close_year(session, owner_id, fiscal_year, accruals_of(months))
