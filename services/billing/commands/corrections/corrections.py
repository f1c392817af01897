"""Automatic corrections: draft the changes that a revised settlement makes to issued documents."""

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import now_in
from libs.common.errors import Problem
from libs.common.ids import OperationId
from libs.common.rounds.attempts import attempt
from services.billing.commands.drafts.drafting import draft_invoices
from services.billing.domain.invoices.documents import CorrectionPolicy
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.store.corrections import corrections as store
from services.billing.store.invoices.invoices import has_issued

_log = structlog.get_logger(__name__)


async def set_policy(
    session: AsyncSession, operation_id: OperationId, policy: CorrectionPolicy
) -> None:
    """Correct by this policy from now on; draft corrections are made again."""
    if await store.get_policy(session, operation_id) != policy:
        await store.save_policy(session, operation_id, policy)
        await store.retry(session, [operation_id], even_drafted=True)


async def draft_due_correction(session: AsyncSession) -> bool:
    """Draft the corrections of one complete revision; return whether there was one."""
    due = await store.find_due(session)
    if due is None:
        return False
    operation_id, month, number, asked = due
    # Lock settlements first, then the rows that depend on them, as the drafting routes do.
    refusal = await _try_to_draft(session, operation_id, month)
    row = await store.get_revision(session, operation_id, month, number)
    if row.asked != asked:
        return True  # its basis has changed since: draft it again
    if refusal is None:
        row.drafted_at = now_in(session)
    else:
        store.set_refusal(row, refusal)
    return True


async def _try_to_draft(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> dict[str, object] | None:
    async with attempt(session) as drafting:
        if await has_issued(session, operation_id, BillingPeriod.of(month)):
            period = BillingPeriod.of(month)
            await draft_invoices(session, operation_id, period, also_carried=False)
    match drafting.error:
        case None:
            return None
        case Problem() as problem:
            return problem.members
    bug = type(drafting.error).__name__
    _log.error(
        "corrections cannot be drafted", operation_id=operation_id, month=str(month), error=bug
    )
    return {"title": "Drafting corrections met a bug", "detail": bug}
