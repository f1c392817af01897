"""Pay customers' credits back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import PARIS, local_day
from libs.common.clock import now_in, today_in
from services.billing.commands.payments.netting import (
    plan_netting,
    set_off_after_debits,
    set_off_credits,
)
from services.billing.domain.payments.collecting import OpenInvoice
from services.billing.domain.payments.creditors import Creditor, CreditorMissing
from services.billing.domain.payments.payouts.payouts import check_payout_day
from services.billing.domain.payments.refunds import (
    NotRefunded,
    RefundAccount,
    RefundPlan,
    check_something,
    choose_account,
    plan_refund,
)
from services.billing.formats.pain import write_transfers
from services.billing.store.books.ledger import lock_books
from services.billing.store.payments import creditors as creditor_store
from services.billing.store.payments import refunds as store
from services.billing.store.payments.files import reject
from services.billing.store.payments.payers import list_learnt_accounts, map_payers
from services.billing.tables import RefundRow


async def refund(
    session: AsyncSession, creditor_id: UUID, refund_id: UUID, *, day: date, least_cents: int
) -> tuple[RefundRow, RefundPlan | None]:
    """Pay back what nothing of its customer can take; the same id again returns the refund only.

    Raises CreditorMissing, RefundUnknown, PayoutTooSoon, NotABankingDay, NothingToRefund.
    """
    now = now_in(session)
    creditor, issuers = await _paying_back(session, creditor_id)
    books = await lock_books(session, issuers | {creditor_id})
    if await store.find_refund(session, refund_id) is not None:
        return await store.get_refund(session, creditor_id, refund_id), None
    today = local_day(now)
    check_payout_day(day, today=today)
    invoices = await set_off_credits(session, books, issuers, today=today)
    plan = await _plan(session, creditor_id, refund_id, issuers, invoices, least_cents=least_cents)
    check_something(plan)
    content = write_transfers(
        refund_id.hex,
        creditor,
        [transfer.order for transfer in plan.transfers],
        execution_date=day,
        created_at=now.astimezone(PARIS),
    )
    row = await store.save_refund(
        session, refund_id, creditor_id, plan, day=day, created_at=now, content=content
    )
    return row, plan


async def preview_refund(
    session: AsyncSession, creditor_id: UUID, refund_id: UUID, *, least_cents: int
) -> RefundPlan:
    """Plan what ``refund`` would pay back now, and change nothing. Raises CreditorMissing."""
    _, issuers = await _paying_back(session, creditor_id)
    netting = await plan_netting(session, issuers)
    return await _plan(
        session, creditor_id, refund_id, issuers, netting.invoices, least_cents=least_cents
    )


async def _paying_back(session: AsyncSession, creditor_id: UUID) -> tuple[Creditor, set[UUID]]:
    """The creditor and those for whom it collects. Raises CreditorMissing."""
    creditor = await creditor_store.get_creditor(session, creditor_id)
    if creditor.collected_by is not None:
        raise CreditorMissing("Another member collects in this one's place, and pays back.")
    return creditor, set(await creditor_store.list_paid_by(session, creditor_id))


async def _plan(
    session: AsyncSession,
    creditor_id: UUID,
    refund_id: UUID,
    issuers: Collection[UUID],
    invoices: Sequence[OpenInvoice],
    *,
    least_cents: int,
) -> RefundPlan:
    customers = {invoice.customer_id for invoice in invoices if invoice.open_cents < 0}
    accounts = await _map_accounts(session, creditor_id, issuers, customers)
    return plan_refund(refund_id, invoices, accounts, least_cents=least_cents)


async def _map_accounts(
    session: AsyncSession, creditor_id: UUID, issuers: Collection[UUID], customers: Collection[UUID]
) -> Mapping[UUID, RefundAccount | NotRefunded]:
    """The account to which each customer is paid back, or why there is none."""
    mandates = {
        mandate.debtor_id: mandate
        for mandate in await creditor_store.list_mandates(session, creditor_id)
        if mandate.revoked_on is None
    }
    learnt = await list_learnt_accounts(session, creditor_id, issuers)
    holders = await map_payers(session, creditor_id, issuers)
    blocked = await store.map_blocked_ibans(session, customers)
    return {
        customer_id: choose_account(
            mandates.get(customer_id),
            learnt.get(customer_id, ()),
            holders=holders,
            blocked=blocked.get(customer_id, ()),
        )
        for customer_id in customers
    }


async def reject_transfer(
    session: AsyncSession, creditor_id: UUID, refund_id: UUID, transfer_id: UUID, *, reason: str
) -> None:
    """Reject a transfer that the bank refused before it moved money: its credits are free again.

    Nothing was entered yet. Raises RefundUnknown, RefundExecuted.
    """
    await _lock(session, creditor_id)
    row = await store.get_refund(session, creditor_id, refund_id)
    items = await store.list_pending_items(session, row, transfer_id)
    if reject(items, reason, today_in(session)):
        await session.flush()
        await set_off_after_debits(session, [item.invoice_id for item in items])


async def cancel_refund(session: AsyncSession, creditor_id: UUID, refund_id: UUID) -> RefundRow:
    """Cancel a file that was not sent to the bank. Raises RefundUnknown, RefundExecuted."""
    await _lock(session, creditor_id)
    row = await store.get_refund(session, creditor_id, refund_id)
    await set_off_after_debits(session, await store.cancel(session, row))
    return row


async def _lock(session: AsyncSession, creditor_id: UUID) -> None:
    """Lock the books of all whose credits the creditor pays back, even if another does now."""
    issuers = await store.list_issuers_refunded(session, creditor_id)
    await lock_books(session, issuers | {creditor_id})
