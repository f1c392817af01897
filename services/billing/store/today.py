"""Queries of what waits for staff: documents that were not delivered, e-mails not asked for."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.database.counts import count_rows
from services.billing.domain.e_invoicing.submissions import TO_LOOK_AT
from services.billing.tables import MailingRow, SubmissionRow


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


async def count_and_list_stuck_mailings(
    session: AsyncSession, *, limit: int
) -> tuple[int, Sequence[UUID]]:
    """Count mailings that could not be made so far; return the documents of the oldest.

    One about a payout has no document.
    """
    row = MailingRow
    is_stuck = row.asked_at.is_(None) & (row.attempts > 0)
    oldest = select(row.invoice_id).where(is_stuck, row.invoice_id.is_not(None))
    ids = await session.scalars(oldest.order_by(row.created_at, row.id).limit(limit))
    return await count_rows(session, is_stuck), [invoice_id for invoice_id in ids if invoice_id]
