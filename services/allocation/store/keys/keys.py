"""The versions of sharing keys."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.allocation.domain.keys.versions import KeyState, KeyVersion
from services.allocation.tables import SharingKeyRow

_FIELDS = [field.name for field in fields(KeyVersion)]


class KeyUnknown(Problem):
    status, slug, title = 404, "key-unknown", "There is no such sharing key"
    example_detail = "ACC00000101 has no key 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."


async def list_keys(session: AsyncSession, operation_id: OperationId) -> Sequence[KeyVersion]:
    """Return the keys by number."""
    query = (
        select(SharingKeyRow)
        .where(SharingKeyRow.operation_id == operation_id)
        .order_by(SharingKeyRow.number)
        .execution_options(populate_existing=True)
    )
    return [key_version(row) for row in await session.scalars(query)]


async def find_key(
    session: AsyncSession, operation_id: OperationId, key_id: UUID
) -> KeyVersion | None:
    row = await session.get(SharingKeyRow, (operation_id, key_id), populate_existing=True)
    return None if row is None else key_version(row)


async def get_key(session: AsyncSession, operation_id: OperationId, key_id: UUID) -> KeyVersion:
    """Raises KeyUnknown."""
    key = await find_key(session, operation_id, key_id)
    if key is None:
        raise KeyUnknown(f"{operation_id} has no key {key_id}.")
    return key


async def next_number(session: AsyncSession, operation_id: OperationId) -> int:
    """Return the number for a new version; the caller holds the operation's lock."""
    query = select(func.max(SharingKeyRow.number)).where(SharingKeyRow.operation_id == operation_id)
    return (await session.scalar(query) or 0) + 1


async def save_keys(session: AsyncSession, versions: Iterable[KeyVersion]) -> None:
    """Add or replace them one after the other, first those that give days away."""
    for version in versions:
        values = dict(vars(version))
        statement = insert(SharingKeyRow).values(values)
        await session.execute(
            statement.on_conflict_do_update(index_elements=["operation_id", "id"], set_=values)
        )


async def remove_key(session: AsyncSession, operation_id: OperationId, key_id: UUID) -> None:
    await session.execute(
        delete(SharingKeyRow).where(
            SharingKeyRow.operation_id == operation_id, SharingKeyRow.id == key_id
        )
    )


def key_version(row: SharingKeyRow) -> KeyVersion:
    values = {name: getattr(row, name) for name in _FIELDS} | {"state": KeyState(row.state)}
    return KeyVersion(**values)
