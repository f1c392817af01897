"""Pages of lists that begin with the newest."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, SQLColumnExpression, and_, or_, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from libs.common.errors import Problem

_Row = TypeVar("_Row")
_Time = TypeVar("_Time", bound=date)


async def page_of_newest(
    session: AsyncSession,
    listed: Select[_Row],
    *,
    at: SQLColumnExpression[_Time],
    key: Sequence[InstrumentedAttribute[Any]],
    after: Sequence[object] | None,
    limit: int,
    unknown: Problem,
) -> Select[_Row]:
    """The query of a page: the newest ``at`` first, those of one time by their key.

    after: the key of the last row of the page before. Raises unknown if none of the listed has it.
    """
    if after is not None:
        key_columns = tuple_(*key)
        last = await session.scalar(listed.with_only_columns(at).where(key_columns == tuple(after)))
        if last is None:
            raise unknown
        # The first condition says nothing more than the second, but an index on ``at`` serves it.
        listed = listed.where(and_(at <= last, or_(at < last, key_columns > tuple(after))))
    return listed.order_by(at.desc(), *key).limit(limit)
