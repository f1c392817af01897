"""Choose how an operation is shared and settled."""

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.allocation.domain.keys.policy import OperationPolicy
from services.allocation.store import copies, policies, stale
from services.allocation.store.settlements import stale_settlements


async def set_policy(
    session: AsyncSession, operation_id: OperationId, policy: OperationPolicy
) -> None:
    """Save the policy; days are allocated again when the rule for missing readings changes."""
    await stale.lock_operations(session, [operation_id])
    previous_policy = await policies.get_policy(session, operation_id)
    await policies.save_policy(session, operation_id, policy)
    # A month may have been waiting for another choice of the split that it freezes.
    await stale_settlements.retry_refused(session, operation_id)
    if previous_policy.missing_readings != policy.missing_readings:
        days = await copies.list_days_with_readings(session, [operation_id])
        await stale.mark_stale(session, ((operation_id, day) for day in days.get(operation_id, [])))
