"""Queries of notifications that an e-mail of their own, or a digest, is to tell."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.arrays import among
from services.community.domain.notifications import Channel, Digest, Reader
from services.community.store.notifications import is_of, is_still_theirs
from services.community.tables import DigestRow, NotificationRow


async def list_still_theirs(
    session: AsyncSession, notification_ids: Collection[UUID]
) -> Collection[UUID]:
    """Those that their readers may still read."""
    query = select(NotificationRow.id).where(among(NotificationRow.id, list(notification_ids)))
    return set(await session.scalars(query.where(is_still_theirs())))


async def lock_urgent(session: AsyncSession, *, limit: int) -> Sequence[NotificationRow]:
    """What is to be told by an e-mail of its own, the oldest first; ours until the end."""
    query = _due(Channel.EMAIL).order_by(NotificationRow.created_at).limit(limit)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def has_urgent(session: AsyncSession) -> bool:
    """Whether anything is, also what somebody has in hand."""
    urgent = _due(Channel.EMAIL).with_only_columns(NotificationRow.id).limit(1)
    return await session.scalar(urgent) is not None


async def list_readers_for_digest(
    session: AsyncSession, digest: Digest, day: date, *, before: datetime, limit: int
) -> Sequence[Reader]:
    """Who has something to be told, and has no digest of that day."""
    row = NotificationRow
    same = or_(DigestRow.member_id == row.member_id, DigestRow.account_id == row.account_id)
    made = exists().where(same, DigestRow.digest == digest, DigestRow.day == day)
    due = _due(digest).where(row.created_at < before, row.seen_at.is_(None), ~made)
    readers = due.with_only_columns(row.member_id, row.account_id).distinct().limit(limit)
    return [Reader(*found) for found in await session.execute(readers)]


async def add_digest(session: AsyncSession, reader: Reader, digest: Digest, day: date) -> bool:
    """Whether it is new; waits for whoever makes it at the moment."""
    added = insert(DigestRow).values(**vars(reader), digest=digest, day=day)
    made = await session.scalar(added.on_conflict_do_nothing().returning(DigestRow.id))
    return made is not None


async def lock_for_digest(
    session: AsyncSession, reader: Reader, digest: Digest, *, before: datetime
) -> Sequence[NotificationRow]:
    """What the reader has not seen, the oldest first."""
    query = _due(digest).where(
        is_of(NotificationRow, reader),
        NotificationRow.created_at < before,
        NotificationRow.seen_at.is_(None),
    )
    ordered = query.order_by(NotificationRow.created_at, NotificationRow.id)
    return (await session.scalars(ordered.with_for_update())).all()


def _due(channel: Channel) -> Select[NotificationRow]:
    """In the words of the index ``notification_due``."""
    return select(NotificationRow).where(
        NotificationRow.channel == channel,
        NotificationRow.mailed_at.is_(None),
        NotificationRow.channel != Channel.IN_APP,
    )
