"""The transfers of our files that a bank transaction may have executed, or brought back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.domain.payments.transfers import TransferCandidate
from services.billing.store.payments.files import TransferTable
from services.billing.tables import (
    CreditorRow,
    InvoiceRow,
    PayoutItemRow,
    PayoutRow,
    RefundItemRow,
    RefundRow,
)


async def list_candidates(
    session: AsyncSession, creditor_id: UUID, amount_cents: int
) -> Sequence[TransferCandidate]:
    """Return the transfers of this sum that the bank has not executed, or not returned, yet.

    amount_cents: of the transaction, negative if money went away. Those that the bank has come
    first, then the newest.
    """
    payouts = await _list_payouts(session, creditor_id, amount_cents)
    refunds = await _list_refunds(session, creditor_id, amount_cents)
    newest = sorted([*payouts, *refunds], key=lambda transfer: (transfer.day, transfer.id))[::-1]
    return sorted(newest, key=lambda transfer: transfer.is_cancelled)


async def _list_payouts(
    session: AsyncSession, creditor_id: UUID, amount_cents: int
) -> Sequence[TransferCandidate]:
    item = PayoutItemRow
    query = (
        select(item.id, PayoutRow.day, item.payee_id, CreditorRow.name, item.cancelled_on)
        .join(PayoutRow, PayoutRow.id == item.payout_id)
        .join(CreditorRow, CreditorRow.member_id == item.payee_id)
        .where(
            PayoutRow.creditor_id == creditor_id,
            item.amount_cents == abs(amount_cents),
            _is_open(item, amount_cents),
        )
    )
    return [
        TransferCandidate(
            row.id,
            row.day,
            row.payee_id,
            row.name,
            is_refund=False,
            numbers=(),
            is_cancelled=row.cancelled_on is not None,
        )
        for row in await session.execute(query)
    ]


async def _list_refunds(
    session: AsyncSession, creditor_id: UUID, amount_cents: int
) -> Sequence[TransferCandidate]:
    item = RefundItemRow
    name = cast(InvoiceRow.content, JSONB)["customer"]["name"].astext
    query = (
        select(
            item.transfer_id,
            RefundRow.day,
            InvoiceRow.customer_id,
            func.max(name).label("name"),
            func.array_agg(aggregate_order_by(InvoiceRow.number, InvoiceRow.number)).label("said"),
            func.bool_or(item.cancelled_on.is_not(None)).label("is_cancelled"),
        )
        .join(RefundRow, RefundRow.id == item.refund_id)
        .join(InvoiceRow, InvoiceRow.id == item.invoice_id)
        .where(RefundRow.creditor_id == creditor_id, _is_open(item, amount_cents))
        .group_by(item.transfer_id, RefundRow.day, InvoiceRow.customer_id)
        .having(func.sum(item.amount_cents) == abs(amount_cents))
    )
    return [
        TransferCandidate(
            row.transfer_id,
            row.day,
            row.customer_id,
            row.name,
            is_refund=True,
            numbers=tuple(row.said),
            is_cancelled=row.is_cancelled,
        )
        for row in await session.execute(query)
    ]


def _is_open(item: TransferTable, amount_cents: int) -> ColumnElement[bool]:
    return (item.executed_on if amount_cents < 0 else item.returned_on).is_(None)
