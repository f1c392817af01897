"""Copies of members: their kind, and the names of companies and public bodies."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.messaging.copies import save_newer
from services.allocation.domain.months.producers import Owner, OwnerKind
from services.allocation.tables import MemberRow


class MemberCopy(NamedTuple):
    member_id: UUID
    revision: int
    kind: OwnerKind
    name: str | None


async def save_members(session: AsyncSession, members: Sequence[MemberCopy]) -> None:
    """Keep the highest revision of each."""
    rows = [member._asdict() for member in members]
    await save_newer(session, MemberRow, rows, key=("member_id",), version="revision")


async def map_owners(session: AsyncSession, members: Collection[UUID]) -> Mapping[UUID, Owner]:
    """Return the owners that are known."""
    query = select(MemberRow.member_id, MemberRow.kind, MemberRow.name)
    rows = await session.execute(query.where(MemberRow.member_id.in_(members)))
    return {row.member_id: Owner(row.kind, row.name) for row in rows}
