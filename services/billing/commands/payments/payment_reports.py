"""Record payments that the bank rejects before it moves money: they were not entered yet."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from services.billing.commands.payments.netting import set_off_after_debits
from services.billing.domain.payments.collecting import batch_id
from services.billing.domain.payments.matching import blocks_mandate
from services.billing.domain.payments.payment_reports import ReportRefused
from services.billing.domain.payments.payouts.payouts import transfer_batch_id
from services.billing.formats.pain002 import read_report
from services.billing.store.books.ledger import lock_books
from services.billing.store.payments import collections as collection_store
from services.billing.store.payments import payouts as payout_store
from services.billing.store.payments import refunds as refund_store
from services.billing.store.payments.creditors import block_mandates
from services.billing.store.payments.files import FileItem, has_moved, payment_id, reject
from services.billing.tables import CollectionItemRow, PayoutItemRow


@dataclass(frozen=True)
class _FiledPayment:
    """A payment of a file; it has a row for each of its documents, with one answer for all."""

    end_to_end_id: str
    batch_id: str
    rows: Sequence[FileItem]

    @property
    def is_cancelled(self) -> bool:
        return self.rows[0].cancelled_on is not None

    @property
    def has_moved(self) -> bool:
        return has_moved(self.rows[0])


@dataclass(frozen=True)
class Reported:
    """The number of payments that the report rejects, by their previous state.

    rejected_before: or cancelled. moved: a bank statement has their money, and another one
    will have its return. unknown: not in the file.
    """

    rejected: int
    rejected_before: int
    moved: int
    unknown: int


async def import_report(session: AsyncSession, creditor_id: UUID, content: bytes) -> Reported:
    """Import a report on a collection or a payout; the same report again changes nothing.

    Raises ReportRefused.
    """
    report = await asyncio.to_thread(read_report, content)
    issuers = await collection_store.list_issuers_collected(session, creditor_id)
    issuers |= await refund_store.list_issuers_refunded(session, creditor_id)
    await lock_books(session, issuers | {creditor_id})
    payments = await _list_payments(session, creditor_id, report.file_id)
    ids = [(payment.end_to_end_id, payment.batch_id) for payment in payments]
    rejections = [
        (payment, reason)
        for payment in payments
        if (
            reason := report.reason_of(
                end_to_end_id=payment.end_to_end_id, batch_id=payment.batch_id
            )
        )
    ]
    moved = [payment for payment, _ in rejections if payment.has_moved]
    new = [
        (payment, reason)
        for payment, reason in rejections
        if not payment.is_cancelled and not payment.has_moved
    ]
    await _reject(session, new)
    return Reported(
        rejected=len(new),
        rejected_before=len(rejections) - len(new) - len(moved),
        moved=len(moved),
        unknown=report.count_unknown(ids),
    )


async def _list_payments(
    session: AsyncSession, creditor_id: UUID, file_id: str
) -> Sequence[_FiledPayment]:
    """The payments of a file of this creditor. Raises ReportRefused."""
    try:
        file = UUID(hex=file_id)
    except ValueError:
        file = UUID(int=0)
    collection = await collection_store.find_collection(session, file)
    if collection is not None and collection.creditor_id == creditor_id:
        return _filed(file, await collection_store.list_items(session, [file]))
    payout = await payout_store.find_payout(session, file)
    if payout is not None and payout.creditor_id == creditor_id:
        return _filed(file, await payout_store.list_items(session, file))
    refund = await refund_store.find_refund(session, file)
    if refund is not None and refund.creditor_id == creditor_id:
        return _filed(file, await refund_store.list_items(session, file))
    raise ReportRefused(
        "The report is about a file that this creditor did not make (OrgnlMsgId): send a report on"
        " one of its collections, payouts or refunds."
    )


def _filed(file: UUID, items: Sequence[FileItem]) -> Sequence[_FiledPayment]:
    """The payments of these items, of which those of one payment follow each other."""
    payments = (list(group) for _, group in groupby(items, key=payment_id))
    return [
        _FiledPayment(payment_id(rows[0]).hex, _batch(file, rows[0]), rows) for rows in payments
    ]


def _batch(file: UUID, item: FileItem) -> str:
    if isinstance(item, CollectionItemRow):
        return batch_id(file.hex, item.sequence_type).lower()
    return transfer_batch_id(file.hex).lower()


async def _reject(session: AsyncSession, rejected: Sequence[tuple[_FiledPayment, str]]) -> None:
    today = today_in(session)
    blocked: defaultdict[str, set[UUID]] = defaultdict(set)
    freed = []
    for payment, reason in rejected:
        reject(payment.rows, reason, today)
        for row in payment.rows:
            if not isinstance(row, PayoutItemRow):
                freed.append(row.invoice_id)
            if isinstance(row, CollectionItemRow) and blocks_mandate(reason):
                blocked[reason].add(row.mandate_id)
    await session.flush()
    for reason, mandates in blocked.items():
        await block_mandates(session, mandates, reason)
    # Neither a debit nor a refund is under way any more: credits may pay what they concern.
    await set_off_after_debits(session, freed)
