"""The policies by which gaps of operations may be filled."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.ingest.domain.estimations import Method
from services.ingest.domain.estimations.policy import EstimationPolicy
from services.ingest.tables import EstimationPolicyRow


async def get_policy(
    session: AsyncSession, operation_id: OperationId, *, default_max_min: int
) -> EstimationPolicy:
    """Return the operation's policy; without one, all methods are allowed."""
    row = await session.get(EstimationPolicyRow, operation_id)
    if row is None:
        return EstimationPolicy(list(Method), default_max_min)
    return EstimationPolicy([Method(method) for method in row.methods], row.interpolation_max_min)


async def save_policy(
    session: AsyncSession, operation_id: OperationId, policy: EstimationPolicy
) -> None:
    content = {
        "methods": list(policy.methods),
        "interpolation_max_min": policy.interpolation_max_min,
    }
    adding = insert(EstimationPolicyRow).values(operation_id=operation_id, **content)
    await session.execute(
        adding.on_conflict_do_update(index_elements=["operation_id"], set_=content)
    )
