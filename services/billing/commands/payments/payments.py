"""Get paid: creditors, mandates, and collections by direct debit."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import PARIS, local_day
from libs.common.clock import now_in, today_in
from libs.common.events.billing import MandateEnded, MandateRevoked
from services.billing.commands.invoices.mailings import mail_pre_notifications
from services.billing.commands.payments.debit_plans import load_planner
from services.billing.commands.payments.netting import (
    plan_netting,
    set_off_after_debits,
    set_off_credits,
)
from services.billing.domain.payments.collecting import (
    CollectionOrder,
    CollectionPlan,
    NothingToCollect,
)
from services.billing.domain.payments.collection_days import check_collection_date
from services.billing.domain.payments.creditors import Creditor, CreditorMissing
from services.billing.domain.payments.mandates import (
    Mandate,
    MandateFixed,
    MandateNotSignedYet,
    MandateUnknown,
)
from services.billing.domain.payments.matching import blocks_mandate
from services.billing.formats.pain import write_debits
from services.billing.store.books.ledger import lock_books
from services.billing.store.copies import check_not_erased
from services.billing.store.payments import collections as store
from services.billing.store.payments import creditors as creditor_store
from services.billing.store.payments.files import reject
from services.billing.store.payments.payees import list_operations_between
from services.billing.store.taxes.sellers import check_seller
from services.billing.tables import CollectionItemRow, CollectionRow, MandateRow


async def record_mandate(session: AsyncSession, mandate: Mandate) -> Mandate:
    """Record a mandate; the same one again changes nothing.

    Raises CreditorMissing, SellerUnknown, CustomerErased, MandateNotSignedYet, MandateFixed,
    MandateTaken.
    """
    await creditor_store.get_creditor(session, mandate.creditor_id)
    await check_seller(session, mandate.debtor_id)
    await check_not_erased(session, mandate.debtor_id)
    today = today_in(session)
    if mandate.signed_on > today:
        raise MandateNotSignedYet(f"Today is {today}.", today=today.isoformat())
    # A repeated request waits for this lock, and then finds the mandate.
    await creditor_store.lock_mandate(session, mandate.id)
    row = await creditor_store.find_mandate(session, mandate.id)
    if row is None:
        await creditor_store.add_mandate(session, mandate)
        return mandate
    recorded = creditor_store.read_mandate(row)
    signed = ("creditor_id", "debtor_id", "rum", "signed_on", "holder", "iban", "bic")
    if any(getattr(recorded, name) != getattr(mandate, name) for name in signed):
        raise MandateFixed(
            "Revoke this mandate and record the one that the debtor has signed instead."
        )
    return recorded


async def revoke_mandate(session: AsyncSession, creditor_id: UUID, mandate_id: UUID) -> Mandate:
    """Revoke a mandate from today on, and notify the debtor once. Raises MandateUnknown."""
    row = await creditor_store.get_mandate(session, creditor_id, mandate_id)
    if row.revoked_on is not None:
        return creditor_store.read_mandate(row)
    ended = MandateEnded(
        time=now_in(session),
        mandate_id=mandate_id,
        creditor_id=creditor_id,
        debtor_id=row.debtor_id,
        rum=row.rum,
    )
    await messaging.publish(session, ended)
    return await _end(session, row)


async def revoke_own_mandate(session: AsyncSession, debtor_id: UUID, mandate_id: UUID) -> Mandate:
    """Revoke a debtor's mandate, and notify the organisers once. Raises MandateUnknown."""
    row = await creditor_store.find_mandate(session, mandate_id)
    if row is None or row.debtor_id != debtor_id:
        raise MandateUnknown("You have no mandate with this id.")
    if row.revoked_on is not None:
        return creditor_store.read_mandate(row)
    revoked = await _end(session, row)
    operations = await list_operations_between(
        session, creditor_id=row.creditor_id, debtor_id=debtor_id
    )
    events = [
        MandateRevoked(
            time=now_in(session),
            mandate_id=mandate_id,
            operation_id=operation_id,
            creditor_id=row.creditor_id,
            debtor_id=debtor_id,
        )
        for operation_id in sorted(operations)
    ]
    await messaging.publish(session, *events)
    return revoked


async def _end(session: AsyncSession, row: MandateRow) -> Mandate:
    row.revoked_on = today_in(session)
    await session.flush()
    return creditor_store.read_mandate(row)


async def collect(
    session: AsyncSession, order: CollectionOrder
) -> tuple[CollectionRow, CollectionPlan | None]:
    """Make a collection of unpaid invoices; the same id again returns it, without a plan.

    Raises CreditorMissing, CollectionTooSoon, NotABankingDay, NothingToCollect.
    """
    now = now_in(session)
    creditor, issuers = await _collecting(session, order.creditor_id)
    # Keep others from entering payments or making collections of these invoices meanwhile.
    books = await lock_books(session, issuers | {order.creditor_id})
    if await store.find_collection(session, order.id) is not None:
        return await store.get_collection(session, order.creditor_id, order.id), None
    today = local_day(now)
    check_collection_date(order, notice_days=creditor.notice_days, today=today)
    unpaid = await set_off_credits(session, books, issuers, today=today)
    plan = (await load_planner(session, order.creditor_id, unpaid))(order)
    _check_something(plan)
    content = write_debits(
        order.id.hex,
        creditor,
        plan.debits,
        collection_date=order.day,
        created_at=now.astimezone(PARIS),
    )
    row = await store.save_collection(session, order, plan, created_at=now, content=content)
    await mail_pre_notifications(session, order, plan, creditor, today=today)
    return row, plan


async def preview_collection(session: AsyncSession, order: CollectionOrder) -> CollectionPlan:
    """Plan what ``collect`` would take now, and change nothing.

    Raises CreditorMissing, NotifiedInFuture, CollectionTooSoon, NotABankingDay.
    """
    creditor, issuers = await _collecting(session, order.creditor_id)
    check_collection_date(order, notice_days=creditor.notice_days, today=today_in(session))
    netting = await plan_netting(session, issuers)
    plan = await load_planner(session, order.creditor_id, netting.invoices)
    return plan(order)


async def _collecting(session: AsyncSession, creditor_id: UUID) -> tuple[Creditor, set[UUID]]:
    """The creditor and the issuers of the invoices it collects. Raises CreditorMissing."""
    creditor = await creditor_store.get_creditor(session, creditor_id)
    if creditor.ics is None or creditor.collected_by is not None:
        raise CreditorMissing("This member has no ICS, or another collects in its place.")
    return creditor, set(await creditor_store.list_paid_by(session, creditor_id))


def _check_something(plan: CollectionPlan) -> None:
    """Raises NothingToCollect."""
    if plan.debits:
        return
    raise NothingToCollect(
        f"{len(plan.skipped)} unpaid invoices cannot be collected: see `skipped`.",
        skipped=[
            {
                "invoice_id": str(skipped.invoice.invoice_id),
                "number": skipped.invoice.number,
                "reason": skipped.reason,
            }
            for skipped in plan.skipped
        ],
    )


async def reject_debit(
    session: AsyncSession, creditor_id: UUID, collection_id: UUID, debit_id: UUID, *, reason: str
) -> Sequence[CollectionItemRow]:
    """Reject a direct debit that the bank refused before it moved money; it makes no entry.

    Returns its items.
    Raises CollectionUnknown, CollectionAnswered.
    """
    issuers = await store.list_issuers_collected(session, creditor_id)
    await lock_books(session, issuers | {creditor_id})
    collection = await store.get_collection(session, creditor_id, collection_id)
    items = await store.list_pending_items(session, collection, debit_id)
    if reject(items, reason, today_in(session)):
        await session.flush()
        if blocks_mandate(reason):
            await creditor_store.block_mandates(session, [items[0].mandate_id], reason)
        await set_off_after_debits(session, [item.invoice_id for item in items])
    return items


async def cancel_collection(
    session: AsyncSession, creditor_id: UUID, collection_id: UUID
) -> CollectionRow:
    """Cancel a file that was not sent to the bank.

    Raises CollectionUnknown, CollectionAnswered.
    """
    # Even if another member collects by now: an unsent file can always be cancelled.
    issuers = await store.list_issuers_collected(session, creditor_id)
    await lock_books(session, issuers | {creditor_id})
    row = await store.get_collection(session, creditor_id, collection_id)
    await set_off_after_debits(session, await store.cancel(session, row))
    return row
