"""Plan what a collection takes: for a collector, and what one customer is debited of next."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from services.billing.commands.payments.netting import plan_netting
from services.billing.domain.books.next_debits import NextDebit, find_next_debit
from services.billing.domain.payments.collecting import (
    CollectionOrder,
    CollectionPlan,
    OpenInvoice,
    plan_collection,
)
from services.billing.domain.payments.creditors import Creditor
from services.billing.store.payments import collections as store
from services.billing.store.payments import creditors as creditor_store
from services.billing.store.payments.ways_to_pay import list_without_convention
from services.billing.store.thresholds import map_thresholds


async def load_planner(
    session: AsyncSession,
    creditor_id: UUID,
    unpaid: Sequence[OpenInvoice],
    *,
    debtor_id: UUID | None = None,
) -> Callable[[CollectionOrder], CollectionPlan]:
    """Return the planner of collections of these invoices, after netting, by today's facts.

    debtor_id: whose invoices they are; None: of any.
    """
    mandates = (
        await creditor_store.list_mandates(session, creditor_id)
        if debtor_id is None
        else await creditor_store.list_mandates_between(session, creditor_id, debtor_id)
    )
    # Take a debtor's mandate in force, else a revoked one, which then gives the reason.
    ordered = sorted(mandates, key=lambda mandate: (mandate.revoked_on is None, mandate.revoked_on))
    ids = [invoice.invoice_id for invoice in unpaid]
    return partial(
        plan_collection,
        invoices=unpaid,
        mandates={mandate.debtor_id: mandate for mandate in ordered},
        uses=await creditor_store.list_uses(session, [mandate.id for mandate in mandates]),
        pending=await store.map_pending(session, ids),
        thresholds=await map_thresholds(session, ids),
        without_convention=await list_without_convention(
            session, {invoice.issuer_id for invoice in unpaid}
        ),
    )


async def list_next_debits(
    session: AsyncSession,
    customer_id: UUID,
    collectors: Collection[Creditor],
    documents: Collection[UUID],
) -> Sequence[NextDebit]:
    """Return the collectors' next possible debits for these documents, by their first day."""
    with_ics = {creditor.member_id: creditor for creditor in collectors if creditor.ics}
    debits = [
        await _find_next_debit(session, customer_id, creditor, documents)
        for _, creditor in sorted(with_ics.items())
    ]
    return sorted((debit for debit in debits if debit), key=lambda debit: debit.order)


async def _find_next_debit(
    session: AsyncSession, customer_id: UUID, creditor: Creditor, documents: Collection[UUID]
) -> NextDebit | None:
    issuers = set(await creditor_store.list_paid_by(session, creditor.member_id))
    netting = await plan_netting(session, issuers, customers=[customer_id])
    plan = await load_planner(session, creditor.member_id, netting.invoices, debtor_id=customer_id)
    today = today_in(session)
    return find_next_debit(
        creditor,
        netting.invoices,
        documents=documents,
        today=today,
        plan_on=lambda day: plan(CollectionOrder(uuid4(), creditor.member_id, day, today)),
    )
