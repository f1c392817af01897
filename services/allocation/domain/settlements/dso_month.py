"""The DSO's energies of a month, spread over pairs and days as our own shares say."""

from collections.abc import Mapping, Sequence

import numpy as np

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.days import DayResult, PointTotal
from services.allocation.domain.dso_results import DsoMonth
from services.allocation.domain.kernels import IntArray, prorata, scale
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.settlements.content import (
    SettledPair,
    Settlement,
    SettlementStatus,
)
from services.allocation.domain.settlements.dso_basis import (
    TakingPart,
    Told,
    figures_of_month,
    read_told,
)
from services.allocation.domain.settlements.dso_split import agree, side


class DsoResultsTooCoarse(Problem):
    status, slug, title = (
        409,
        "dso-results-too-coarse",
        "The DSO's energies of a month do not say who shared with whom",
    )


def split_month(
    operation_id: OperationId,
    month: Month,
    *,
    result: DsoMonth,
    taking_part: TakingPart,
    own: Sequence[DayResult],
    tolerance_units: int,
) -> Settlement:
    """Every consumer and every producer has the DSO's total; ``own`` says with whom and when.

    Raises DsoResultsDisagree, or DsoResultsTooCoarse when totals cannot be reached between points
    that take part on one day at least.
    """
    told = _told(result, taking_part)
    producers, consumers = side(told, Direction.PRODUCTION), side(told, Direction.CONSUMPTION)
    allocated, given = agree(producers, consumers, tolerance_units=tolerance_units, when=str(month))
    pattern = _pattern(month, list(producers), list(consumers), own)
    together = _together(month, list(producers), list(consumers), taking_part)
    pairs = _fit(pattern, together, allocated[:, 0], given[:, 0])
    days = _over_days(pairs, pattern, together)
    return Settlement(
        operation_id=operation_id,
        month=month,
        status=SettlementStatus.DEFINITIVE,
        pairs=[
            SettledPair(producer, consumer, days[row, column].tolist())
            for row, producer in enumerate(producers)
            for column, consumer in enumerate(consumers)
            if pairs[row, column]
        ],
        points=_points(producers, given, consumers, allocated),
        step_hashes=[None] * len(month.days),
    )


def _told(result: DsoMonth, taking_part: TakingPart) -> dict[Participant, Told]:
    known = figures_of_month(result)
    told = {}
    for who in {who for participants in taking_part.values() for who in participants}:
        one = read_told(who.direction, known[who])
        assert one is not None, "a point without results"
        told[who] = one
    return told


def _pattern(
    month: Month, producers: Sequence[Prm], consumers: Sequence[Prm], own: Sequence[DayResult]
) -> IntArray:
    """Our own shares: [producer, consumer, day]."""
    rows, columns = _positions(producers), _positions(consumers)
    days = {day: number for number, day in enumerate(month.days)}
    pattern = np.zeros((len(rows), len(columns), len(days)), dtype=np.int64)
    for result in own:
        for share in result.shares:
            place = rows[share.producer], columns[share.consumer], days[result.day]
            pattern[place] = share.day_wmin
    return pattern


def _together(
    month: Month, producers: Sequence[Prm], consumers: Sequence[Prm], taking_part: TakingPart
) -> IntArray:
    """1 where both take part on the day: [producer, consumer, day]."""
    gives = _presence(month, producers, Direction.PRODUCTION, taking_part)
    takes = _presence(month, consumers, Direction.CONSUMPTION, taking_part)
    return gives[:, None] * takes[None]


def _presence(
    month: Month, prms: Sequence[Prm], direction: Direction, taking_part: TakingPart
) -> IntArray:
    present = np.zeros((len(prms), len(month.days)), dtype=np.int64)
    rows = _positions(prms)
    for number, day in enumerate(month.days):
        for who in taking_part.get(day, ()):
            if who.direction == direction:
                present[rows[who.prm], number] = 1
    return present


def _positions(prms: Sequence[Prm]) -> Mapping[Prm, int]:
    return {prm: number for number, prm in enumerate(prms)}


def _fit(pattern: IntArray, together: IntArray, allocated: IntArray, given: IntArray) -> IntArray:
    """A month of pairs, [producer, consumer], with exactly these totals.

    First each consumer's total over producers as our shares are, or evenly over the days spent
    together where we have none. Then what a producer gives too much moves to those that give too
    little, prorata over the consumers that both may share with: rows never change.
    """
    months, days = pattern.sum(axis=2), together.sum(axis=2)
    weights = np.where(months.sum(axis=0) > 0, months, days)
    pairs = _prorata_of_weights(allocated, weights)
    _check_reached(allocated - pairs.sum(axis=0))
    excess = pairs.sum(axis=1) - given
    for giver in np.flatnonzero(excess > 0):
        for taker in np.flatnonzero(excess < 0):
            movable = np.where(days[taker] > 0, pairs[giver], 0)
            moved = prorata(
                np.minimum(excess[giver], -excess[taker])[None], movable[:, None]
            ).ravel()
            pairs[giver] -= moved
            pairs[taker] += moved
            excess[giver] -= moved.sum()
            excess[taker] += moved.sum()
            if not excess[giver]:
                break
    _check_reached(excess)
    return pairs


def _check_reached(left_wmin: IntArray) -> None:
    if left_wmin.any():
        raise DsoResultsTooCoarse(
            f"{int(np.abs(left_wmin).max())} watt-minutes of a point cannot be shared with anybody"
            " who took part on the same days: results by step are needed.",
            left_wmin=int(np.abs(left_wmin).max()),
        )


def _over_days(pairs: IntArray, pattern: IntArray, together: IntArray) -> IntArray:
    """Each pair's month over its days: [producer, consumer, day].

    In proportion to our own shares of the pair; else to all that the consumer got on the days
    spent together; else evenly over these.
    """
    weights = pattern
    for other in (pattern.sum(axis=0)[None] * together, together):
        weights = np.where(weights.sum(axis=2)[:, :, None] > 0, weights, other)
    spread = _prorata_of_weights(pairs, np.moveaxis(weights, 2, 0))
    return np.moveaxis(spread, 0, 2)


def _prorata_of_weights(total: IntArray, weights: IntArray) -> IntArray:
    """Cut ``total`` along the first axis of ``weights``, by cumulative rounding; exact in total."""
    cumulative = np.cumsum(weights, axis=0)
    return np.diff(scale(cumulative, total[None], weights.sum(axis=0)[None]), axis=0, prepend=0)


def _points(
    producers: Mapping[Prm, Told],
    given: IntArray,
    consumers: Mapping[Prm, Told],
    allocated: IntArray,
) -> list[PointTotal]:
    points = [
        PointTotal(prm, direction, int(one.metered_wmin[0]), int(shared[0]))
        for direction, told, totals in (
            (Direction.PRODUCTION, producers, given),
            (Direction.CONSUMPTION, consumers, allocated),
        )
        for (prm, one), shared in zip(told.items(), totals, strict=True)
    ]
    return sorted(points, key=lambda point: (point.prm, point.direction))
