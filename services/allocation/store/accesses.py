"""Queries of who looked at an operation's shares and sums."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Role
from libs.common.clock import now_in
from libs.common.ids import OperationId
from services.allocation.tables import ShareAccessRow

share_access: Table = ShareAccessRow.metadata.tables[ShareAccessRow.__tablename__]


async def add_access(
    session: AsyncSession, operation_id: OperationId, *, subject: str, role: Role, route: str
) -> None:
    values = {"operation_id": operation_id, "subject": subject, "role": role, "route": route}
    await session.execute(insert(ShareAccessRow).values(read_at=now_in(session), **values))


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
