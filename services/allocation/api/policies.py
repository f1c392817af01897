"""Routes for policies."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.ids import OperationIdField
from services.allocation.api.dependencies import Session
from services.allocation.commands.policies import set_policy
from services.allocation.schemas.policies import PolicyBody, PolicyOut
from services.allocation.store import policies

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/operations/{operation_id}/policy",
    summary="Choose how an operation is shared and settled",
)
async def put_policy(
    operation_id: OperationIdField, body: PolicyBody, session: Session, caller: StaffOrOrganiser
) -> PolicyOut:
    """Replace the whole policy.

    If `missing_readings` changes, days with readings are allocated again. Settlements never change:
    `settle_from` applies to the next ones. The operation need not be known here yet.
    """
    caller.check_may_run(operation_id)
    await set_policy(session, operation_id, body.policy)
    return PolicyOut.model_validate(body)


@router.get(
    "/operations/{operation_id}/policy",
    summary="Show how an operation is shared and settled",
)
async def get_policy(
    operation_id: OperationIdField, session: Session, caller: StaffOrOrganiser
) -> PolicyOut:
    """The policy, with defaults where none was chosen."""
    caller.check_may_run(operation_id)
    return PolicyOut.model_validate(await policies.get_policy(session, operation_id))
