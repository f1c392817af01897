"""Routes for what-ifs."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response, status

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.pages import Limit
from libs.common.http import attachment, file_response, problems
from libs.common.http.allowances import costs
from libs.common.http.body_limits import takes
from libs.common.ids import OperationIdField
from services.allocation import access
from services.allocation.api.dependencies import Session, refuse_doubles
from services.allocation.commands import simulations as commands
from services.allocation.commands.pvgis import PvgisUnreachable, ask_pvgis
from services.allocation.commands.simulations import (
    ProposalUnknown,
    SimulationNotDone,
    TooManySimulations,
)
from services.allocation.domain.curve_file import CurvesRefused
from services.allocation.domain.curves import EnergyNotWhole
from services.allocation.domain.keys import KeyInvalid, KeyMalformed, KeyTypeUnsupported
from services.allocation.domain.keys.timeline import KeyNeverInForce
from services.allocation.domain.keys.versions import KeyNotADraft
from services.allocation.domain.simulations import ScenarioInvalid, SimulationTooLarge, SunUnknown
from services.allocation.domain.simulations.period import ReadingsMissing
from services.allocation.schemas.simulations import (
    EXAMPLES,
    MOST_BYTES,
    DraftIn,
    DraftOut,
    SimulationHeadOut,
    SimulationIn,
    SimulationOut,
    csv_of,
)
from services.allocation.store import simulations
from services.allocation.store.copies import OperationUnknown
from services.allocation.store.simulations import SimulationUnknown

router = APIRouter(route_class=TokenFirstRoute)

_CSV = (
    "scenario,prm,direction,metered_kwh,shared_kwh,rest_kwh,savings_eur,revenue_eur\n"
    "today,99110000000101,consumption,9.600,7.200,2.400,0.58,\n"
    "today,99220000000101,production,21.600,7.200,14.400,,1.44\n"
)


@router.post(
    "/simulations",
    summary="Simulate other keys, members or plants",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Depends(refuse_doubles)],
    responses=problems(
        OperationUnknown,
        ReadingsMissing,
        CurvesRefused,
        EnergyNotWhole,
        ScenarioInvalid,
        KeyInvalid,
        KeyMalformed,
        KeyTypeUnsupported,
        SimulationTooLarge,
        TooManySimulations,
        PvgisUnreachable,
        SunUnknown,
    ),
)
@takes(MOST_BYTES, advice="Ask for fewer points or days.")
@costs(5)
async def post_simulation(
    body: Annotated[SimulationIn, Body(openapi_examples=EXAMPLES)],
    request: Request,
    response: Response,
    session: Session,
    caller: StaffOrOrganiser,
) -> SimulationHeadOut:
    """Compare scenarios on real, uploaded or invented curves; computed soon after, in turn.

    Ask for the simulation (`Location`) until its `state` is `done`. Energies are in watt-minutes,
    amounts in cents, rates from 0 to 1. Keys, shares and settlements stay as they are. With
    `search`, keys are proposed: calculations, marked as such, whose `definition` is accepted by
    the routes for keys, or by `…/proposals/1/draft`. Assumptions: docs/use/simulations.md.
    """
    caller.check_may_run(body.operation_id)
    # Before the session is used, so that no connection waits for another company.
    pvgis = await ask_pvgis(request.app.state.settings.pvgis_url, body.pvgis_sites())
    row = await commands.ask_simulation(session, body, asked_by=caller.subject, pvgis=pvgis)
    response.headers["Location"] = f"/allocation/simulations/{row.id}"
    return SimulationHeadOut.of(row)


@router.get(
    "/simulations",
    summary="List the simulations of an operation",
)
async def list_simulations(
    operation_id: Annotated[OperationIdField, Query(examples=["ACC00000101"])],
    session: Session,
    caller: StaffOrOrganiser,
    limit: Limit = 100,
) -> list[SimulationHeadOut]:
    """Newest first, without their results."""
    caller.check_may_run(operation_id)
    rows = await simulations.list_simulations(session, operation_id, limit)
    return [SimulationHeadOut.of(row) for row in rows]


@router.get(
    "/simulations/{simulation_id}",
    summary="Show the progress and results of a simulation",
    responses=problems(SimulationUnknown),
)
async def get_simulation(
    simulation_id: UUID, session: Session, caller: StaffOrOrganiser
) -> SimulationOut:
    """`failed` has a `failure`, with the type and detail of a problem."""
    return SimulationOut.of(await access.get_simulation(session, caller, simulation_id))


@router.get(
    "/simulations/{simulation_id}/results.csv",
    summary="Download the results of a simulation as CSV",
    response_class=Response,
    responses={
        **file_response("One row per scenario and point, kWh and euros", {"text/csv": _CSV}),
        **problems(SimulationUnknown, SimulationNotDone),
    },
)
@costs(1)
async def get_results_csv(
    simulation_id: UUID, session: Session, caller: StaffOrOrganiser
) -> Response:
    """In kWh and euros: each point's metered energy, its shared part, and the rest.

    Columns scenario, prm, direction, metered_kwh, shared_kwh, rest_kwh, savings_eur, revenue_eur;
    `rest_kwh` is the complement of a consumer, the surplus of a producer.
    """
    row = await access.get_simulation(session, caller, simulation_id)
    text = csv_of(commands.result_of(row))
    headers = attachment(f"simulation-{simulation_id}.csv")
    return Response(text, media_type="text/csv", headers=headers)


@router.post(
    "/simulations/{simulation_id}/proposals/{number}/draft",
    summary="Turn a proposed key into a draft",
    status_code=status.HTTP_201_CREATED,
    responses=problems(
        SimulationUnknown, SimulationNotDone, ProposalUnknown, KeyNeverInForce, KeyNotADraft
    ),
)
async def draft_proposal(
    *,
    simulation_id: UUID,
    number: Annotated[int, Path(ge=1, le=100, description="counts the proposals of the result")],
    body: DraftIn,
    response: Response,
    session: Session,
    caller: StaffOrOrganiser,
) -> DraftOut:
    """A draft shares nothing: people approve, declare and activate it, by the routes for keys.

    Repeating it rewrites the draft, until it is approved.
    """
    row = await access.get_simulation(session, caller, simulation_id)
    version = await commands.draft_proposal(
        session,
        row,
        number,
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        by=caller.subject,
    )
    response.headers["Location"] = f"/allocation/operations/{row.operation_id}/keys/{version.id}"
    return DraftOut(key_id=version.id)


@router.post(
    "/simulations/{simulation_id}/cancellation",
    summary="Cancel a simulation",
    responses=problems(SimulationUnknown),
)
async def cancel_simulation(
    simulation_id: UUID, session: Session, caller: StaffOrOrganiser
) -> SimulationHeadOut:
    """Its result will not be available; a finished simulation stays as it is.

    The state is `cancelled` at once. The computation ends after the current part of the period,
    within seconds, or after the current search for shares, within 40 seconds. Until then the next
    simulation of that process waits.
    """
    await access.get_simulation(session, caller, simulation_id)
    return SimulationHeadOut.of(await commands.cancel_simulation(session, simulation_id))


@router.delete(
    "/simulations/{simulation_id}",
    summary="Delete a simulation",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(SimulationUnknown),
)
async def delete_simulation(
    simulation_id: UUID, session: Session, caller: StaffOrOrganiser
) -> None:
    """Its curves and results are deleted too; it is cancelled if necessary."""
    await access.get_simulation(session, caller, simulation_id)
    await simulations.delete_simulation(session, simulation_id)
