"""Routes for gatherings: draft, announce, change, cancel and show them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import now_in
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.days import DayField
from libs.common.edge.pages import AfterId, at_most
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.community.access import gatherings as access
from services.community.api.dependencies import Session
from services.community.commands.gatherings import gatherings as commands
from services.community.domain.gatherings.gathering import GatheringState
from services.community.domain.gatherings.problems import (
    CapacityTaken,
    GatheringElsewhere,
    GatheringNotADraft,
    GatheringNotAnnounced,
    GatheringOver,
    GatheringUnfit,
    GatheringUnknown,
)
from services.community.domain.gatherings.seating import Headcount
from services.community.domain.problems import MemberUnknown, OperationUnknown
from services.community.schemas.gatherings.gatherings import (
    CallingOffIn,
    CountsOut,
    GatheringIn,
    GatheringOut,
    ReplyOut,
)
from services.community.store.gatherings import attendance, replies
from services.community.store.gatherings import gatherings as store
from services.community.store.members.names import map_member_names
from services.community.tables import GatheringRow

router = APIRouter(prefix="/gatherings", route_class=TokenFirstRoute)


@router.get("", summary="List gatherings", responses=problems(GatheringUnknown))
async def list_gatherings(
    *,
    caller: AnyPerson,
    session: Session,
    operation_id: OperationIdField | None = None,
    series_id: UUID | None = None,
    from_day: DayField | None = None,
    to_day: Annotated[DayField | None, Query(description="excluded")] = None,
    after: AfterId = None,
    limit: Annotated[int, at_most(500)] = 100,
) -> list[GatheringOut]:
    """Latest first. Staff see all, organisers theirs and those of the whole co-op.

    Members see those that were announced to them, and those that they lead.
    """
    rows = await store.list_gatherings(
        session,
        caller.scope,
        operation_id=operation_id,
        series_id=series_id,
        from_day=from_day,
        to_day=to_day,
        after=after,
        limit=limit,
    )
    return await gatherings_out(session, caller, rows)


@router.get("/{gathering_id}", summary="Show a gathering", responses=problems(GatheringUnknown))
async def get_gathering(caller: AnyPerson, gathering_id: UUID, session: Session) -> GatheringOut:
    """Its subject, place, time and audience, the number of guests, and your own reply."""
    row = await access.get_visible_gathering(session, caller, gathering_id)
    return await _gathering_out(session, caller, row)


@router.put(
    "/{gathering_id}",
    summary="Draft a gathering, or change it",
    responses=problems(
        OperationUnknown,
        MemberUnknown,
        GatheringElsewhere,
        GatheringUnfit,
        GatheringOver,
        CapacityTaken,
    ),
)
async def put_gathering(
    caller: StaffOrOrganiser, gathering_id: UUID, body: GatheringIn, session: Session
) -> GatheringOut:
    """Write a draft under an id of your choice, or change a gathering until it is over.

    For staff and the operation's organiser. Once announced, the audience stays the same. If
    the capacity grows, waiting members get the seats.
    """
    gathering = body.to_gathering(gathering_id)
    await access.check_may_record_gathering(session, caller, gathering)
    row = await commands.record_gathering(session, gathering, by=caller.subject)
    return await _gathering_out(session, caller, row)


@router.delete(
    "/{gathering_id}",
    summary="Delete a draft",
    status_code=204,
    responses=problems(GatheringUnknown, GatheringNotADraft),
)
async def delete_gathering(caller: StaffOrOrganiser, gathering_id: UUID, session: Session) -> None:
    """An announced one is cancelled instead. For staff and the operation's organiser."""
    row = await access.lock_gathering_to_run(session, caller, gathering_id)
    await commands.delete_draft(session, row)


@router.post(
    "/{gathering_id}/announcement",
    summary="Announce a gathering",
    responses=problems(GatheringUnknown, GatheringUnfit, GatheringOver),
)
async def announce_gathering(
    caller: StaffOrOrganiser, gathering_id: UUID, session: Session
) -> GatheringOut:
    """Show it to its audience, who may reply from now on. Repeating it changes nothing.

    For staff and the operation's organiser.
    """
    row = await access.lock_gathering_to_run(session, caller, gathering_id)
    await commands.announce_gathering(session, row, by=caller.subject)
    return await _gathering_out(session, caller, row)


@router.post(
    "/{gathering_id}/cancellation",
    summary="Cancel a gathering",
    responses=problems(GatheringUnknown, GatheringNotAnnounced, GatheringOver),
)
async def call_off_gathering(
    caller: StaffOrOrganiser, gathering_id: UUID, body: CallingOffIn, session: Session
) -> GatheringOut:
    """Possible until it is over. It stays listed as cancelled. Repeating it changes nothing.

    For staff and the operation's organiser. It stays in calendars too.
    """
    row = await access.lock_gathering_to_run(session, caller, gathering_id)
    await commands.call_off_gathering(session, row, reason=body.reason, by=caller.subject)
    return await _gathering_out(session, caller, row)


async def _gathering_out(
    session: AsyncSession, caller: Principal, row: GatheringRow
) -> GatheringOut:
    return (await gatherings_out(session, caller, [row]))[0]


async def gatherings_out(
    session: AsyncSession, caller: Principal, rows: Sequence[GatheringRow]
) -> list[GatheringOut]:
    ids = [row.id for row in rows]
    counts = await replies.map_counts(session, ids)
    attended = await attendance.map_attended(session, ids)
    facilitators = {member_id for row in rows for member_id in row.facilitator_ids}
    names = await map_member_names(session, facilitators)
    member_id = caller.own_member_id
    own_replies = await replies.map_own_replies(session, ids, member_id) if member_id else {}
    now = now_in(session)
    answer = []
    for row in rows:
        gathering, reply = store.to_gathering(row), own_replies.get(row.id)
        out = GatheringOut.of(
            gathering,
            counts=_counts_out(row, counts.get(row.id, Headcount()), attended.get(row.id, 0)),
            names=names,
            series_id=row.series_id,
            state=gathering.phase(GatheringState(row.state), now),
            revision=row.revision,
            announced_at=row.announced_at,
            cancelled_at=row.cancelled_at,
            cancelled_reason=row.cancelled_reason,
            own_reply=reply and ReplyOut.model_validate(reply),
        )
        answer.append(out)
    return answer


def _counts_out(row: GatheringRow, counts: Headcount, attended: int) -> CountsOut:
    """Return the current counts, or the last ones before replies were deleted."""
    kept = Headcount(**row.kept_counts) if row.kept_counts else replace(counts, attended=attended)
    return CountsOut.model_validate(kept)
