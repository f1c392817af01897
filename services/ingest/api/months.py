"""Route for how far the readings of operations' months have come, many months at once."""

from datetime import timedelta

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month, MonthMalformed
from libs.common.clock import today_in
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.months import MonthsInQuery, OperationsInQuery
from libs.common.edge.settings import CurrentSettings
from libs.common.http import problems
from services.ingest.api.dependencies import Session
from services.ingest.schemas.months import DataMonthsOut
from services.ingest.store.completeness.point_months import count_months

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/months",
    summary="Count the readings of operations' months",
    responses=problems(MonthMalformed),
)
async def list_months(
    *,
    caller: StaffOrOrganiser,
    session: Session,
    settings: CurrentSettings,
    operations: OperationsInQuery,
    months: MonthsInQuery,
) -> list[DataMonthsOut]:
    """Return the readings that came, by operation and month: the last twelve months by default.

    Staff see all operations, organisers their own. `GET /allocation/months` and
    `GET /billing/months` show the shares and the bills of the same months in the same form.
    """
    scope = caller.get_run_scope(operations.operation_id)
    today = today_in(session)
    rows = await count_months(
        session,
        scope,
        months.until(Month.of(today)),
        after=operations.after,
        limit=operations.limit,
        today=today,
        late_from=today - timedelta(days=settings.readings_grace_days),
    )
    return DataMonthsOut.all_of(rows, today)
