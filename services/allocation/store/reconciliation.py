"""The two sides of a reconciliation: our days and the DSO's, one after the other."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.allocation.domain.days import DayFacts, DayStatus, MonthDay
from services.allocation.domain.dso_results import DsoCurve
from services.allocation.domain.keys import SharingKey, parse_key
from services.allocation.domain.keys.policy import OperationPolicy
from services.allocation.domain.keys.timeline import Timeline
from services.allocation.domain.perimeter import Participant, Perimeter
from services.allocation.domain.reconciliation import QuantitySeries
from services.allocation.domain.share_frames import StepShares
from services.allocation.store import copies, dso_results, shares
from services.allocation.store.keys.in_force import (
    get_operation_keys,
    list_ruling_keys,
    map_keys_in_place,
)
from services.allocation.tables import DsoResultCurveRow, ReadingBlockRow


@dataclass(frozen=True)
class TwoSides:
    """Our data and the DSO's for a day; curves are None when the DSO has given none."""

    facts: DayFacts
    status: DayStatus
    shares: Sequence[StepShares]
    revisions: dict[Participant, int]
    other_keys: Mapping[str, SharingKey]
    curves: Sequence[DsoCurve] | None
    definitive: bool


async def freeze(session: AsyncSession) -> None:
    """Make all later reads of the transaction see one moment; must be its first statement."""
    await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


async def list_series(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> set[QuantitySeries]:
    """Return the series for which the DSO has given a curve on any day of the month."""
    row = DsoResultCurveRow
    query = (
        select(row.prm, row.direction, row.quantity)
        .where(row.operation_id == operation_id, row.day.between(month.days[0], month.days[-1]))
        .distinct()
    )
    return {
        QuantitySeries(Prm(prm), Direction(direction), Quantity(quantity))
        for prm, direction, quantity in await session.execute(query)
    }


async def iterate_days(
    session: AsyncSession,
    perimeter: Perimeter,
    month: Month,
    policy: OperationPolicy,
    month_days: Sequence[MonthDay],
) -> AsyncIterator[TwoSides]:
    """Yield every day with a participant or with results of the DSO, in order.

    month_days: the days with a participant. Read day by day, because a month of a large operation
    by step is more than memory should hold.
    """
    operation_id = perimeter.operation_id
    keys = await get_operation_keys(session, operation_id)
    our_status = {month_day.day: month_day.status for month_day in month_days}
    dso_days = await dso_results.list_days(session, operation_id, month)
    key_at = cache(lambda number: parse_key(keys.timeline[number].definition))
    for day in sorted(our_status.keys() | dso_days.keys()):
        facts = await _read_facts(session, perimeter, day, policy)
        other_keys = dict(await map_keys_in_place(session, keys, perimeter, day))
        if (previous_position := _previous(keys.timeline, day)) is not None:
            other_keys["the previous key of the operation"] = key_at(previous_position)
        _, definitive = dso_days.get(day, (0, True))
        yield TwoSides(
            facts=facts,
            status=our_status.get(day, DayStatus.NO_READINGS),
            shares=await shares.list_step_shares(session, operation_id, [day]),
            revisions=await _list_revisions(session, operation_id, day),
            other_keys=other_keys,
            curves=await dso_results.list_curves(session, operation_id, day)
            if day in dso_days
            else None,
            definitive=definitive,
        )


async def _read_facts(
    session: AsyncSession, perimeter: Perimeter, day: date, policy: OperationPolicy
) -> DayFacts:
    operation_day = (perimeter.operation_id, day)
    keys = await list_ruling_keys(session, [operation_day], {perimeter.operation_id: perimeter})
    ruling = keys.get(operation_day)
    blocks = await copies.list_reading_blocks(session, [operation_day])
    return DayFacts(
        operation_id=perimeter.operation_id,
        day=day,
        step_min=perimeter.step_on(day),
        participants=perimeter.participants_on(day),
        blocks=blocks.get(operation_day, {}),
        key=ruling.key if ruling else None,
        missing_readings=policy.missing_readings,
        basis=ruling.basis if ruling else None,
    )


def _previous(timeline: Timeline, day: date) -> int | None:
    """Return the position of the last key in force before the day's key, or before the day."""
    past = [
        number
        for number, period in enumerate(timeline)
        if period.valid_from <= day and not period.covers(day)
    ]
    return past[-1] if past else None


async def _list_revisions(
    session: AsyncSession, operation_id: OperationId, day: date
) -> dict[Participant, int]:
    """Return the highest revision of each point's readings of the day."""
    row = ReadingBlockRow
    query = select(row.prm, row.direction, row.revision).where(
        row.operation_id == operation_id, row.day == day
    )
    revisions: dict[Participant, int] = {}
    for prm, direction, revision in await session.execute(query):
        participant = Participant(Prm(prm), Direction(direction))
        revisions[participant] = max(revision, revisions.get(participant, revision))
    return revisions
