"""The sharing keys of operations."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.allocation.domain.timeline import KeyPeriod, Timeline
from services.allocation.tables import SharingKeyRow


async def get_timeline(session: AsyncSession, operation_id: OperationId) -> Timeline:
    """Perhaps empty."""
    return (await list_timelines(session, [operation_id])).get(operation_id, ())


async def list_timelines(
    session: AsyncSession, operations: Collection[OperationId]
) -> Mapping[OperationId, Timeline]:
    rows = await session.scalars(
        select(SharingKeyRow)
        .where(SharingKeyRow.operation_id.in_(operations))
        .order_by(SharingKeyRow.operation_id, SharingKeyRow.valid_from)
    )
    timelines: defaultdict[OperationId, list[KeyPeriod]] = defaultdict(list)
    for row in rows:
        period = KeyPeriod(row.valid_from, row.valid_to, row.open_ended, row.definition)
        timelines[OperationId(row.operation_id)].append(period)
    return timelines


async def save_timeline(
    session: AsyncSession, operation_id: OperationId, timeline: Timeline
) -> None:
    """Make these the keys of the operation; the caller holds its lock."""
    await session.execute(delete(SharingKeyRow).where(SharingKeyRow.operation_id == operation_id))
    session.add_all(SharingKeyRow(operation_id=operation_id, **vars(one)) for one in timeline)
    await session.flush()
