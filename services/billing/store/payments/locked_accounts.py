"""Re-encryption of bank accounts under another key, or encryption of clear ones."""

from collections.abc import Callable, Collection, Iterator
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import Column, ColumnElement, Text, and_, func, select, text, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.encryption.locked_text import LOCKED, LockedText, lock_text, unlock_text
from libs.common.encryption.secret_keys import SecretKeys, SecretUnreadable
from services.billing.tables import Base

_BATCH = 500


async def keep_under_newest_key(session: AsyncSession, keys: SecretKeys) -> None:
    """Encrypt accounts stored in the clear, before there were keys, or under a retired key.

    The audit log has no line of it, as the accounts stay the same.
    """
    await lock_names(session, "keys of secrets", ["billing"])
    for column in _locked_columns():
        due = _is_under_none_of(column, [keys.newest])
        if await session.scalar(select(func.count()).where(due)):
            await session.execute(text(f"ALTER TABLE {column.table.name} DISABLE TRIGGER noted"))
            await _lock_anew(session, column, due, keys)
            await session.execute(text(f"ALTER TABLE {column.table.name} ENABLE TRIGGER noted"))


async def count_unreadable(session: AsyncSession, names: Collection[str]) -> int:
    """The number of accounts under none of the keys with these names."""
    return await _count(
        session, lambda column: and_(_is_locked(column), _is_under_none_of(column, names))
    )


async def count_in_the_clear(session: AsyncSession) -> int:
    return await _count(session, lambda column: ~_is_locked(column))


async def _count(
    session: AsyncSession, condition: Callable[[Column[Any]], ColumnElement[bool]]
) -> int:
    """Count the rows of all columns in one statement: /health asks often."""
    counts = [
        select(func.count()).where(condition(column)).scalar_subquery()
        for column in _locked_columns()
    ]
    return await session.scalar(select(reduce(add, counts))) or 0


async def _lock_anew(
    session: AsyncSession, column: Column[Any], due: ColumnElement[bool], keys: SecretKeys
) -> None:
    """Encrypt a column again, except texts that no key opens, which /health reports."""
    after = ""
    while texts := list(await session.scalars(_batch(column, due, after))):
        for locked_text in texts:
            try:
                locked = lock_text(unlock_text(locked_text, keys), keys)
            except SecretUnreadable:
                continue
            values = {column.name: type_coerce(locked, Text)}
            await session.execute(
                update(column.table).where(_as_kept(column) == locked_text).values(values)
            )
        after = texts[-1]


def _batch(column: Column[Any], due: ColumnElement[bool], after: str) -> Any:  # noqa: ANN401
    column_text = _as_kept(column)
    return (
        select(column_text)
        .where(due, column_text > after)
        .distinct()
        .order_by(column_text)
        .limit(_BATCH)
    )


def _locked_columns() -> Iterator[Column[Any]]:
    for table in Base.metadata.sorted_tables:
        yield from (column for column in table.columns if isinstance(column.type, LockedText))


def _as_kept(column: Column[Any]) -> ColumnElement[str]:
    return type_coerce(column, Text)


def _is_locked(column: Column[Any]) -> ColumnElement[bool]:
    return _as_kept(column).regexp_match(f"^{LOCKED}")


def _is_under_none_of(column: Column[Any], names: Collection[str]) -> ColumnElement[bool]:
    column_text = _as_kept(column)
    return and_(column_text.is_not(None), *(~column_text.startswith(f"{name}:") for name in names))
