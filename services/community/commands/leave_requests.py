"""Let members ask to leave, and tell who has to answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta
from uuid import UUID, uuid4, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in, today_in
from libs.common.ids import OperationId, Prm
from libs.common.principals import Principal
from services.community import access
from services.community import store as registry
from services.community.commands.enrolment_steps import record_step
from services.community.commands.notifications import tell_desks
from services.community.domain.enrolments.enrolment import (
    TOLD,
    Enrolment,
    State,
    Step,
    StepKind,
)
from services.community.domain.enrolments.leaving import (
    LeaveRequest,
    LeaveRequestUnknown,
    is_over,
    still_there,
    without_end,
)
from services.community.domain.notifications import Notification, NotificationKind
from services.community.domain.perimeter import Participation
from services.community.domain.working_days import earliest_start
from services.community.store import enrolments
from services.community.store import leave_requests as store
from services.community.store.conventions import get_convention
from services.community.tables import EnrolmentRow, OperationRow

_IN_PLACE = frozenset(State) - {State.WITHDRAWN}


async def ask_to_leave(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    prm: Prm,
    *,
    wanted_on: date,
    reason: str | None,
) -> LeaveRequest:
    """With a point of the caller, on all its sides; its organiser is told.

    A participation that no enrolment leads is taken over, so that its next step can be to leave.
    The same again changes nothing. Raises Forbidden, ParticipationUnknown, LeavingAlready: whether
    there is an operation is nothing for strangers to know, and they lock none.
    """
    member_id = access.get_own_member_id(caller)
    await _list_to_leave(session, operation_id, prm, member_id)
    operation = await registry.get_operation(session, operation_id, lock=True)
    to_leave = await _list_to_leave(session, operation_id, prm, member_id)
    now = now_in(session)
    led = await _lead_by_enrolments(session, caller, operation_id, to_leave)
    convention = await get_convention(session, operation_id)
    requests = [
        LeaveRequest(
            enrolment_id=one.id,
            operation_id=operation_id,
            prm=prm,
            member_id=member_id,
            wanted_on=wanted_on,
            possible_on=max(
                earliest_start(local_day(now), convention.exit_notice_working_days),
                one.valid_from + timedelta(days=1),
            ),
            reason=reason,
            asked_at=now,
        )
        for one in still_there(led)
    ]
    return await _save(session, operation, requests)


async def _list_to_leave(
    session: AsyncSession, operation_id: OperationId, prm: Prm, member_id: UUID
) -> list[Participation]:
    """Raises ParticipationUnknown, LeavingAlready."""
    own = await registry.list_participations(session, operation_id, of_member=member_id)
    return without_end([one for one in own if one.prm == prm], today_in(session))


async def show_leave_request(
    session: AsyncSession, caller: Principal, operation_id: OperationId, prm: Prm
) -> tuple[LeaveRequest, Enrolment]:
    """The latest of the caller's stay, with the enrolment that it is about.

    Raises Forbidden, LeaveRequestUnknown.
    """
    requests = await _list_requests(session, caller, operation_id, prm)
    if not requests:
        raise _unknown(operation_id)
    return requests[0]


async def withdraw_leave_request(
    session: AsyncSession, caller: Principal, operation_id: OperationId, prm: Prm
) -> None:
    """As long as no step has answered it; the organiser is told.

    Raises Forbidden, LeaveRequestUnknown, LeavingAlready.
    """
    await _list_withdrawable(session, caller, operation_id, prm)
    operation = await registry.get_operation(session, operation_id, lock=True)
    known = await _list_withdrawable(session, caller, operation_id, prm)
    waiting = [one.id for one in still_there(known)]
    requests = await store.map_leave_requests(session, waiting)
    await store.delete_leave_requests(session, waiting)
    withdrawn = NotificationKind.DESK_LEAVE_WITHDRAWN
    await _tell_desks(session, operation, withdrawn, requests[waiting[0]])


async def _list_withdrawable(
    session: AsyncSession, caller: Principal, operation_id: OperationId, prm: Prm
) -> list[Enrolment]:
    """Those of own wishes. Raises Forbidden, LeaveRequestUnknown."""
    requests = await _list_requests(session, caller, operation_id, prm)
    known = [one for _, one in requests if one.state != State.WITHDRAWN]
    if not known:
        raise _unknown(operation_id)
    return known


async def _list_requests(
    session: AsyncSession, caller: Principal, operation_id: OperationId, prm: Prm
) -> list[tuple[LeaveRequest, Enrolment]]:
    """Of stays that are not over, the latest first. Raises Forbidden."""
    rows = await store.list_leave_requests(
        session, operation_id, prm, of_member=access.get_own_member_id(caller)
    )
    led = [(request, enrolments.to_enrolment(row)) for request, row in rows]
    today = today_in(session)
    return [(request, enrolment) for request, enrolment in led if not is_over(enrolment, today)]


def _unknown(operation_id: OperationId) -> LeaveRequestUnknown:
    return LeaveRequestUnknown(f"You have not asked to leave {operation_id} with the point.")


async def _lead_by_enrolments(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    participations: Sequence[Participation],
) -> list[Enrolment]:
    """The enrolment of each, taken over if nothing leads it; the caller holds the operation."""
    rows = await enrolments.lock_enrolments_of_point(session, operation_id, participations[0].prm)
    by_place = {(row.direction, row.valid_from): row for row in rows if row.state in _IN_PLACE}
    led = []
    for one in participations:
        row = by_place.get((one.direction, one.valid_from))
        if row is None or row.state not in TOLD:
            if row is not None:
                await _withdraw_plan(session, caller, row)
            row = await _take_over(session, caller, operation_id, one)
        led.append(enrolments.to_enrolment(row))
    return led


async def _withdraw_plan(session: AsyncSession, caller: Principal, row: EnrolmentRow) -> None:
    """A plan for what stands already would keep what leads it from its place."""
    withdrawn = replace(enrolments.to_enrolment(row), state=State.WITHDRAWN)
    step = Step(kind=StepKind.WITHDRAW, day=today_in(session))
    await record_step(session, row, withdrawn, step, by=caller.subject)


async def _take_over(
    session: AsyncSession, caller: Principal, operation_id: OperationId, standing: Participation
) -> EnrolmentRow:
    enrolment = Enrolment(
        id=uuid4(),
        operation_id=operation_id,
        prm=standing.prm,
        direction=standing.direction,
        member_id=standing.member_id,
        valid_from=standing.valid_from,
        state=State.DECLARED,
    )
    step = Step(kind=StepKind.TAKE_OVER, day=today_in(session))
    return await record_step(session, None, enrolment, step, by=caller.subject)


async def _save(
    session: AsyncSession, operation: OperationRow, requests: Sequence[LeaveRequest]
) -> LeaveRequest:
    known = await store.map_leave_requests(session, [one.enrolment_id for one in requests])
    for one in requests:
        before = known.get(one.enrolment_id)
        if before is None or (before.wanted_on, before.reason) != (one.wanted_on, one.reason):
            known = {**known, one.enrolment_id: one}
            await store.save_leave_request(session, one)
    first = known[requests[0].enrolment_id]
    await _tell_desks(session, operation, NotificationKind.DESK_LEAVE_REQUEST, first)
    return first


async def _tell_desks(
    session: AsyncSession, operation: OperationRow, kind: NotificationKind, request: LeaveRequest
) -> None:
    """Each desk once for each wish. Neither member nor point is named: mail is not secret."""
    notification = Notification(
        kind=kind,
        about_id=_about(request),
        operation_id=operation.id,
        facts={"operation_name": operation.name, "leaves_on": request.leaves_on},
        link=f"/community/operations/{operation.id}/enrolments/{request.enrolment_id}",
    )
    await tell_desks(session, operation.id, notification)


def _about(request: LeaveRequest) -> UUID:
    """Who has withdrawn a wish may have the same again: it is another one."""
    asked_at = request.asked_at.astimezone(UTC)
    return uuid5(request.enrolment_id, f"{request.wanted_on} {asked_at.isoformat()}")
