"""Queries of notifications to be sent in an e-mail of their own, or in a digest."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from services.community.domain.messages.notifications import Channel, Digest, NotificationReader
from services.community.store.messages.notifications import is_of_reader, is_readable
from services.community.tables import DigestRow, NotificationRow


async def list_readable(
    session: AsyncSession, notification_ids: Collection[UUID]
) -> Collection[UUID]:
    """Return those that their readers may still read."""
    query = select(NotificationRow.id).where(among(NotificationRow.id, list(notification_ids)))
    return set(await session.scalars(query.where(is_readable())))


async def lock_urgent(session: AsyncSession, *, limit: int) -> Sequence[NotificationRow]:
    """Lock notifications that need an e-mail of their own, the oldest first, until the end."""
    query = _due(Channel.EMAIL).order_by(NotificationRow.created_at).limit(limit)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def has_urgent(session: AsyncSession) -> bool:
    """Return whether there is any, even if another process is sending it."""
    urgent = _due(Channel.EMAIL).with_only_columns(NotificationRow.id).limit(1)
    return await session.scalar(urgent) is not None


async def list_readers_for_digest(
    session: AsyncSession, digest: Digest, day: date, *, before: datetime, limit: int
) -> Sequence[NotificationReader]:
    """List readers with notifications for the digest of that day, who have no such digest."""
    row = NotificationRow
    is_same_reader = or_(
        DigestRow.member_id == row.member_id, DigestRow.account_id == row.account_id
    )
    has_digest = exists().where(is_same_reader, DigestRow.digest == digest, DigestRow.day == day)
    due_notifications = _due(digest).where(
        row.created_at < before, row.seen_at.is_(None), ~has_digest
    )
    readers = (
        due_notifications.with_only_columns(row.member_id, row.account_id).distinct().limit(limit)
    )
    return [NotificationReader(*reader_ids) for reader_ids in await session.execute(readers)]


async def add_digest(
    session: AsyncSession, reader: NotificationReader, digest: Digest, day: date
) -> bool:
    """Return whether it is new; wait for another process that is making it."""
    added = insert(DigestRow).values(**vars(reader), digest=digest, day=day)
    digest_id = await session.scalar(added.on_conflict_do_nothing().returning(DigestRow.id))
    return digest_id is not None


async def lock_for_digest(
    session: AsyncSession, reader: NotificationReader, digest: Digest, *, before: datetime
) -> Sequence[NotificationRow]:
    """Lock those that the reader has not seen, the oldest first."""
    query = _due(digest).where(
        is_of_reader(NotificationRow, reader),
        NotificationRow.created_at < before,
        NotificationRow.seen_at.is_(None),
    )
    ordered = query.order_by(NotificationRow.created_at, NotificationRow.id)
    return (await session.scalars(ordered.with_for_update())).all()


def _due(channel: Channel) -> Select[NotificationRow]:
    """Use the condition of the index ``notification_due``."""
    return select(NotificationRow).where(
        NotificationRow.channel == channel,
        NotificationRow.mailed_at.is_(None),
        NotificationRow.channel != Channel.IN_APP,
    )
