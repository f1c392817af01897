"""The preview of a billing run: its documents or blockers, and its anomalies."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.ids import OperationId
from services.billing.commands.drafts.carrying import plan_run
from services.billing.domain.drafts.anomalies import (
    Anomaly,
    carried,
    find_anomalies,
    not_delivered,
    without_account,
    without_convention,
    without_mandate,
)
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.carrying import Carrying
from services.billing.domain.drafts.issue_blockers import IssueBlocked, check_may_issue
from services.billing.domain.drafts.runs import Preflight
from services.billing.domain.e_invoicing.submissions import SubmissionState
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.store.e_invoicing.submissions import list_undelivered
from services.billing.store.invoices.invoices import list_invoices_until
from services.billing.store.payments.ways_to_pay import map_ways_to_pay


async def preview(
    session: AsyncSession, operation_id: OperationId, period: BillingPeriod, *, unusual_ratio: float
) -> Preflight:
    """Draft with the code of the run, but store nothing."""
    try:
        carrying = (await plan_run(session, operation_id, period)).carrying
    except DraftsBlocked as blocked:
        return Preflight(blocked)
    anomalies = await list_anomalies(
        session, operation_id, period, carrying, unusual_ratio=unusual_ratio
    )
    return Preflight(
        find_issue_block(carrying.drafts, today=today_in(session)), carrying.drafts, anomalies
    )


def find_issue_block(drafts: Sequence[Invoice], *, today: date) -> IssueBlocked | None:
    """Return the reasons why these drafts could not be issued today."""
    try:
        check_may_issue(drafts, today)
    except IssueBlocked as blocked:
        return blocked
    return None


async def list_anomalies(
    session: AsyncSession,
    operation_id: OperationId,
    period: BillingPeriod,
    carrying: Carrying,
    *,
    unusual_ratio: float,
) -> list[Anomaly]:
    """Anomalies of the drafts, and of the operation's documents not delivered to their platform."""
    last = await list_invoices_until(session, operation_id, period.first_day)
    ways = await map_ways_to_pay(session, {draft.parties for draft in carrying.drafts})
    return [
        *find_anomalies(carrying.drafts, last, unusual_ratio=unusual_ratio),
        *(carried(small) for small in carrying.sums),
        *without_account(carrying.drafts, ways),
        *without_convention(carrying.drafts, ways),
        *without_mandate(carrying.drafts, ways, today_in(session)),
        *(
            not_delivered(invoice.id, str(invoice.number), SubmissionState(row.state))
            for row, invoice in await list_undelivered(session, operation_id)
        ),
    ]
