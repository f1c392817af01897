"""Issued documents that the books do not show as settled."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Row, Subquery, case, cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from services.billing.domain.books.ledger import Journal, account_root
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.domain.payments.collecting import PAYMENT_DAYS, OpenInvoice
from services.billing.domain.prices.sales import Parties
from services.billing.tables import EntryRow, InvoiceRow, LineRow, RefundItemRow

_DOUBTFUL = f"{account_root('doubtful')}%"
BOOKED = (
    select(func.coalesce(func.sum(LineRow.debit_cents - LineRow.credit_cents), 0).label("cents"))
    .join(EntryRow, EntryRow.id == LineRow.entry_id)
    .where(LineRow.invoice_id == InvoiceRow.id, EntryRow.journal != Journal.OPENING)
    .correlate(InvoiceRow)
    .lateral("booked")
)
"""The open sum of each invoice of a query, without openings, which carry entries forward."""
_REFUNDING = (
    select(func.coalesce(func.sum(RefundItemRow.amount_cents), 0))
    .where(
        RefundItemRow.invoice_id == InvoiceRow.id,
        # A return may be told of before the execution that it takes back.
        RefundItemRow.executed_on.is_(None),
        RefundItemRow.cancelled_on.is_(None),
    )
    .correlate(InvoiceRow)
    .scalar_subquery()
)


async def list_open_invoices(
    session: AsyncSession,
    issuers: Collection[UUID],
    *,
    also: Collection[UUID] = (),
    also_numbers: Collection[str] = (),
    customers: Collection[UUID] | None = None,
) -> Sequence[OpenInvoice]:
    """Open invoices by issuer and number; settled ones only if requested by ``also``.

    customers: whose; None for those of all customers.
    """
    sums = _sums(issuers, customers)
    content = cast(InvoiceRow.content, JSONB)
    query = (
        select(
            InvoiceRow,
            sums.c.open_cents,
            sums.c.doubtful,
            content["issuer"]["name"].astext.label("issuer_name"),
            content["customer"]["name"].astext.label("customer_name"),
            content["operation"]["name"].astext.label("operation_name"),
            due_date().label("due_date"),
            content["total_incl_vat_cents"].astext.label("total_cents"),
            content["refers_to"].label("refers_to"),
            _REFUNDING.label("refunding_cents"),
        )
        .join(sums, sums.c.invoice_id == InvoiceRow.id)
        .where(
            or_(
                sums.c.open_cents != 0,
                among(InvoiceRow.id, also),
                among(InvoiceRow.number, also_numbers),
            )
        )
        .order_by(InvoiceRow.issuer_id, InvoiceRow.number)
    )
    return [_open_invoice(row) for row in await session.execute(query)]


async def list_customers_in_credit(
    session: AsyncSession, issuers: Collection[UUID], customers: Collection[UUID]
) -> frozenset[UUID]:
    """The customers, among these, to whom one of the issuers owes the open sum of a document."""
    sums = _sums(issuers, customers)
    query = (
        select(InvoiceRow.customer_id)
        .join(sums, sums.c.invoice_id == InvoiceRow.id)
        .where(sums.c.open_cents < 0)
        .distinct()
    )
    return frozenset(await session.scalars(query))


async def map_owed_credits(session: AsyncSession, issuers: Collection[UUID]) -> Mapping[UUID, int]:
    """Return each issuer's debts to customers: documents that took back, or were paid, too much."""
    sums = _sums(issuers, None)
    query = (
        select(InvoiceRow.issuer_id, func.sum(-sums.c.open_cents).label("cents"))
        .join(sums, sums.c.invoice_id == InvoiceRow.id)
        .where(sums.c.open_cents < 0)
        .group_by(InvoiceRow.issuer_id)
    )
    return {row.issuer_id: int(row.cents) for row in await session.execute(query)}


async def list_parties(session: AsyncSession, invoices: Collection[UUID]) -> frozenset[Parties]:
    """Return the pairs of seller and customer of these invoices."""
    query = select(InvoiceRow.issuer_id, InvoiceRow.customer_id).where(
        among(InvoiceRow.id, invoices)
    )
    rows = await session.execute(query.distinct())
    return frozenset(Parties(row.issuer_id, row.customer_id) for row in rows)


async def map_customer_names(
    session: AsyncSession, issuer_id: UUID, customers: Collection[UUID]
) -> Mapping[UUID, str]:
    """Names as on the seller's newest document to each; customers without one are left out."""
    row = InvoiceRow
    newest = (
        select(row.id)
        .ext(distinct_on(row.customer_id))
        .where(
            row.issuer_id == issuer_id,
            among(row.customer_id, customers),
            row.state == InvoiceState.ISSUED,
        )
        .order_by(row.customer_id, row.issue_date.desc(), row.number.desc())
        .subquery()
    )
    name = cast(row.content, JSONB)["customer"]["name"].astext.label("name")
    query = select(row.customer_id, name).join(newest, newest.c.id == row.id)
    return {customer.customer_id: customer.name for customer in await session.execute(query)}


def due_date() -> ColumnElement[date]:
    """The day by which an issued document must be paid."""
    written = cast(InvoiceRow.content, JSONB)["due_date"].astext.cast(Date)
    due: ColumnElement[date] = func.coalesce(written, InvoiceRow.issue_date + PAYMENT_DAYS)
    return due


def _sums(issuers: Collection[UUID], customers: Collection[UUID] | None) -> Subquery:
    """The sums of each invoice in the books, without openings, which carry entries forward."""
    amount = LineRow.debit_cents - LineRow.credit_cents
    query = (
        select(
            LineRow.invoice_id,
            func.sum(amount).label("open_cents"),
            func.sum(case((LineRow.account.like(_DOUBTFUL), amount), else_=0)).label("doubtful"),
        )
        .join(EntryRow, EntryRow.id == LineRow.entry_id)
        .where(
            EntryRow.owner_id.in_(issuers),
            EntryRow.journal != Journal.OPENING,
            LineRow.invoice_id.is_not(None),
        )
        .group_by(LineRow.invoice_id)
    )
    if customers is not None:
        their_invoices = select(InvoiceRow.id).where(
            InvoiceRow.issuer_id.in_(issuers), among(InvoiceRow.customer_id, customers)
        )
        query = query.where(LineRow.invoice_id.in_(their_invoices))
    return query.subquery()


def _open_invoice(row: Row[Any]) -> OpenInvoice:
    invoice: InvoiceRow = row.InvoiceRow
    assert invoice.number is not None
    assert invoice.issue_date is not None
    return OpenInvoice(
        invoice_id=invoice.id,
        number=invoice.number,
        issuer_id=invoice.issuer_id,
        issuer_name=row.issuer_name,
        customer_id=invoice.customer_id,
        customer_name=row.customer_name,
        operation_name=row.operation_name,
        issue_date=invoice.issue_date,
        due_date=row.due_date,
        total_cents=int(row.total_cents),
        open_cents=int(row.open_cents),
        doubtful_cents=int(row.doubtful),
        refunding_cents=int(row.refunding_cents),
        follows=frozenset(UUID(reference["id"]) for reference in row.refers_to),
    )
