"""Routes for the convention of an operation with its DSO."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.community.api.dependencies import Session
from services.community.commands.desk.conventions import record_convention
from services.community.domain.problems import ConventionEmpty, OperationUnknown
from services.community.schemas.desk.conventions import ConventionBody, ConventionOut
from services.community.store.desk.conventions import get_convention
from services.community.store.members import registry

router = APIRouter(prefix="/operations/{operation_id}/convention", route_class=TokenFirstRoute)


@router.put(
    "",
    summary="Record the convention with the DSO",
    responses=problems(OperationUnknown, ConventionEmpty),
)
async def put_convention(
    caller: StaffOrOrganiser, operation_id: OperationIdField, body: ConventionBody, session: Session
) -> ConventionOut:
    """The contract number, its dates, the delays of the DSO, and who declares changes.

    For staff and the operation's organiser. Later steps are checked against it; steps already
    taken stay.
    """
    caller.check_may_run(operation_id)
    convention = body.to_convention()
    await record_convention(session, operation_id, convention, by=caller.subject)
    return ConventionOut.model_validate(body)


@router.get("", summary="Show the convention with the DSO", responses=problems(OperationUnknown))
async def show_convention(
    caller: StaffOrOrganiser, operation_id: OperationIdField, session: Session
) -> ConventionOut:
    """For staff and the operation's organiser; defaults where none was recorded."""
    caller.check_may_run(operation_id)
    await registry.get_operation(session, operation_id)
    return ConventionOut.model_validate(await get_convention(session, operation_id))
