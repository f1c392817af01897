"""Routes for the DSO's data about an operation's points besides their readings."""

from typing import Annotated

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInQuery
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.ingest.api.dependencies import Session
from services.ingest.commands.facts import cross_checks
from services.ingest.domain.facts.cross_check import Tolerance, Verdict
from services.ingest.schemas.facts import CrossCheckOut, DepartureOut
from services.ingest.store.facts import departures as departure_store

router = APIRouter(prefix="/operations/{operation_id}", route_class=TokenFirstRoute)


@router.get(
    "/cross-checks",
    summary="Compare curves with indexes and invoices",
    responses=problems(MonthMalformed),
)
async def get_cross_checks(
    *,
    operation_id: OperationIdField,
    caller: StaffOrOrganiser,
    session: Session,
    month: MonthInQuery,
    tolerance_percent: Annotated[float, Query(ge=0, le=100)] = 1.0,
    tolerance_wh: Annotated[int, Query(ge=0, le=10**9)] = 1_000,
    verdict: Annotated[Verdict | None, Query(description="only these")] = None,
) -> list[CrossCheckOut]:
    """The month's curves beside indexes (R64, R151, R171) and invoices (R67), by point.

    Points without any index or invoice are not listed. A curve agrees if it differs by no more than
    `tolerance_percent` of the counter or `tolerance_wh`, whichever is more: many meters report
    whole kWh.
    """
    caller.check_may_run(operation_id)
    checks = await cross_checks.cross_check(
        session, operation_id, month, Tolerance(tolerance_percent, tolerance_wh)
    )
    return [CrossCheckOut.of(check) for check in checks if verdict in {None, check.verdict}]


@router.get(
    "/departures",
    summary="List the points whose contract has ended",
)
async def list_departures(
    operation_id: OperationIdField, caller: StaffOrOrganiser, session: Session
) -> list[DepartureOut]:
    """Departures reported by C15: a termination or a new occupant ends a point's participation.

    Latest first. Community ends the participation on that day; a new participant at the point is
    enrolled anew.
    """
    caller.check_may_run(operation_id)
    departures = await departure_store.list_departures(session, operation_id)
    return [DepartureOut.model_validate(departure) for departure in departures]
