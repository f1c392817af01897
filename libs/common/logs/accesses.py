"""The log of accesses to member records: written with the answer, and shown to that member.

A service that shows such records creates the table ``member_access`` in a migration of its own.
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

from libs.common.auth.principals import Principal, Role
from libs.common.calendar import months_ago
from libs.common.clock import now_in
from libs.common.database import Database

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
    """Staff or an organiser accessed data of a member."""

    number: int
    read_at: datetime
    subject: str
    role: Role
    route: str


async def note_access(
    session: AsyncSession, caller: Principal, member_ids: Iterable[UUID | None]
) -> None:
    """Record the access in the transaction that answers: without the record there is no answer.

    Accesses to one's own data are not recorded, nor those between members by a right of their own,
    such as a seller's to its customers. member_ids: the members in the answer, in any order and any
    number of times; None is nobody.
    """
    role = next((role for role in (Role.OPERATOR, Role.ORGANISER) if role in caller.roles), None)
    member_ids_to_note = sorted(
        {member_id for member_id in member_ids if member_id is not None} - {caller.own_member_id}
    )
    if role is None or not member_ids_to_note:
        return
    route = structlog.contextvars.get_contextvars().get("route", "")
    values = {
        "subject": caller.subject,
        "role": role,
        "route": route,
        "member_ids": member_ids_to_note,
    }
    await session.execute(insert(member_access).values(read_at=now_in(session), **values))


async def list_accesses(
    session: AsyncSession, member_id: UUID, *, before: int | None, limit: int
) -> Sequence[Access]:
    """Return accesses newest first, with lower numbers than ``before``."""
    columns = member_access.c
    query = select(
        columns.number, columns.read_at, columns.subject, columns.role, columns.route
    ).where(columns.member_ids.contains([member_id]))
    if before is not None:
        query = query.where(columns.number < before)
    rows = await session.execute(query.order_by(columns.number.desc()).limit(limit))
    return [
        Access(number, at, subject, Role(role), route) for number, at, subject, role, route in rows
    ]


async def purge_accesses(
    database: Database, *, kept_months: int, table: Table = member_access
) -> bool:
    """A background round: delete accesses from before this number of whole months.

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
