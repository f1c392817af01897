"""The names of members, for lists that know them by id."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.tables import MemberRow


async def map_member_names(
    session: AsyncSession, member_ids: Collection[UUID]
) -> Mapping[UUID, str]:
    """Return the names of these members, by id; that of an erased one says so."""
    if not member_ids:
        return {}
    query = select(MemberRow.id, MemberRow.name).where(MemberRow.id.in_(member_ids))
    return {row.id: row.name for row in await session.execute(query)}
