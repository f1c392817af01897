"""Files and quarantined records of deliveries that are too old to be kept."""

from datetime import datetime

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Select,
    Uuid,
    delete,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from services.ingest.domain.deliveries import DeliveryStatus
from services.ingest.domain.retention import Tally
from services.ingest.tables import DeliveryFileRow, DeliveryRow, QuarantinedRecordRow


async def delete_old_files(
    session: AsyncSession, *, received_before: datetime, limit: int
) -> Tally:
    """Take away some of the oldest files; one that waits to be read stays."""
    query = (
        select(DeliveryFileRow.delivery_id, DeliveryRow.received_at)
        .join(DeliveryRow, DeliveryRow.id == DeliveryFileRow.delivery_id)
        .where(*_are_old_files(received_before))
        .order_by(DeliveryRow.number)
        .limit(limit)
    )
    old = (await session.execute(query)).all()
    await session.execute(
        delete(DeliveryFileRow)
        .where(DeliveryFileRow.delivery_id.in_([row.delivery_id for row in old]))
        .execution_options(synchronize_session=False)
    )
    return Tally.of(local_day(row.received_at) for row in old)


async def count_old_files(session: AsyncSession, *, received_before: datetime) -> Tally:
    """As ``delete_old_files`` would return without a limit."""
    query = _counted().join(DeliveryFileRow, DeliveryFileRow.delivery_id == DeliveryRow.id)
    return await _tally(session, query.where(*_are_old_files(received_before)))


def _are_old_files(received_before: datetime) -> list[ColumnElement[bool]]:
    is_old = DeliveryRow.received_at < received_before
    return [is_old, DeliveryRow.status != DeliveryStatus.RECEIVED]


async def delete_old_quarantined(
    session: AsyncSession, *, received_before: datetime, limit: int
) -> Tally:
    """Take away some records of the oldest deliveries, whatever became of them."""
    record = QuarantinedRecordRow
    query = (
        select(record.delivery_id, record.number, DeliveryRow.received_at)
        .join(DeliveryRow, DeliveryRow.id == record.delivery_id)
        .where(DeliveryRow.received_at < received_before)
        .order_by(DeliveryRow.number, record.number)
        .limit(limit)
    )
    old = (await session.execute(query)).all()
    keys = (
        func.unnest(
            literal([row.delivery_id for row in old], ARRAY(Uuid)),
            literal([row.number for row in old], ARRAY(Integer)),
        )
        .table_valued("delivery_id", "number")
        .render_derived()
    )
    await session.execute(
        delete(record)
        .where(tuple_(record.delivery_id, record.number).in_(select(keys)))
        .execution_options(synchronize_session=False)
    )
    return Tally.of(local_day(row.received_at) for row in old)


async def count_old_quarantined(session: AsyncSession, *, received_before: datetime) -> Tally:
    """As ``delete_old_quarantined`` would return without a limit."""
    record = QuarantinedRecordRow
    query = _counted().join(record, record.delivery_id == DeliveryRow.id)
    return await _tally(session, query.where(DeliveryRow.received_at < received_before))


def _counted() -> Select[int, datetime, datetime]:
    received_at = DeliveryRow.received_at
    return select(func.count(), func.min(received_at), func.max(received_at)).select_from(
        DeliveryRow
    )


async def _tally(session: AsyncSession, query: Select[int, datetime, datetime]) -> Tally:
    count, first, last = (await session.execute(query)).one()
    return Tally(count, first and local_day(first), last and local_day(last))
