"""Queries of what waits for staff: files that failed, records that were kept out."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.ingest.domain.deliveries.deliveries import DeliveryStatus
from services.ingest.domain.quarantine import QuarantineState
from services.ingest.tables import DeliveryRow, QuarantinedRecordRow


async def find_deliveries(
    session: AsyncSession, status: DeliveryStatus, *, since: datetime | None, limit: int
) -> tuple[int, Sequence[UUID]]:
    """Count the deliveries of that status received since then, and return the newest."""
    conditions = [DeliveryRow.status == status]
    if since is not None:
        conditions.append(DeliveryRow.received_at >= since)
    count = (await session.execute(select(func.count()).where(*conditions))).scalar_one()
    newest = select(DeliveryRow.id).where(*conditions).order_by(DeliveryRow.number.desc())
    return count, (await session.scalars(newest.limit(limit))).all()


async def find_quarantined(session: AsyncSession, *, limit: int) -> tuple[int, Sequence[UUID]]:
    """Count the open records, and return the deliveries that have most of them."""
    row = QuarantinedRecordRow
    of_delivery = (
        select(row.delivery_id, func.count().label("records"))
        .where(row.state == QuarantineState.OPEN)
        .group_by(row.delivery_id)
        .subquery()
    )
    count = await session.execute(select(func.coalesce(func.sum(of_delivery.c.records), 0)))
    most = select(of_delivery.c.delivery_id).order_by(
        of_delivery.c.records.desc(), of_delivery.c.delivery_id
    )
    return int(count.scalar_one()), (await session.scalars(most.limit(limit))).all()
