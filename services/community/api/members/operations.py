"""Routes for operations and their participations."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Body, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, Staff, StaffOrOrganiser
from libs.common.edge.days import DayField
from libs.common.edge.pages import Limit
from libs.common.http import problems
from libs.common.http.body_limits import LISTS_BYTES, takes
from libs.common.ids import Direction, OperationIdField, PrmField
from services.community import access, commands
from services.community.api.dependencies import Session
from services.community.claims import Claimant
from services.community.commands.members.participations import ChangedPerimeter
from services.community.domain.members.perimeter import Participation
from services.community.domain.problems import (
    ForStaffToRecord,
    MemberUnknown,
    OperationUnknown,
    OrganiserUnknown,
    ParticipationAmbiguous,
    ParticipationEnrolled,
    ParticipationOverlap,
    ParticipationRepeated,
    ParticipationUnknown,
    PerimeterUnfit,
    PointUnknown,
    ValidityEmpty,
)
from services.community.schemas import (
    ListedParticipationIn,
    OperationIn,
    OperationOut,
    ParticipationIn,
    ParticipationOut,
    PerimeterOut,
)
from services.community.schemas.feasibility.feasibility import BreachOut
from services.community.schemas.members.perimeter_files import ChangedPerimeterOut
from services.community.store.members import registry
from services.community.tables import OperationRow

router = APIRouter(route_class=TokenFirstRoute)

_REFUSALS = (
    OperationUnknown,
    PointUnknown,
    MemberUnknown,
    ForStaffToRecord,
    ParticipationOverlap,
    ParticipationEnrolled,
    ValidityEmpty,
    PerimeterUnfit,
)


@router.put(
    "/operations/{operation_id}",
    summary="Create or replace an operation",
    responses=problems(OrganiserUnknown),
)
async def put_operation(
    _caller: Staff, operation_id: OperationIdField, body: OperationIn, session: Session
) -> OperationOut:
    """Record an operation by its id of the DSO (ACC and 8 digits); staff only.

    `step_min` is the settlement step in minutes; `step_changes` lists the local days from which
    another one applies. A change is published to the other services; the same content again changes
    nothing.
    """
    operation = await commands.record_operation(session, body.to_operation(operation_id))
    return OperationOut.model_validate(operation)


@router.get(
    "/operations",
    summary="List operations",
)
async def list_operations(
    caller: AnyPerson,
    session: Session,
    after: Annotated[
        OperationIdField | None, Query(description="last id of the page before")
    ] = None,
    limit: Limit = 100,
) -> list[OperationOut]:
    """In order of id. Staff see all, organisers and members their own."""
    operations = await registry.list_operations(session, caller.scope, after=after, limit=limit)
    return [OperationOut.model_validate(operation) for operation in operations]


@router.get(
    "/operations/{operation_id}",
    summary="Show an operation and its participations",
    responses=problems(OperationUnknown),
)
async def show_operation(
    caller: AnyPerson, operation_id: OperationIdField, session: Session
) -> PerimeterOut:
    """The operation with its participations; members who take part see only their own."""
    scope = await access.get_operation_scope(session, caller, operation_id)
    participations = await registry.list_participations(session, operation_id, scope)
    operation = await registry.get_operation(session, operation_id)
    return perimeter_out(operation, participations)


@router.put(
    "/operations/{operation_id}/participations/{prm}/{valid_from}",
    summary="Create or replace one participation",
    responses=problems(*_REFUSALS),
)
async def put_participation(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    prm: PrmField,
    valid_from: DayField,
    body: ParticipationIn,
    session: Session,
) -> ChangedPerimeterOut:
    """Record participation over local days `[valid_from, valid_to)`; returns the perimeter.

    For existing participations, as from a former list: new entries and exits take an enrolment, and
    a participation led by one is `participation-enrolled` here. For staff and the operation's
    organiser.

    The point and the member must exist. A point takes part in one operation at a time, and once on
    each side: `participation-overlap` says where it already does. To an organiser, a point that
    others had elsewhere is unknown. Only staff record (`for-staff-to-record`) a point that another
    member had, unless the DSO said that their contract ended, and a participation that begins
    before the operation or the member was recorded.
    Points that the law does not allow are refused by the policy `refuse` (`perimeter-unfit`), else
    listed in `breaches`, on the first day on which a limit is newly broken. Storage is on both
    sides, with two participations; cancel one on the wrong side.
    """
    change = body.to_participation(prm, valid_from)
    caller.check_may_run(operation_id)
    changed = await commands.record_participations(
        session, Claimant.of(caller), operation_id, [change]
    )
    return changed_perimeter_out(changed)


@router.delete(
    "/operations/{operation_id}/participations/{prm}/{valid_from}",
    summary="Cancel a mistaken participation",
    responses=problems(
        OperationUnknown, ParticipationUnknown, ParticipationAmbiguous, ParticipationEnrolled
    ),
)
async def delete_participation(
    *,
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    prm: PrmField,
    valid_from: DayField,
    session: Session,
    direction: Annotated[
        Direction | None, Query(description="needed where the point begins on both sides that day")
    ] = None,
) -> PerimeterOut:
    """Undo a participation as if it had never been; returns the rest of the perimeter.

    For staff and the operation's organiser. For a point that leaves, set `valid_to` instead:
    the days on which it took part then still count.
    """
    caller.check_may_run(operation_id)
    changed = await commands.cancel_participation(
        session, operation_id, prm=prm, valid_from=valid_from, direction=direction
    )
    return perimeter_out(*changed)


@router.put(
    "/operations/{operation_id}/participations",
    summary="Create or replace many participations",
    responses=problems(*_REFUSALS, ParticipationRepeated),
)
@takes(LISTS_BYTES)
async def put_participations(
    caller: StaffOrOrganiser,
    operation_id: OperationIdField,
    body: Annotated[list[ListedParticipationIn], Body(min_length=1, max_length=5000)],
    session: Session,
) -> ChangedPerimeterOut:
    """Merge a list into the perimeter, all or nothing, and publish it once to the other services.

    Each element replaces the participation with its `prm`, `direction` and `valid_from`, or is
    added; others stay. For staff and the operation's organiser; refusals as for a single one.
    """
    changes = [participation.to_listed_participation() for participation in body]
    caller.check_may_run(operation_id)
    changed = await commands.record_participations(
        session, Claimant.of(caller), operation_id, changes
    )
    return changed_perimeter_out(changed)


def changed_perimeter_out(changed: ChangedPerimeter) -> ChangedPerimeterOut:
    perimeter = perimeter_out(changed.operation, changed.participations)
    return ChangedPerimeterOut(**dict(perimeter), breaches=BreachOut.list_of(changed.breaches))


def perimeter_out(operation: OperationRow, participations: Sequence[Participation]) -> PerimeterOut:
    return PerimeterOut(
        **dict(OperationOut.model_validate(operation)),
        participations=[
            ParticipationOut.model_validate(participation) for participation in participations
        ],
    )
