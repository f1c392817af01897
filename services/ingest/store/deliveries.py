"""Deliveries and their files."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.ingest.domain.deliveries import Channel, Counts, DeliveryStatus
from services.ingest.domain.problems import DeliveryUnknown
from services.ingest.tables import DeliveryFileRow, DeliveryRow


async def try_lock_recording(session: AsyncSession) -> bool:
    """Be the one who records deliveries, until the transaction ends; False if another one does."""
    return await _try_lock(session, "recording")


async def try_lock_inbox(session: AsyncSession) -> bool:
    """Be the one who takes files from the inbox, until the transaction ends; False if another."""
    return await _try_lock(session, "inbox")


async def try_lock_purging(session: AsyncSession) -> bool:
    """Be the one who purges, until the transaction ends; False if another one does."""
    return await _try_lock(session, "purging")


async def try_lock_publishing(session: AsyncSession) -> bool:
    """As ``perimeters.lock_publishing``, without waiting; False if somebody else has it."""
    return await _try_lock(session, "publishing")


async def _try_lock(session: AsyncSession, name: str) -> bool:
    key = func.hashtext("ingest"), func.hashtext(name)
    locked: bool = (
        await session.execute(select(func.pg_try_advisory_xact_lock(*key)))
    ).scalar_one()
    return locked


async def get_clock(session: AsyncSession) -> datetime:
    """The time by the one clock that all processes share, the database's."""
    now: datetime = (await session.execute(select(func.clock_timestamp()))).scalar_one()
    return now


async def add_delivery(
    session: AsyncSession,
    *,
    sha256: str,
    file_name: str,
    byte_count: int,
    compressed: bytes,
    sender: str,
    channel: Channel,
    received_at: datetime,
) -> DeliveryRow | None:
    """None if these bytes were received before."""
    added = (
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
            **dict.fromkeys([one.name for one in fields(Counts)], 0),
        )
        .on_conflict_do_nothing(index_elements=["sha256"])
        .returning(DeliveryRow)
    )
    delivery = (await session.execute(added)).scalar_one_or_none()
    if delivery is not None:
        await keep_file(session, delivery.id, compressed)
    return delivery


async def keep_file(session: AsyncSession, delivery_id: UUID, compressed: bytes) -> None:
    """Nothing happens if it is there; that of an old delivery may have been purged."""
    file = insert(DeliveryFileRow).values(delivery_id=delivery_id, content=compressed)
    await session.execute(file.on_conflict_do_nothing())


async def get_delivery(session: AsyncSession, delivery_id: UUID) -> DeliveryRow:
    """Raises DeliveryUnknown."""
    delivery = await session.get(DeliveryRow, delivery_id)
    if delivery is None:
        raise DeliveryUnknown(f"No delivery has the id {delivery_id}.")
    return delivery


async def get_delivery_for_update(session: AsyncSession, sha256: str) -> DeliveryRow:
    query = select(DeliveryRow).where(DeliveryRow.sha256 == sha256).with_for_update()
    return (await session.execute(query)).scalar_one()


async def list_deliveries(
    session: AsyncSession,
    *,
    senders: Collection[str],
    status: DeliveryStatus | None,
    format_name: str | None,
    before: int | None,
    limit: int,
) -> Sequence[DeliveryRow]:
    """Newest first; those that all of these senders sent, and of lower numbers than ``before``."""
    newest = select(DeliveryRow).order_by(DeliveryRow.number.desc())
    if senders:
        newest = newest.where(DeliveryRow.senders.contains(list(senders)))
    if status is not None:
        newest = newest.where(DeliveryRow.status == status)
    if format_name is not None:
        newest = newest.where(DeliveryRow.formats.contains([format_name]))
    if before is not None:
        newest = newest.where(DeliveryRow.number < before)
    return (await session.execute(newest.limit(limit))).scalars().all()


async def find_oldest_waiting(session: AsyncSession) -> UUID | None:
    waiting = select(DeliveryRow.id).where(DeliveryRow.status == DeliveryStatus.RECEIVED)
    oldest = waiting.order_by(DeliveryRow.number).limit(1)
    return (await session.execute(oldest)).scalar_one_or_none()


async def get_compressed_content(session: AsyncSession, delivery_id: UUID) -> bytes:
    """As ``add_delivery`` was given it."""
    query = select(DeliveryFileRow.content).where(DeliveryFileRow.delivery_id == delivery_id)
    return (await session.execute(query)).scalar_one()


async def count_attempt(session: AsyncSession, delivery_id: UUID, *, by: int) -> int:
    """Return how many attempts at recording have been made, this one included."""
    begun = {"started_at": func.clock_timestamp()} if by > 0 else {}
    counted = (
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery_id)
        .values(attempts=DeliveryRow.attempts + by, **begun)
        .returning(DeliveryRow.attempts)
        .execution_options(synchronize_session=False)
    )
    return (await session.execute(counted)).scalar_one()
