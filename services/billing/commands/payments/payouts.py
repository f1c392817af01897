"""Pay out the money collected for others."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import PARIS, local_day
from libs.common.clock import now_in, today_in
from services.billing.domain.payments.payouts import plan_payout
from services.billing.formats.pain import write_transfers
from services.billing.store.books.ledger import lock_books
from services.billing.store.payments import payouts as store
from services.billing.store.payments.creditors import get_creditor, get_creditors
from services.billing.tables import PayoutItemRow, PayoutRow


async def pay_out(
    session: AsyncSession, creditor_id: UUID, payout_id: UUID, *, day: date
) -> PayoutRow:
    """Pay each payee the sum owed by the books; the same id again returns the same payout.

    Raises CreditorMissing, PayoutTooSoon, NotABankingDay, NothingToPayOut.
    """
    now = now_in(session)
    creditor = await get_creditor(session, creditor_id)
    await lock_books(session, {creditor_id})
    if await store.find_payout(session, payout_id) is not None:
        return await store.get_payout(session, creditor_id, payout_id)
    owed_cents = await store.list_owed(session, creditor_id)
    plan = plan_payout(
        payout_id,
        day,
        today=local_day(now),
        owed_cents=owed_cents,
        payees=await get_creditors(session, owed_cents),
    )
    content = write_transfers(
        payout_id.hex,
        creditor,
        plan.items,
        execution_date=day,
        created_at=now.astimezone(PARIS),
    )
    return await store.save_payout(
        session, payout_id, creditor_id, plan, day=day, created_at=now, content=content
    )


async def reject_item(
    session: AsyncSession, creditor_id: UUID, payout_id: UUID, item_id: UUID, *, reason: str
) -> PayoutItemRow:
    """Reject a transfer that the bank refused before it moved money: the sum is owed again.

    Nothing was entered yet. Raises PayoutUnknown, PayoutExecuted.
    """
    await lock_books(session, {creditor_id})
    payout = await store.get_payout(session, creditor_id, payout_id)
    row = await store.get_pending_item(session, payout, item_id)
    if row.cancelled_on is None:
        row.cancelled_on, row.return_reason = today_in(session), reason
        await session.flush()
    return row


async def cancel_payout(session: AsyncSession, creditor_id: UUID, payout_id: UUID) -> PayoutRow:
    """Cancel a file that was not sent to the bank. Raises PayoutUnknown, PayoutExecuted."""
    await lock_books(session, {creditor_id})
    row = await store.get_payout(session, creditor_id, payout_id)
    if row.cancelled_on is None:
        await store.cancel(session, row, today_in(session))
        await session.flush()
    return row
