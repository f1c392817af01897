"""Find what customers' credits pay of documents that are being issued."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.prepaying import net_with
from services.billing.domain.payments.netting import SetOff
from services.billing.store.payments.collections import map_pending_of_issuers
from services.billing.store.payments.open_invoices import (
    list_customers_in_credit,
    list_open_invoices,
)


async def plan_set_offs(session: AsyncSession, issued: Sequence[Invoice]) -> Sequence[SetOff]:
    """Return the set-offs that credits make with these documents, once they are entered.

    The caller has locked the books of their sellers: else a credit that comes meanwhile is missed.
    """
    issuers = {document.issuer.member_id for document in issued}
    notes = [document for document in issued if document.kind == DocumentKind.CREDIT_NOTE]
    customers = {note.customer.member_id for note in notes} | await list_customers_in_credit(
        session, issuers, {document.customer.member_id for document in issued}
    )
    if not customers:
        return []
    pending_cents = await map_pending_of_issuers(session, issuers, customers=customers)
    credited = {note.refers_to[0].id for note in notes}
    before = await list_open_invoices(
        session, issuers, also=credited.union(pending_cents), customers=customers
    )
    theirs = [document for document in issued if document.customer.member_id in customers]
    return net_with(theirs, before, pending_cents)
