"""Choose how an operation is shared and settled."""

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.allocation.domain.policy import Policy
from services.allocation.store import copies, policies, stale, stale_settlements


async def set_policy(session: AsyncSession, operation_id: OperationId, policy: Policy) -> None:
    """From now on; days are allocated again when missing readings are to be treated otherwise."""
    await stale.lock_operations(session, [operation_id])
    before = await policies.get_policy(session, operation_id)
    await policies.save_policy(session, operation_id, policy)
    # Whose split is frozen may be what a month waits for.
    await stale_settlements.retry_refused(session, operation_id)
    if before.missing_readings != policy.missing_readings:
        days = await copies.list_days_with_readings(session, [operation_id])
        await stale.mark_stale(session, ((operation_id, day) for day in days.get(operation_id, [])))
