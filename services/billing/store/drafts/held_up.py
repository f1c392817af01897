"""Days that the allocation service cannot allocate, by its last event."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.billing.domain.drafts.held_up import HeldUpDay, MissingSteps
from services.billing.tables import HeldUpDayRow

_KEY = ("operation_id", "day")
_missing = TypeAdapter(list[MissingSteps])


async def save_held_up_days(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Save held-up days; the latest event of each day counts, whatever the order of arrival."""
    in_order = sorted(rows, key=lambda row: row["told_at"])
    latest = {(row["operation_id"], row["day"]): row for row in in_order}
    statement = insert(HeldUpDayRow).values([latest[key] for key in sorted(latest)])
    names = [name for name in rows[0] if name not in _KEY]
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=_KEY,
            set_={name: statement.excluded[name] for name in names},
            where=statement.excluded.told_at >= HeldUpDayRow.told_at,
        )
    )


async def list_held_up_days(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> list[HeldUpDay]:
    """The held-up days of a month in order, without days allocated since."""
    query = select(HeldUpDayRow).where(
        HeldUpDayRow.operation_id == operation_id,
        HeldUpDayRow.day.between(month.days[0], month.days[-1]),
        HeldUpDayRow.status != "allocated",
    )
    rows = await session.scalars(
        query.order_by(HeldUpDayRow.day).execution_options(populate_existing=True)
    )
    return [
        HeldUpDay(
            day=row.day,
            status=row.status,
            missing_points=row.missing_points,
            missing=_missing.validate_python(row.missing),
            key_missing_steps=row.key_missing_steps,
        )
        for row in rows
    ]


async def delete_old_held_up_days(session: AsyncSession, *, before: date) -> None:
    await session.execute(delete(HeldUpDayRow).where(HeldUpDayRow.day < before))
