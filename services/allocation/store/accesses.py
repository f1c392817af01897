"""Queries of who looked at an operation's shares and sums."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Role
from libs.common.ids import OperationId
from services.allocation.tables import ShareAccessRow


async def add_access(
    session: AsyncSession, operation_id: OperationId, *, subject: str, role: Role, route: str
) -> None:
    values = {"operation_id": operation_id, "subject": subject, "role": role, "route": route}
    await session.execute(insert(ShareAccessRow).values(values))


async def list_accesses(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    since: datetime | None,
    before: int | None,
    limit: int,
) -> Sequence[ShareAccessRow]:
    """Newest first, of lower numbers than ``before``."""
    row = ShareAccessRow
    query = select(row).where(row.operation_id == operation_id)
    if since is not None:
        query = query.where(row.read_at >= since)
    if before is not None:
        query = query.where(row.number < before)
    return (await session.scalars(query.order_by(row.number.desc()).limit(limit))).all()


async def delete_oldest(session: AsyncSession, *, before: datetime, limit: int) -> int:
    row = ShareAccessRow
    oldest = (
        select(row.number)
        .where(row.read_at < before)
        .order_by(row.read_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    deleted = await session.scalars(delete(row).where(row.number.in_(oldest)).returning(row.number))
    return len(deleted.all())
