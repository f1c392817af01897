"""Reading shares and totals: of the whole operation, or within somebody's scope."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, select, text, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.days import PointTotal
from services.allocation.domain.perimeter import Participation
from services.allocation.domain.scope import ALL_SHARES, ShareScope
from services.allocation.domain.settlements import SettledPair
from services.allocation.domain.share_frames import DayShare, StepShares, TotalShare
from services.allocation.domain.summary import Summary
from services.allocation.tables import PointDayRow, ShareBlockRow

_Text = InstrumentedAttribute[str]
_Day = InstrumentedAttribute[date]


async def list_step_shares(
    session: AsyncSession,
    operation_id: OperationId,
    days: Sequence[date],
    *,
    scope: ShareScope = ALL_SHARES,
    prm: Prm | None = None,
) -> list[StepShares]:
    """Shares of consecutive days, in day, producer, consumer order."""
    row = ShareBlockRow
    query = (
        select(row.day, row.producer, row.consumer, row.step_min, row.energy_wmin)
        .where(_between(row.operation_id, operation_id, row.day, days), _visible(scope, prm))
        .order_by(row.day, row.producer, row.consumer)
    )
    return [
        StepShares(day, Prm(producer), Prm(consumer), step_min, energy_wmin)
        for day, producer, consumer, step_min, energy_wmin in await session.execute(query)
    ]


async def list_day_shares(
    session: AsyncSession,
    operation_id: OperationId,
    days: Sequence[date],
    *,
    scope: ShareScope = ALL_SHARES,
    prm: Prm | None = None,
) -> list[DayShare]:
    """Shares of consecutive days, in day, producer, consumer order."""
    row = ShareBlockRow
    query = (
        select(row.day, row.producer, row.consumer, row.day_wmin)
        .where(_between(row.operation_id, operation_id, row.day, days), _visible(scope, prm))
        .order_by(row.day, row.producer, row.consumer)
    )
    return [
        DayShare(day, Prm(producer), Prm(consumer), energy_wmin)
        for day, producer, consumer, energy_wmin in await session.execute(query)
    ]


async def list_total_shares(
    session: AsyncSession,
    operation_id: OperationId,
    days: Sequence[date],
    *,
    scope: ShareScope = ALL_SHARES,
    prm: Prm | None = None,
) -> list[TotalShare]:
    """Sums over consecutive days, in producer, consumer order."""
    row = ShareBlockRow
    query = (
        select(row.producer, row.consumer, func.sum(row.day_wmin))
        .where(_between(row.operation_id, operation_id, row.day, days), _visible(scope, prm))
        .group_by(row.producer, row.consumer)
        .order_by(row.producer, row.consumer)
    )
    return [
        TotalShare(Prm(producer), Prm(consumer), int(energy_wmin))
        for producer, consumer, energy_wmin in await session.execute(query)
    ]


async def count_share_blocks(
    session: AsyncSession,
    operation_id: OperationId,
    days: Sequence[date],
    *,
    scope: ShareScope,
    prm: Prm | None,
) -> int:
    """Count the days of pairs that there are to read."""
    row = ShareBlockRow
    query = select(func.count()).where(
        _between(row.operation_id, operation_id, row.day, days), _visible(scope, prm)
    )
    return (await session.execute(query)).scalar_one()


async def list_pairs(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> list[SettledPair]:
    """Day by day, in producer, consumer order."""
    row = ShareBlockRow
    query = (
        select(row.producer, row.consumer, func.array_agg(row.day), func.array_agg(row.day_wmin))
        .where(_between(row.operation_id, operation_id, row.day, month.days))
        .group_by(row.producer, row.consumer)
        .order_by(row.producer, row.consumer)
    )
    pairs = []
    for producer, consumer, days, energies in await session.execute(query):
        wmin_by_day = dict(zip(days, energies, strict=True))
        energy_wmin = [wmin_by_day.get(day, 0) for day in month.days]
        pairs.append(SettledPair(Prm(producer), Prm(consumer), energy_wmin))
    return pairs


async def list_step_hashes(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> list[str | None]:
    """Return the hash of each day of the month, as ``domain.settlements.content.hash_shares``."""
    # In the database: a large operation has hundreds of megabytes of steps a month.
    query = text("""
        SELECT day, encode(sha256(convert_to(string_agg(
            concat_ws(' ', producer, consumer, step_min, array_to_string(energy_wmin, ',')),
            E'\\n' ORDER BY producer COLLATE "C", consumer COLLATE "C"
        ), 'UTF8')), 'hex') AS hash
        FROM share_block
        WHERE operation_id = :operation_id AND day BETWEEN :first AND :last
        GROUP BY day
    """)
    days = month.days
    values = {"operation_id": operation_id, "first": days[0], "last": days[-1]}
    hashes = {row.day: row.hash for row in await session.execute(query, values)}
    return [hashes.get(day) for day in days]


async def list_point_totals(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    *,
    scope: ShareScope = ALL_SHARES,
) -> list[PointTotal]:
    """Over the allocated days of the month, in prm, direction order."""
    row = PointDayRow
    query = (
        select(row.prm, row.direction, func.sum(row.metered_wmin), func.sum(row.shared_wmin))
        .where(
            _between(row.operation_id, operation_id, row.day, month.days),
            or_(
                *(
                    and_(row.direction == side, _within(scope, side, row.prm, row.day))
                    for side in Direction
                )
            ),
        )
        .group_by(row.prm, row.direction)
        .order_by(row.prm, row.direction)
    )
    return [
        PointTotal(Prm(prm), Direction(direction), int(metered_wmin), int(shared_wmin))
        for prm, direction, metered_wmin, shared_wmin in await session.execute(query)
    ]


async def map_production(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> dict[Prm, list[int]]:
    """Return each producing point's metered energy by day of the month; 0 if not allocated."""
    row = PointDayRow
    query = select(row.prm, row.day, row.metered_wmin).where(
        _between(row.operation_id, operation_id, row.day, month.days),
        row.direction == Direction.PRODUCTION,
    )
    metered_by_point: defaultdict[Prm, dict[date, int]] = defaultdict(dict)
    for prm, day, metered_wmin in await session.execute(query):
        metered_by_point[Prm(prm)][day] = metered_wmin
    return {
        prm: [wmin_by_day.get(day, 0) for day in month.days]
        for prm, wmin_by_day in sorted(metered_by_point.items())
    }


async def get_summary(
    session: AsyncSession, operation_id: OperationId, month: Month, *, scope: ShareScope
) -> Summary:
    row = ShareBlockRow

    def total(is_visible: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(row.day_wmin).filter(is_visible), 0)

    query = select(
        total(_within(scope, Direction.PRODUCTION, row.producer, row.day)),
        total(_within(scope, Direction.CONSUMPTION, row.consumer, row.day)),
    ).where(_between(row.operation_id, operation_id, row.day, month.days))
    given_wmin, taken_wmin = (await session.execute(query)).one()
    return Summary(
        points=await list_point_totals(session, operation_id, month, scope=scope),
        given_wmin=int(given_wmin),
        taken_wmin=int(taken_wmin),
    )


def _between(
    operation: _Text, operation_id: OperationId, day: _Day, days: Sequence[date]
) -> ColumnElement[bool]:
    return and_(operation == operation_id, day.between(days[0], days[-1]))


def _visible(scope: ShareScope, prm: Prm | None) -> ColumnElement[bool]:
    """Match shares to or from a point in the scope, and to or from ``prm`` if it is given."""
    row = ShareBlockRow
    is_visible = or_(
        _within(scope, Direction.PRODUCTION, row.producer, row.day),
        _within(scope, Direction.CONSUMPTION, row.consumer, row.day),
    )
    return (
        is_visible
        if prm is None
        else and_(is_visible, or_(row.producer == prm, row.consumer == prm))
    )


def _within(scope: ShareScope, direction: Direction, prm: _Text, day: _Day) -> ColumnElement[bool]:
    if scope.participations is None:
        return true()
    return or_(
        false(), *(_covered(participation, prm, day) for participation in scope.of(direction))
    )


def _covered(participation: Participation, prm: _Text, day: _Day) -> ColumnElement[bool]:
    has_started = and_(prm == participation.prm, day >= participation.valid_from)
    return (
        has_started
        if participation.valid_to is None
        else and_(has_started, day < participation.valid_to)
    )
