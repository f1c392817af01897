"""The preview of a billing run: its documents or blockers, and its anomalies."""

import asyncio
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.ids import OperationId
from services.billing.domain.drafts.anomalies import (
    Anomaly,
    find_anomalies,
    not_delivered,
    without_account,
    without_convention,
    without_mandate,
)
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.drafting import MonthDrafts, draft_period
from services.billing.domain.drafts.issue_blockers import IssueBlocked, check_may_issue
from services.billing.domain.drafts.runs import Preflight
from services.billing.domain.e_invoicing.submissions import SubmissionState
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.store.drafts.months import get_period_facts
from services.billing.store.e_invoicing.submissions import list_undelivered
from services.billing.store.invoices.invoices import list_invoices_until
from services.billing.store.payments.ways_to_pay import map_ways_to_pay


async def preview(
    session: AsyncSession, operation_id: OperationId, period: BillingPeriod, *, unusual_ratio: float
) -> Preflight:
    """Draft with the code of the run, but store nothing."""
    facts = await get_period_facts(session, operation_id, period)
    try:
        month_drafts = await asyncio.to_thread(draft_period, facts)
    except DraftsBlocked as blocked:
        return Preflight(blocked)
    anomalies = await list_anomalies(
        session, operation_id, period, month_drafts, unusual_ratio=unusual_ratio
    )
    return Preflight(
        find_issue_block(month_drafts, today=today_in(session)), month_drafts.drafts, anomalies
    )


def find_issue_block(month_drafts: MonthDrafts, *, today: date) -> IssueBlocked | None:
    """Why these drafts could not be issued today."""
    try:
        check_may_issue(month_drafts.drafts, today)
    except IssueBlocked as blocked:
        return blocked
    return None


async def list_anomalies(
    session: AsyncSession,
    operation_id: OperationId,
    period: BillingPeriod,
    month_drafts: MonthDrafts,
    *,
    unusual_ratio: float,
) -> list[Anomaly]:
    """Anomalies of the drafts, and of the operation's documents not delivered to their platform."""
    last = await list_invoices_until(session, operation_id, period.first_day)
    ways = await map_ways_to_pay(session, {draft.parties for draft in month_drafts.drafts})
    return [
        *find_anomalies(month_drafts.drafts, last, unusual_ratio=unusual_ratio),
        *without_account(month_drafts.drafts, ways),
        *without_convention(month_drafts.drafts, ways),
        *without_mandate(month_drafts.drafts, ways, today_in(session)),
        *(
            not_delivered(invoice.id, str(invoice.number), SubmissionState(row.state))
            for row, invoice in await list_undelivered(session, operation_id)
        ),
    ]
