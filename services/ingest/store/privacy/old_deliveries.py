"""Files and quarantined records of deliveries that are too old to be kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Select,
    Uuid,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.calendar import local_day
from libs.common.clock import shared_now
from services.ingest.domain.deliveries.deliveries import DeliveryStatus
from services.ingest.domain.tallies import Tally
from services.ingest.tables import DeliveryRow, QuarantinedRecordRow


class OldFile(NamedTuple):
    """The file of a delivery, as the file store names it."""

    delivery_id: UUID
    sha256: str
    received_at: datetime


async def list_old_files(
    session: AsyncSession, *, received_before: datetime, limit: int
) -> list[OldFile]:
    """Return some of the oldest, locked; those waiting to be read or being sent again stay."""
    query = (
        select(DeliveryRow.id, DeliveryRow.sha256, DeliveryRow.received_at)
        .where(*_are_old_files(received_before))
        .order_by(DeliveryRow.number)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [OldFile(*row) for row in await session.execute(query)]


async def note_files_purged(session: AsyncSession, files: Sequence[OldFile]) -> Tally:
    """Note that the files of these deliveries are gone."""
    ids = [old_file.delivery_id for old_file in files]
    purged = update(DeliveryRow).where(DeliveryRow.id.in_(ids))
    await session.execute(
        purged.values(file_purged_at=shared_now(session)).execution_options(
            synchronize_session=False
        )
    )
    return Tally.of(local_day(old_file.received_at) for old_file in files)


async def count_old_files(session: AsyncSession, *, received_before: datetime) -> Tally:
    """Count what ``list_old_files`` would find without a limit."""
    return await _tally(session, _counted().where(*_are_old_files(received_before)))


def _are_old_files(received_before: datetime) -> list[ColumnElement[bool]]:
    younger = aliased(DeliveryRow)
    # An organiser's file may be the DSO's too: it is one file in the store.
    is_kept_by_another = exists().where(
        younger.sha256 == DeliveryRow.sha256,
        younger.id != DeliveryRow.id,
        younger.file_purged_at.is_(None),
        or_(younger.received_at >= received_before, younger.status == DeliveryStatus.RECEIVED),
    )
    return [
        ~is_kept_by_another,
        DeliveryRow.received_at < received_before,
        DeliveryRow.status != DeliveryStatus.RECEIVED,
        DeliveryRow.file_purged_at.is_(None),
    ]


async def delete_old_quarantined(
    session: AsyncSession, *, received_before: datetime, limit: int
) -> Tally:
    """Delete some records of the oldest deliveries, decided or not."""
    record = QuarantinedRecordRow
    query = (
        select(record.delivery_id, record.number, DeliveryRow.received_at)
        .join(DeliveryRow, DeliveryRow.id == record.delivery_id)
        .where(DeliveryRow.received_at < received_before)
        .order_by(DeliveryRow.number, record.number)
        .limit(limit)
    )
    old_records = (await session.execute(query)).all()
    keys = (
        func.unnest(
            literal([row.delivery_id for row in old_records], ARRAY(Uuid)),
            literal([row.number for row in old_records], ARRAY(Integer)),
        )
        .table_valued("delivery_id", "number")
        .render_derived()
    )
    await session.execute(
        delete(record)
        .where(tuple_(record.delivery_id, record.number).in_(select(keys)))
        .execution_options(synchronize_session=False)
    )
    return Tally.of(local_day(row.received_at) for row in old_records)


async def count_old_quarantined(session: AsyncSession, *, received_before: datetime) -> Tally:
    """Count what ``delete_old_quarantined`` would delete without a limit."""
    record = QuarantinedRecordRow
    query = _counted().join(record, record.delivery_id == DeliveryRow.id)
    return await _tally(session, query.where(DeliveryRow.received_at < received_before))


def _counted() -> Select[int, datetime, datetime]:
    received_at = DeliveryRow.received_at
    return select(func.count(), func.min(received_at), func.max(received_at)).select_from(
        DeliveryRow
    )


async def _tally(session: AsyncSession, query: Select[int, datetime, datetime]) -> Tally:
    return Tally.between(*(await session.execute(query)).one())
