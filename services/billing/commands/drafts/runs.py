"""Billing runs: draft a period, have it reviewed, issue all of it."""

from datetime import date
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in, today_in
from libs.common.errors import Problem
from libs.common.ids import OperationId
from libs.common.rounds.attempts import attempt
from services.billing.commands.drafts.carrying import plan_run, save_run
from services.billing.commands.drafts.issuing import issue_invoices
from services.billing.commands.drafts.preflight import find_issue_block, list_anomalies
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.runs import RunState, check_may_issue, check_may_run_again
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.store.drafts import runs as store
from services.billing.store.invoices.invoices import InvoiceNotFound, delete_drafts
from services.billing.tables import RunRow

_log = structlog.get_logger(__name__)


async def start_run(
    session: AsyncSession, operation_id: OperationId, period: BillingPeriod, *, by: str
) -> RunRow:
    """Have a worker draft the period."""
    now = now_in(session)
    row = RunRow(
        id=uuid4(),
        operation_id=operation_id,
        period=str(period),
        state=RunState.WAITING,
        created_at=now,
        created_by=by,
        changed_at=now,
        issue_date=None,
        document_ids=[],
        anomalies=[],
        problem=None,
    )
    return await store.add_run(session, row)


async def run_again(session: AsyncSession, row: RunRow) -> None:
    """Have unissued documents drafted again. The caller holds the lock. Raises RunUnderWay."""
    check_may_run_again(RunState(row.state))
    row.problem = None
    store.set_state(session, row, RunState.WAITING)


async def request_issue(session: AsyncSession, row: RunRow, issue_date: date | None) -> None:
    """Have a worker issue the run. The caller holds the lock. Raises RunNotInReview."""
    check_may_issue(RunState(row.state))
    row.issue_date = issue_date
    store.set_state(session, row, RunState.ISSUING)


async def draft_next_run(session: AsyncSession, *, unusual_ratio: float) -> bool:
    """Draft the run that has waited longest; return whether there was one."""
    row = await store.claim_run(session, RunState.WAITING)
    if row is None:
        return False
    async with attempt(session) as drafting:
        await _draft(session, row, unusual_ratio)
    match drafting.error:
        case DraftsBlocked() as blocked:
            row.problem = blocked.members
            store.set_state(session, row, RunState.BLOCKED)
        case Exception() as error:
            await _fail(session, row, error)
    return True


async def _draft(session: AsyncSession, row: RunRow, unusual_ratio: float) -> None:
    operation_id, period = OperationId(row.operation_id), BillingPeriod.parse(row.period)
    plan = await plan_run(session, operation_id, period)
    await save_run(session, plan)
    carrying = plan.carrying
    anomalies = await list_anomalies(
        session, operation_id, period, carrying, unusual_ratio=unusual_ratio
    )
    issued = await store.list_issued_ids(session, row.document_ids)
    document_ids = [*issued, *(draft.id for draft in carrying.drafts)]
    # What this run took up before, and holds back now.
    await delete_drafts(session, set(row.document_ids) - set(document_ids))
    row.document_ids = document_ids
    row.anomalies = [anomaly.members for anomaly in anomalies]
    blocked = find_issue_block(carrying.drafts, today=today_in(session))
    row.problem = blocked.members if blocked else None
    store.set_state(session, row, RunState.BLOCKED if blocked else RunState.REVIEW)


async def issue_next_batch(session: AsyncSession) -> bool:
    """Issue some documents of a run; after a crash, the run is still issuing."""
    row = await store.claim_run(session, RunState.ISSUING)
    if row is None:
        return False
    async with attempt(session) as issuing:
        await _issue(session, row)
    if issuing.error is not None:
        await _fail(session, row, issuing.error)
    return True


async def _issue(session: AsyncSession, row: RunRow) -> None:
    counts = await store.count_documents(session, row.document_ids)
    if lost := len(row.document_ids) - counts.documents:
        raise InvoiceNotFound(f"{lost} drafts of this run have been replaced: run it again.")
    batch = await store.list_next_batch(session, row.document_ids)
    if batch:
        await issue_invoices(session, batch, issue_date=row.issue_date)
    if counts.issued + len(batch) == counts.documents:
        store.set_state(session, row, RunState.ISSUED)


async def _fail(session: AsyncSession, row: RunRow, error: Exception) -> None:
    """Record the error on the run."""
    if isinstance(error, Problem):
        problem = error.members
    else:
        # Only the class of the error, as its text may hold personal data.
        problem = {"title": "The run met a bug", "detail": type(error).__name__}
        _log.error("run failed", run_id=str(row.id), error=type(error).__name__)
    await session.refresh(row)
    row.problem = problem
    store.set_state(session, row, RunState.FAILED)
