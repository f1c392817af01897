"""Collections: files sent to the bank, and invoices that await its answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.errors import Problem
from services.billing.domain.payments.collecting import CollectionOrder, CollectionPlan
from services.billing.store.payments.files import (
    cancel_unanswered,
    get_file,
    has_moved,
    hash_of_content,
    list_files,
)
from services.billing.tables import CollectionItemRow, CollectionRow, InvoiceRow, MandateRow

IS_PENDING = and_(CollectionItemRow.received_on.is_(None), CollectionItemRow.cancelled_on.is_(None))
"""A returned debit is answered only once its credit arrives."""
IS_WAITING = and_(IS_PENDING, CollectionItemRow.returned_on.is_(None))
"""The bank has said nothing of it."""


@dataclass(frozen=True)
class DocumentTitle:
    """The identity of a document, as sellers' numbers may be the same."""

    number: str
    issuer_name: str


class CollectionUnknown(Problem):
    status, slug, title = 404, "collection-unknown", "There is no such collection"
    example_detail = "This creditor has no collection with this id."


class CollectionAnswered(Problem):
    status, slug, title = 409, "collection-answered", "The bank has answered this collection"
    example_detail = "It was sent to the bank, which has answered direct debits: 1."
    example_facts: ClassVar = {"answered": 1}


async def save_collection(
    session: AsyncSession,
    order: CollectionOrder,
    plan: CollectionPlan,
    *,
    created_at: datetime,
    content: bytes,
) -> CollectionRow:
    row = CollectionRow(
        id=order.id,
        creditor_id=order.creditor_id,
        day=order.day,
        notified_on=order.notified_on,
        created_at=created_at,
        transaction_count=len(plan.debits),
        total_cents=plan.total_cents,
        content=content.decode(),
        content_hash=hash_of_content(content),
        cancelled_on=None,
    )
    session.add(row)
    await session.flush()
    items = [
        {
            "id": item.id,
            "debit_id": debit.id,
            "collection_id": order.id,
            "invoice_id": item.invoice.invoice_id,
            "mandate_id": debit.mandate.id,
            "amount_cents": item.amount_cents,
            "sequence_type": debit.sequence_type,
        }
        for debit in plan.debits
        for item in debit.items
    ]
    await session.execute(insert(CollectionItemRow), items)
    return row


async def find_collection(session: AsyncSession, collection_id: UUID) -> CollectionRow | None:
    return await session.get(CollectionRow, collection_id, populate_existing=True)


def _unknown() -> CollectionUnknown:
    return CollectionUnknown("This creditor has no collection with this id.")


async def get_collection(
    session: AsyncSession, creditor_id: UUID, collection_id: UUID
) -> CollectionRow:
    """A collection of this creditor. Raises CollectionUnknown."""
    return await get_file(session, CollectionRow, creditor_id, collection_id, unknown=_unknown())


async def list_collections(
    session: AsyncSession, creditor_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[CollectionRow]:
    """Return the collections of ``list_files``. Raises CollectionUnknown."""
    return await list_files(
        session, CollectionRow, creditor_id, after=after, limit=limit, unknown=_unknown()
    )


async def list_items(
    session: AsyncSession, collections: Collection[UUID]
) -> Sequence[CollectionItemRow]:
    query = select(CollectionItemRow).where(CollectionItemRow.collection_id.in_(collections))
    rows = await session.scalars(
        query.order_by(CollectionItemRow.debit_id, CollectionItemRow.id).execution_options(
            populate_existing=True
        )
    )
    return rows.all()


async def map_titles(
    session: AsyncSession, invoices: Collection[UUID]
) -> Mapping[UUID, DocumentTitle]:
    """The titles of issued documents."""
    issuer_name = cast(InvoiceRow.content, JSONB)["issuer"]["name"].astext.label("issuer_name")
    query = select(InvoiceRow.id, InvoiceRow.number, issuer_name)
    rows = await session.execute(query.where(among(InvoiceRow.id, invoices)))
    return {row.id: DocumentTitle(row.number, row.issuer_name) for row in rows}


async def list_debtors(session: AsyncSession, collection_id: UUID) -> Sequence[UUID]:
    item, mandate = CollectionItemRow, MandateRow
    debtors = select(mandate.debtor_id).join(item, item.mandate_id == mandate.id).distinct()
    return (await session.scalars(debtors.where(item.collection_id == collection_id))).all()


async def list_items_of_creditor(
    session: AsyncSession, creditor_id: UUID, *, since: date
) -> Sequence[CollectionItemRow]:
    """The items of its collections of this day and later, in order, without cancelled ones.

    Those of one debit follow each other.
    """
    query = (
        select(CollectionItemRow)
        .join(CollectionRow, CollectionRow.id == CollectionItemRow.collection_id)
        .where(
            CollectionRow.creditor_id == creditor_id,
            CollectionRow.day >= since,
            CollectionItemRow.cancelled_on.is_(None),
        )
        .order_by(CollectionRow.day, CollectionItemRow.debit_id, CollectionItemRow.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).all()


async def list_issuers_collected(session: AsyncSession, creditor_id: UUID) -> frozenset[UUID]:
    """The issuers whose invoices the creditor has ever collected, even if another does now."""
    query = (
        select(InvoiceRow.issuer_id)
        .join(CollectionItemRow, CollectionItemRow.invoice_id == InvoiceRow.id)
        .join(CollectionRow, CollectionRow.id == CollectionItemRow.collection_id)
        .where(CollectionRow.creditor_id == creditor_id)
        .distinct()
    )
    return frozenset(await session.scalars(query))


async def map_pending(session: AsyncSession, invoices: Collection[UUID]) -> Mapping[UUID, int]:
    """The cents that await the bank's answer, by invoice; the other invoices are left out.

    A returned debit is answered only once its credit arrives: until then, twice its amount is open.
    """
    return await _map_pending_where(session, among(CollectionItemRow.invoice_id, invoices))


async def map_pending_of_issuers(
    session: AsyncSession,
    issuers: Collection[UUID],
    *,
    customers: Collection[UUID] | None = None,
) -> Mapping[UUID, int]:
    """The same of all invoices of these issuers, also of those that were settled meanwhile.

    customers: to whom, None for those to all.
    """
    theirs = select(InvoiceRow.id).where(InvoiceRow.issuer_id.in_(issuers))
    if customers is not None:
        theirs = theirs.where(among(InvoiceRow.customer_id, customers))
    return await _map_pending_where(session, CollectionItemRow.invoice_id.in_(theirs))


async def _map_pending_where(
    session: AsyncSession, condition: ColumnElement[bool]
) -> Mapping[UUID, int]:
    item = CollectionItemRow
    query = (
        select(item.invoice_id, func.sum(item.amount_cents).label("cents"))
        .where(condition, IS_PENDING)
        .group_by(item.invoice_id)
    )
    return {row.invoice_id: int(row.cents) for row in await session.execute(query)}


async def list_returned(session: AsyncSession, invoices: Collection[UUID]) -> frozenset[UUID]:
    """The invoices, among these, with a returned debit."""
    query = select(CollectionItemRow.invoice_id).where(
        among(CollectionItemRow.invoice_id, invoices), CollectionItemRow.returned_on.is_not(None)
    )
    return frozenset(await session.scalars(query))


async def list_pending_items(
    session: AsyncSession, collection: CollectionRow, debit_id: UUID
) -> Sequence[CollectionItemRow]:
    """The items of a debit that awaits the bank's answer.

    Raises CollectionUnknown, CollectionAnswered.
    """
    items = await list_items(session, [collection.id])
    rows = [item for item in items if item.debit_id == debit_id]
    if not rows:
        raise CollectionUnknown("This collection has no direct debit with this id.")
    if any(has_moved(row) for row in rows):
        raise CollectionAnswered("A bank statement has this direct debit already.", answered=1)
    return rows


async def cancel(session: AsyncSession, collection: CollectionRow) -> Sequence[UUID]:
    """Cancel a collection and its items; the documents that are not debited any more.

    Raises CollectionAnswered.
    """
    items = await list_items(session, [collection.id])
    is_cancelled = await cancel_unanswered(session, collection, items, answered=_answered)
    return [item.invoice_id for item in items if is_cancelled]


def _answered(count: int) -> CollectionAnswered:
    return CollectionAnswered(
        f"It was sent to the bank, which has answered direct debits: {count}.", answered=count
    )
