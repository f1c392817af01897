"""Files for the bank: collections, payouts and refunds, whose rules are the same."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import ClassVar, Self, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from libs.common.clock import today_in
from libs.common.database.arrays import among
from libs.common.database.pages import page_of_newest
from libs.common.errors import Problem
from services.billing.domain.payments.bank import BankTransaction
from services.billing.domain.payments.matching import BLOCKING_REASONS
from services.billing.tables import (
    CollectionItemRow,
    CollectionRow,
    PayoutItemRow,
    PayoutRow,
    RefundItemRow,
    RefundRow,
)

FileItem: TypeAlias = CollectionItemRow | PayoutItemRow | RefundItemRow
TransferTable: TypeAlias = type[PayoutItemRow] | type[RefundItemRow]
_File = TypeVar("_File", CollectionRow, PayoutRow, RefundRow)


class TransfersExecuted(Problem):
    """The bank has executed something of a file of transfers; payouts and refunds name it."""

    status = 409
    example_detail = "It was sent to the bank, which has answered transfers: 1."
    example_facts: ClassVar = {"executed": 1}

    @classmethod
    def of_file(cls, count: int) -> Self:
        return cls(
            f"It was sent to the bank, which has answered transfers: {count}.", executed=count
        )

    @classmethod
    def of_transfer(cls) -> Self:
        return cls("Its money has moved: import the bank statement with its return.", executed=1)


def hash_of_content(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def get_file(
    session: AsyncSession, table: type[_File], creditor_id: UUID, file_id: UUID, *, unknown: Problem
) -> _File:
    """A file of this creditor. Raises ``unknown``."""
    row = await session.get(table, file_id, populate_existing=True)
    if row is None or row.creditor_id != creditor_id:
        raise unknown
    return row


async def list_files(
    session: AsyncSession,
    table: type[_File],
    creditor_id: UUID,
    *,
    after: UUID | None,
    limit: int,
    unknown: Problem,
) -> Sequence[_File]:
    """The creditor's files, the newest day first, then by id; without their long contents.

    after: the last one of the previous page. Raises ``unknown``.
    """
    page = await page_of_newest(
        session,
        select(table).where(table.creditor_id == creditor_id),
        at=table.day,
        key=[table.id],
        after=[after] if after else None,
        limit=limit,
        unknown=unknown,
    )
    return (await session.scalars(page.options(defer(table.content)))).all()


def payment_id(item: FileItem) -> UUID:
    """The id of the debit or transfer that the bank answers as a whole."""
    if isinstance(item, CollectionItemRow):
        return item.debit_id
    return item.transfer_id if isinstance(item, RefundItemRow) else item.id


def has_moved(item: FileItem) -> bool:
    """Whether a bank statement has its money, or its return; that of a debit by our ids."""
    if isinstance(item, CollectionItemRow):
        is_done = item.received_on is not None and item.answered_by is None
    else:
        is_done = item.executed_on is not None
    return is_done or item.returned_on is not None


def reject(items: Collection[FileItem], reason: str, today: date) -> bool:
    """Reject a payment that has not moved; False if that was known, or its file cancelled."""
    if any(item.cancelled_on is not None for item in items):
        return False
    for item in items:
        item.return_reason = reason
    _end(items, today)
    return True


async def cancel_unanswered(
    session: AsyncSession,
    file: CollectionRow | PayoutRow | RefundRow,
    items: Collection[FileItem],
    *,
    answered: Callable[[int], Problem],
) -> bool:
    """Cancel a file that the bank never had, with its items; False if that was done before.

    Raises ``answered`` with the number of payments of which the bank has said something.
    """
    if file.cancelled_on is not None:
        return False
    answers = {payment_id(item) for item in items if has_moved(item) or item.return_reason}
    if answers:
        raise answered(len(answers))
    file.cancelled_on = today = today_in(session)
    _end(items, today)
    await session.flush()
    return True


def _end(items: Collection[FileItem], today: date) -> None:
    """Nothing is under way any more, not even money that was taken for that of a debit."""
    for item in items:
        item.cancelled_on = today
        if isinstance(item, CollectionItemRow):
            item.received_on, item.answered_by = None, None


def may_be_told(table: TransferTable) -> ColumnElement[bool]:
    """Match the transfers that the bank has, as far as we know; some move although rejected."""
    return or_(
        table.cancelled_on.is_(None),
        table.executed_on.is_not(None),
        table.returned_on.is_not(None),
    )


def was_refused(table: TransferTable) -> ColumnElement[bool]:
    """Match the transfers that cannot reach their account; those executed after all have."""
    return and_(
        table.return_reason.in_(BLOCKING_REASONS),
        or_(table.returned_on.is_not(None), table.executed_on.is_(None)),
    )


def answer_of(transaction: BankTransaction) -> dict[str, object]:
    """The columns of a transfer that a transaction executed, or brought back."""
    if transaction.amount_cents < 0:
        return {"executed_on": transaction.booked_on}
    reason = transaction.return_reason or "NARR"  # ISO: no coded reason
    return {"returned_on": transaction.booked_on, "return_reason": reason}


async def list_own_ids(
    session: AsyncSession, creditor_id: UUID, ids: Collection[UUID]
) -> frozenset[UUID]:
    """The ids, among these, of the creditor's files and of their debits and transfers.

    Cancelled and rejected ones are included.
    """
    debit, payout, refund = CollectionItemRow, PayoutItemRow, RefundItemRow
    own_ids: set[UUID] = set()
    for file, file_id, payment in (
        (CollectionRow, debit.collection_id, debit.debit_id),
        (PayoutRow, payout.payout_id, payout.id),
        (RefundRow, refund.refund_id, refund.transfer_id),
    ):
        files = select(file.id).where(file.creditor_id == creditor_id, among(file.id, ids))
        payments = (
            select(payment)
            .join(file, file.id == file_id)
            .where(file.creditor_id == creditor_id, among(payment, ids))
        )
        own_ids |= set(await session.scalars(files.union(payments)))
    return frozenset(own_ids)
