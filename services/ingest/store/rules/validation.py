"""The settings of validation rules, of the platform and of operations."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.ingest.domain.rules import RuleAction
from services.ingest.domain.rules.settings import SettingChange, SettingChanges
from services.ingest.tables import ValidationRow

PLATFORM = ""
"""The scope of the settings that apply where an operation has none of its own."""


async def save_changes(
    session: AsyncSession, scope: OperationId | None, changes: SettingChanges
) -> None:
    """Replace the changes of an operation, or of the platform (None)."""
    stored = {
        code: {
            "action": change.action,
            "parameters": dict(change.parameters),
            "except_prms": sorted(change.except_prms),
        }
        for code, change in changes.items()
    }
    upsert = insert(ValidationRow).values(scope=scope or PLATFORM, changes=stored)
    await session.execute(
        upsert.on_conflict_do_update(
            index_elements=["scope"], set_={"changes": upsert.excluded.changes}
        )
    )


async def map_changes(
    session: AsyncSession, operations: Collection[OperationId]
) -> Mapping[str, SettingChanges]:
    """Return the changes of these operations and of the platform, if there are any, by scope."""
    query = select(ValidationRow).where(ValidationRow.scope.in_([PLATFORM, *operations]))
    rows = (await session.execute(query)).scalars()
    return {row.scope: _changes(row) for row in rows}


def _changes(row: ValidationRow) -> SettingChanges:
    return {
        code: SettingChange(
            RuleAction(change["action"]) if change["action"] else None,
            change["parameters"],
            frozenset(change["except_prms"]),
        )
        for code, change in row.changes.items()
    }
