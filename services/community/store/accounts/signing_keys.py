"""Queries of the keys that sign tokens."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.tables import SigningKeyRow


async def add(session: AsyncSession, row: SigningKeyRow) -> None:
    session.add(row)
    await session.flush()


async def list_signing_keys(session: AsyncSession) -> Sequence[SigningKeyRow]:
    """List the newest first."""
    row = SigningKeyRow
    return (await session.scalars(select(row).order_by(row.created_at.desc(), row.kid))).all()


async def lock_under_other_keys(session: AsyncSession, newest: str) -> Sequence[SigningKeyRow]:
    query = select(SigningKeyRow).where(SigningKeyRow.locked_under.is_distinct_from(newest))
    return (await session.scalars(query.order_by(SigningKeyRow.kid).with_for_update())).all()


async def delete_succeeded(session: AsyncSession, *, before: datetime) -> None:
    """Delete those with a successor that was there before that instant."""
    created_at = SigningKeyRow.created_at
    successor = select(func.max(created_at)).where(created_at < before).scalar_subquery()
    await session.execute(delete(SigningKeyRow).where(created_at < successor))
