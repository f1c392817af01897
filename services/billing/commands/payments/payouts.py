"""Pay out the money collected for others."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import PARIS, local_day
from libs.common.clock import now_in, today_in
from services.billing.domain.payments.payouts.payouts import (
    PayeeAccount,
    PayoutPlan,
    check_payout_day,
    plan_payout,
)
from services.billing.domain.payments.payouts.reserves import PayoutReserve
from services.billing.formats.pain import write_transfers
from services.billing.store.books.ledger import lock_books
from services.billing.store.payments import payouts as store
from services.billing.store.payments.creditors import get_creditor
from services.billing.store.payments.files import reject
from services.billing.store.payments.payee_accounts import list_payee_accounts, save_reserve
from services.billing.store.payments.payees import list_ever_paid_by
from services.billing.tables import PayoutItemRow, PayoutRow


async def pay_out(
    session: AsyncSession, creditor_id: UUID, payout_id: UUID, *, day: date
) -> tuple[PayoutRow, PayoutPlan | None]:
    """Pay each payee what can be paid of its account; the same id again returns the payout only.

    Raises CreditorMissing, PayoutTooSoon, NotABankingDay, NothingToPayOut.
    """
    now = now_in(session)
    creditor = await get_creditor(session, creditor_id)
    await _lock_books_of_payees(session, creditor_id)
    if await store.find_payout(session, payout_id) is not None:
        return await store.get_payout(session, creditor_id, payout_id), None
    today = local_day(now)
    check_payout_day(day, today=today)
    plan = plan_payout(payout_id, await list_payee_accounts(session, creditor_id, today=today))
    content = write_transfers(
        payout_id.hex,
        creditor,
        [item.order(creditor.name) for item in plan.items],
        execution_date=day,
        created_at=now.astimezone(PARIS),
    )
    row = await store.save_payout(
        session, payout_id, creditor_id, plan, day=day, created_at=now, content=content
    )
    return row, plan


async def _lock_books_of_payees(session: AsyncSession, creditor_id: UUID) -> None:
    """Lock all books concerned. Try again if one more payee appears: the creditor's are locked."""
    locked: frozenset[UUID] = frozenset()
    while True:
        owners = await list_ever_paid_by(session, creditor_id) | {creditor_id}
        if owners <= locked:
            return
        await lock_books(session, owners)
        locked = owners


async def preview_payout(session: AsyncSession, creditor_id: UUID) -> Sequence[PayeeAccount]:
    """The accounts that a payout would pay now, by name. Raises CreditorMissing."""
    await get_creditor(session, creditor_id)
    accounts = await list_payee_accounts(session, creditor_id, today=today_in(session))
    return sorted(accounts, key=lambda account: (account.name, account.payee_id))


async def set_reserve(session: AsyncSession, creditor_id: UUID, reserve: PayoutReserve) -> None:
    """Keep this share from the next payout on. Raises CreditorMissing."""
    await get_creditor(session, creditor_id)
    await lock_books(session, {creditor_id})
    await save_reserve(session, creditor_id, reserve)


async def reject_item(
    session: AsyncSession, creditor_id: UUID, payout_id: UUID, item_id: UUID, *, reason: str
) -> PayoutItemRow:
    """Reject a transfer that the bank refused before it moved money: the sum is owed again.

    Nothing was entered yet. Raises PayoutUnknown, PayoutExecuted.
    """
    await lock_books(session, {creditor_id})
    payout = await store.get_payout(session, creditor_id, payout_id)
    row = await store.get_pending_item(session, payout, item_id)
    if reject([row], reason, today_in(session)):
        await session.flush()
    return row


async def cancel_payout(session: AsyncSession, creditor_id: UUID, payout_id: UUID) -> PayoutRow:
    """Cancel a file that was not sent to the bank. Raises PayoutUnknown, PayoutExecuted."""
    await lock_books(session, {creditor_id})
    row = await store.get_payout(session, creditor_id, payout_id)
    await store.cancel(session, row)
    return row
