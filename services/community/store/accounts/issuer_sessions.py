"""Queries of sessions of people who log in at the co-op's own issuer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.tables import IssuerSessionRow

_row = IssuerSessionRow


async def add_session(session: AsyncSession, row: IssuerSessionRow) -> None:
    session.add(row)
    await session.flush()


async def lock_session(session: AsyncSession, secret_sha256: str) -> IssuerSessionRow | None:
    query = select(_row).where(_row.secret_sha256 == secret_sha256)
    return await session.scalar(query.with_for_update())


async def save_tokens(
    session: AsyncSession,
    session_id: UUID,
    locked_tokens: bytes,
    *,
    ends_at: datetime,
    member_id: UUID | None,
) -> bool:
    """Save them and end the renewal; False: the session has ended meanwhile."""
    saved = await session.scalar(
        update(_row)
        .where(_row.id == session_id)
        .values(
            locked_tokens=locked_tokens,
            access_ends_at=ends_at,
            renewing_until=None,
            member_id=member_id,
        )
        .returning(_row.id)
    )
    return saved is not None


async def give_up_renewing(session: AsyncSession, session_id: UUID) -> None:
    await session.execute(update(_row).where(_row.id == session_id).values(renewing_until=None))


async def delete_session(session: AsyncSession, session_id: UUID) -> None:
    await session.execute(delete(_row).where(_row.id == session_id))


async def delete_sessions_of_member(session: AsyncSession, member_id: UUID) -> None:
    await session.execute(delete(_row).where(_row.member_id == member_id))


async def delete_expired_sessions(session: AsyncSession, *, now: datetime, limit: int) -> int:
    """Return how many."""
    expired = select(_row.id).where(_row.expires_at <= now).limit(limit)
    expired = expired.with_for_update(skip_locked=True)
    deleted = await session.scalars(delete(_row).where(_row.id.in_(expired)).returning(_row.id))
    return len(deleted.all())
