"""Queries for members' own data and its changes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.tables import (
    EmailChangeRow,
    OperationRow,
    ParticipationRow,
    PointRow,
)

_row = EmailChangeRow


async def list_participations_of_member(
    session: AsyncSession, member_id: UUID
) -> Sequence[tuple[ParticipationRow, str, str]]:
    """With the names of the operation and of the point, in operation, prm, valid_from order."""
    row = ParticipationRow
    query = (
        select(row, OperationRow.name, PointRow.label)
        .join(OperationRow, OperationRow.id == row.operation_id)
        .join(PointRow, PointRow.prm == row.prm)
        .where(row.member_id == member_id)
        .order_by(row.operation_id, row.prm, row.direction, row.valid_from)
    )
    return [
        (participation, operation, point)
        for participation, operation, point in await session.execute(query)
    ]


async def count_email_changes(session: AsyncSession, member_id: UUID, *, now: datetime) -> int:
    """Count links sent within a day, valid or not."""
    query = select(func.count()).where(_row.member_id == member_id, _row.expires_at > now)
    return await session.scalar(query) or 0


async def add_email_change(session: AsyncSession, row: EmailChangeRow) -> None:
    session.add(row)
    await session.flush()


async def find_email_change(
    session: AsyncSession, sha256: str, *, now: datetime
) -> EmailChangeRow | None:
    query = select(_row).where(_row.secret_sha256 == sha256, _waits(now))
    return await session.scalar(query)


async def list_waiting_addresses(
    session: AsyncSession, member_id: UUID, *, now: datetime
) -> Sequence[tuple[str, datetime]]:
    """List addresses to confirm, each once with the end of its last link, the last one first."""
    last = func.max(_row.expires_at)
    query = (
        select(_row.email, last)
        .where(_row.member_id == member_id, _waits(now))
        .group_by(_row.email)
        .order_by(last.desc(), _row.email)
    )
    return [(email, expires_at) for email, expires_at in await session.execute(query)]


async def cancel_email_changes(session: AsyncSession, member_id: UUID, *, now: datetime) -> None:
    """Invalidate all the member's links; they still count among those of the day."""
    await session.execute(
        update(_row).where(_row.member_id == member_id, _waits(now)).values(cancelled_at=now)
    )


def _waits(now: datetime) -> ColumnElement[bool]:
    return and_(_row.expires_at > now, _row.cancelled_at.is_(None))


async def delete_expired_email_changes(session: AsyncSession, *, now: datetime) -> None:
    await session.execute(delete(_row).where(_row.expires_at <= now))
