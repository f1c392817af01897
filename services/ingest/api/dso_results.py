"""Routes for the DSO's view of an operation: its split, and its perimeter."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import Staff, StaffOrOrganiser
from libs.common.edge.days import MonthInQuery
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.ingest.api.dependencies import Session
from services.ingest.domain.problems import DsoPerimeterMissing, OperationUnknown
from services.ingest.domain.results.days import sum_up
from services.ingest.domain.results.dso_perimeters import compare_perimeters
from services.ingest.schemas.results import DsoPerimeterOut, DsoResultsOut, HeldResultsOut
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.results import dso_perimeters as dso_perimeter_store
from services.ingest.store.results import published as published_results
from services.ingest.store.results import results as result_store

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/operations/{operation_id}/dso-results",
    summary="List the DSO's results received for a month",
    responses=problems(OperationUnknown, MonthMalformed),
)
async def get_dso_results(
    operation_id: OperationIdField, month: MonthInQuery, caller: StaffOrOrganiser, session: Session
) -> DsoResultsOut:
    """Per point and quantity: the days received, their total, and whether it is definitive.

    For staff and the operation's organiser. Of a curve that came in several steps, the
    definitive one is shown, else the last published. For the comparison with our own split, see
    `/allocation/operations/{operation_id}/reconciliation`.
    """
    caller.check_may_run(operation_id)
    curves = await result_store.list_curves_of_month(session, operation_id, month)
    energies = await result_store.map_energies(session, [operation_id], [str(month)])
    held = not await perimeter_store.map_revisions(session, [operation_id])
    if held and not curves and not energies:
        raise OperationUnknown(f"Neither a perimeter nor a result of {operation_id} is known.")
    return DsoResultsOut.of(
        operation_id,
        month,
        held=held,
        revisions=await published_results.map_day_revisions(session, operation_id, month),
        quantities=sum_up(curves),
        energies=energies.values(),
    )


@router.get(
    "/held-results",
    summary="List the operations whose results wait for their perimeter",
)
async def list_held_results(_caller: Staff, session: Session) -> list[HeldResultsOut]:
    """The DSO's results for operations unknown here, by month; an id may be mistyped."""
    held_results = await result_store.list_held(session)
    return [HeldResultsOut.model_validate(result) for result in held_results]


@router.get(
    "/operations/{operation_id}/dso-perimeter",
    summary="Compare the DSO's perimeter with ours",
    responses=problems(DsoPerimeterMissing),
)
async def get_dso_perimeter(
    operation_id: OperationIdField, caller: StaffOrOrganiser, session: Session
) -> DsoPerimeterOut:
    """Points that only one side has, and points whose days differ.

    For staff and the organiser; `dso-perimeter-missing` until the DSO's has arrived.
    """
    caller.check_may_run(operation_id)
    theirs = await dso_perimeter_store.find_dso_perimeter(session, operation_id)
    if theirs is None:
        raise DsoPerimeterMissing(f"Pull the perimeter of {operation_id} from the ACC API first.")
    ours = await perimeter_store.list_participations_in(session, operation_id)
    return DsoPerimeterOut.of(theirs, compare_perimeters(ours, theirs.points))
