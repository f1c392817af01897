"""What a reconciliation compares: our days and the DSO's, one after the other."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm, Quantity
from services.allocation.domain.days import DayFacts, DayStatus, MonthDay
from services.allocation.domain.dso_results import DsoCurve
from services.allocation.domain.keys import Key, parse_key
from services.allocation.domain.perimeter import Participant, Perimeter
from services.allocation.domain.policy import Policy
from services.allocation.domain.reconciliation import Series
from services.allocation.domain.share_frames import StepShares
from services.allocation.domain.timeline import Timeline
from services.allocation.store import copies, dso_results, shares, timelines
from services.allocation.store.keys_in_force import list_keys_in_force
from services.allocation.tables import DsoResultCurveRow, ReadingBlockRow


@dataclass(frozen=True)
class TwoSides:
    """All that is known of a day here and there; curves are None when the DSO has given none."""

    facts: DayFacts
    status: DayStatus
    shares: Sequence[StepShares]
    revisions: dict[Participant, int]
    previous_key: Key | None
    curves: Sequence[DsoCurve] | None
    definitive: bool


async def freeze(session: AsyncSession) -> None:
    """Have all later reads of the transaction see one moment; must be its first statement."""
    await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


async def list_series(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> set[Series]:
    """The series of which the DSO has given a curve on any day of the month."""
    row = DsoResultCurveRow
    query = (
        select(row.prm, row.direction, row.quantity)
        .where(row.operation_id == operation_id, row.day.between(month.days[0], month.days[-1]))
        .distinct()
    )
    return {
        Series(Prm(prm), Direction(direction), Quantity(quantity))
        for prm, direction, quantity in await session.execute(query)
    }


async def iterate_days(
    session: AsyncSession,
    perimeter: Perimeter,
    month: Month,
    policy: Policy,
    month_days: Sequence[MonthDay],
) -> AsyncIterator[TwoSides]:
    """Every day on which somebody takes part or of which the DSO has spoken, in order.

    month_days: those on which somebody takes part. Read day by day, as a month of a large
    operation by step is more than memory should hold.
    """
    operation_id = perimeter.operation_id
    timeline = await timelines.get_timeline(session, operation_id)
    ours = {one.day: one.status for one in month_days}
    theirs = await dso_results.list_days(session, operation_id, month)
    parsed = cache(lambda number: parse_key(timeline[number].definition))
    for day in sorted(ours.keys() | theirs.keys()):
        before = _previous(timeline, day)
        _, definitive = theirs.get(day, (0, True))
        yield TwoSides(
            facts=await _read_facts(session, perimeter, day, policy),
            status=ours.get(day, DayStatus.NO_READINGS),
            shares=await shares.list_step_shares(session, operation_id, [day]),
            revisions=await _list_revisions(session, operation_id, day),
            previous_key=None if before is None else parsed(before),
            curves=await dso_results.list_curves(session, operation_id, day)
            if day in theirs
            else None,
            definitive=definitive,
        )


async def _read_facts(
    session: AsyncSession, perimeter: Perimeter, day: date, policy: Policy
) -> DayFacts:
    one = (perimeter.operation_id, day)
    keys = await list_keys_in_force(session, [one], {perimeter.operation_id: perimeter})
    blocks = await copies.list_reading_blocks(session, [one])
    return DayFacts(
        operation_id=perimeter.operation_id,
        day=day,
        step_min=perimeter.step_on(day),
        participants=perimeter.participants_on(day),
        blocks=blocks.get(one, {}),
        key=keys.get(one),
        missing_readings=policy.missing_readings,
    )


def _previous(timeline: Timeline, day: date) -> int | None:
    """Position of the last key that was in force before the one of the day, or before the day."""
    past = [
        number
        for number, one in enumerate(timeline)
        if one.valid_from <= day and not one.covers(day)
    ]
    return past[-1] if past else None


async def _list_revisions(
    session: AsyncSession, operation_id: OperationId, day: date
) -> dict[Participant, int]:
    """The highest one of each point's readings of the day."""
    row = ReadingBlockRow
    query = select(row.prm, row.direction, row.revision).where(
        row.operation_id == operation_id, row.day == day
    )
    revisions: dict[Participant, int] = {}
    for prm, direction, revision in await session.execute(query):
        who = Participant(Prm(prm), Direction(direction))
        revisions[who] = max(revision, revisions.get(who, revision))
    return revisions
