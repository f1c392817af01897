"""Payment notices and their documents."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import lock_names
from libs.common.database.arrays import among
from libs.common.database.pages import page_of_newest
from libs.common.database.scoped import is_about, is_of
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.billing.domain.payments.payment_notices import (
    NoticeParties,
    PaymentNotice,
    PaymentNoticeUnknown,
    notice_number,
    read_notice_number,
)
from services.billing.tables import DocumentLinkRow, PaymentNoticeDocumentRow, PaymentNoticeRow


async def lock_notices(session: AsyncSession, collectors: Collection[UUID]) -> None:
    """Keep others from numbering notices of these collectors until the transaction ends."""
    await lock_names(session, "payment_notice", collectors)


async def add_notices(
    session: AsyncSession, documents: Mapping[NoticeParties, Sequence[UUID]], *, made_on: date
) -> Sequence[PaymentNotice]:
    """Number and keep a notice for each of these groups of documents.

    The caller has locked the collectors.
    """
    if not documents:
        return []
    collectors = {parties.collector_id for parties in documents}
    row = PaymentNoticeRow
    newest = select(row.collector_id, func.max(row.sequence).label("sequence")).where(
        among(row.collector_id, collectors), row.year == made_on.year
    )
    counts = await session.execute(newest.group_by(row.collector_id))
    last = {count.collector_id: count.sequence for count in counts}
    notices = []
    for parties, invoice_ids in documents.items():
        sequence = last[parties.collector_id] = last.get(parties.collector_id, 0) + 1
        notice_id = uuid4()
        session.add(
            PaymentNoticeRow(
                id=notice_id,
                **vars(parties),
                year=made_on.year,
                sequence=sequence,
                made_on=made_on,
            )
        )
        number = notice_number(made_on.year, sequence)
        notices.append(PaymentNotice(notice_id, parties, number, made_on, invoice_ids))
    await session.flush()
    members = [
        {"invoice_id": invoice_id, "notice_id": notice.id}
        for notice in notices
        for invoice_id in notice.invoice_ids
    ]
    await session.execute(insert(PaymentNoticeDocumentRow), members)
    return notices


async def list_numbered(
    session: AsyncSession, collector_id: UUID, numbers: Collection[str]
) -> Sequence[PaymentNotice]:
    """The notices of a collector with one of these numbers."""
    row = PaymentNoticeRow
    meant = [read for number in numbers if (read := read_notice_number(number))]
    query = select(row).where(
        row.collector_id == collector_id, tuple_(row.year, row.sequence).in_(meant)
    )
    return await _with_documents(session, (await session.scalars(query)).all())


async def list_successors(session: AsyncSession, documents: Collection[UUID]) -> frozenset[UUID]:
    """The documents that refer to these, also by way of others."""
    link = DocumentLinkRow
    successors = (
        select(link.document_id).where(among(link.refers_to, documents)).cte(recursive=True)
    )
    further = select(link.document_id).join(successors, successors.c.document_id == link.refers_to)
    query = select(successors.union(further).c.document_id)
    return frozenset(await session.scalars(query))


async def get_notice(session: AsyncSession, notice_id: UUID) -> PaymentNotice:
    """Raises PaymentNoticeUnknown."""
    row = await session.get(PaymentNoticeRow, notice_id)
    if row is None:
        raise PaymentNoticeUnknown
    (notice,) = await _with_documents(session, [row])
    return notice


async def list_notices(
    session: AsyncSession,
    scope: Scope,
    *,
    operation_id: OperationId | None,
    month: Month | None,
    after: UUID | None,
    limit: int,
) -> Sequence[PaymentNotice]:
    """The newest day first, then by id. month: in which they were made.

    Raises PaymentNoticeUnknown for another ``after``.
    """
    row = PaymentNoticeRow
    query = select(row).where(is_of(row.operation_id, scope) | is_about(row.customer_id, scope))
    if operation_id is not None:
        query = query.where(row.operation_id == operation_id)
    if month is not None:
        query = query.where(row.made_on >= month.first_day, row.made_on < month.next_first_day)
    page = await page_of_newest(
        session,
        query,
        at=row.made_on,
        key=[row.id],
        after=[after] if after else None,
        limit=limit,
        unknown=PaymentNoticeUnknown(),
    )
    return await _with_documents(session, (await session.scalars(page)).all())


async def map_notices_of(
    session: AsyncSession, invoices: Collection[UUID]
) -> Mapping[UUID, PaymentNotice]:
    """The notice of each of these documents that is part of one."""
    document = PaymentNoticeDocumentRow
    query = (
        select(PaymentNoticeRow)
        .join(document, document.notice_id == PaymentNoticeRow.id)
        .where(among(document.invoice_id, invoices))
        .distinct()
    )
    notices = await _with_documents(session, (await session.scalars(query)).all())
    return {
        invoice_id: notice
        for notice in notices
        for invoice_id in notice.invoice_ids
        if invoice_id in invoices
    }


async def _with_documents(
    session: AsyncSession, rows: Sequence[PaymentNoticeRow]
) -> Sequence[PaymentNotice]:
    document = PaymentNoticeDocumentRow
    query = select(document).where(among(document.notice_id, {row.id for row in rows}))
    ids: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for member in await session.scalars(query.order_by(document.invoice_id)):
        ids[member.notice_id].append(member.invoice_id)
    return [
        PaymentNotice(
            row.id,
            NoticeParties(row.collector_id, row.customer_id, OperationId(row.operation_id)),
            notice_number(row.year, row.sequence),
            row.made_on,
            ids[row.id],
        )
        for row in rows
    ]
