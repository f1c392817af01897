"""Record payments that the bank rejects before it moves money: they were not entered yet."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
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
from services.billing.store.payments.creditors import block_mandates
from services.billing.tables import CollectionItemRow, PayoutItemRow

_Item = CollectionItemRow | PayoutItemRow


@dataclass(frozen=True)
class Reported:
    """The number of payments that the report rejects, by their previous state.

    known: rejected or cancelled already. moved: a bank statement has their money, and another one
    will have its return. unknown: not in the file.
    """

    rejected: int
    known: int
    moved: int
    unknown: int


async def import_report(session: AsyncSession, creditor_id: UUID, content: bytes) -> Reported:
    """Import a report on a collection or a payout; the same report again changes nothing.

    Raises ReportRefused.
    """
    report = await asyncio.to_thread(read_report, content)
    issuers = await collection_store.list_issuers_collected(session, creditor_id)
    await lock_books(session, issuers | {creditor_id})
    items = await _list_items(session, creditor_id, report.file_id)
    ids = [(row.id.hex, batch) for row, batch in items]
    rejections = [
        (row, reason)
        for row, batch in items
        if (reason := report.reason_of(end_to_end_id=row.id.hex, batch_id=batch))
    ]
    moved = [row for row, _ in rejections if _has_moved(row)]
    new = [
        (row, why) for row, why in rejections if row.cancelled_on is None and not _has_moved(row)
    ]
    await _reject(session, new)
    return Reported(
        rejected=len(new),
        known=len(rejections) - len(new) - len(moved),
        moved=len(moved),
        unknown=report.count_unknown(ids),
    )


async def _list_items(
    session: AsyncSession, creditor_id: UUID, file_id: str
) -> Sequence[tuple[_Item, str]]:
    """The items of a file of this creditor, each with its batch id. Raises ReportRefused."""
    try:
        file = UUID(hex=file_id)
    except ValueError:
        file = UUID(int=0)
    collection = await collection_store.find_collection(session, file)
    if collection is not None and collection.creditor_id == creditor_id:
        debits = await collection_store.list_items(session, [file])
        return [(debit, batch_id(file.hex, debit.sequence_type).lower()) for debit in debits]
    payout = await payout_store.find_payout(session, file)
    if payout is not None and payout.creditor_id == creditor_id:
        transfers = await payout_store.list_items(session, file)
        return [(transfer, transfer_batch_id(file.hex).lower()) for transfer in transfers]
    raise ReportRefused(
        "The report is about a file that this creditor did not make (OrgnlMsgId): send a report on"
        " one of its collections or payouts."
    )


def _has_moved(row: _Item) -> bool:
    moved_on = row.received_on if isinstance(row, CollectionItemRow) else row.executed_on
    return moved_on is not None or row.returned_on is not None


async def _reject(session: AsyncSession, rejected: Sequence[tuple[_Item, str]]) -> None:
    today = today_in(session)
    blocked: defaultdict[str, list[UUID]] = defaultdict(list)
    for row, reason in rejected:
        row.cancelled_on, row.return_reason = today, reason
        if isinstance(row, CollectionItemRow) and blocks_mandate(reason):
            blocked[reason].append(row.mandate_id)
    await session.flush()
    for reason, mandates in blocked.items():
        await block_mandates(session, mandates, reason)
    debits = [row for row, _ in rejected if isinstance(row, CollectionItemRow)]
    await set_off_after_debits(session, [debit.invoice_id for debit in debits])
