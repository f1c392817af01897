"""Routes by which a member asks to leave an operation with a point."""

from uuid import UUID

from fastapi import APIRouter, status
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import today_in
from libs.common.edge.callers import OnlyMember
from libs.common.http import problems
from libs.common.ids import OperationId, OperationIdField, Prm, PrmField
from services.community.api.dependencies import Session
from services.community.commands.enrolments import leave_requests as commands
from services.community.domain.enrolments.leaving import LeaveRequestUnknown, LeavingAlready
from services.community.domain.problems import ParticipationUnknown
from services.community.schemas.enrolments.leave_requests import (
    AskedToLeaveOut,
    LeaveRequestIn,
    LeaveRequestOut,
)

router = APIRouter(
    prefix="/operations/{operation_id}/points/{prm}/leave-request", route_class=TokenFirstRoute
)


@router.put(
    "",
    summary="Ask to leave with a point",
    responses=problems(ParticipationUnknown, LeavingAlready),
)
async def put_leave_request(
    caller: OnlyMember,
    operation_id: OperationIdField,
    prm: PrmField,
    body: LeaveRequestIn,
    session: Session,
) -> LeaveRequestOut:
    """For your own points. `possible_on` is the first day that the notice of exits allows.

    The organiser is notified, and finds it among the deadlines: their next step is to record that
    the point leaves (`leave`), then to declare it to the DSO. Another request changes the day; the
    same one again changes nothing.
    """
    member_id = caller.get_own_member_id()
    await commands.ask_to_leave(
        session, operation_id, prm, of_member=member_id, by=caller.subject, **dict(body)
    )
    return await _leave_request_out(session, operation_id, prm, member_id)


@router.get("", summary="Show my request to leave", responses=problems(LeaveRequestUnknown))
async def show_leave_request(
    caller: OnlyMember, operation_id: OperationIdField, prm: PrmField, session: Session
) -> LeaveRequestOut:
    """The caller's latest request to leave with the point, and its status.

    Once the point has left, only the enrolment shows it.
    """
    member_id = caller.get_own_member_id()
    return await _leave_request_out(session, operation_id, prm, member_id)


@router.delete(
    "",
    summary="Withdraw the request to leave",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(LeaveRequestUnknown, LeavingAlready),
)
async def delete_leave_request(
    caller: OnlyMember, operation_id: OperationIdField, prm: PrmField, session: Session
) -> None:
    """Possible until the organiser has answered the request; the organiser is notified."""
    member_id = caller.get_own_member_id()
    await commands.withdraw_leave_request(session, operation_id, prm, of_member=member_id)


async def _leave_request_out(
    session: AsyncSession, operation_id: OperationId, prm: Prm, member_id: UUID
) -> LeaveRequestOut:
    request, enrolment = await commands.show_leave_request(
        session, operation_id, prm, of_member=member_id
    )
    return LeaveRequestOut(
        **dict(AskedToLeaveOut.model_validate(request)),
        phase=enrolment.phase(today_in(session)),
        valid_to=enrolment.valid_to,
    )
