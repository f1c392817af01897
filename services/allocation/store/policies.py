"""The policies of operations."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, fields

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.allocation.domain.keys.policy import (
    DEFAULT_POLICY,
    MissingReadings,
    OperationPolicy,
    SettleFrom,
)
from services.allocation.tables import PolicyRow


async def get_policy(session: AsyncSession, operation_id: OperationId) -> OperationPolicy:
    """Return the policy, with the defaults for an operation that has chosen nothing."""
    return (await list_policies(session, [operation_id]))[operation_id]


async def list_policies(
    session: AsyncSession, operations: Collection[OperationId]
) -> Mapping[OperationId, OperationPolicy]:
    """Return policies, with the defaults for operations that have chosen nothing."""
    rows = await session.scalars(
        select(PolicyRow)
        .where(PolicyRow.operation_id.in_(operations))
        .execution_options(populate_existing=True)
    )
    policies: defaultdict[OperationId, OperationPolicy] = defaultdict(lambda: DEFAULT_POLICY)
    policies.update((OperationId(row.operation_id), _policy(row)) for row in rows)
    return policies


def _policy(row: PolicyRow) -> OperationPolicy:
    values = {field.name: getattr(row, field.name) for field in fields(OperationPolicy)}
    values["missing_readings"] = MissingReadings(row.missing_readings)
    values["settle_from"] = SettleFrom(row.settle_from)
    return OperationPolicy(**values)


async def save_policy(
    session: AsyncSession, operation_id: OperationId, policy: OperationPolicy
) -> None:
    values = asdict(policy)
    await session.execute(
        insert(PolicyRow)
        .values(operation_id=operation_id, **values)
        .on_conflict_do_update(index_elements=["operation_id"], set_=values)
    )
