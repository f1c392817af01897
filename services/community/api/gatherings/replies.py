"""Routes for replies to gatherings."""

from uuid import UUID

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson
from libs.common.edge.pages import AfterMemberId, Limit
from libs.common.http import problems
from libs.common.logs.accesses import note_access
from services.community.access import gatherings as access
from services.community.api.dependencies import Session
from services.community.commands.gatherings import replies as commands
from services.community.domain.gatherings.problems import (
    GatheringNotAnnounced,
    GatheringOver,
    GatheringUnknown,
    NoSeatForGuests,
    NotInvited,
    RepliesClosed,
    ReplyUnfit,
)
from services.community.schemas.gatherings.gatherings import ReplyIn, ReplyOut
from services.community.store.gatherings import replies as store

router = APIRouter(prefix="/gatherings/{gathering_id}/replies", route_class=TokenFirstRoute)


@router.get("", summary="List the replies to an invitation", responses=problems(GatheringUnknown))
async def list_replies(
    *,
    caller: AnyPerson,
    gathering_id: UUID,
    session: Session,
    after: AfterMemberId = None,
    limit: Limit = 100,
) -> list[ReplyOut]:
    """Return replies by member id. Staff, the organiser and the members who lead it see all.

    Other members see their own reply and those that show their names; the gathering itself has the
    counts.
    """
    row = await access.get_visible_gathering(session, caller, gathering_id)
    rows = await store.list_replies(
        session,
        gathering_id,
        access.get_reply_scope(caller, row),
        after=after,
        limit=limit,
    )
    if access.may_run_gathering(caller, row.operation_id):
        await note_access(session, caller, [reply_row.member_id for reply_row in rows])
    return [ReplyOut.model_validate(reply_row) for reply_row in rows]


@router.put(
    "/{member_id}",
    summary="Reply to an invitation",
    responses=problems(
        GatheringUnknown,
        NotInvited,
        GatheringNotAnnounced,
        GatheringOver,
        RepliesClosed,
        ReplyUnfit,
        NoSeatForGuests,
    ),
)
async def put_reply(
    caller: AnyPerson, gathering_id: UUID, member_id: UUID, body: ReplyIn, session: Session
) -> ReplyOut:
    """Say whether you come, and with how many guests; you may change it until `reply_by`.

    A `yes` gets seats if there are enough for the whole party and nobody waits; else it waits, in
    the order of arrival, until seats become free. Asking for fewer guests keeps the place in the
    queue, asking for more moves to its end; seats once given stay. A `no` is accepted until the
    gathering starts. Staff, the organiser and the members who lead the gathering may reply for
    others, until it is over.
    """
    row = await access.lock_gathering_to_reply(session, caller, gathering_id, member_id)
    leads = access.may_lead_gathering(caller, row)
    await commands.reply(session, row, member_id, by_leader=leads, **dict(body))
    own_replies = await store.map_own_replies(session, [gathering_id], member_id)
    return ReplyOut.model_validate(own_replies[gathering_id])
