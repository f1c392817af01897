"""What was told of members: of which kind they are, and names that are no household's."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.allocation.domain.producers import Owner, OwnerKind
from services.allocation.tables import MemberRow


class ToldMember(NamedTuple):
    member_id: UUID
    revision: int
    kind: OwnerKind
    name: str | None


async def save_members(session: AsyncSession, members: Sequence[ToldMember]) -> None:
    """Keep the highest revision of each."""
    latest = {member.member_id: member for member in sorted(members, key=lambda one: one.revision)}
    # In the order in which others lock several rows, so that nobody waits in a circle.
    rows = [latest[member_id]._asdict() for member_id in sorted(latest)]
    statement = insert(MemberRow).values(rows)
    newer = {name: statement.excluded[name] for name in ("revision", "kind", "name")}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["member_id"],
            set_=newer,
            where=MemberRow.revision < statement.excluded.revision,
        )
    )


async def map_owners(session: AsyncSession, members: Collection[UUID]) -> Mapping[UUID, Owner]:
    """Of those of whom something was told."""
    query = select(MemberRow.member_id, MemberRow.kind, MemberRow.name)
    rows = await session.execute(query.where(MemberRow.member_id.in_(members)))
    return {row.member_id: Owner(row.kind, row.name) for row in rows}
