"""Queries of challenges: what is measured of whom, and what was told of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.challenges import Challenge, Entry, Measured
from services.allocation.domain.curves import Block
from services.allocation.domain.days import DayStatus
from services.allocation.domain.share_frames import StepShares
from services.allocation.tables import (
    ChallengeEntryRow,
    ChallengeRow,
    DayStatusRow,
    ReadingBlockRow,
    ShareBlockRow,
)

PointDay = tuple[Prm, date]


async def save_challenge(session: AsyncSession, challenge: Challenge) -> set[UUID]:
    """Keep it, unless what is known is newer; the caller holds the lock of its operation.

    Who is not named any more is forgotten. Returns the entries that are new, or for other days.
    """
    known = await session.get(ChallengeRow, challenge.id, populate_existing=True)
    if known is not None and known.revision >= challenge.revision:
        return set()
    row = known or ChallengeRow(id=challenge.id)
    row.operation_id, row.revision = challenge.operation_id, challenge.revision
    row.half_hours, row.weekdays = sorted(challenge.half_hours), sorted(challenge.weekdays)
    row.with_shares = challenge.with_shares
    session.add(row)
    await session.flush()
    return await _save_entries(session, challenge)


async def _save_entries(session: AsyncSession, challenge: Challenge) -> set[UUID]:
    row = ChallengeEntryRow
    periods = select(row.id, row.first_day, row.end_day).where(row.challenge_id == challenge.id)
    known = {
        entry_id: (first_day, end_day)
        for entry_id, first_day, end_day in await session.execute(periods)
    }
    gone = known.keys() - {entry.id for entry in challenge.entries}
    await session.execute(delete(row).where(row.id.in_(gone)))
    changed = [
        {
            "id": entry.id,
            "challenge_id": challenge.id,
            "prm": entry.prm,
            "first_day": entry.first_day,
            "end_day": entry.end_day,
            "revision": 0,
            "days": [],
        }
        for entry in challenge.entries
        if known.get(entry.id) != (entry.first_day, entry.end_day)
    ]
    if changed:
        adding = insert(row).values(changed)
        period = {name: adding.excluded[name] for name in ("first_day", "end_day")}
        await session.execute(adding.on_conflict_do_update(index_elements=["id"], set_=period))
    return {UUID(str(one["id"])) for one in changed}


async def list_challenges(
    session: AsyncSession, operations: Collection[OperationId]
) -> list[Challenge]:
    """Of these operations, those with entries."""
    query = (
        select(ChallengeRow, ChallengeEntryRow)
        .join(ChallengeEntryRow, ChallengeEntryRow.challenge_id == ChallengeRow.id)
        .where(ChallengeRow.operation_id.in_(operations))
        .order_by(ChallengeRow.id, ChallengeEntryRow.id)
        .execution_options(populate_existing=True)
    )
    entries = defaultdict[UUID, list[Entry]](list)
    rows = dict[UUID, ChallengeRow]()
    for row, entry in await session.execute(query):
        rows[row.id] = row
        entries[row.id].append(Entry(entry.id, Prm(entry.prm), entry.first_day, entry.end_day))
    return [_challenge(row, entries[row.id]) for row in rows.values()]


def _challenge(row: ChallengeRow, entries: Sequence[Entry]) -> Challenge:
    return Challenge(
        id=row.id,
        operation_id=OperationId(row.operation_id),
        revision=row.revision,
        half_hours=row.half_hours,
        weekdays=row.weekdays,
        with_shares=row.with_shares,
        entries=entries,
    )


async def lock_entries(
    session: AsyncSession, entry_ids: Collection[UUID]
) -> Sequence[ChallengeEntryRow]:
    """In order of id: workers with other days of the operation take turns."""
    query = select(ChallengeEntryRow).where(ChallengeEntryRow.id.in_(entry_ids))
    ordered = query.order_by(ChallengeEntryRow.id).with_for_update()
    rows = await session.scalars(ordered.execution_options(populate_existing=True))
    return rows.all()


def known_days(row: ChallengeEntryRow) -> dict[date, Measured]:
    return {
        date.fromisoformat(day): Measured(consumption_wmin, shared_wmin)
        for day, consumption_wmin, shared_wmin in row.days
    }


def set_days(row: ChallengeEntryRow, days: Mapping[date, Measured]) -> None:
    row.days = [[str(day), one.consumption_wmin, one.shared_wmin] for day, one in days.items()]


async def list_consumption(
    session: AsyncSession, operation_id: OperationId, prms: Collection[Prm], days: Collection[date]
) -> Mapping[PointDay, list[Block]]:
    row = ReadingBlockRow
    query = select(row).where(
        row.operation_id == operation_id,
        row.day.in_(days),
        row.prm.in_(prms),
        row.direction == Direction.CONSUMPTION,
    )
    found = defaultdict[PointDay, list[Block]](list)
    rows = await session.scalars(query.execution_options(populate_existing=True))
    for one in rows:
        block = Block(one.step_min, one.power_w, one.estimated_steps)
        found[Prm(one.prm), one.day].append(block)
    return found


async def list_shares(
    session: AsyncSession, operation_id: OperationId, prms: Collection[Prm], days: Collection[date]
) -> Mapping[PointDay, list[StepShares]]:
    """What each of the points got on each of the days that is allocated."""
    status = select(DayStatusRow.day).where(
        DayStatusRow.operation_id == operation_id,
        DayStatusRow.day.in_(days),
        DayStatusRow.status == DayStatus.ALLOCATED,
    )
    allocated = set(await session.scalars(status))
    found: dict[PointDay, list[StepShares]] = {(prm, day): [] for prm in prms for day in allocated}
    row = ShareBlockRow
    query = select(row.day, row.producer, row.consumer, row.step_min, row.energy_wmin).where(
        row.operation_id == operation_id, row.day.in_(allocated), row.consumer.in_(prms)
    )
    for day, producer, consumer, step_min, energy_wmin in await session.execute(query):
        shares = StepShares(day, Prm(producer), Prm(consumer), step_min, energy_wmin)
        found[Prm(consumer), day].append(shares)
    return found
