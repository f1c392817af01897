"""Decides who may see which polls, and vote in them."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, refused
from libs.common.ids import OperationId
from services.community.access import get_own_member_id
from services.community.store.polls import polls
from services.community.tables import PollRow


async def get_visible_poll(
    session: AsyncSession, caller: Principal, operation_id: OperationId, poll_id: UUID
) -> PollRow:
    """Return any poll for staff and the organiser, for members one with them on its roll.

    Raises Forbidden for callers who are not members, PollUnknown: a member must not learn whether
    other polls exist.
    """
    if caller.may_run(operation_id):
        return await polls.get_poll(session, operation_id, poll_id)
    member_id = caller.own_member_id
    if member_id is None:
        raise refused(caller, f"Only staff, the organiser and voters of {operation_id} may see it.")
    return await polls.get_poll(session, operation_id, poll_id, as_voter=member_id)


async def get_poll_to_vote_in(
    session: AsyncSession, caller: Principal, operation_id: OperationId, poll_id: UUID
) -> tuple[PollRow, UUID]:
    """Return the poll, and the member that the caller is, who is on its roll.

    Raises Forbidden for a log-in tied to no member, PollUnknown.
    """
    member_id = get_own_member_id(caller)
    return await polls.get_poll(session, operation_id, poll_id, as_voter=member_id), member_id
