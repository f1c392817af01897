"""Routes for delivery points."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from libs.common.ids import OperationIdField, PrmField
from libs.common.logs.accesses import note_access
from services.community import access, commands
from services.community.api.dependencies import Session
from services.community.api.noting import note_point
from services.community.claims import Claimant
from services.community.domain.problems import OperationUnknown, PointBusy, PointUnknown
from services.community.schemas import OperationPointOut, PointIn, PointOut
from services.community.store.members import registry
from services.community.store.members.points import list_operation_points

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/points/{prm}",
    summary="Create or replace a point",
    responses=problems(PointBusy),
)
async def put_point(
    caller: StaffOrOrganiser, prm: PrmField, body: PointIn, session: Session
) -> PointOut:
    """Record a delivery point by its prm (14 digits), with a label for people.

    With its powers, ingest finds impossible readings; null is unknown.
    For staff, and organisers for points that take part in their operations or in none yet.
    """
    point = await commands.record_point(session, Claimant.of(caller), body.to_point(prm))
    return PointOut.model_validate(point)


@router.get(
    "/points/{prm}",
    summary="Show a point",
    responses=problems(PointUnknown),
)
async def show_point(caller: AnyPerson, prm: PrmField, session: Session) -> PointOut:
    """A point; staff, organisers of an operation with it, and its member."""
    await access.check_may_see_point(session, caller, prm)
    await note_point(session, caller, prm)
    return PointOut.model_validate(await registry.get_point(session, prm))


@router.get(
    "/operations/{operation_id}/points",
    summary="List the points of an operation, with their members",
    responses=problems(OperationUnknown),
)
async def list_points(
    caller: StaffOrOrganiser, operation_id: OperationIdField, session: Session
) -> list[OperationPointOut]:
    """Every participation in order of prm, past ones too, with labels, powers and names.

    For staff and the organiser.
    """
    caller.check_may_run(operation_id)
    await registry.get_operation(session, operation_id)
    points = await list_operation_points(session, operation_id)
    await note_access(session, caller, {point.member_id for point in points})
    return [OperationPointOut.model_validate(point) for point in points]
