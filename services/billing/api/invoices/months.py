"""Route for how far the bills of operations' months have come, many months at once."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month, MonthMalformed
from libs.common.clock import today_in
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.months import MonthsInQuery, OperationsInQuery
from libs.common.http import problems
from services.billing.api.dependencies import Session
from services.billing.schemas.invoices.months import BillsMonthsOut
from services.billing.store.invoices.months import count_months

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/months",
    summary="Count the bills of operations' months",
    responses=problems(MonthMalformed),
)
async def list_months(
    *,
    caller: StaffOrOrganiser,
    session: Session,
    operations: OperationsInQuery,
    months: MonthsInQuery,
) -> list[BillsMonthsOut]:
    """The documents and the newest run of each month, by operation: the last twelve months.

    Staff see all operations, organisers their own. `GET /ingest/months` shows the readings of the
    same months in the same form, `GET /allocation/months` the shares.
    """
    rows = await count_months(
        session,
        caller.get_run_scope(operations.operation_id),
        months.until(Month.of(today_in(session))),
        after=operations.after,
        limit=operations.limit,
    )
    return BillsMonthsOut.all_of(rows)
