"""Routes for estimations: fill gaps on request, say how, and take it back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.pages import Limit
from libs.common.edge.settings import CurrentSettings
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.ingest.api.dependencies import Session
from services.ingest.commands.estimations import Asked, estimate_gaps, withdraw_estimation
from services.ingest.domain.problems import (
    EstimationNotAllowed,
    EstimationUnknown,
    OperationUnknown,
)
from services.ingest.schemas.estimations import (
    EstimationDetailsOut,
    EstimationIn,
    EstimationOut,
)
from services.ingest.schemas.gaps import frame_of
from services.ingest.store.estimations import estimations as store
from services.ingest.store.estimations.policies import get_policy

router = APIRouter(route_class=TokenFirstRoute)

_REFUSALS_OF_ONE = problems(EstimationUnknown)


@router.post(
    "/operations/{operation_id}/estimations",
    summary="Estimate missing readings",
    status_code=201,
    responses=problems(OperationUnknown, EstimationNotAllowed),
)
async def post_estimation(
    *,
    operation_id: OperationIdField,
    body: EstimationIn,
    caller: StaffOrOrganiser,
    session: Session,
    settings: CurrentSettings,
) -> EstimationDetailsOut:
    """Fill the missing steps of days that are over, and publish them to the operation.

    It uses the methods that `PUT …/estimation-policy` allows, or some of them; each tries what the
    one before it left. `interpolation`: a straight line, two hours long at most unless the policy
    says otherwise · `same_weekday`: the mean of up to four weeks before, at the same local time ·
    `neighbours`: for production, derived from the operation's other plants.
    Estimates are made from real values only, of days on which the same member takes part. They
    are marked as ours, and real values replace them when they arrive. Whether they count is the
    operation's policy: `missing_readings` of `PUT /allocation/operations/{operation_id}/policy`.
    """
    caller.check_may_run(operation_id)
    policy = await get_policy(
        session, operation_id, default_max_min=settings.estimation_interpolation_max_min
    )
    from_day, to_day = body.period
    asked = Asked(
        from_day=from_day,
        to_day=to_day,
        methods=policy.choose(body.methods),
        interpolation_max_min=policy.interpolation_max_min,
        asked_by=caller.subject,
        only=frame_of(body.only),
    )
    estimation = await estimate_gaps(session, operation_id, asked)
    estimates = await store.list_estimates(session, estimation.id)
    return EstimationDetailsOut.of(estimation, estimates)


@router.get(
    "/operations/{operation_id}/estimations",
    summary="List estimations, newest first",
    responses=_REFUSALS_OF_ONE,
)
async def list_estimations(
    *,
    operation_id: OperationIdField,
    caller: StaffOrOrganiser,
    session: Session,
    before: Annotated[UUID | None, Query(description="an estimation's id")] = None,
    limit: Limit = 100,
) -> list[EstimationOut]:
    """Includes withdrawn ones; the next page is `before` the last. Equal instants come by id."""
    caller.check_may_run(operation_id)
    estimations = await store.list_estimations(session, operation_id, before=before, limit=limit)
    return [EstimationOut.model_validate(estimation) for estimation in estimations]


@router.get(
    "/operations/{operation_id}/estimations/{estimation_id}",
    summary="Show how an estimation filled gaps",
    responses=_REFUSALS_OF_ONE,
)
async def get_estimation(
    operation_id: OperationIdField, estimation_id: UUID, caller: StaffOrOrganiser, session: Session
) -> EstimationDetailsOut:
    """The author, the time, and by block the method, the steps and their sources."""
    caller.check_may_run(operation_id)
    estimation = await store.get_estimation(session, operation_id, estimation_id)
    return EstimationDetailsOut.of(estimation, await store.list_estimates(session, estimation_id))


@router.delete(
    "/operations/{operation_id}/estimations/{estimation_id}",
    summary="Withdraw the estimates of an estimation",
    responses=_REFUSALS_OF_ONE,
)
async def delete_estimation(
    operation_id: OperationIdField, estimation_id: UUID, caller: StaffOrOrganiser, session: Session
) -> EstimationOut:
    """Estimates still in use become missing again, in a new revision; the estimation stays listed.

    Values replaced by real ones stay replaced. Repeating it changes nothing.
    """
    caller.check_may_run(operation_id)
    estimation = await withdraw_estimation(
        session, operation_id, estimation_id, asked_by=caller.subject
    )
    return EstimationOut.model_validate(estimation)
