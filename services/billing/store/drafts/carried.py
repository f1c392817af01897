"""Months that runs held back as too little to invoice."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.billing.domain.drafts.carrying import CarriedMonth, is_first_invoice
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice, InvoiceState
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.domain.prices.sales import Parties
from services.billing.store.invoices.filters import overlaps
from services.billing.store.invoices.invoices import add_drafts
from services.billing.tables import CarriedSumRow, InvoiceRow

_FIRST_DRAFTS = (
    InvoiceRow.state == InvoiceState.DRAFT,
    InvoiceRow.kind == DocumentKind.INVOICE,
    InvoiceRow.cause.is_(None),
)


async def map_carried(
    session: AsyncSession, operation_id: OperationId, before: Month
) -> Mapping[BillingPeriod, Collection[Parties]]:
    """Return the customers carried, by periods before a month, the oldest first.

    A quarter of which not every month is carried any more is returned as months.
    """
    row = CarriedSumRow
    query = (
        select(row)
        .where(row.operation_id == operation_id, row.month < str(before))
        .order_by(row.month, row.issuer_id, row.customer_id)
        .execution_options(populate_existing=True)
    )
    months: defaultdict[tuple[str, Parties], list[Month]] = defaultdict(list)
    for carried_row in await session.scalars(query):
        parties = Parties(carried_row.issuer_id, carried_row.customer_id)
        months[carried_row.period, parties].append(Month.parse(carried_row.month))
    carried: defaultdict[BillingPeriod, list[Parties]] = defaultdict(list)
    for (text, parties), of_period in months.items():
        period = BillingPeriod.parse(text)
        is_whole = tuple(of_period) == period.months
        for kept in [period] if is_whole else map(BillingPeriod.of, of_period):
            carried[kept].append(parties)
    return dict(sorted(carried.items()))


async def list_undrafted(
    session: AsyncSession, operation_id: OperationId, period: BillingPeriod
) -> set[Parties]:
    """Return the customers carried in any month of the period, without a draft of it now."""
    carried = select(CarriedSumRow.issuer_id, CarriedSumRow.customer_id).where(
        CarriedSumRow.operation_id == operation_id,
        CarriedSumRow.month.in_(map(str, period.months)),
    )
    drafts = select(InvoiceRow.issuer_id, InvoiceRow.customer_id).where(
        InvoiceRow.operation_id == operation_id,
        overlaps(period.first_day, period.end),
        *_FIRST_DRAFTS,
    )
    return {Parties(*pair) for pair in await session.execute(carried.except_(drafts))}


async def save_carried(
    session: AsyncSession,
    operation_id: OperationId,
    period: BillingPeriod,
    parties: Iterable[Parties],
) -> None:
    """Make these the ones who are carried of the months of a period."""
    row = CarriedSumRow
    old = delete(row).where(
        row.operation_id == operation_id, row.month.in_(map(str, period.months))
    )
    await session.execute(old)
    values = [
        {
            "operation_id": operation_id,
            "month": str(month),
            "period": str(period),
            **pair._asdict(),
        }
        for pair in sorted(set(parties))
        for month in period.months
    ]
    if values:
        await session.execute(insert(row), values)


async def remove_carried(
    session: AsyncSession, operation_id: OperationId, months: Collection[CarriedMonth]
) -> None:
    """Forget these months, as they are invoiced; all others stay, whoever added them meanwhile."""
    row = CarriedSumRow
    keys = [(str(month), *parties) for month, parties in sorted(months)]
    invoiced = tuple_(row.month, row.issuer_id, row.customer_id).in_(keys)
    await session.execute(delete(row).where(row.operation_id == operation_id, invoiced))


async def save_released(session: AsyncSession, drafts: Sequence[Invoice]) -> None:
    """Keep drafts of earlier periods, in place of other ones of the same days."""
    by_days: defaultdict[tuple[date, date], list[Invoice]] = defaultdict(list)
    for draft in drafts:
        assert is_first_invoice(draft)
        by_days[draft.period_from, draft.period_to].append(draft)
    for (first_day, end), of_days in by_days.items():
        others = delete(InvoiceRow).where(
            InvoiceRow.operation_id == of_days[0].operation.id,
            overlaps(first_day, end),
            tuple_(InvoiceRow.issuer_id, InvoiceRow.customer_id).in_(
                [draft.parties for draft in of_days]
            ),
            *_FIRST_DRAFTS,
        )
        await session.execute(others)
    await add_drafts(session, drafts)
