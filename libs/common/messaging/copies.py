"""Copies of what another service owns, by the version last published."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase


async def save_newer(
    session: AsyncSession,
    table: type[DeclarativeBase],
    rows: Sequence[Mapping[str, Any]],
    *,
    key: tuple[str, ...],
    version: str,
) -> None:
    """Keep the highest version of each key, among these rows and the stored ones."""
    latest = {tuple(row[k] for k in key): row for row in sorted(rows, key=lambda r: r[version])}
    # In the order in which others lock several rows, to rule out circular waits.
    statement = insert(table).values([dict(latest[k]) for k in sorted(latest)])
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=key,
            set_={name: statement.excluded[name] for name in rows[0] if name not in key},
            where=statement.excluded[version] > table.__table__.c[version],
        )
    )
