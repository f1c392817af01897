"""Refunds: files of transfers to customers, and credits that await the bank's answer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, cast, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.errors import Problem
from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.refunds import RefundPlan
from services.billing.domain.payments.transfers import Refunded, RefundedCredit
from services.billing.store.payments.files import (
    TransfersExecuted,
    answer_of,
    cancel_unanswered,
    get_file,
    has_moved,
    hash_of_content,
    list_files,
    may_be_told,
    was_refused,
)
from services.billing.tables import BankTransactionRow, InvoiceRow, RefundItemRow, RefundRow

_HEX_ID = "^[0-9a-f]{32}$"


class RefundUnknown(Problem):
    status, slug, title = 404, "refund-unknown", "There is no such refund"
    example_detail = "This creditor has no refund with this id."


class RefundExecuted(TransfersExecuted):
    slug, title = "refund-executed", "The bank has executed this refund"


def is_of_refund() -> ColumnElement[bool]:
    """Whether a transaction is the transfer of a refund, or its return, by its id or a person."""
    bank, item = BankTransactionRow, RefundItemRow
    own_id = cast(func.substring(func.lower(bank.end_to_end_id), _HEX_ID), Uuid)
    ways = (item.transfer_id == own_id, item.executed_by == bank.id, item.returned_by == bank.id)
    return or_(*(select(item.id).where(way).correlate(bank).exists() for way in ways))


async def save_refund(
    session: AsyncSession,
    refund_id: UUID,
    creditor_id: UUID,
    plan: RefundPlan,
    *,
    day: date,
    created_at: datetime,
    content: bytes,
) -> RefundRow:
    row = RefundRow(
        id=refund_id,
        creditor_id=creditor_id,
        day=day,
        created_at=created_at,
        transaction_count=len(plan.transfers),
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
            "transfer_id": transfer.id,
            "refund_id": refund_id,
            "invoice_id": item.credit.invoice_id,
            "iban": transfer.account.iban,
            "account_end": transfer.account.account_end,
            "amount_cents": item.amount_cents,
        }
        for transfer in plan.transfers
        for item in transfer.items
    ]
    await session.execute(insert(RefundItemRow), items)
    return row


async def find_refund(session: AsyncSession, refund_id: UUID) -> RefundRow | None:
    return await session.get(RefundRow, refund_id, populate_existing=True)


def _unknown() -> RefundUnknown:
    return RefundUnknown("This creditor has no refund with this id.")


async def get_refund(session: AsyncSession, creditor_id: UUID, refund_id: UUID) -> RefundRow:
    """A refund of this creditor. Raises RefundUnknown."""
    return await get_file(session, RefundRow, creditor_id, refund_id, unknown=_unknown())


async def list_refunds(
    session: AsyncSession, creditor_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[RefundRow]:
    """Return the refunds of ``list_files``. Raises RefundUnknown."""
    return await list_files(
        session, RefundRow, creditor_id, after=after, limit=limit, unknown=_unknown()
    )


async def list_items(session: AsyncSession, refund_id: UUID) -> Sequence[RefundItemRow]:
    """Return the documents; those of one transfer follow each other."""
    query = select(RefundItemRow).where(RefundItemRow.refund_id == refund_id)
    rows = await session.scalars(
        query.order_by(RefundItemRow.transfer_id, RefundItemRow.id).execution_options(
            populate_existing=True
        )
    )
    return rows.all()


async def list_items_with_documents(
    session: AsyncSession, refund_id: UUID
) -> Sequence[tuple[RefundItemRow, InvoiceRow]]:
    """The items of a refund with the documents whose credits they pay back, by transfer."""
    query = (
        select(RefundItemRow, InvoiceRow)
        .join(InvoiceRow, InvoiceRow.id == RefundItemRow.invoice_id)
        .where(RefundItemRow.refund_id == refund_id)
        .order_by(RefundItemRow.transfer_id, InvoiceRow.issue_date, RefundItemRow.id)
        .execution_options(populate_existing=True)
    )
    return [(row.RefundItemRow, row.InvoiceRow) for row in await session.execute(query)]


async def list_pending_items(
    session: AsyncSession, refund: RefundRow, transfer_id: UUID
) -> Sequence[RefundItemRow]:
    """The items of a transfer that has not moved money, even if rejected.

    Raises RefundUnknown, RefundExecuted.
    """
    rows = [row for row in await list_items(session, refund.id) if row.transfer_id == transfer_id]
    if not rows:
        raise RefundUnknown("This refund has no such transfer.")
    if any(has_moved(row) for row in rows):
        raise RefundExecuted.of_transfer()
    return rows


async def cancel(session: AsyncSession, refund: RefundRow) -> Sequence[UUID]:
    """Cancel a refund and its items; the documents whose credits are free again.

    Raises RefundExecuted.
    """
    items = await list_items(session, refund.id)
    is_cancelled = await cancel_unanswered(session, refund, items, answered=RefundExecuted.of_file)
    return [item.invoice_id for item in items if is_cancelled]


async def map_blocked_ibans(
    session: AsyncSession, customers: Collection[UUID]
) -> Mapping[UUID, Collection[str]]:
    """Return, by customer, the accounts to which no refund can be made: one failed for good."""
    row = RefundItemRow
    query = (
        select(InvoiceRow.customer_id, row.iban)
        .join(InvoiceRow, InvoiceRow.id == row.invoice_id)
        .where(
            among(InvoiceRow.customer_id, customers),
            was_refused(row),
        )
    )
    ibans: defaultdict[UUID, set[str]] = defaultdict(set)
    for refused in await session.execute(query):
        ibans[refused.customer_id].add(refused.iban)
    return ibans


async def list_issuers_refunded(session: AsyncSession, creditor_id: UUID) -> frozenset[UUID]:
    """The issuers whose customers the creditor has ever paid back."""
    query = select(InvoiceRow.issuer_id).join(
        RefundItemRow, RefundItemRow.invoice_id == InvoiceRow.id
    )
    query = query.join(RefundRow, RefundRow.id == RefundItemRow.refund_id)
    return frozenset(await session.scalars(query.where(RefundRow.creditor_id == creditor_id)))


async def list_refunded(session: AsyncSession, creditor_id: UUID) -> list[Refunded]:
    """All transfers of refunds sent to the bank, as statements may name them."""
    items = await session.scalars(_items_of(creditor_id).where(may_be_told(RefundItemRow)))
    return _refunded(items)


async def find_refunded(
    session: AsyncSession, creditor_id: UUID, transfer_id: UUID
) -> Refunded | None:
    """A transfer of a refund in any state."""
    items = _items_of(creditor_id).where(RefundItemRow.transfer_id == transfer_id)
    return next(iter(_refunded(await session.scalars(items))), None)


def _items_of(creditor_id: UUID) -> Select[RefundItemRow]:
    return (
        select(RefundItemRow)
        .join(RefundRow, RefundRow.id == RefundItemRow.refund_id)
        .where(RefundRow.creditor_id == creditor_id)
        .order_by(RefundRow.day, RefundItemRow.transfer_id, RefundItemRow.id)
        .execution_options(populate_existing=True)
    )


def _refunded(items: Iterable[RefundItemRow]) -> list[Refunded]:
    """The transfers of these items, of which those of one transfer follow each other."""
    transfers = (list(group) for _, group in groupby(items, key=lambda item: item.transfer_id))
    return [
        Refunded(
            id=first.transfer_id,
            credits=[RefundedCredit(item.invoice_id, item.amount_cents) for item in (first, *more)],
            is_executed=first.executed_on is not None,
            is_returned=first.returned_on is not None,
        )
        for first, *more in transfers
    ]


async def save_answer(
    session: AsyncSession, refunded: Refunded, transaction: BankTransaction
) -> None:
    """Save that a transaction executed a transfer, or brought it back."""
    by = "executed_by" if transaction.amount_cents < 0 else "returned_by"
    answer = answer_of(transaction) | {by: transaction.id}
    await session.execute(
        update(RefundItemRow).where(RefundItemRow.transfer_id == refunded.id).values(**answer)
    )


async def is_transfer(session: AsyncSession, transaction_id: UUID) -> bool:
    """Whether this transaction executed the transfer of a refund, or brought it back."""
    item = RefundItemRow
    query = select(item.id).where(
        or_(item.executed_by == transaction_id, item.returned_by == transaction_id)
    )
    return await session.scalar(query.limit(1)) is not None
