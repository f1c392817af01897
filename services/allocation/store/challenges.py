"""Queries of challenges: what is measured for whom, and what was published."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.challenges import Challenge, ChallengeEntry, Measured
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

PrmDay = tuple[Prm, date]


async def save_challenge(session: AsyncSession, challenge: Challenge) -> set[UUID]:
    """Store it, unless the stored one is newer; the caller holds the lock of its operation.

    Entries that are no longer named are deleted. Returns the entries that are new, or for other
    days.
    """
    stored = await session.get(ChallengeRow, challenge.id, populate_existing=True)
    if stored is not None and stored.revision >= challenge.revision:
        return set()
    row = stored or ChallengeRow(id=challenge.id)
    row.operation_id, row.revision = challenge.operation_id, challenge.revision
    row.half_hours, row.weekdays = sorted(challenge.half_hours), sorted(challenge.weekdays)
    row.with_shares = challenge.with_shares
    session.add(row)
    await session.flush()
    return await _save_entries(session, challenge)


async def _save_entries(session: AsyncSession, challenge: Challenge) -> set[UUID]:
    row = ChallengeEntryRow
    periods = select(row.id, row.first_day, row.end_day).where(row.challenge_id == challenge.id)
    periods_by_entry = {
        entry_id: (first_day, end_day)
        for entry_id, first_day, end_day in await session.execute(periods)
    }
    removed_ids = periods_by_entry.keys() - {entry.id for entry in challenge.entries}
    await session.execute(delete(row).where(row.id.in_(removed_ids)))
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
        if periods_by_entry.get(entry.id) != (entry.first_day, entry.end_day)
    ]
    if changed:
        adding = insert(row).values(changed)
        period = {name: adding.excluded[name] for name in ("first_day", "end_day")}
        await session.execute(adding.on_conflict_do_update(index_elements=["id"], set_=period))
    return {UUID(str(entry_values["id"])) for entry_values in changed}


async def list_challenges(
    session: AsyncSession, operations: Collection[OperationId]
) -> list[Challenge]:
    """Return the challenges of these operations that have entries."""
    query = (
        select(ChallengeRow, ChallengeEntryRow)
        .join(ChallengeEntryRow, ChallengeEntryRow.challenge_id == ChallengeRow.id)
        .where(ChallengeRow.operation_id.in_(operations))
        .order_by(ChallengeRow.id, ChallengeEntryRow.id)
        .execution_options(populate_existing=True)
    )
    entries = defaultdict[UUID, list[ChallengeEntry]](list)
    rows = dict[UUID, ChallengeRow]()
    for row, entry in await session.execute(query):
        rows[row.id] = row
        entries[row.id].append(
            ChallengeEntry(entry.id, Prm(entry.prm), entry.first_day, entry.end_day)
        )
    return [_challenge(row, entries[row.id]) for row in rows.values()]


def _challenge(row: ChallengeRow, entries: Sequence[ChallengeEntry]) -> Challenge:
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
    """Lock in order of id: workers with other days of the operation take turns."""
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
    row.days = [
        [str(day), measured.consumption_wmin, measured.shared_wmin]
        for day, measured in days.items()
    ]


async def list_consumption(
    session: AsyncSession, operation_id: OperationId, prms: Collection[Prm], days: Collection[date]
) -> Mapping[PrmDay, list[Block]]:
    row = ReadingBlockRow
    query = select(row).where(
        row.operation_id == operation_id,
        row.day.in_(days),
        row.prm.in_(prms),
        row.direction == Direction.CONSUMPTION,
    )
    blocks = defaultdict[PrmDay, list[Block]](list)
    rows = await session.scalars(query.execution_options(populate_existing=True))
    for reading_row in rows:
        block = Block(reading_row.step_min, reading_row.power_w, reading_row.estimated_steps)
        blocks[Prm(reading_row.prm), reading_row.day].append(block)
    return blocks


async def list_shares(
    session: AsyncSession, operation_id: OperationId, prms: Collection[Prm], days: Collection[date]
) -> Mapping[PrmDay, list[StepShares]]:
    """Return each point's shares on each of the days that is allocated."""
    status = select(DayStatusRow.day).where(
        DayStatusRow.operation_id == operation_id,
        DayStatusRow.day.in_(days),
        DayStatusRow.status == DayStatus.ALLOCATED,
    )
    allocated_days = set(await session.scalars(status))
    shares_by_day: dict[PrmDay, list[StepShares]] = {
        (prm, day): [] for prm in prms for day in allocated_days
    }
    row = ShareBlockRow
    query = select(row.day, row.producer, row.consumer, row.step_min, row.energy_wmin).where(
        row.operation_id == operation_id, row.day.in_(allocated_days), row.consumer.in_(prms)
    )
    for day, producer, consumer, step_min, energy_wmin in await session.execute(query):
        shares = StepShares(day, Prm(producer), Prm(consumer), step_min, energy_wmin)
        shares_by_day[Prm(consumer), day].append(shares)
    return shares_by_day
