"""Queries of sessions and their refresh tokens."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from services.community.tables import RefreshTokenRow, SessionRow


async def add_session(session: AsyncSession, row: SessionRow) -> None:
    session.add(row)
    await session.flush()


async def add_refresh_token(session: AsyncSession, sha256: str, session_id: UUID) -> None:
    session.add(RefreshTokenRow(sha256=sha256, session_id=session_id, spent_at=None))
    await session.flush()


async def find_session_of_token(
    session: AsyncSession, sha256: str
) -> tuple[SessionRow, RefreshTokenRow] | None:
    """Return them locked: of concurrent uses of one token, one is the first."""
    query = select(SessionRow).join(RefreshTokenRow).where(RefreshTokenRow.sha256 == sha256)
    row = await session.scalar(query.with_for_update(of=SessionRow))
    if row is None:
        return None
    # Only now: while we waited for the lock, the token may have been spent.
    return row, await session.get_one(RefreshTokenRow, sha256)


async def find_browser_session(session: AsyncSession, secret_sha256: str) -> SessionRow | None:
    return await session.scalar(select(SessionRow).where(SessionRow.secret_sha256 == secret_sha256))


async def lock_session(session: AsyncSession, session_id: UUID) -> SessionRow | None:
    return await session.get(SessionRow, session_id, with_for_update=True)


async def list_open_sessions(
    session: AsyncSession, account_id: UUID, *, now: datetime
) -> Sequence[SessionRow]:
    """List the newest first."""
    query = select(SessionRow).where(
        SessionRow.account_id == account_id,
        SessionRow.revoked_at.is_(None),
        SessionRow.expires_at > now,
    )
    return (await session.scalars(query.order_by(SessionRow.began_at.desc()))).all()


async def revoke_session(session: AsyncSession, session_id: UUID, *, account_id: UUID) -> bool:
    """Return whether the account had such a session, and it was open."""
    now = now_in(session)
    revoked = await session.scalar(
        update(SessionRow)
        .where(
            SessionRow.id == session_id,
            SessionRow.account_id == account_id,
            SessionRow.revoked_at.is_(None),
            SessionRow.expires_at > now,
        )
        .values(revoked_at=now)
        .returning(SessionRow.id)
    )
    return revoked is not None


async def revoke_sessions(
    session: AsyncSession, account_id: UUID, *, kept: UUID | None = None
) -> int:
    """Revoke all of the account but one; return how many were not revoked yet."""
    revoked = await session.scalars(
        update(SessionRow)
        .where(
            SessionRow.account_id == account_id,
            SessionRow.id.is_distinct_from(kept),
            SessionRow.revoked_at.is_(None),
        )
        .values(revoked_at=now_in(session))
        .returning(SessionRow.id)
    )
    return len(revoked.all())


async def list_revoked_sessions(session: AsyncSession, *, since: datetime) -> Sequence[UUID]:
    query = select(SessionRow.id).where(SessionRow.revoked_at > since)
    return (await session.scalars(query)).all()


async def delete_ended_sessions(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Delete those revoked or expired by then; return how many."""
    ended = (
        select(SessionRow.id)
        .where((SessionRow.revoked_at < before) | (SessionRow.expires_at < before))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    deleted = await session.scalars(
        delete(SessionRow).where(SessionRow.id.in_(ended)).returning(SessionRow.id)
    )
    return len(deleted.all())
