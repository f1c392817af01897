"""The movements of customers' accounts, from the books of their sellers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.database.arrays import among
from libs.common.database.scoped import is_about, is_of
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.billing.domain.books.customer_accounts import (
    AccountMovement,
    DebitUnderWay,
    MovedDocument,
    MovementSource,
)
from services.billing.domain.books.ledger import Journal, SourceKind
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.domain.payments.matches import MatchedBy
from services.billing.store.payments.collections import IS_WAITING
from services.billing.store.payments.refunds import is_of_refund
from services.billing.tables import (
    BankTransactionRow,
    CollectionItemRow,
    CollectionRow,
    CreditorRow,
    EntryRow,
    InvoiceRow,
    LineRow,
    MandateRow,
)

_SOURCE = aliased(InvoiceRow, name="source")
"""The document that an entry enters; lines of a credit note are on the invoice it takes back."""


def documents_of_customer(customer_id: UUID, scope: Scope) -> ColumnElement[bool]:
    """Match the issued documents to a customer of which the scope tells."""
    seen = is_of(InvoiceRow.operation_id, scope) | is_about(InvoiceRow.customer_id, scope)
    return (
        (InvoiceRow.customer_id == customer_id) & (InvoiceRow.state == InvoiceState.ISSUED) & seen
    )


def documents_of_operation(operation_id: OperationId) -> ColumnElement[bool]:
    return (InvoiceRow.operation_id == operation_id) & (InvoiceRow.state == InvoiceState.ISSUED)


async def map_issuers(session: AsyncSession, documents: ColumnElement[bool]) -> dict[UUID, UUID]:
    """The issuer of each document."""
    query = select(InvoiceRow.id, InvoiceRow.issuer_id).where(documents)
    return {row.id: row.issuer_id for row in await session.execute(query)}


async def sum_unmatched(session: AsyncSession, creditor_id: UUID) -> tuple[int, int]:
    """Return the number of an account's waiting transactions, and their sum in cents."""
    row = BankTransactionRow
    query = select(func.count(), func.coalesce(func.sum(row.amount_cents), 0)).where(
        row.creditor_id == creditor_id, row.matched_by.is_(None)
    )
    count, cents = (await session.execute(query)).one()
    return count, int(cents)


async def list_movements(
    session: AsyncSession,
    documents: ColumnElement[bool],
    *,
    from_day: date | None = None,
    to_day: date | None = None,
) -> list[AccountMovement]:
    """Return the movements of these documents on the days [from_day, to_day), oldest first.

    Openings carry earlier entries forward, and a debt that is doubtful is owed all the same:
    neither moves anything.
    """
    query = _select_movements().where(documents)
    if from_day is not None:
        query = query.where(EntryRow.day >= from_day)
    if to_day is not None:
        query = query.where(EntryRow.day < to_day)
    rows: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in await session.execute(query):
        rows[row.id].append(row)
    return [_movement(parts) for parts in rows.values()]


def _select_movements() -> Select[*tuple[Any, ...]]:
    """A row for each entry and document, in order."""
    entry, transaction = EntryRow, BankTransactionRow
    cents = func.sum(LineRow.debit_cents - LineRow.credit_cents)
    columns = (
        *(entry.id, entry.day, entry.owner_id, entry.fiscal_year, entry.number),
        *(entry.source_kind, _SOURCE.kind.label("document_kind")),
        *(transaction.amount_cents, transaction.matched_by, transaction.return_reason),
        func.coalesce(_SOURCE.id, InvoiceRow.id).label("document_id"),
        func.coalesce(_SOURCE.number, InvoiceRow.number).label("document_number"),
    )
    is_document = entry.source_kind == SourceKind.INVOICE
    is_bank = entry.source_kind == SourceKind.BANK_TRANSACTION
    return (
        select(*columns, cents.label("cents"), func.bool_or(is_of_refund()).label("is_of_refund"))
        .join(LineRow, LineRow.entry_id == entry.id)
        .join(InvoiceRow, InvoiceRow.id == LineRow.invoice_id)
        .outerjoin(_SOURCE, and_(is_document, _SOURCE.id == entry.source_id))
        .outerjoin(transaction, and_(is_bank, transaction.entered_as == entry.source_id))
        .where(entry.journal != Journal.OPENING)
        .group_by(*columns)
        .having(cents != 0)
        .order_by(entry.day, entry.owner_id, entry.fiscal_year, entry.number, "document_number")
    )


def _movement(rows: Sequence[Any]) -> AccountMovement:
    first = rows[0]
    documents = [
        MovedDocument(row.document_id, row.document_number, int(row.cents)) for row in rows
    ]
    source = MovementSource(
        kind=SourceKind(first.source_kind),
        document_kind=DocumentKind(first.document_kind) if first.document_kind else None,
        bank_cents=_bank_cents(first.amount_cents, documents),
        matched_by=MatchedBy(first.matched_by) if first.matched_by else None,
        return_reason=first.return_reason,
        is_of_refund=bool(first.is_of_refund),
    )
    return AccountMovement(first.id, first.day, first.owner_id, source.movement_kind, documents)


def _bank_cents(amount_cents: int | None, documents: Sequence[MovedDocument]) -> int:
    """Return the bank's movement, or the entry's where its transaction was taken back."""
    if amount_cents is not None:
        return amount_cents
    return -sum(document.cents for document in documents)


async def list_debits_under_way(
    session: AsyncSession, invoices: Collection[UUID]
) -> list[DebitUnderWay]:
    """The debits of these invoices that await the bank's answer, by day and creditor."""
    item = CollectionItemRow
    columns = (CollectionRow.day, CreditorRow.name, MandateRow.rum)
    query = (
        select(*columns, func.sum(item.amount_cents).label("cents"))
        .join(item, item.collection_id == CollectionRow.id)
        .join(MandateRow, MandateRow.id == item.mandate_id)
        .join(CreditorRow, CreditorRow.member_id == CollectionRow.creditor_id)
        .where(among(item.invoice_id, invoices), IS_WAITING)
        .group_by(*columns)
        .order_by(*columns)
    )
    return [
        DebitUnderWay(row.day, int(row.cents), row.name, row.rum)
        for row in await session.execute(query)
    ]


async def list_debited(session: AsyncSession, invoices: Collection[UUID]) -> frozenset[UUID]:
    """The invoices, among these, with a debit that awaits the bank's answer."""
    item = CollectionItemRow
    query = select(item.invoice_id).where(among(item.invoice_id, invoices), IS_WAITING)
    return frozenset(await session.scalars(query))
