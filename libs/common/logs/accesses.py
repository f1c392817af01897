"""The logs of accesses to others' data: written with the answer, shown to whom it is about.

Each service has a table of its own, with these columns and those that say what was looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import structlog
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Identity,
    Index,
    Text,
    Uuid,
    delete,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from libs.common.auth.principals import Principal, Role
from libs.common.calendar import months_ago
from libs.common.clock import now_in
from libs.common.database import Database

_DELETED_AT_ONCE = 1000


class AccessColumns:
    """A look: its author, time, role and route. role: the one that allowed it."""

    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    subject: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    route: Mapped[str] = mapped_column(Text)


_Row = TypeVar("_Row", bound=AccessColumns)


class _Base(DeclarativeBase):
    pass


class MemberAccessRow(AccessColumns, _Base):
    """Somebody saw data of members by a role over others, in a service that shows such data."""

    __tablename__ = "member_access"
    __table_args__ = (
        Index("member_access_members", "member_ids", postgresql_using="gin"),
        Index("member_access_read_at", "read_at"),
    )

    member_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


metadata = MemberAccessRow.metadata


async def add_accesses(
    session: AsyncSession,
    row: type[AccessColumns],
    caller: Principal,
    role: Role,
    looks: Iterable[Mapping[str, object]],
) -> None:
    """Record accesses in the transaction that answers: without the record there is no answer.

    looks: for each access the other columns of its row, which say what was looked at.
    """
    route = structlog.contextvars.get_contextvars().get("route", "")
    author_columns = {
        "read_at": now_in(session),
        "subject": caller.subject,
        "role": role,
        "route": route,
    }
    if accesses := [{**author_columns, **look} for look in looks]:
        await session.execute(insert(row), accesses)


async def note_access(
    session: AsyncSession, caller: Principal, member_ids: Iterable[UUID | None]
) -> None:
    """Record that the caller is shown data of these members.

    Accesses to one's own data are not recorded, nor those between members by a right of their own,
    such as a seller's to its customers. member_ids: the members in the answer, in any order and any
    number of times; None is nobody.
    """
    role = caller.role_over_others
    member_ids_to_note = sorted(
        {member_id for member_id in member_ids if member_id is not None} - {caller.own_member_id}
    )
    if role is not None and member_ids_to_note:
        look = {"member_ids": member_ids_to_note}
        await add_accesses(session, MemberAccessRow, caller, role, [look])


async def list_accesses(
    session: AsyncSession,
    row: type[_Row],
    *conditions: ColumnElement[bool],
    before: int | None,
    limit: int,
) -> Sequence[_Row]:
    """Return accesses newest first, with lower numbers than ``before``."""
    query = select(row).where(*conditions)
    if before is not None:
        query = query.where(row.number < before)
    return (await session.scalars(query.order_by(row.number.desc()).limit(limit))).all()


async def list_member_accesses(
    session: AsyncSession, member_id: UUID, *, before: int | None, limit: int
) -> Sequence[MemberAccessRow]:
    """Return accesses to the member's data newest first, with lower numbers than ``before``."""
    is_about = MemberAccessRow.member_ids.contains([member_id])
    return await list_accesses(session, MemberAccessRow, is_about, before=before, limit=limit)


async def delete_accesses(
    session: AsyncSession, row: type[AccessColumns], *, read_before: datetime, limit: int
) -> Sequence[datetime]:
    """Delete the oldest accesses, and return their times."""
    oldest = (
        select(row.number)
        .where(row.read_at < read_before)
        .order_by(row.read_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    deleted = delete(row).where(row.number.in_(oldest)).returning(row.read_at)
    times = await session.scalars(deleted.execution_options(synchronize_session=False))
    return times.all()


async def purge_accesses(
    database: Database, *, kept_months: int, row: type[AccessColumns] = MemberAccessRow
) -> bool:
    """A background round: delete accesses from before this number of whole months.

    Returns whether there may be more.
    """
    read_before = months_ago(database.clock.now(), kept_months)
    async with database.transaction() as session:
        deleted = await delete_accesses(
            session, row, read_before=read_before, limit=_DELETED_AT_ONCE
        )
    return len(deleted) == _DELETED_AT_ONCE
