"""Deliveries and their files."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Select, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import shared_now
from libs.common.database.arrays import among
from libs.common.database.scoped import is_sent_by
from libs.common.scopes import Scope
from services.ingest.domain.deliveries.deliveries import (
    Channel,
    DeliveryStatus,
    Organiser,
    RecordCounts,
)
from services.ingest.domain.problems import DeliveryUnknown
from services.ingest.tables import DeliveryRow


async def try_lock_recording(session: AsyncSession) -> bool:
    """Take the lock to record deliveries, until the transaction ends; False if another holds it."""
    return await _try_lock(session, "recording")


async def try_lock_inbox(session: AsyncSession) -> bool:
    """Take the lock to empty the inbox, until the transaction ends; False if another holds it."""
    return await _try_lock(session, "inbox")


async def try_lock_purging(session: AsyncSession) -> bool:
    """Take the lock to purge, until the transaction ends; False if another holds it."""
    return await _try_lock(session, "purging")


async def try_lock_asking_again(session: AsyncSession) -> bool:
    """Take the lock to re-request, until the transaction ends; False if another holds it."""
    return await _try_lock(session, "asking again")


async def try_lock_publishing(session: AsyncSession) -> bool:
    """Take ``perimeters.lock_publishing`` without waiting; False if another holds it."""
    return await _try_lock(session, "publishing")


async def _try_lock(session: AsyncSession, name: str) -> bool:
    key = func.hashtext("ingest"), func.hashtext(name)
    locked: bool = (
        await session.execute(select(func.pg_try_advisory_xact_lock(*key)))
    ).scalar_one()
    return locked


def note_recorded(delivery: DeliveryRow) -> None:
    """Note the time of recording, by the database's clock, as the transaction writes the row."""
    delivery.recorded_at = func.clock_timestamp()


async def get_clock(session: AsyncSession) -> datetime:
    """Return the time by the one clock that all processes share, the database's."""
    now: datetime = (await session.execute(select(func.clock_timestamp()))).scalar_one()
    return now


async def add_delivery(
    session: AsyncSession,
    *,
    sha256: str,
    file_name: str,
    byte_count: int,
    sender: str,
    channel: Channel,
    received_at: datetime,
    organiser: Organiser | None,
) -> DeliveryRow | None:
    """Add a delivery; None if these bytes were received before, from the DSO or this organiser.

    The file store must have them already.
    """
    insertion = (
        insert(DeliveryRow)
        .values(
            id=uuid4(),
            sha256=sha256,
            file_name=file_name,
            byte_count=byte_count,
            senders=[sender],
            channel=channel,
            received_at=received_at,
            status=DeliveryStatus.RECEIVED,
            formats=[],
            notes=[],
            attempts=0,
            organiser=organiser and organiser.subject,
            operations=organiser and list(organiser.operations),
            **dict.fromkeys([field.name for field in fields(RecordCounts)], 0),
        )
        .on_conflict_do_nothing(index_elements=["sha256", "organiser"])
        .returning(DeliveryRow)
    )
    return (await session.execute(insertion)).scalar_one_or_none()


async def get_delivery(session: AsyncSession, delivery_id: UUID) -> DeliveryRow:
    """Return a delivery. Raises DeliveryUnknown."""
    delivery = await session.get(DeliveryRow, delivery_id)
    if delivery is None:
        raise DeliveryUnknown(f"No delivery has the id {delivery_id}.")
    return delivery


async def lock_delivery(
    session: AsyncSession, sha256: str, organiser: Organiser | None
) -> DeliveryRow:
    query = _of_content(sha256, organiser).with_for_update()
    return (await session.execute(query)).scalar_one()


def _of_content(sha256: str, organiser: Organiser | None) -> Select[DeliveryRow]:
    pushed_by = organiser and organiser.subject
    return select(DeliveryRow).where(
        DeliveryRow.sha256 == sha256, DeliveryRow.organiser.is_not_distinct_from(pushed_by)
    )


async def get_delivery_by_content(
    session: AsyncSession, sha256: str, organiser: Organiser | None
) -> DeliveryRow:
    """Return the delivery of these bytes, from the DSO or the organiser. Raises DeliveryUnknown."""
    delivery = (await session.execute(_of_content(sha256, organiser))).scalar_one_or_none()
    if delivery is None:
        raise DeliveryUnknown("No delivery has this content: push the file.")
    return delivery


async def list_deliveries(
    session: AsyncSession,
    scope: Scope,
    *,
    sender: str | None,
    status: DeliveryStatus | None,
    format_name: str | None,
    before: int | None,
    limit: int,
) -> Sequence[DeliveryRow]:
    """Return the newest first, of lower numbers than ``before``; of all senders for None."""
    is_visible = is_sent_by(DeliveryRow.senders, scope)
    newest = select(DeliveryRow).where(is_visible).order_by(DeliveryRow.number.desc())
    if sender is not None:
        newest = newest.where(DeliveryRow.senders.contains([sender]))
    if status is not None:
        newest = newest.where(DeliveryRow.status == status)
    if format_name is not None:
        newest = newest.where(DeliveryRow.formats.contains([format_name]))
    if before is not None:
        newest = newest.where(DeliveryRow.number < before)
    return (await session.execute(newest.limit(limit))).scalars().all()


class WaitingDelivery(NamedTuple):
    """A delivery that waits to be recorded. attempts: how many there were before."""

    id: UUID
    attempts: int
    byte_count: int


async def list_oldest_waiting(session: AsyncSession, *, limit: int) -> Sequence[WaitingDelivery]:
    """Return them in the order in which they came, organisers' after all of the DSO's.

    Among either, those that are only read again come last.
    """
    waiting = select(DeliveryRow.id, DeliveryRow.attempts, DeliveryRow.byte_count).where(
        DeliveryRow.status == DeliveryStatus.RECEIVED
    )
    oldest = waiting.order_by(
        DeliveryRow.organiser.is_not(None),
        DeliveryRow.reread_asked_at.is_not(None),
        DeliveryRow.number,
    )
    return [WaitingDelivery(*row) for row in (await session.execute(oldest.limit(limit))).all()]


async def ask_for_rereading(
    session: AsyncSession, *, ids: Collection[UUID] | None, since: datetime | None
) -> int:
    """Have deliveries that were read, with whatever result, wait again; return their number.

    ids: only these; None is all. since: only those received then or later. Those whose files were
    purged are left out.
    """
    statement = update(DeliveryRow).where(
        DeliveryRow.status != DeliveryStatus.RECEIVED, DeliveryRow.file_purged_at.is_(None)
    )
    if ids is not None:
        statement = statement.where(among(DeliveryRow.id, ids))
    if since is not None:
        statement = statement.where(DeliveryRow.received_at >= since)
    statement = statement.values(
        status=DeliveryStatus.RECEIVED, attempts=0, reread_asked_at=shared_now(session)
    )
    rows = await session.execute(
        statement.returning(DeliveryRow.id).execution_options(synchronize_session=False)
    )
    return len(rows.all())


async def list_known(session: AsyncSession, ids: Collection[UUID]) -> Sequence[UUID]:
    query = select(DeliveryRow.id).where(among(DeliveryRow.id, ids))
    return (await session.execute(query)).scalars().all()


async def count_waiting_to_be_reread(session: AsyncSession) -> int:
    waiting = select(func.count()).where(
        DeliveryRow.status == DeliveryStatus.RECEIVED, DeliveryRow.reread_asked_at.is_not(None)
    )
    return (await session.execute(waiting)).scalar_one()


async def count_attempt(session: AsyncSession, delivery_id: UUID, *, by: int) -> int:
    """Return how many attempts at recording have been made, this one included.

    Notes when the first of them began, by the one clock that all processes share.
    """
    now = func.clock_timestamp()
    begun = {"started_at": now, "first_read_at": func.coalesce(DeliveryRow.first_read_at, now)}
    counted = (
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery_id)
        .values(attempts=DeliveryRow.attempts + by, **(begun if by > 0 else {}))
        .returning(DeliveryRow.attempts)
        .execution_options(synchronize_session=False)
    )
    return (await session.execute(counted)).scalar_one()
