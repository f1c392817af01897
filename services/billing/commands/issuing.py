"""Issue invoices: number them and freeze them."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import Month, local_day
from libs.common.events.billing import InvoiceIssued
from libs.common.ids import OperationId
from services.billing.commands.ledger import enter_sales
from services.billing.domain.drafting import draft_month
from services.billing.domain.invoices import (
    DraftsOutdated,
    Invoice,
    InvoiceState,
    check_issue_date,
    invoice_number,
)
from services.billing.domain.issue_blockers import check_may_issue
from services.billing.domain.mentions import as_issued
from services.billing.store import invoices as invoice_store
from services.billing.store import months as month_store
from services.billing.store import series as series_store
from services.billing.tables import InvoiceRow, SeriesRow


async def issue_invoices(
    session: AsyncSession, ids: Collection[UUID], *, issue_date: date | None
) -> Sequence[InvoiceRow]:
    """Number these drafts without a gap and freeze them; those issued already stay as they are.

    All or none. Numbers follow issuer, customer name and id, whatever the order of ``ids``.
    issue_date: None is today in Paris.
    Raises InvoiceNotFound, DraftsBlocked, DraftsOutdated, IssueBlocked and what
    ``check_issue_date`` raises.
    """
    today = local_day(datetime.now(UTC))
    chosen = issue_date or today
    await month_store.lock_months_of(session, ids)
    rows = await invoice_store.get_invoices(session, ids)
    drafts = {row.id: row for row in rows if row.state == InvoiceState.DRAFT}
    if not drafts:
        return rows
    await _check_up_to_date(session, drafts.values())
    contents = sorted(
        (invoice_store.read_content(row) for row in drafts.values()),
        key=lambda one: (one.issuer.member_id, one.customer.name, one.id),
    )
    issuers = {one.issuer.member_id for one in contents}
    series = await series_store.lock_series(session, issuers, chosen.year)
    last_issue_dates = await series_store.list_last_issue_dates(session, issuers)
    check_issue_date(chosen, contents, today=today, last_issue_dates=last_issue_dates)
    check_may_issue(contents, chosen)
    issued = [
        _issue(drafts[content.id], content, series[content.issuer.member_id], chosen)
        for content in contents
    ]
    await session.flush()
    await enter_sales(session, issued, today=today)
    await messaging.publish(session, *(_issued(drafts[one.id], one) for one in contents))
    return rows


async def _check_up_to_date(session: AsyncSession, drafts: Collection[InvoiceRow]) -> None:
    """Drafts say what would be drafted now: nothing that they are made of has changed since."""
    months: defaultdict[tuple[str, str], list[InvoiceRow]] = defaultdict(list)
    for row in drafts:
        months[row.operation_id, row.month].append(row)
    outdated: list[UUID] = []
    for (operation_id, month), rows in months.items():
        facts = await month_store.get_month_facts(
            session, OperationId(operation_id), Month.parse(month)
        )
        drafted = await asyncio.to_thread(draft_month, facts)
        current = {one.id: one.canonical for one in drafted.drafts}
        outdated += [row.id for row in rows if current.get(row.id) != row.content]
    if outdated:
        raise DraftsOutdated(
            "A settlement, price, participation, member, issuer profile or accise regime has"
            " changed: make the drafts again.",
            invoice_ids=[str(one) for one in outdated],
        )


def _issue(row: InvoiceRow, content: Invoice, series: SeriesRow, issue_date: date) -> Invoice:
    series.last_number += 1
    series.last_issue_date = issue_date
    number = invoice_number(series.year, series.last_number)
    issued = as_issued(content, number=number, issue_date=issue_date)
    invoice_store.set_issued(row, issued, year=series.year, sequence=series.last_number)
    return issued


def _issued(row: InvoiceRow, content: Invoice) -> InvoiceIssued:
    assert row.number is not None
    assert row.issue_date is not None
    return InvoiceIssued(
        time=datetime.now(UTC),
        invoice_id=row.id,
        number=row.number,
        issue_date=row.issue_date,
        operation_id=content.operation.id,
        month=content.month,
        issuer_id=row.issuer_id,
        customer_id=row.customer_id,
        total_cents=content.total_incl_vat_cents,
    )
