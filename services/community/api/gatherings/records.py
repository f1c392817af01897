"""Routes for the attendance of a gathering, its minutes and decisions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson
from libs.common.edge.pages import AfterMemberId, Limit
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.community.access import gatherings as access
from services.community.api.dependencies import Session
from services.community.commands.gatherings import records as commands
from services.community.domain.gatherings.problems import (
    AttendanceUnknown,
    GatheringNotBegun,
    GatheringOver,
    GatheringUnknown,
    MinutesOutdated,
    MinutesPublished,
    MinutesUnknown,
    NotInvited,
)
from services.community.domain.polls.problems import PollUnknown
from services.community.schemas.gatherings.records import (
    AttendanceIn,
    AttendanceOut,
    MinutesIn,
    MinutesOut,
)
from services.community.store.gatherings import attendance
from services.community.store.gatherings import minutes as store
from services.community.tables import GatheringMinutesRow

router = APIRouter(prefix="/gatherings/{gathering_id}", route_class=TokenFirstRoute)
MinutesVersion = Annotated[int, Path(ge=1, le=1000, description="1 is the first one", examples=[1])]


@router.get(
    "/attendance",
    summary="List the attendance of a gathering",
    responses=problems(GatheringUnknown),
)
async def list_attendance(
    *,
    caller: AnyPerson,
    gathering_id: UUID,
    session: Session,
    after: AfterMemberId = None,
    limit: Limit = 100,
) -> list[AttendanceOut]:
    """Return attendance by member id; for staff, the organiser, and the members who lead it."""
    gathering = await access.get_gathering_to_lead(session, caller, gathering_id)
    rows = await attendance.list_attendance(session, gathering_id, after=after, limit=limit)
    if access.may_run_gathering(caller, gathering.operation_id):
        await note_access(session, caller, [row.member_id for row, _ in rows])
    return [AttendanceOut.model_validate(vars(row) | {"name": name}) for row, name in rows]


@router.put(
    "/attendance/{member_id}",
    summary="Record the attendance of a member",
    status_code=204,
    responses=problems(GatheringUnknown, GatheringNotBegun, GatheringOver, NotInvited),
)
async def put_attendance(
    caller: AnyPerson, gathering_id: UUID, member_id: UUID, body: AttendanceIn, session: Session
) -> None:
    """Possible from the local day of the gathering on, whether or not the member had replied.

    For staff, the organiser, and the members who lead the gathering.
    """
    row = await access.get_gathering_to_lead(session, caller, gathering_id, lock=True)
    await commands.note_attendance(session, row, member_id, guests=body.guests, by=caller.subject)


@router.delete(
    "/attendance/{member_id}",
    summary="Remove a member from the attendance",
    status_code=204,
    responses=problems(GatheringUnknown, AttendanceUnknown),
)
async def delete_attendance(
    caller: AnyPerson, gathering_id: UUID, member_id: UUID, session: Session
) -> None:
    """Corrects a mistake. For staff, the organiser, and members who lead the gathering."""
    row = await access.get_gathering_to_lead(session, caller, gathering_id)
    await attendance.delete_attendance(session, row.id, member_id)


@router.get("/minutes", summary="Read the minutes", responses=problems(GatheringUnknown))
async def list_minutes(caller: AnyPerson, gathering_id: UUID, session: Session) -> list[MinutesOut]:
    """All published versions, latest last; the latest counts.

    Staff, the organiser and the members who lead the gathering see the draft too.
    """
    row = await access.get_visible_gathering(session, caller, gathering_id)
    leads = access.may_lead_gathering(caller, row)
    rows = await store.list_minutes(session, gathering_id, with_draft=leads)
    return [_minutes_out(row) for row in rows]


@router.put(
    "/minutes/{version}",
    summary="Write the minutes",
    responses=problems(
        GatheringUnknown,
        GatheringNotBegun,
        GatheringOver,
        PollUnknown,
        MinutesPublished,
        MinutesOutdated,
    ),
)
async def put_minutes(
    caller: AnyPerson,
    gathering_id: UUID,
    version: MinutesVersion,
    body: MinutesIn,
    session: Session,
) -> MinutesOut:
    """Write or rewrite the draft; once it is published, a correction is the next version.

    When rewriting it, name the last edit that you have seen, so that nobody's words are lost.
    For staff, the organiser, and the members who lead the gathering.
    """
    row = await access.get_gathering_to_lead(session, caller, gathering_id, lock=True)
    minutes = await commands.write_minutes(
        session,
        row,
        version,
        body.to_minutes(),
        after_edit=body.after_edit,
        by=caller.subject,
    )
    return _minutes_out(minutes)


@router.post(
    "/minutes/{version}/publication",
    summary="Publish the minutes",
    responses=problems(GatheringUnknown, MinutesUnknown),
)
async def publish_minutes(
    caller: AnyPerson, gathering_id: UUID, version: MinutesVersion, session: Session
) -> MinutesOut:
    """Show this version to the audience and notify them; it never changes again.

    For staff, the organiser, and the members who lead the gathering. Repeating it changes
    nothing.
    """
    row = await access.get_gathering_to_lead(session, caller, gathering_id, lock=True)
    minutes = await commands.publish_minutes(session, row, version, by=caller.subject)
    return _minutes_out(minutes)


def _minutes_out(row: GatheringMinutesRow) -> MinutesOut:
    return MinutesOut.of(
        store.to_minutes(row),
        version=row.version,
        edit=row.edit,
        written_at=row.written_at,
        published_at=row.published_at,
    )
