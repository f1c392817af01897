"""Routes for enrolments: how a point enters an operation, and leaves it."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import today_in
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.pages import AfterId, Limit
from libs.common.http import problems
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.community import access
from services.community.api.dependencies import Session
from services.community.claims import Claimant
from services.community.commands.enrolments import enrolments as commands
from services.community.domain.enrolments.enrolment import EnrolmentPhase
from services.community.domain.enrolments.problems import (
    ConditionsMissing,
    EnrolmentElsewhere,
    EnrolmentFixed,
    EnrolmentTwice,
    EnrolmentUnknown,
    StepDayUnfit,
    StepNotNext,
    StepOutdated,
)
from services.community.domain.problems import (
    ForStaffToRecord,
    MemberUnknown,
    OperationUnknown,
    ParticipationOverlap,
    PerimeterUnfit,
    PointUnknown,
)
from services.community.schemas.enrolments.enrolments import (
    STEP_EXAMPLE,
    EnrolmentIn,
    EnrolmentOut,
    EnrolmentStepOut,
    StepIn,
    StepTakenOut,
)
from services.community.schemas.feasibility.feasibility import BreachOut
from services.community.store.enrolments import enrolments as store
from services.community.store.enrolments.leave_requests import map_leave_requests
from services.community.tables import EnrolmentRow, EnrolmentStepRow

router = APIRouter(prefix="/operations/{operation_id}/enrolments", route_class=TokenFirstRoute)

_REFUSALS = (
    StepOutdated,
    StepNotNext,
    StepDayUnfit,
    ConditionsMissing,
    MemberUnknown,
    PointUnknown,
    ForStaffToRecord,
    ParticipationOverlap,
    PerimeterUnfit,
)


@router.get("", summary="List the enrolments of an operation")
async def list_enrolments(
    *,
    caller: AnyPerson,
    operation_id: OperationIdField,
    session: Session,
    phase: Annotated[EnrolmentPhase | None, Query(description="only those in it today")] = None,
    after: AfterId = None,
    limit: Limit = 100,
) -> list[EnrolmentOut]:
    """In order of id. Staff and the organiser see all, members their own."""
    scope = await access.get_paper_scope(session, caller, operation_id)
    rows = await store.list_enrolments(
        session,
        operation_id,
        scope,
        phase=phase,
        today=today_in(session),
        after=after,
        limit=limit,
    )
    return await _enrolments_out(session, caller, rows, with_recorder=scope.is_everything)


@router.get("/{enrolment_id}", summary="Show an enrolment", responses=problems(EnrolmentUnknown))
async def show_enrolment(
    caller: AnyPerson, operation_id: OperationIdField, enrolment_id: UUID, session: Session
) -> EnrolmentOut:
    """Its phase, its steps and the possible next ones, for staff, the organiser and its member."""
    scope = await access.get_paper_scope(session, caller, operation_id)
    row = await store.get_enrolment(session, operation_id, enrolment_id, scope)
    return (await _enrolments_out(session, caller, [row], with_recorder=scope.is_everything))[0]


@router.put(
    "/{enrolment_id}",
    summary="Record a prospect",
    responses=problems(
        OperationUnknown,
        MemberUnknown,
        PointUnknown,
        ForStaffToRecord,
        EnrolmentElsewhere,
        EnrolmentFixed,
        EnrolmentTwice,
    ),
)
async def put_enrolment(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    enrolment_id: UUID,
    body: EnrolmentIn,
    session: Session,
) -> EnrolmentOut:
    """Plan a point's participation from a day on, under an id of your choice.

    For staff and the operation's organiser. Everything in a prospect may change; of a signed
    enrolment only its first day may. A participation of the same member that already begins on that
    day is taken over, as if it had been declared. A point has one enrolment for each side and first
    day, withdrawn ones aside. `point-unknown` and `for-staff-to-record` as for participations; the
    organiser may continue an enrolment that staff recorded.
    """
    caller.check_may_run(operation_id)
    enrolment = body.to_enrolment(operation_id, enrolment_id)
    row = await commands.record_enrolment(session, Claimant.of(caller), enrolment)
    return (await _enrolments_out(session, caller, [row], with_recorder=True))[0]


@router.post(
    "/{enrolment_id}/steps",
    summary="Take a step of an enrolment",
    responses=problems(OperationUnknown, EnrolmentUnknown, *_REFUSALS),
)
async def post_step(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    enrolment_id: UUID,
    body: Annotated[StepIn, Body(examples=[STEP_EXAMPLE])],
    session: Session,
) -> StepTakenOut:
    """`sign`, `declare`, `leave`, `declare_exit` or `withdraw`; dated, and kept for good.

    For staff and the operation's organiser. `after_step` is the number of the last step that
    you have seen: if two people take a step at once, one gets `step-outdated`. `conditions-missing`
    lists all that is missing. `declare` and `declare_exit` record that the DSO was informed: with
    them the participation begins and ends in the perimeter; `breaches` lists what the law does not
    allow, where the policy of the legal basis does not refuse it.
    """
    caller.check_may_run(operation_id)
    row, breaches = await commands.take_step(
        session,
        Claimant.of(caller),
        operation_id,
        enrolment_id,
        body.to_step(),
        after_step=body.after_step,
    )
    (taken,) = await _enrolments_out(session, caller, [row], with_recorder=True)
    return StepTakenOut(**dict(taken), breaches=BreachOut.list_of(breaches))


async def _enrolments_out(
    session: AsyncSession, caller: Principal, rows: Sequence[EnrolmentRow], *, with_recorder: bool
) -> list[EnrolmentOut]:
    """Return enrolments with the names of their members; that they were looked at is noted."""
    await note_access(session, caller, [row.member_id for row in rows])
    ids = [row.id for row in rows]
    steps = await store.map_steps(session, ids)
    leave_requests = await map_leave_requests(session, ids)
    names = await store.map_names(session, ids)
    today = today_in(session)
    return [
        EnrolmentOut.of(
            store.to_enrolment(row),
            [_step_out(step, with_recorder=with_recorder) for step in steps.get(row.id, ())],
            leave_requests.get(row.id),
            **names[row.id]._asdict(),
            today=today,
        )
        for row in rows
    ]


def _step_out(row: EnrolmentStepRow, *, with_recorder: bool) -> EnrolmentStepOut:
    step = EnrolmentStepOut.model_validate(row)
    return step if with_recorder else step.model_copy(update={"recorded_by": None})
