"""Queries of attendance at gatherings, and of the head counts kept of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.gatherings.problems import AttendanceUnknown
from services.community.domain.gatherings.seating import Headcount
from services.community.store.gatherings.replies import map_counts
from services.community.tables import (
    GatheringAttendanceRow,
    GatheringReplyRow,
    GatheringRow,
    MemberRow,
)

_Attendance = GatheringAttendanceRow


async def save_attendance(session: AsyncSession, attendance: GatheringAttendanceRow) -> None:
    """Add it, or replace the former one."""
    await session.merge(attendance)
    await session.flush()


async def delete_attendance(session: AsyncSession, gathering_id: UUID, member_id: UUID) -> None:
    """Raises AttendanceUnknown."""
    row = await session.get(_Attendance, (gathering_id, member_id))
    if row is None:
        raise AttendanceUnknown
    await session.delete(row)
    await session.flush()


async def list_attendance(
    session: AsyncSession, gathering_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[tuple[GatheringAttendanceRow, str]]:
    """With the members' names, by member id; after: a member id, itself left out."""
    query = (
        select(_Attendance, MemberRow.name)
        .join(MemberRow, MemberRow.id == _Attendance.member_id)
        .where(_Attendance.gathering_id == gathering_id)
    )
    if after is not None:
        query = query.where(_Attendance.member_id > after)
    rows = await session.execute(query.order_by(_Attendance.member_id).limit(limit))
    return [(attendance, name) for attendance, name in rows]


async def map_attended(
    session: AsyncSession, gathering_ids: Collection[UUID]
) -> Mapping[UUID, int]:
    """Return how many persons were there, guests included."""
    query = (
        select(_Attendance.gathering_id, func.sum(1 + _Attendance.guests))
        .where(_Attendance.gathering_id.in_(gathering_ids))
        .group_by(_Attendance.gathering_id)
    )
    rows = await session.execute(query)
    return {gathering_id: int(persons) for gathering_id, persons in rows}


async def forget_oldest(session: AsyncSession, *, before: datetime, limit: int) -> int:
    """Keep the head counts of gatherings that ended before, not the people; return how many."""
    gatherings = (
        select(GatheringRow)
        .where(GatheringRow.ends_at < before, GatheringRow.kept_counts.is_(None))
        .order_by(GatheringRow.ends_at)
        .limit(limit)
    )
    rows = (
        await session.scalars(gatherings.with_for_update(skip_locked=True, key_share=True))
    ).all()
    ids = [row.id for row in rows]
    counts = await map_counts(session, ids)
    attended = await map_attended(session, ids)
    for row in rows:
        final_counts = replace(counts.get(row.id, Headcount()), attended=attended.get(row.id, 0))
        row.kept_counts = asdict(final_counts)
    await session.flush()
    for table in (GatheringReplyRow, _Attendance):
        await session.execute(delete(table).where(table.gathering_id.in_(ids)))
    return len(rows)
