"""Route for how far operations' months have come, many months at once."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month, MonthMalformed
from libs.common.clock import today_in
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.months import MonthsInQuery, OperationsInQuery
from libs.common.http import problems
from services.allocation.api.dependencies import Session
from services.allocation.schemas.months import SharesMonthsOut
from services.allocation.store.months import count_months

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/months",
    summary="Show how far operations' months are shared and settled",
    responses=problems(MonthMalformed),
)
async def list_months(
    *,
    caller: StaffOrOrganiser,
    session: Session,
    operations: OperationsInQuery,
    months: MonthsInQuery,
) -> list[SharesMonthsOut]:
    """The days, settlement and DSO results of each month, by operation: the last twelve months.

    Staff see all operations, organisers their own. `GET /ingest/months` and `GET /billing/months`
    show the readings and the bills of the same months in the same form.
    """
    rows = await count_months(
        session,
        caller.get_run_scope(operations.operation_id),
        months.until(Month.of(today_in(session))),
        after=operations.after,
        limit=operations.limit,
    )
    return SharesMonthsOut.all_of(rows)
