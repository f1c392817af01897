"""The payees of a member, at present and before, and the operations of its account."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.billing.store.copies import (
    list_operations_of_member,
    list_operations_of_sellers,
    list_operations_organised_by,
)
from services.billing.store.payments.collections import list_issuers_collected
from services.billing.store.payments.payouts import owed_in_books
from services.billing.tables import (
    CreditorRow,
    InvoiceRow,
    LineRow,
    PayoutEntryRow,
    PayoutItemRow,
    PayoutRow,
)


async def list_ever_paid_by(session: AsyncSession, creditor_id: UUID) -> frozenset[UUID]:
    """The others that are or were paid through this member, or to which it owes money."""
    now = select(CreditorRow.member_id).where(CreditorRow.collected_by == creditor_id)
    paid_out = (
        select(PayoutItemRow.payee_id)
        .join(PayoutRow, PayoutRow.id == PayoutItemRow.payout_id)
        .where(PayoutRow.creditor_id == creditor_id)
    )
    # Only debts: in a seller's own books, 467 has the member that collects for it.
    books = owed_in_books(creditor_id).subquery()
    owed_parties = select(books.c.party_id).where(books.c.cents > 0)
    paid = {
        member_id
        for member_id in await session.scalars(now.union(paid_out, owed_parties))
        if member_id is not None
    }
    collected = await list_issuers_collected(session, creditor_id)
    return frozenset(paid | collected) - {creditor_id}


async def list_operations_of_creditor(
    session: AsyncSession, creditor_id: UUID
) -> frozenset[OperationId]:
    """Return the operations where it sells or organises, and those of all its payees."""
    sellers = {creditor_id, *await list_ever_paid_by(session, creditor_id)}
    sold_in = await list_operations_of_sellers(session, sellers)
    return sold_in | await list_operations_organised_by(session, creditor_id)


async def list_operations_paid(
    session: AsyncSession, creditor_id: UUID, payee_id: UUID
) -> Sequence[OperationId]:
    """Return the operations where the payee sells, beginning with the creditor's own."""
    sold_in = await list_operations_of_sellers(session, [payee_id])
    of_creditor = await list_operations_organised_by(session, creditor_id)
    of_creditor |= await list_operations_of_sellers(session, [creditor_id])
    return sorted(sold_in, key=lambda operation_id: (operation_id not in of_creditor, operation_id))


async def list_operations_of_item(session: AsyncSession, item_id: UUID) -> Sequence[OperationId]:
    """The operations of the invoices whose money a transfer pays, or takes back."""
    query = (
        select(InvoiceRow.operation_id)
        .join(LineRow, LineRow.invoice_id == InvoiceRow.id)
        .join(PayoutEntryRow, PayoutEntryRow.entry_id == LineRow.entry_id)
        .where(PayoutEntryRow.item_id == item_id)
        .distinct()
        .order_by(InvoiceRow.operation_id)
    )
    return [OperationId(operation_id) for operation_id in await session.scalars(query)]


async def list_operations_between(
    session: AsyncSession, *, creditor_id: UUID, debtor_id: UUID
) -> frozenset[OperationId]:
    """Operations of the debtor, past ones too, where the creditor or one it collects for sells."""
    sellers = {creditor_id, *await list_ever_paid_by(session, creditor_id)}
    sold_in = await list_operations_of_sellers(session, sellers)
    return await list_operations_of_member(session, debtor_id) & sold_in
