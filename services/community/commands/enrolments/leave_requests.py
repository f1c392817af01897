"""Let members ask to leave, and notify the organisers who have to answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta
from uuid import UUID, uuid4, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in, today_in
from libs.common.ids import OperationId, Prm
from libs.common.scopes import Scope
from services.community.commands.enrolments.steps import record_step
from services.community.commands.messages.notifications import notify_desks
from services.community.domain.enrolments.enrolment import (
    TOLD,
    Enrolment,
    EnrolmentState,
    Step,
    StepKind,
)
from services.community.domain.enrolments.leaving import (
    LeaveRequest,
    LeaveRequestUnknown,
    is_over,
    list_staying,
    without_end,
)
from services.community.domain.enrolments.working_days import earliest_start
from services.community.domain.members.perimeter import Participation
from services.community.domain.messages.notifications import Notification, NotificationKind
from services.community.store.desk.conventions import get_convention
from services.community.store.enrolments import enrolments
from services.community.store.enrolments import leave_requests as store
from services.community.store.members import registry
from services.community.tables import EnrolmentRow, OperationRow

_IN_PLACE = frozenset(EnrolmentState) - {EnrolmentState.WITHDRAWN}


async def ask_to_leave(
    session: AsyncSession,
    operation_id: OperationId,
    prm: Prm,
    *,
    of_member: UUID,
    by: str,
    wanted_on: date,
    reason: str | None,
) -> LeaveRequest:
    """Ask to leave with a point of the member, on all its sides; its organiser is notified.

    A participation without an enrolment is taken over, so that its next step can be to leave.
    Repeating it changes nothing. Raises ParticipationUnknown, LeavingAlready: strangers
    cannot learn whether the operation exists, and lock nothing.
    """
    await _list_to_leave(session, operation_id, prm, of_member)
    operation = await registry.get_operation(session, operation_id, lock=True)
    participations = await _list_to_leave(session, operation_id, prm, of_member)
    now = now_in(session)
    stays = await _lead_by_enrolments(session, operation_id, participations, by=by)
    convention = await get_convention(session, operation_id)
    requests = [
        LeaveRequest(
            enrolment_id=enrolment.id,
            operation_id=operation_id,
            prm=prm,
            member_id=of_member,
            wanted_on=wanted_on,
            possible_on=max(
                earliest_start(local_day(now), convention.exit_notice_working_days),
                enrolment.valid_from + timedelta(days=1),
            ),
            reason=reason,
            asked_at=now,
        )
        for enrolment in list_staying(stays)
    ]
    return await _save(session, operation, requests)


async def _list_to_leave(
    session: AsyncSession, operation_id: OperationId, prm: Prm, member_id: UUID
) -> list[Participation]:
    """Raises ParticipationUnknown, LeavingAlready."""
    participations = await registry.list_participations(
        session, operation_id, Scope.about(member_id)
    )
    return without_end(
        [participation for participation in participations if participation.prm == prm],
        today_in(session),
    )


async def show_leave_request(
    session: AsyncSession, operation_id: OperationId, prm: Prm, *, of_member: UUID
) -> tuple[LeaveRequest, Enrolment]:
    """Return the latest request of the member's stay, with its enrolment.

    Raises LeaveRequestUnknown.
    """
    requests = await _list_requests(session, operation_id, prm, of_member=of_member)
    if not requests:
        raise _unknown(operation_id)
    return requests[0]


async def withdraw_leave_request(
    session: AsyncSession, operation_id: OperationId, prm: Prm, *, of_member: UUID
) -> None:
    """Withdraw a request that no step has answered; the organiser is notified.

    Raises LeaveRequestUnknown, LeavingAlready.
    """
    await _list_withdrawable(session, operation_id, prm, of_member=of_member)
    operation = await registry.get_operation(session, operation_id, lock=True)
    asked_stays = await _list_withdrawable(session, operation_id, prm, of_member=of_member)
    enrolment_ids = [enrolment.id for enrolment in list_staying(asked_stays)]
    requests = await store.map_leave_requests(session, enrolment_ids)
    await store.delete_leave_requests(session, enrolment_ids)
    kind = NotificationKind.DESK_LEAVE_WITHDRAWN
    await _notify_desks(session, operation, kind, requests[enrolment_ids[0]])


async def _list_withdrawable(
    session: AsyncSession, operation_id: OperationId, prm: Prm, *, of_member: UUID
) -> list[Enrolment]:
    """Return the enrolments that the member asked to leave. Raises LeaveRequestUnknown."""
    requests = await _list_requests(session, operation_id, prm, of_member=of_member)
    withdrawable = [
        enrolment for _, enrolment in requests if enrolment.state != EnrolmentState.WITHDRAWN
    ]
    if not withdrawable:
        raise _unknown(operation_id)
    return withdrawable


async def _list_requests(
    session: AsyncSession, operation_id: OperationId, prm: Prm, *, of_member: UUID
) -> list[tuple[LeaveRequest, Enrolment]]:
    """Return requests of stays that are not over, the latest first."""
    rows = await store.list_leave_requests(session, operation_id, prm, of_member=of_member)
    requests = [(request, enrolments.to_enrolment(row)) for request, row in rows]
    today = today_in(session)
    return [
        (request, enrolment) for request, enrolment in requests if not is_over(enrolment, today)
    ]


def _unknown(operation_id: OperationId) -> LeaveRequestUnknown:
    return LeaveRequestUnknown(f"You have not asked to leave {operation_id} with the point.")


async def _lead_by_enrolments(
    session: AsyncSession,
    operation_id: OperationId,
    participations: Sequence[Participation],
    *,
    by: str,
) -> list[Enrolment]:
    """Return each one's enrolment, taken over if it has none; the caller locked the operation."""
    rows = await enrolments.lock_enrolments_of_point(session, operation_id, participations[0].prm)
    rows_by_place = {(row.direction, row.valid_from): row for row in rows if row.state in _IN_PLACE}
    stays = []
    for participation in participations:
        row = rows_by_place.get((participation.direction, participation.valid_from))
        if row is None or row.state not in TOLD:
            if row is not None:
                await _withdraw_plan(session, row, by=by)
            row = await _take_over(session, operation_id, participation, by=by)
        stays.append(enrolments.to_enrolment(row))
    return stays


async def _withdraw_plan(session: AsyncSession, row: EnrolmentRow, *, by: str) -> None:
    """Withdraw a plan for an existing participation: it would block that one's enrolment."""
    withdrawn = replace(enrolments.to_enrolment(row), state=EnrolmentState.WITHDRAWN)
    step = Step(kind=StepKind.WITHDRAW, day=today_in(session))
    await record_step(session, row, withdrawn, step, by=by)


async def _take_over(
    session: AsyncSession,
    operation_id: OperationId,
    participation: Participation,
    *,
    by: str,
) -> EnrolmentRow:
    enrolment = Enrolment(
        id=uuid4(),
        operation_id=operation_id,
        prm=participation.prm,
        direction=participation.direction,
        member_id=participation.member_id,
        valid_from=participation.valid_from,
        state=EnrolmentState.DECLARED,
    )
    step = Step(kind=StepKind.TAKE_OVER, day=today_in(session))
    return await record_step(session, None, enrolment, step, by=by)


async def _save(
    session: AsyncSession, operation: OperationRow, requests: Sequence[LeaveRequest]
) -> LeaveRequest:
    recorded = await store.map_leave_requests(
        session, [request.enrolment_id for request in requests]
    )
    for request in requests:
        former = recorded.get(request.enrolment_id)
        if former is None or (former.wanted_on, former.reason) != (
            request.wanted_on,
            request.reason,
        ):
            recorded = {**recorded, request.enrolment_id: request}
            await store.save_leave_request(session, request)
    first_request = recorded[requests[0].enrolment_id]
    await _notify_desks(session, operation, NotificationKind.DESK_LEAVE_REQUEST, first_request)
    return first_request


async def _notify_desks(
    session: AsyncSession, operation: OperationRow, kind: NotificationKind, request: LeaveRequest
) -> None:
    """Notify each desk once per request. Neither member nor point is named: mail is not secret."""
    notification = Notification(
        kind=kind,
        about_id=_about(request),
        operation_id=operation.id,
        facts={"operation_name": operation.name, "leaves_on": request.leaves_on},
        link=f"/community/operations/{operation.id}/enrolments/{request.enrolment_id}",
    )
    await notify_desks(session, operation.id, notification)


def _about(request: LeaveRequest) -> UUID:
    """Return an id that differs when a withdrawn request is made again."""
    asked_at = request.asked_at.astimezone(UTC)
    return uuid5(request.enrolment_id, f"{request.wanted_on} {asked_at.isoformat()}")
