"""Who was shown what is kept of a member: noted with the answer, and told to that member.

A service that shows such records makes the table ``member_access`` in a migration of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    MetaData,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import months_ago
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.principals import Principal, Role

_DELETED_AT_ONCE = 1000

metadata = MetaData()

member_access = Table(
    "member_access",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("read_at", DateTime(timezone=True), nullable=False),
    Column("subject", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("route", Text, nullable=False),
    Column("member_ids", ARRAY(Uuid), nullable=False),
    Index("member_access_members", "member_ids", postgresql_using="gin"),
    Index("member_access_read_at", "read_at"),
)


@dataclass(frozen=True)
class Access:
    """Somebody of the staff, or an organiser, was shown something of a member."""

    number: int
    read_at: datetime
    subject: str
    role: Role
    route: str


async def note_access(
    session: AsyncSession, caller: Principal, member_ids: Iterable[UUID | None]
) -> None:
    """In the transaction that answers: without the note there is no answer.

    What callers see of themselves is not noted, nor what members see of one another by a right of
    their own, as a seller of its customers. member_ids: those whom the answer is about, in any
    order and any number of times; None is nobody.
    """
    role = next((one for one in (Role.OPERATOR, Role.ORGANISER) if one in caller.roles), None)
    others = sorted({one for one in member_ids if one is not None} - {caller.member_id})
    if role is None or not others:
        return
    route = structlog.contextvars.get_contextvars().get("route", "")
    noted = {"subject": caller.subject, "role": role, "route": route, "member_ids": others}
    await session.execute(insert(member_access).values(read_at=now_in(session), **noted))


async def list_accesses(
    session: AsyncSession, member_id: UUID, *, before: int | None, limit: int
) -> Sequence[Access]:
    """Newest first, of lower numbers than ``before``."""
    columns = member_access.c
    query = select(
        columns.number, columns.read_at, columns.subject, columns.role, columns.route
    ).where(columns.member_ids.contains([member_id]))
    if before is not None:
        query = query.where(columns.number < before)
    rows = await session.execute(query.order_by(columns.number.desc()).limit(limit))
    return [Access(number, at, who, Role(role), route) for number, at, who, role, route in rows]


async def purge_accesses(
    database: Database, *, kept_months: int, table: Table = member_access
) -> bool:
    """A background round: forget some of before so many whole months.

    table: another one with ``number`` and ``read_at``. Returns whether there may be more.
    """
    columns = table.c
    oldest = (
        select(columns.number)
        .where(columns.read_at < months_ago(database.clock.now(), kept_months))
        .order_by(columns.read_at)
        .limit(_DELETED_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    forgotten = delete(table).where(columns.number.in_(oldest)).returning(columns.number)
    async with database.transaction() as session:
        deleted = len((await session.scalars(forgotten)).all())
    return deleted == _DELETED_AT_ONCE
