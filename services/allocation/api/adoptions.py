"""Routes for keys that members adopted in polls."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.ids import OperationIdField
from services.allocation.api.dependencies import Session
from services.allocation.schemas.adoptions import AdoptionOut
from services.allocation.store import adoptions

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/operations/{operation_id}/adoptions",
    summary="List the keys that members adopted in polls",
)
async def list_adoptions(
    operation_id: OperationIdField, session: Session, caller: StaffOrOrganiser
) -> list[AdoptionOut]:
    """The outcome of each, latest first: approved at once, or the reason why not.

    A key that was not approved can be drafted and voted on again, or approved by the organiser.
    """
    caller.check_may_run(operation_id)
    rows = await adoptions.list_adoptions(session, operation_id)
    return [AdoptionOut.model_validate(row) for row in rows]
