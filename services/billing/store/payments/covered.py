"""Invoices that a direct debit under way pays, of an invoice that was credited since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from services.billing.domain.payments.invoice_payments import InvoiceCollection
from services.billing.domain.payments.netting import net_credits
from services.billing.store.payments.collections import IS_WAITING, map_pending_of_issuers
from services.billing.store.payments.open_invoices import BOOKED, list_open_invoices
from services.billing.tables import CollectionItemRow, CollectionRow, InvoiceRow, MandateRow


@dataclass(frozen=True)
class Cover:
    """The share of an invoice that needs no payment of its own, and the debit that brings it."""

    cents: int
    collection: InvoiceCollection


async def map_covers(
    session: AsyncSession, customers: Collection[UUID] | None = None
) -> Mapping[UUID, Cover]:
    """The covers by invoice. customers: whose; None for those of all customers."""
    collections = await _map_excess_debits(session, customers)
    if not collections:
        return {}
    issuers = {issuer_id for issuer_id, _ in collections}
    debtors = {customer_id for _, customer_id in collections}
    pending_cents = await map_pending_of_issuers(session, issuers, customers=debtors)
    invoices = await list_open_invoices(session, issuers, also=pending_cents, customers=debtors)
    return {
        invoice.invoice_id: Cover(invoice.covered_cents, collection)
        for invoice in net_credits(invoices, pending_cents).invoices
        if invoice.covered_cents > 0
        and (collection := collections.get((invoice.issuer_id, invoice.customer_id)))
    }


async def _map_excess_debits(
    session: AsyncSession, customers: Collection[UUID] | None
) -> Mapping[tuple[UUID, UUID], InvoiceCollection]:
    """The newest debit under way of more than its invoice still owes, by issuer and customer."""
    item = CollectionItemRow
    query = (
        select(InvoiceRow.issuer_id, InvoiceRow.customer_id, CollectionRow.day, MandateRow.rum)
        .join(item, item.invoice_id == InvoiceRow.id)
        .join(CollectionRow, CollectionRow.id == item.collection_id)
        .join(MandateRow, MandateRow.id == item.mandate_id)
        .join(BOOKED, true())
        .where(IS_WAITING, item.amount_cents > BOOKED.c.cents)
        .order_by(CollectionRow.day)
    )
    if customers is not None:
        query = query.where(among(InvoiceRow.customer_id, customers))
    return {
        (row.issuer_id, row.customer_id): InvoiceCollection(row.day, row.rum, None)
        for row in await session.execute(query)
    }
