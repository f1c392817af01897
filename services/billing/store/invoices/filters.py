"""The filter of a list of invoices: the request, within the caller's rights."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from operator import eq, ge, gt, le, lt
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database.arrays import among
from libs.common.database.scoped import is_about, is_of
from libs.common.ids import OperationId
from libs.common.scopes import EVERYTHING, Scope
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.domain.invoices.sought_numbers import SoughtNumbers
from services.billing.domain.payments.invoice_payments import PaymentState
from services.billing.store.payments.invoice_payments import in_states
from services.billing.tables import InvoiceRow

# A constant, no parameter: only so do the indexes of newest documents serve it.
ISSUED_ON: ColumnElement[date] = func.coalesce(
    InvoiceRow.issue_date, literal_column("'9999-12-31'::date")
)
"""The day of issue; drafts come after all days."""


_IS_CORRECTIVE = and_(InvoiceRow.kind == DocumentKind.INVOICE, InvoiceRow.cause.is_not(None))


@dataclass(frozen=True)
class InvoiceFilter:
    """A filter of invoices; None, or no payment state, means any.

    from_day, to_day: the document is for a day of [from_day, to_day). is_corrective: invoices that
    replace others or add to them. least_cents, most_cents: of the total with VAT, included. scope:
    also issued ones of which its member is a party.
    """

    operation_id: OperationId | None = None
    month: Month | None = None
    from_day: date | None = None
    to_day: date | None = None
    customer_id: UUID | None = None
    issuer_id: UUID | None = None
    sought: SoughtNumbers | None = None
    kind: DocumentKind | None = None
    is_corrective: bool | None = None
    least_cents: int | None = None
    most_cents: int | None = None
    state: InvoiceState | None = None
    payment_states: Collection[PaymentState] = ()
    scope: Scope = EVERYTHING

    def apply(self, query: Select[InvoiceRow]) -> Select[InvoiceRow]:
        """Apply all but the states, which may change between two pages, and the numbers."""
        if self.month is not None:
            query = query.where(overlaps(self.month.first_day, self.month.next_first_day))
        row = InvoiceRow
        bounds: Sequence[tuple[Any, Callable[..., Any], object]] = (
            (row.operation_id, eq, self.operation_id),
            (row.customer_id, eq, self.customer_id),
            (row.issuer_id, eq, self.issuer_id),
            (row.kind, eq, self.kind),
            (_IS_CORRECTIVE, eq, self.is_corrective),
            (row.total_cents, ge, self.least_cents),
            (row.total_cents, le, self.most_cents),
            (row.period_to, gt, self.from_day),
            (row.period_from, lt, self.to_day),
        )
        asked = [compare(column, value) for column, compare, value in bounds if value is not None]
        return query.where(*asked, _visible(self.scope))

    async def apply_rest(
        self, session: AsyncSession, query: Select[InvoiceRow]
    ) -> Select[InvoiceRow]:
        """Limit the query to the numbers and the states, if there are any."""
        if self.sought is not None:
            query = query.where(among(InvoiceRow.id, await _list_meant(session, self.sought)))
        if self.state is not None:
            query = query.where(InvoiceRow.state == self.state)
        if not self.payment_states:
            return query
        customers = None if self.customer_id is None else [self.customer_id]
        return await in_states(session, query, self.payment_states, customers=customers)


def overlaps(first_day: date, end: date) -> ColumnElement[bool]:
    """Match documents for some day of [first_day, end)."""
    return and_(InvoiceRow.period_from < end, InvoiceRow.period_to > first_day)


async def _list_meant(session: AsyncSession, sought: SoughtNumbers) -> list[UUID]:
    """The documents of these numbers, which each seller may have, or of these references."""
    row = InvoiceRow
    query = select(row.id, row.issuer_id, row.number).where(among(row.number, sought.candidates))
    return [
        document_id
        for document_id, issuer_id, number in await session.execute(query)
        if number is not None and sought.are_of(issuer_id, number)
    ]


def _visible(scope: Scope) -> ColumnElement[bool]:
    is_party = is_about(InvoiceRow.issuer_id, scope) | is_about(InvoiceRow.customer_id, scope)
    is_issued = InvoiceRow.state == InvoiceState.ISSUED
    return is_of(InvoiceRow.operation_id, scope) | (is_party & is_issued)
