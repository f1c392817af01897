"""Queries of conventions with the DSO."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.arrays import among
from libs.common.ids import OperationId
from services.community.domain.conventions import DEFAULT_CONVENTION, Convention, Declarer
from services.community.tables import ConventionRow


async def save_convention(
    session: AsyncSession,
    operation_id: OperationId,
    convention: Convention,
    *,
    recorded_at: datetime,
    recorded_by: str,
) -> None:
    content = asdict(convention) | {"recorded_at": recorded_at, "recorded_by": recorded_by}
    adding = insert(ConventionRow).values(operation_id=operation_id, **content)
    await session.execute(
        adding.on_conflict_do_update(index_elements=["operation_id"], set_=content)
    )


async def get_convention(session: AsyncSession, operation_id: OperationId) -> Convention:
    """The operation's own, or the default."""
    found = await map_conventions(session, [operation_id])
    return found.get(operation_id, DEFAULT_CONVENTION)


async def map_conventions(
    session: AsyncSession, operation_ids: Collection[OperationId]
) -> Mapping[OperationId, Convention]:
    """Those that were recorded."""
    query = select(ConventionRow).where(among(ConventionRow.operation_id, operation_ids))
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return {row.operation_id: _to_convention(row) for row in rows}


def _to_convention(row: ConventionRow) -> Convention:
    content = {field.name: getattr(row, field.name) for field in fields(Convention)}
    return Convention(**content | {"declared_by": Declarer(row.declared_by)})
