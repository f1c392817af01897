"""The record of looks at an operation's shares."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId, Prm
from libs.common.logs import accesses
from services.allocation.tables import ShareAccessRow


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
    conditions: list[ColumnElement[bool]] = [row.operation_id == operation_id]
    if since is not None:
        conditions.append(row.read_at >= since)
    if about is not None:
        conditions.append(or_(row.prm.is_(None), row.prm.in_(about)))
    return await accesses.list_accesses(session, row, *conditions, before=before, limit=limit)
