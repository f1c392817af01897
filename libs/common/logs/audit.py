"""The audit log: who changed what. Triggers write it (ADR 0015); this names authors, and reads it.

A migration has its service's table followed with ``SELECT audit.watch('table')``;
deploy/postgres.sql creates the log and its functions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    MetaData,
    Select,
    Table,
    Text,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import months_ago
from libs.common.database import Database

_DELETED_AT_ONCE = 1000

_change = Table(
    "change",
    MetaData(schema="audit"),
    Column("position", BigInteger, primary_key=True),
    Column("at", DateTime(timezone=True)),
    Column("subject", Text),
    Column("roles", ARRAY(Text)),
    Column("route", Text),
    Column("request_id", Text),
    Column("action", Text),
    Column("entity", Text),
    Column("entity_id", Text),
    Column("before", JSONB),
    Column("after", JSONB),
)


class Action(StrEnum):
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True)
class Change:
    """One changed row; for an update, only the changed columns."""

    position: int
    at: datetime
    subject: str | None
    """None: the service itself, by an event or a background round."""
    roles: list[str]
    route: str | None
    request_id: str | None
    action: Action
    entity: str
    entity_id: str
    """Several columns are joined with slashes."""
    before: dict[str, Any] | None
    after: dict[str, Any] | None


async def name_author(
    session: AsyncSession, *, subject: str, roles: Iterable[str], route: str
) -> None:
    """Attribute changes to this caller until the end of the transaction."""
    await session.execute(naming(subject=subject, roles=roles, route=route))


def naming(*, subject: str, roles: Iterable[str], route: str) -> Select[*tuple[str, ...]]:
    """Return the statement that ``name_author`` executes."""
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    settings = {
        "audit.subject": subject,
        "audit.roles": " ".join(sorted(roles)),
        "audit.route": route,
        "audit.request_id": request_id,
    }
    return select(*(func.set_config(name, settings[name], True) for name in settings))


async def list_changes(
    session: AsyncSession,
    *,
    subject: str | None = None,
    entity: str | None = None,
    entity_id: str | None = None,
    request_id: str | None = None,
    before: int | None = None,
    limit: int,
) -> Sequence[Change]:
    """Return changes of the session's own service, the newest first.

    before: the position of the last change on the previous page.
    """
    query = select(_change)
    filters = {
        "subject": subject,
        "entity": entity,
        "entity_id": entity_id,
        "request_id": request_id,
    }
    for name, value in filters.items():
        if value is not None:
            query = query.where(_change.c[name] == value)
    if before is not None:
        query = query.where(_change.c.position < before)
    rows = await session.execute(query.order_by(_change.c.position.desc()).limit(limit))
    return [Change(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for it


async def purge_audit_log(database: Database, *, kept_months: int) -> bool:
    """A background round: delete some of the service's lines from before that many whole months.

    Returns whether there may be more. The database refuses to delete recent lines. The time is the
    database's, like that of the lines: no service decides when a change was, nor how old it is.
    """
    async with database.transaction() as session:
        now: datetime = (await session.scalars(select(func.now()))).one()
        before = months_ago(now, kept_months)
        deleted = await session.scalar(select(func.audit.purge(before, _DELETED_AT_ONCE)))
    return bool(deleted == _DELETED_AT_ONCE)
