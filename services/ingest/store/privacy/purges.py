"""Purges: things too old to be kept are found, counted and deleted, and reported on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, local_day
from libs.common.clock import shared_now
from libs.common.database.arrays import among
from libs.common.ids import Prm
from libs.common.logs import accesses
from services.ingest.domain.privacy.retention import Kept
from services.ingest.domain.tallies import Tally
from services.ingest.tables import (
    CurveAccessRow,
    EstimateRow,
    HeldBlockRow,
    PublishedBlockRow,
    PurgeRow,
    ReadingBlockRow,
    ReadingFlagRow,
    ResultCurveRow,
)

_OfBlocks = ReadingBlockRow | HeldBlockRow | PublishedBlockRow | EstimateRow | ReadingFlagRow


class MonthOfPoints(NamedTuple):
    """Days ``[from_day, to_day)`` of some points."""

    from_day: date
    to_day: date
    prms: Sequence[Prm]


async def find_old_month(
    session: AsyncSession, *, kept_from: date, points: int
) -> MonthOfPoints | None:
    """Return a month before kept_from, the first day of one, and some points with blocks in it."""
    an_old_day = select(ReadingBlockRow.day).where(ReadingBlockRow.day < kept_from).limit(1)
    day = (await session.execute(an_old_day)).scalar_one_or_none()
    if day is None:
        return None
    month = Month.of(day)
    query = (
        select(ReadingBlockRow.prm)
        .where(ReadingBlockRow.day >= month.first_day, ReadingBlockRow.day < month.next_first_day)
        .distinct()
        .limit(points)
    )
    prms = (await session.execute(query)).scalars().all()
    return MonthOfPoints(month.first_day, month.next_first_day, prms)


async def delete_blocks(session: AsyncSession, month: MonthOfPoints) -> tuple[Tally, Tally]:
    """Delete every revision and its traces; return the blocks deleted, and those held."""
    await _delete_days(session, EstimateRow, month)
    await _delete_days(session, ReadingFlagRow, month)
    # What was published is forgotten too: if such old readings ever come again, they begin anew at
    # revision 1.
    await _delete_days(session, PublishedBlockRow, month)
    held_tally = await _delete_days(session, HeldBlockRow, month)
    return await _delete_days(session, ReadingBlockRow, month), held_tally


async def _delete_days(
    session: AsyncSession, table: type[_OfBlocks], month: MonthOfPoints
) -> Tally:
    deleted = delete(table).where(
        among(table.prm, month.prms),
        table.day >= month.from_day,
        table.day < month.to_day,
    )
    days = await session.execute(
        deleted.returning(table.day).execution_options(synchronize_session=False)
    )
    return Tally.of(days.scalars().all())


async def delete_results(session: AsyncSession, *, kept_from: date) -> Tally:
    """Delete every revision of the curves of some day before."""
    an_old_day = select(ResultCurveRow.day).where(ResultCurveRow.day < kept_from).limit(1)
    deleted = delete(ResultCurveRow).where(ResultCurveRow.day == an_old_day.scalar_subquery())
    days = await session.execute(
        deleted.returning(ResultCurveRow.day).execution_options(synchronize_session=False)
    )
    return Tally.of(days.scalars().all())


async def delete_accesses(session: AsyncSession, *, read_before: datetime, limit: int) -> Tally:
    times = await accesses.delete_accesses(
        session, CurveAccessRow, read_before=read_before, limit=limit
    )
    return Tally.of(map(local_day, times))


async def count_old_days(
    session: AsyncSession,
    table: type[ReadingBlockRow | HeldBlockRow | ResultCurveRow],
    *,
    kept_from: date,
) -> Tally:
    query = select(func.count(), func.min(table.day), func.max(table.day))
    return Tally(*(await session.execute(query.where(table.day < kept_from))).one())


async def count_old_accesses(session: AsyncSession, *, read_before: datetime) -> Tally:
    read_at = CurveAccessRow.read_at
    query = select(func.count(), func.min(read_at), func.max(read_at))
    return Tally.between(*(await session.execute(query.where(read_at < read_before))).one())


async def list_finished(session: AsyncSession, day: date) -> Sequence[str]:
    """Return the kinds of which the purge of a day has found nothing left."""
    query = select(PurgeRow.kind).where(PurgeRow.day == day, PurgeRow.finished_at.is_not(None))
    return (await session.execute(query)).scalars().all()


async def note_purged(
    session: AsyncSession, day: date, kind: Kept, *, kept_from: date, tally: Tally, more: bool
) -> None:
    """Add to the report of a day, in the transaction that deletes."""
    now = shared_now(session)
    noted = insert(PurgeRow).values(
        day=day,
        kind=kind,
        kept_from=kept_from,
        removed=tally.removed,
        first_day=tally.first,
        last_day=tally.last,
        started_at=now,
        finished_at=None if more else now,
    )
    excluded = noted.excluded
    await session.execute(
        noted.on_conflict_do_update(
            index_elements=["day", "kind"],
            set_={
                "kept_from": excluded.kept_from,
                "removed": PurgeRow.removed + excluded.removed,
                "first_day": func.least(PurgeRow.first_day, excluded.first_day),
                "last_day": func.greatest(PurgeRow.last_day, excluded.last_day),
                "finished_at": excluded.finished_at,
            },
        )
    )


async def reopen(session: AsyncSession, day: date) -> None:
    """Have the purge of a day look again."""
    await session.execute(
        update(PurgeRow)
        .where(PurgeRow.day == day)
        .values(finished_at=None)
        .execution_options(synchronize_session=False)
    )


async def list_purges(
    session: AsyncSession, *, before: date | None, limit: int
) -> Sequence[PurgeRow]:
    """Return the latest days first, those before ``before``; in order of kind."""
    latest = select(PurgeRow).order_by(PurgeRow.day.desc(), PurgeRow.kind)
    if before is not None:
        latest = latest.where(PurgeRow.day < before)
    return (await session.execute(latest.limit(limit))).scalars().all()
