"""Decides who may take part in a challenge."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal
from libs.common.ids import OperationId
from services.community import access
from services.community.store import challenges


async def get_entrant_id(
    session: AsyncSession, caller: Principal, operation_id: OperationId, challenge_id: UUID
) -> UUID:
    """Return the member that the caller is, who sees the challenge.

    Raises Forbidden, ChallengeUnknown.
    """
    member_id = caller.get_own_member_id()
    await access.get_operation_scope(session, caller, operation_id)
    await challenges.get_challenge(session, operation_id, challenge_id, with_drafts=False)
    return member_id
