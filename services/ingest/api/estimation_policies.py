"""Routes for estimation policies: how the gaps of an operation may be filled."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.settings import CurrentSettings
from libs.common.ids import OperationIdField
from services.ingest.api.dependencies import Session
from services.ingest.domain.estimations.policy import EstimationPolicy
from services.ingest.schemas.estimations import EstimationPolicyBody
from services.ingest.store.estimations import policies as store

router = APIRouter(
    prefix="/operations/{operation_id}/estimation-policy", route_class=TokenFirstRoute
)


@router.get(
    "",
    summary="Show the estimation policy of an operation",
)
async def get_policy(
    operation_id: OperationIdField,
    caller: StaffOrOrganiser,
    session: Session,
    settings: CurrentSettings,
) -> EstimationPolicyBody:
    """The operation's choice, else all methods; for staff and its organiser."""
    caller.check_may_run(operation_id)
    policy = await store.get_policy(
        session, operation_id, default_max_min=settings.estimation_interpolation_max_min
    )
    return EstimationPolicyBody.model_validate(policy)


@router.put(
    "",
    summary="Set the estimation policy of an operation",
)
async def put_policy(
    operation_id: OperationIdField,
    body: EstimationPolicyBody,
    caller: StaffOrOrganiser,
    session: Session,
) -> EstimationPolicyBody:
    """Set the methods, their order, and the longest gap for a straight line.

    For staff and the operation's organiser. It applies to later estimations; existing
    estimates stay. Without a method nothing is estimated. Whether estimates count in shares is
    decided by `missing_readings` of `PUT /allocation/operations/{operation_id}/policy`.
    """
    caller.check_may_run(operation_id)
    policy = EstimationPolicy(body.methods, body.interpolation_max_min)
    await store.save_policy(session, operation_id, policy)
    return EstimationPolicyBody.model_validate(policy)
