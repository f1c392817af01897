"""Refunds: files of transfers to customers, and credits that await the bank's answer."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, cast, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.errors import Problem
from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.matching import BLOCKING_REASONS
from services.billing.domain.payments.refunds import RefundPlan
from services.billing.domain.payments.transfers import Refunded
from services.billing.store.payments.files import get_file, list_files
from services.billing.tables import BankTransactionRow, InvoiceRow, RefundItemRow, RefundRow

_HEX_ID = "^[0-9a-f]{32}$"


class RefundUnknown(Problem):
    status, slug, title = 404, "refund-unknown", "There is no such refund"
    example_detail = "This creditor has no refund with this id."


class RefundExecuted(Problem):
    status, slug, title = 409, "refund-executed", "The bank has executed this refund"
    example_detail = "It was sent to the bank, which has answered transfers: 1."
    example_facts: ClassVar = {"executed": 1}


def is_of_refund() -> ColumnElement[bool]:
    """Whether a transaction is the transfer of a refund, or its return, by its id or a person."""
    bank, item = BankTransactionRow, RefundItemRow
    own_id = cast(func.substring(func.lower(bank.end_to_end_id), _HEX_ID), Uuid)
    by_id = select(item.id).where(item.id == own_id).correlate(bank).exists()
    by_person = select(item.id).where(item.transaction_id == bank.id).correlate(bank).exists()
    return or_(by_id, by_person)


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
        transaction_count=len(plan.items),
        total_cents=plan.total_cents,
        content=content.decode(),
        content_hash=hashlib.sha256(content).hexdigest(),
        cancelled_on=None,
    )
    session.add(row)
    await session.flush()
    items = [
        {
            "id": item.id,
            "refund_id": refund_id,
            "invoice_id": item.credit.invoice_id,
            "iban": item.account.iban,
            "account_end": item.account.account_end,
            "amount_cents": item.amount_cents,
        }
        for item in plan.items
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
    """Those of ``list_files``. Raises RefundUnknown."""
    return await list_files(
        session, RefundRow, creditor_id, after=after, limit=limit, unknown=_unknown()
    )


async def list_items(session: AsyncSession, refund_id: UUID) -> Sequence[RefundItemRow]:
    query = select(RefundItemRow).where(RefundItemRow.refund_id == refund_id)
    rows = await session.scalars(
        query.order_by(RefundItemRow.id).execution_options(populate_existing=True)
    )
    return rows.all()


async def list_items_with_documents(
    session: AsyncSession, refund_id: UUID
) -> Sequence[tuple[RefundItemRow, InvoiceRow]]:
    """The items of a refund with the documents whose credits they pay back."""
    query = (
        select(RefundItemRow, InvoiceRow)
        .join(InvoiceRow, InvoiceRow.id == RefundItemRow.invoice_id)
        .where(RefundItemRow.refund_id == refund_id)
        .order_by(RefundItemRow.id)
        .execution_options(populate_existing=True)
    )
    return [(row.RefundItemRow, row.InvoiceRow) for row in await session.execute(query)]


async def get_pending_item(
    session: AsyncSession, refund: RefundRow, item_id: UUID
) -> RefundItemRow:
    """An item that has not moved money, even if rejected. Raises RefundUnknown, RefundExecuted."""
    row = await session.get(RefundItemRow, item_id, populate_existing=True)
    if row is None or row.refund_id != refund.id:
        raise RefundUnknown("This refund has no such transfer.")
    if row.executed_on is not None or row.returned_on is not None:
        raise RefundExecuted(
            "Its money has moved: import the bank statement with its return.", executed=1
        )
    return row


async def cancel(session: AsyncSession, refund: RefundRow, today: date) -> None:
    """Cancel a refund and its items. Raises RefundExecuted."""
    items = await list_items(session, refund.id)
    answered = [item for item in items if item.executed_on or item.return_reason]
    if answered:
        raise RefundExecuted(
            f"It was sent to the bank, which has answered transfers: {len(answered)}.",
            executed=sum(item.executed_on is not None for item in answered),
        )
    refund.cancelled_on = today
    await session.execute(
        update(RefundItemRow).where(RefundItemRow.refund_id == refund.id).values(cancelled_on=today)
    )


async def map_blocked_ibans(
    session: AsyncSession, customers: Collection[UUID]
) -> Mapping[UUID, Collection[str]]:
    """By customer, the accounts from which a refund came back, or was rejected, for good."""
    row = RefundItemRow
    query = (
        select(InvoiceRow.customer_id, row.iban)
        .join(InvoiceRow, InvoiceRow.id == row.invoice_id)
        .where(
            among(InvoiceRow.customer_id, customers),
            row.return_reason.in_(BLOCKING_REASONS),
            or_(row.returned_on.is_not(None), row.executed_on.is_(None)),
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
    row = RefundItemRow
    moved = or_(row.executed_on.is_not(None), row.returned_on.is_not(None))
    query = _items_of(creditor_id).where(or_(row.cancelled_on.is_(None), moved))
    return [_refunded(item) for item in await session.scalars(query)]


async def find_refunded(session: AsyncSession, creditor_id: UUID, item_id: UUID) -> Refunded | None:
    """A transfer of a refund in any state."""
    item = await session.scalar(_items_of(creditor_id).where(RefundItemRow.id == item_id))
    return _refunded(item) if item else None


def _items_of(creditor_id: UUID) -> Select[RefundItemRow]:
    return (
        select(RefundItemRow)
        .join(RefundRow, RefundRow.id == RefundItemRow.refund_id)
        .where(RefundRow.creditor_id == creditor_id)
        .order_by(RefundRow.day, RefundItemRow.id)
        .execution_options(populate_existing=True)
    )


def _refunded(item: RefundItemRow) -> Refunded:
    return Refunded(
        id=item.id,
        invoice_id=item.invoice_id,
        amount_cents=item.amount_cents,
        is_executed=item.executed_on is not None,
        is_returned=item.returned_on is not None,
    )


async def save_answer(
    session: AsyncSession, refunded: Refunded, transaction: BankTransaction, *, by_hand: bool
) -> None:
    """Save that a transaction executed a transfer, or brought it back."""
    values: dict[str, object] = {"executed_on": transaction.booked_on}
    if transaction.amount_cents > 0:
        reason = transaction.return_reason or "NARR"  # ISO: no coded reason
        values = {"returned_on": transaction.booked_on, "return_reason": reason}
    if by_hand:
        values["transaction_id"] = transaction.id
    await session.execute(
        update(RefundItemRow).where(RefundItemRow.id == refunded.id).values(**values)
    )


async def is_transfer(session: AsyncSession, transaction_id: UUID) -> bool:
    """Whether a person said that this transaction is the transfer of a refund."""
    query = select(RefundItemRow.id).where(RefundItemRow.transaction_id == transaction_id)
    return await session.scalar(query.limit(1)) is not None


async def list_own_ids(
    session: AsyncSession, creditor_id: UUID, ids: Collection[UUID]
) -> frozenset[UUID]:
    """The ids, among these, of the creditor's refunds and their transfers."""
    files = select(RefundRow.id).where(
        RefundRow.creditor_id == creditor_id, among(RefundRow.id, ids)
    )
    items = (
        select(RefundItemRow.id)
        .join(RefundRow, RefundRow.id == RefundItemRow.refund_id)
        .where(RefundRow.creditor_id == creditor_id, among(RefundItemRow.id, ids))
    )
    return frozenset(await session.scalars(files.union(items)))
