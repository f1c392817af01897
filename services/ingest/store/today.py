"""Queries of what waits for staff: files that failed, records that were kept out."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.counts import count_rows
from services.ingest.domain.deliveries.deliveries import DeliveryStatus
from services.ingest.domain.quarantine import QuarantineState
from services.ingest.domain.refusals import OF_ORGANISERS_FILES
from services.ingest.tables import DeliveryRow, QuarantinedRecordRow


async def count_and_list_deliveries(
    session: AsyncSession, status: DeliveryStatus, *, since: datetime | None, limit: int
) -> tuple[int, Sequence[UUID]]:
    """Count the deliveries of that status received since then, and return the newest."""
    conditions = [DeliveryRow.status == status]
    if since is not None:
        conditions.append(DeliveryRow.received_at >= since)
    newest = select(DeliveryRow.id).where(*conditions).order_by(DeliveryRow.number.desc())
    ids = (await session.scalars(newest.limit(limit))).all()
    return await count_rows(session, *conditions), ids


async def count_and_list_quarantined(
    session: AsyncSession, *, limit: int
) -> tuple[int, Sequence[UUID]]:
    """Count the open records, and return the deliveries that have most of them.

    Those that were kept out of organisers' files are for their senders: nobody can release them.
    """
    row = QuarantinedRecordRow
    is_open = and_(row.state == QuarantineState.OPEN, row.code.not_in(OF_ORGANISERS_FILES))
    most = (
        select(row.delivery_id)
        .where(is_open)
        .group_by(row.delivery_id)
        .order_by(func.count().desc(), row.delivery_id)
    )
    ids = (await session.scalars(most.limit(limit))).all()
    return await count_rows(session, is_open), ids
