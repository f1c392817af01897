"""The sharing keys of operations in force over time."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.allocation.domain.keys.timeline import KeyPeriod, Timeline
from services.allocation.domain.keys.versions import KeyState
from services.allocation.store.keys.keys import key_version
from services.allocation.tables import SharingKeyRow


async def get_timeline(session: AsyncSession, operation_id: OperationId) -> Timeline:
    """Return the timeline, which may be empty."""
    return (await list_timelines(session, [operation_id])).get(operation_id, ())


async def list_timelines(
    session: AsyncSession, operations: Collection[OperationId]
) -> Mapping[OperationId, Timeline]:
    rows = await session.scalars(
        select(SharingKeyRow)
        .where(SharingKeyRow.operation_id.in_(operations), SharingKeyRow.state == KeyState.ACTIVE)
        .order_by(SharingKeyRow.operation_id, SharingKeyRow.valid_from)
        .execution_options(populate_existing=True)
    )
    timelines: defaultdict[OperationId, list[KeyPeriod]] = defaultdict(list)
    for version in map(key_version, rows):
        if version.period is not None:
            timelines[version.operation_id].append(version.period)
    return timelines
