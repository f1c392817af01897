"""Direct debits whose money came without our ids, so that words or a person matched it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.database.arrays import among
from services.billing.domain.payments.matches import Match
from services.billing.store.payments.collections import IS_PENDING
from services.billing.tables import CollectionItemRow, CollectionRow


async def presume_received(
    session: AsyncSession, creditor_id: UUID, matches: Sequence[Match]
) -> None:
    """Take payments for the debits under way of their invoices: of their sums, not before the day.

    A debit is answered as a whole, so a transaction has to pay each of its invoices. Before its day
    there is no money of a debit: whoever pays then does so by a transfer.
    """
    said = [
        match
        for match in matches
        if not match.debits and match.refunded is None and match.transaction.amount_cents > 0
    ]
    invoices = {payment.invoice.invoice_id for match in said for payment in match.payments}
    debits = await _list_pending_debits(session, creditor_id, invoices)
    for match in said:
        transaction = match.transaction
        paid_cents = {pay.invoice.invoice_id: pay.amount_cents for pay in match.payments}
        for day, items in debits:
            if _may_be_of(items[0], day, transaction.booked_on) and all(
                paid_cents.get(item.invoice_id) == item.amount_cents for item in items
            ):
                for item in items:
                    item.received_on, item.answered_by = transaction.booked_on, transaction.id
                    del paid_cents[item.invoice_id]
    await session.flush()


def _may_be_of(item: CollectionItemRow, day: date, booked_on: date) -> bool:
    """Whether money of this day may be that of a debit: what comes after its return is not."""
    is_before_return = item.returned_on is None or booked_on <= item.returned_on
    return item.received_on is None and day <= booked_on and is_before_return


async def _list_pending_debits(
    session: AsyncSession, creditor_id: UUID, invoices: Collection[UUID]
) -> Sequence[tuple[date, Sequence[CollectionItemRow]]]:
    """The day and the items of each debit under way that takes something of these invoices."""
    item = CollectionItemRow
    theirs = select(item.debit_id).where(among(item.invoice_id, invoices), IS_PENDING)
    query = (
        select(item, CollectionRow.day)
        .join(CollectionRow, CollectionRow.id == item.collection_id)
        .where(CollectionRow.creditor_id == creditor_id, item.debit_id.in_(theirs))
        .order_by(CollectionRow.day, item.debit_id, item.id)
        .execution_options(populate_existing=True)
    )
    debits: defaultdict[tuple[date, UUID], list[CollectionItemRow]] = defaultdict(list)
    for row, day in await session.execute(query):
        debits[day, row.debit_id].append(row)
    return [(day, items) for (day, _), items in debits.items()]


async def forget_presumed(session: AsyncSession, transaction_id: UUID) -> None:
    """Let the debits for whose money a transaction was taken wait for the bank again.

    Not if one of their invoices is being debited anew: a debit is answered as a whole.
    """
    item, other = CollectionItemRow, aliased(CollectionItemRow)
    sibling = aliased(CollectionItemRow)
    is_debited_anew = (
        select(other.id)
        .join(sibling, sibling.invoice_id == other.invoice_id)
        .where(
            sibling.debit_id == item.debit_id,
            other.debit_id != item.debit_id,
            other.received_on.is_(None),
            other.returned_on.is_(None),
            other.cancelled_on.is_(None),
        )
        .exists()
    )
    await session.execute(
        update(item)
        .where(item.answered_by == transaction_id, ~is_debited_anew)
        .values(received_on=None, answered_by=None)
    )
