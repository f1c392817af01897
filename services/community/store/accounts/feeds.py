"""Queries of feeds and their secrets."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.problems import FeedUnknown
from services.community.tables import FeedRow, FeedSecretRow


async def add(session: AsyncSession, row: FeedRow | FeedSecretRow) -> None:
    session.add(row)
    await session.flush()


async def lock_feed(session: AsyncSession, feed_id: UUID) -> FeedRow:
    """Raises FeedUnknown, also for a revoked one."""
    row = await session.get(FeedRow, feed_id, with_for_update=True)
    if row is None or row.revoked_at is not None:
        raise FeedUnknown
    return row


async def list_feeds(session: AsyncSession) -> Sequence[FeedRow]:
    """List those not revoked, by name."""
    query = select(FeedRow).where(FeedRow.revoked_at.is_(None))
    return (await session.scalars(query.order_by(FeedRow.name, FeedRow.id))).all()


async def list_secrets(session: AsyncSession, feed_ids: Sequence[UUID]) -> Sequence[FeedSecretRow]:
    """In the order in which each feed got them."""
    row = FeedSecretRow
    query = select(row).where(row.feed_id.in_(feed_ids)).order_by(row.feed_id, row.number)
    return (await session.scalars(query)).all()


async def find_feed_of_secret(
    session: AsyncSession, sha256: str, *, now: datetime
) -> tuple[FeedRow, FeedSecretRow] | None:
    """While both are valid."""
    query = (
        select(FeedRow, FeedSecretRow)
        .join(FeedSecretRow)
        .where(
            FeedSecretRow.secret_sha256 == sha256,
            FeedSecretRow.expires_at > now,
            FeedRow.revoked_at.is_(None),
        )
    )
    row = (await session.execute(query)).one_or_none()
    return (row[0], row[1]) if row else None


async def list_revoked_feeds(session: AsyncSession, *, since: datetime) -> Sequence[UUID]:
    return (await session.scalars(select(FeedRow.id).where(FeedRow.revoked_at > since))).all()
