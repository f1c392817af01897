"""Routes about a month: drafts, and what producers sold."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.clock import today_in
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.days import MonthInPath
from libs.common.http import problems
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.api.dependencies import Session
from services.billing.commands.drafts.drafting import draft_invoices
from services.billing.commands.surplus.producer_statements import list_statements
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.issue_blockers import issue_blockers
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.schemas.drafts.months import MonthInvoicesOut, StatementOut
from services.billing.schemas.invoices.invoices import InvoiceOut
from services.billing.store.invoices import invoices as store
from services.billing.store.invoices.filters import InvoiceFilter
from services.billing.store.payments.invoice_payments import map_payments

router = APIRouter(route_class=TokenFirstRoute)


@router.post(
    "/operations/{operation_id}/months/{month}/drafts",
    summary="Draft the invoices of a month",
    response_model_exclude_unset=True,
    responses=problems(DraftsBlocked, MonthMalformed),
)
async def post_drafts(
    operation_id: OperationIdField, month: MonthInPath, session: Session, caller: StaffOrOrganiser
) -> MonthInvoicesOut:
    """One invoice per selling and buying member, from the newest settlement of the month.

    Replaces the month's drafts; repeating it gives the same ones, and issued documents stay. Where
    these bill other energies than are settled now, credit notes and correcting invoices are
    drafted, by the operation's correction policy; a month on a quarterly invoice is drafted with
    its quarter. Small ones are drafted too: only runs hold back what is below the least sum to
    invoice. `self_supplied` is what members used of their own production, in watt-minutes.

    Refused with `drafts-blocked`; each of its `blockers` has a `code` (`settlement-missing`,
    `operation-unknown`, `participation-unknown`, `member-unknown`, `price-missing`,
    `settlement-incomplete`, `hours-unknown`, `billed-twice`, `energy-unbalanced`), a `detail`, and
    the `month`, `producer`, `hour_class`, `prm`, `member_id` or `days` concerned.

    `blockers_to_issue` shows what keeps these drafts from being issued today, by the same codes as
    `issue-blocked`: `identity-missing`, `siren-missing`, `mandate-missing`,
    `vat-regime-conflict`, `accise-undecided`, `accise-category-missing`, `accise-rate-missing`.
    """
    caller.check_may_run(operation_id)
    drafted = await draft_invoices(
        session, operation_id, BillingPeriod.of(month), also_carried=True
    )
    invoices = await store.list_invoices(
        session, InvoiceFilter(operation_id=operation_id, month=month)
    )
    blockers = issue_blockers(drafted.drafts, today_in(session))
    payments = await map_payments(session, [invoice.id for invoice in invoices])
    return MonthInvoicesOut.of(
        operation_id,
        month,
        drafted,
        InvoiceOut.all_of(invoices, payments),
        blockers_to_issue=blockers,
    )


@router.get(
    "/operations/{operation_id}/months/{month}/statements",
    summary="Show what each producer sold in a month",
    responses=problems(MonthMalformed),
)
async def get_statements(
    operation_id: OperationIdField, month: MonthInPath, session: Session, caller: AnyPerson
) -> list[StatementOut]:
    """Energy sold (watt-minutes) and revenue before VAT (cents), by point, seller and state.

    Credit notes are deducted; of a quarterly invoice, the month's lines count. `plant` shows the
    point's production and surplus, and the revenue that its surplus contracts should bring:
    expected, never booked, and `unknown` where no contract covers the days or its price is not
    known yet. A point that sold nothing, as all it made was self-consumed or surplus, has a null
    `state`.

    Members see what they sold in issued documents; staff and the organiser see all.
    """
    scope = await access.get_statement_scope(session, caller, operation_id)
    statements = await list_statements(session, operation_id, month, seller_id=scope.member_id)
    if scope.is_everything:
        await note_access(session, caller, [statement.issuer_id for statement in statements])
    return [StatementOut.of(statement) for statement in statements]
