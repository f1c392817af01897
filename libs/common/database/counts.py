"""Counts of rows."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def count_rows(session: AsyncSession, *conditions: ColumnElement[bool]) -> int:
    """Count the rows, of the table of these conditions, that meet them all."""
    return (await session.execute(select(func.count()).where(*conditions))).scalar_one()
