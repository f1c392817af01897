"""Deliveries, their files and their quarantined records."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, Uuid, any_, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import copy_rows
from services.ingest.domain.deliveries import Counts, DeliveryStatus
from services.ingest.domain.problems import DeliveryUnknown
from services.ingest.tables import DeliveryFileRow, DeliveryRow, QuarantinedRecordRow


async def try_lock_recording(session: AsyncSession) -> bool:
    """Be the one who records deliveries, until the transaction ends; False if another one does."""
    key = func.hashtext("ingest"), func.hashtext("recording")
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
    sender: str,
    received_at: datetime,
) -> DeliveryRow | None:
    """None if these bytes were received before. The file store must have them already."""
    added = (
        insert(DeliveryRow)
        .values(
            id=uuid4(),
            sha256=sha256,
            file_name=file_name,
            byte_count=byte_count,
            senders=[sender],
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
    return (await session.execute(added)).scalar_one_or_none()


async def get_delivery(session: AsyncSession, delivery_id: UUID) -> DeliveryRow:
    """Raises DeliveryUnknown."""
    delivery = await session.get(DeliveryRow, delivery_id)
    if delivery is None:
        raise DeliveryUnknown(f"No delivery has the id {delivery_id}.")
    return delivery


async def get_delivery_for_update(session: AsyncSession, sha256: str) -> DeliveryRow:
    query = select(DeliveryRow).where(DeliveryRow.sha256 == sha256).with_for_update()
    return (await session.execute(query)).scalar_one()


async def get_delivery_by_content(session: AsyncSession, sha256: str) -> DeliveryRow:
    """Raises DeliveryUnknown."""
    query = select(DeliveryRow).where(DeliveryRow.sha256 == sha256)
    delivery = (await session.execute(query)).scalar_one_or_none()
    if delivery is None:
        raise DeliveryUnknown("No delivery has this content: push the file.")
    return delivery


async def list_deliveries(
    session: AsyncSession, *, sender: str | None, limit: int
) -> Sequence[DeliveryRow]:
    """Newest first; those of one sender, or all."""
    newest = select(DeliveryRow).order_by(DeliveryRow.number.desc())
    if sender is not None:
        newest = newest.where(DeliveryRow.senders.contains([sender]))
    return (await session.execute(newest.limit(limit))).scalars().all()


async def find_oldest_waiting(session: AsyncSession) -> UUID | None:
    """The one that came first; those that are only read again wait until there is no other."""
    waiting = select(DeliveryRow.id).where(DeliveryRow.status == DeliveryStatus.RECEIVED)
    oldest = waiting.order_by(DeliveryRow.reread_asked_at.is_not(None), DeliveryRow.number)
    return (await session.execute(oldest.limit(1))).scalar_one_or_none()


async def find_compressed_content(session: AsyncSession, delivery_id: UUID) -> bytes | None:
    """The file of a delivery from before there was a file store; None if it came since."""
    query = select(DeliveryFileRow.content).where(DeliveryFileRow.delivery_id == delivery_id)
    return (await session.execute(query)).scalar_one_or_none()


async def ask_for_rereading(
    session: AsyncSession, *, ids: Collection[UUID] | None, since: datetime | None
) -> int:
    """Let deliveries that were read, whatever came of it, wait again; returns how many do.

    ids: only these; None is all. since: only those received then or later.
    """
    asked = update(DeliveryRow).where(DeliveryRow.status != DeliveryStatus.RECEIVED)
    if ids is not None:
        asked = asked.where(DeliveryRow.id == any_(literal(list(ids), ARRAY(Uuid))))
    if since is not None:
        asked = asked.where(DeliveryRow.received_at >= since)
    asked = asked.values(
        status=DeliveryStatus.RECEIVED, attempts=0, reread_asked_at=func.clock_timestamp()
    )
    rows = await session.execute(
        asked.returning(DeliveryRow.id).execution_options(synchronize_session=False)
    )
    return len(rows.all())


async def list_known(session: AsyncSession, ids: Collection[UUID]) -> Sequence[UUID]:
    query = select(DeliveryRow.id).where(DeliveryRow.id == any_(literal(list(ids), ARRAY(Uuid))))
    return (await session.execute(query)).scalars().all()


async def count_waiting_to_be_reread(session: AsyncSession) -> int:
    waiting = select(func.count()).where(
        DeliveryRow.status == DeliveryStatus.RECEIVED, DeliveryRow.reread_asked_at.is_not(None)
    )
    return (await session.execute(waiting)).scalar_one()


async def note_first_reading(session: AsyncSession, delivery_id: UUID) -> None:
    """Remember the moment, by the one clock that all processes share, if it is the first."""
    noted = update(DeliveryRow).where(
        DeliveryRow.id == delivery_id, DeliveryRow.first_read_at.is_(None)
    )
    await session.execute(
        noted.values(first_read_at=func.clock_timestamp()).execution_options(
            synchronize_session=False
        )
    )


async def count_attempt(session: AsyncSession, delivery_id: UUID, *, by: int) -> int:
    """Return how many attempts at recording have been made, this one included."""
    counted = (
        update(DeliveryRow)
        .where(DeliveryRow.id == delivery_id)
        .values(attempts=DeliveryRow.attempts + by)
        .returning(DeliveryRow.attempts)
        .execution_options(synchronize_session=False)
    )
    return (await session.execute(counted)).scalar_one()


async def clear_quarantine(session: AsyncSession, delivery_id: UUID) -> None:
    """Forget the records that could not be read when the delivery was read before."""
    cleared = delete(QuarantinedRecordRow).where(QuarantinedRecordRow.delivery_id == delivery_id)
    await session.execute(cleared.execution_options(synchronize_session=False))


async def add_quarantined(
    session: AsyncSession,
    delivery_id: UUID,
    records: Iterable[tuple[str, str, str]],
    *,
    already: int = 0,
) -> None:
    """records: position, reason, record. already: how many of the delivery there are."""
    await copy_rows(
        session,
        QuarantinedRecordRow.__tablename__,
        columns=["delivery_id", "number", "position", "reason", "record"],
        rows=(
            # PostgreSQL keeps any character in a text but NUL.
            (
                delivery_id,
                number,
                *(text.replace("\x00", "\N{REPLACEMENT CHARACTER}") for text in record),
            )
            for number, record in enumerate(records, start=already + 1)
        ),
    )


async def list_quarantined(
    session: AsyncSession, delivery_id: UUID, *, after: int, limit: int
) -> Sequence[QuarantinedRecordRow]:
    query = (
        select(QuarantinedRecordRow)
        .where(QuarantinedRecordRow.delivery_id == delivery_id, QuarantinedRecordRow.number > after)
        .order_by(QuarantinedRecordRow.number)
        .limit(limit)
    )
    return (await session.execute(query)).scalars().all()
