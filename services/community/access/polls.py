"""Decides who may see which polls, and vote in them."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Forbidden, Principal, log_refusal, refused
from libs.common.ids import OperationId
from libs.common.scopes import EVERYTHING, Scope
from services.community.store.polls import polls
from services.community.tables import PollRow, PollVoterRow


async def get_visible_poll(
    session: AsyncSession, caller: Principal, operation_id: OperationId, poll_id: UUID
) -> PollRow:
    """Return any poll for staff and the organiser, for members one with them on its roll.

    Raises Forbidden for callers who are not members, PollUnknown: a member must not learn whether
    other polls exist.
    """
    if caller.may_run(operation_id):
        return await polls.get_poll(session, operation_id, poll_id)
    if caller.own_member_id is None:
        raise refused(caller, f"Only staff, the organiser and voters of {operation_id} may see it.")
    return await polls.get_poll(session, operation_id, poll_id, caller.own_scope)


def get_voter_scope(caller: Principal, operation_id: OperationId) -> Scope:
    """Return the roll for staff and the organiser, for members their own part of it."""
    return EVERYTHING if caller.may_run(operation_id) else caller.own_scope


def check_may_cast(voter: PollVoterRow, member_id: UUID) -> None:
    """Allow the voter, and the holder of their proxy, whatever their roles. Raises Forbidden.

    Commands ask it once they have locked the voter: a proxy may have been revoked until then.
    """
    if member_id not in {voter.member_id, voter.holder_id}:
        log_refusal()
        raise Forbidden("Only the member, or the holder of their proxy, may vote for them.")


async def get_poll_to_vote_in(
    session: AsyncSession, caller: Principal, operation_id: OperationId, poll_id: UUID
) -> tuple[PollRow, UUID]:
    """Return the poll, and the member that the caller is, who is on its roll.

    Raises Forbidden for a log-in tied to no member, PollUnknown.
    """
    member_id = caller.get_own_member_id()
    return await polls.get_poll(session, operation_id, poll_id, caller.own_scope), member_id
