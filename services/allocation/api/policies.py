"""Routes for policies."""

from dataclasses import asdict

from fastapi import APIRouter

from libs.common.auth import TokenFirstRoute
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.allocation.api.dependencies import ACCESS, Organiser, Session
from services.allocation.commands.policies import set_policy
from services.allocation.schemas.policies import PolicyBody
from services.allocation.store import policies

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/operations/{operation_id}/policy",
    summary="Choose how an operation is shared and settled",
    responses=problems(*ACCESS),
)
async def put_policy(
    operation_id: OperationIdField, body: PolicyBody, session: Session, principal: Organiser
) -> PolicyBody:
    """Replaces the whole policy; what is left out has the default.

    Another `missing_readings` has the days allocated again that have readings. Settlements never
    change: `settle_from` is for the next ones. The operation need not be known here yet.
    """
    principal.check_may_run(operation_id)
    await set_policy(session, operation_id, body.policy)
    return body


@router.get(
    "/operations/{operation_id}/policy",
    summary="How an operation is shared and settled",
    responses=problems(*ACCESS),
)
async def get_policy(
    operation_id: OperationIdField, session: Session, principal: Organiser
) -> PolicyBody:
    """The defaults where it has chosen nothing."""
    principal.check_may_run(operation_id)
    return PolicyBody(**asdict(await policies.get_policy(session, operation_id)))
