"""Routes for allocated energy: day by day, and summed up by month."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.days import MonthInQuery
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.allocation import access
from services.allocation.api.dependencies import Session
from services.allocation.schemas.days import MonthDaysOut
from services.allocation.schemas.summary import SummaryOut
from services.allocation.store import copies, days, shares
from services.allocation.store.copies import OperationUnknown

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/operations/{operation_id}/days",
    summary="Show the status of each day of a month",
    responses=problems(OperationUnknown, MonthMalformed),
)
async def list_days(
    operation_id: OperationIdField, month: MonthInQuery, session: Session, caller: StaffOrOrganiser
) -> MonthDaysOut:
    """Status, revision, totals (watt-minutes) and gaps; `pending` days will be allocated soon."""
    caller.check_may_run(operation_id)
    perimeter = await copies.get_perimeter(session, operation_id)
    month_days = await days.list_month_days(session, perimeter, month)
    return MonthDaysOut.of(operation_id, month, month_days)


@router.get(
    "/operations/{operation_id}/summary",
    summary="Sum up a month by consumer and producer",
    responses=problems(OperationUnknown, MonthMalformed),
)
async def get_summary(
    operation_id: OperationIdField, month: MonthInQuery, session: Session, caller: AnyPerson
) -> SummaryOut:
    """Per point and in total, over the days allocated so far, in watt-minutes; rates and balance.

    Members see their own points only, and sums over these; their plants once the month is settled.
    """
    scope, perimeter = await access.get_noted_view(session, caller, operation_id)
    scope = await access.get_month_scope(session, scope, operation_id, month)
    month_days = await days.list_month_days(session, perimeter, month)
    summary = await shares.get_summary(session, operation_id, month, scope=scope)
    return SummaryOut.of(operation_id, month, month_days, summary)
