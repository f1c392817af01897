"""Queries of conventions with the DSO."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.ids import OperationId
from services.community.domain.desk.conventions import DEFAULT_CONVENTION, Convention, Declarer
from services.community.tables import ConventionReminderRow, ConventionRow


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
    """Return the operation's, or the default."""
    conventions = await map_conventions(session, [operation_id])
    return conventions.get(operation_id, DEFAULT_CONVENTION)


async def map_conventions(
    session: AsyncSession, operation_ids: Collection[OperationId]
) -> Mapping[OperationId, Convention]:
    """Return the recorded ones."""
    query = select(ConventionRow).where(among(ConventionRow.operation_id, operation_ids))
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return {row.operation_id: _to_convention(row) for row in rows}


async def find_convention_to_remind_of(
    session: AsyncSession, *, after: date, until: date
) -> ConventionRow | None:
    """Return one that ends on a day of ``(after, until]``, without a reminder so far.

    Locked; one locked by another process is skipped.
    """
    row, reminder = ConventionRow, ConventionReminderRow
    is_reminded = exists().where(
        reminder.operation_id == row.operation_id, reminder.valid_to == row.valid_to
    )
    query = select(row).where(row.valid_to > after, row.valid_to <= until, ~is_reminded)
    return await session.scalar(query.limit(1).with_for_update(key_share=True, skip_locked=True))


async def add_reminder(session: AsyncSession, convention: ConventionRow, *, at: datetime) -> bool:
    """Return whether it is new; wait for another process that is adding it."""
    row = ConventionReminderRow
    key = {"operation_id": convention.operation_id, "valid_to": convention.valid_to}
    added = insert(row).values(key | {"reminded_at": at}).on_conflict_do_nothing()
    return await session.scalar(added.returning(row.operation_id)) is not None


def _to_convention(row: ConventionRow) -> Convention:
    content = {field.name: getattr(row, field.name) for field in fields(Convention)}
    return Convention(**content | {"declared_by": Declarer(row.declared_by)})
