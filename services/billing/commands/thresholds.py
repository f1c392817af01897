"""Set the least sums of an operation."""

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.billing.domain.thresholds import Thresholds
from services.billing.store import thresholds as store
from services.billing.store.corrections.corrections import retry


async def set_thresholds(
    session: AsyncSession, operation_id: OperationId, thresholds: Thresholds
) -> None:
    """Apply these from now on; draft corrections are made again."""
    before = await store.get_thresholds(session, operation_id)
    if before != thresholds:
        await store.save_thresholds(session, operation_id, thresholds)
    if before.correct_cents != thresholds.correct_cents:
        await retry(session, [operation_id], even_drafted=True)
