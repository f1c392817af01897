"""Queries of what waits for staff: documents that were not delivered, e-mails not asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.database.counts import count_rows
from services.billing.domain.e_invoicing.submissions import TO_LOOK_AT
from services.billing.tables import MailingRow, PayoutItemRow, PayoutRow, SubmissionRow


async def count_and_list_undelivered(
    session: AsyncSession, *, limit: int
) -> tuple[int, Sequence[tuple[UUID, UUID | None]]]:
    """Count submissions that will not be retried; return the issuers and documents of the newest.

    A report has no document.
    """
    row = SubmissionRow
    is_undelivered = among(row.state, [str(state) for state in TO_LOOK_AT])
    newest = select(row.issuer_id, row.invoice_id).where(is_undelivered)
    rows = await session.execute(newest.order_by(row.created_at.desc(), row.id).limit(limit))
    return await count_rows(session, is_undelivered), [
        (issuer_id, invoice_id) for issuer_id, invoice_id in rows
    ]


@dataclass(frozen=True)
class MailedSubject:
    """The subject of a mailing: a document, or a payout of a creditor."""

    invoice_id: UUID | None
    creditor_id: UUID | None
    payout_id: UUID | None


async def count_and_list_stuck_mailings(
    session: AsyncSession, *, limit: int
) -> tuple[int, Sequence[MailedSubject]]:
    """Count mailings that could not be made so far; return what the oldest are about."""
    is_stuck = MailingRow.asked_at.is_(None) & (MailingRow.attempts > 0)
    return await _count_and_list_mailings(session, is_stuck, limit=limit)


async def count_and_list_lost_mailings(
    session: AsyncSession, *, since: datetime, limit: int
) -> tuple[int, Sequence[MailedSubject]]:
    """Count mailings given up since then, before community had them; what the oldest are about."""
    row = MailingRow
    is_lost = (row.revision == 0) & row.recipients.contains([{"status": "failed"}])
    is_recent = row.asked_at >= since
    return await _count_and_list_mailings(session, is_lost & is_recent, limit=limit)


async def _count_and_list_mailings(
    session: AsyncSession, condition: ColumnElement[bool], *, limit: int
) -> tuple[int, Sequence[MailedSubject]]:
    row = MailingRow
    oldest = (
        select(row.invoice_id, PayoutRow.creditor_id, PayoutRow.id)
        .outerjoin(PayoutItemRow, PayoutItemRow.id == row.payout_item_id)
        .outerjoin(PayoutRow, PayoutRow.id == PayoutItemRow.payout_id)
        .where(condition)
        .order_by(row.created_at, row.id)
        .limit(limit)
    )
    subjects = [MailedSubject(*ids) for ids in await session.execute(oldest)]
    return await count_rows(session, condition), subjects
