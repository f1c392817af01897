"""Queries of the log of accesses to an operation's shares and sums."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Table, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Role
from libs.common.clock import now_in
from libs.common.ids import OperationId, Prm
from services.allocation.tables import ShareAccessRow

share_access: Table = ShareAccessRow.metadata.tables[ShareAccessRow.__tablename__]


async def add_access(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    subject: str,
    role: Role,
    route: str,
    prm: Prm | None,
) -> None:
    values = {"operation_id": operation_id, "subject": subject, "role": role, "route": route}
    now = now_in(session)
    await session.execute(insert(ShareAccessRow).values(read_at=now, prm=prm, **values))


async def list_accesses(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    since: datetime | None,
    about: Collection[Prm] | None,
    before: int | None,
    limit: int,
) -> Sequence[ShareAccessRow]:
    """Return accesses newest first, with lower numbers than ``before``.

    about: accesses to these points, or to all points; None means to any point.
    """
    row = ShareAccessRow
    query = select(row).where(row.operation_id == operation_id)
    if since is not None:
        query = query.where(row.read_at >= since)
    if about is not None:
        query = query.where(or_(row.prm.is_(None), row.prm.in_(about)))
    if before is not None:
        query = query.where(row.number < before)
    return (await session.scalars(query.order_by(row.number.desc()).limit(limit))).all()
