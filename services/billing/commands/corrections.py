"""Corrections by themselves: a revised settlement drafts what it changes of what was issued."""

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import now_in
from libs.common.errors import Problem
from libs.common.faults import is_fault
from libs.common.ids import OperationId
from services.billing.commands.drafting import draft_invoices
from services.billing.domain.documents import CorrectionPolicy
from services.billing.domain.periods import Period
from services.billing.store import corrections as store
from services.billing.store.invoices import has_issued

_log = structlog.get_logger(__name__)


async def set_policy(
    session: AsyncSession, operation_id: OperationId, policy: CorrectionPolicy
) -> None:
    """From now on; corrections that are drafts are made again."""
    if await store.get_policy(session, operation_id) != policy:
        await store.save_policy(session, operation_id, policy)
        await store.retry(session, [operation_id], all_of=True)


async def draft_due_correction(session: AsyncSession) -> bool:
    """Draft the corrections of one revision that is complete, and say if there was one."""
    due = await store.find_due(session)
    if due is None:
        return False
    operation_id, month, number, asked = due
    # As by a route that drafts: settlements are locked first, then what depends on them.
    refusal = await _draft_or_say_why(session, operation_id, month)
    row = await store.get_revision(session, operation_id, month, number)
    if row.asked != asked:
        return True  # what it was drafted from has changed since: once more
    if refusal is None:
        row.drafted_at = now_in(session)
    else:
        store.set_refusal(row, refusal)
    return True


async def _draft_or_say_why(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> dict[str, object] | None:
    # This is the supervisor loop of corrections: whatever one of them raises, others must go on.
    try:
        async with session.begin_nested():
            if await has_issued(session, operation_id, Period.of(month)):
                await draft_invoices(session, operation_id, Period.of(month))
    except Problem as problem:
        return problem.members
    except Exception as error:
        if is_fault(error):
            raise
        _log.error(
            "corrections cannot be drafted",
            operation_id=operation_id,
            month=str(month),
            error=type(error).__name__,
        )
        return {"title": "Drafting corrections met a bug", "detail": type(error).__name__}
    return None
