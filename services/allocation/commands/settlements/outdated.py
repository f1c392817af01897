"""Settle again the months for which something has changed."""

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId
from libs.common.rounds.attempts import attempt
from services.allocation.commands.settlements.closing import close_settlement
from services.allocation.domain.settlements import DaysWaiting
from services.allocation.store import stale
from services.allocation.store.settlements import stale_settlements

_DUE_MONTHS = 20

_log = structlog.get_logger(__name__)


async def settle_outdated_month(session: AsyncSession) -> bool:
    """Settle one such month; return whether one was due.

    A month that cannot be settled, or that meets a bug, keeps its mark with the reason; it is tried
    again when something changes.
    """
    for operation_id, month in await stale_settlements.list_due(session, _DUE_MONTHS):
        if not await stale.try_lock_operation(session, operation_id):
            continue
        # Another process may have settled it while we looked.
        mark = await stale_settlements.find_mark(session, operation_id, month)
        if mark is None or mark.refusal is not None:
            continue
        await _try_to_settle(session, operation_id, month)
        return True
    return False


async def _try_to_settle(session: AsyncSession, operation_id: OperationId, month: Month) -> None:
    async with attempt(session) as settling:
        await close_settlement(session, operation_id, month)
    match settling.error:
        case None:
            return
        case DaysWaiting():
            # Readings came meanwhile; the month is due again when they are allocated.
            return
        case Problem() as problem:
            refusal = problem.members
        case error:
            bug = type(error).__name__
            refusal = {"title": "Settling the month met a bug", "detail": bug}
            _log.error(
                "month cannot be settled", operation_id=operation_id, month=str(month), error=bug
            )
    await stale_settlements.set_refusal(session, operation_id, month, refusal)
