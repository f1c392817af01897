"""Decides who may ask those who run an operation."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, refused
from libs.common.ids import OperationId
from services.community.store.desk.documents import is_member_known


async def get_asking_member_id(
    session: AsyncSession, caller: Principal, operation_id: OperationId
) -> UUID:
    """Return the caller as a past, present or future participant. Raises Forbidden for others."""
    member_id = caller.get_own_member_id()
    if not await is_member_known(session, operation_id, member_id):
        raise refused(caller, f"Only participants of {operation_id}, past or to come, may ask.")
    return member_id
