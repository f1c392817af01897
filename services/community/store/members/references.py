"""Queries of what an operation's own list calls its members."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.community.domain.members.member_list import reference_of_erased
from services.community.tables import MemberReferenceRow


async def map_references(session: AsyncSession, operation_id: OperationId) -> Mapping[str, UUID]:
    """Return the members of an operation's list, by reference."""
    query = select(MemberReferenceRow).where(MemberReferenceRow.operation_id == operation_id)
    return {row.reference: row.member_id for row in await session.scalars(query)}


async def add_reference(
    session: AsyncSession, operation_id: OperationId, reference: str, member_id: UUID
) -> None:
    """Add it; one that is there stays."""
    values = {"operation_id": operation_id, "reference": reference, "member_id": member_id}
    await session.execute(insert(MemberReferenceRow).values(values).on_conflict_do_nothing())


async def empty_references(session: AsyncSession, member_id: UUID) -> None:
    """Leave only fingerprints of what lists call an erased member."""
    rows = await session.scalars(
        select(MemberReferenceRow).where(MemberReferenceRow.member_id == member_id)
    )
    for row in rows.all():
        row.reference = reference_of_erased(row.operation_id, row.reference)
    await session.flush()
