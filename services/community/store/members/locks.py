"""Locks of one member, with which an erasure takes turns."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.problems import MemberUnknown
from services.community.tables import MemberRow


async def lock_member(session: AsyncSession, member_id: UUID) -> MemberRow:
    """Make changes of one member take turns. Raises MemberUnknown, also for an erased one."""
    row = await find_member_to_change(session, member_id)
    if row is None:
        raise MemberUnknown(f"There is no member {member_id}.")
    return row


async def find_member_to_change(session: AsyncSession, member_id: UUID) -> MemberRow | None:
    """Return it locked; None for an erased member."""
    row = await find_member_locked(session, member_id)
    return None if row is None or row.erased_at is not None else row


async def find_member_locked(session: AsyncSession, member_id: UUID) -> MemberRow | None:
    """Return it locked, also if it is erased; rows that refer to it can be added meanwhile.

    An erasure waits for this lock, and the other way round. Whoever locks a member and what is
    theirs takes the member first, as the erasure does: in another order the two could wait for
    each other.
    """
    return await session.get(
        MemberRow, member_id, with_for_update={"key_share": True}, populate_existing=True
    )


async def lock_member_alone(session: AsyncSession, member_id: UUID) -> MemberRow:
    """Return it locked as its erasure needs it: nobody adds rows that refer to it meanwhile.

    Raises MemberUnknown; not for an erased one.
    """
    row = await session.get(MemberRow, member_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise MemberUnknown(f"There is no member {member_id}.")
    return row
