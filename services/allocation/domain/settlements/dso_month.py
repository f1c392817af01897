"""The DSO's energies of a month, spread over pairs and days in proportion to our own shares."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

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
    TariffClasses,
)
from services.allocation.domain.settlements.dso_basis import (
    PointFigures,
    TakingPart,
    complete_figures,
    figures_of_month,
    shared_by_class,
)
from services.allocation.domain.settlements.dso_split import agree, side


class DsoResultsTooCoarse(Problem):
    status, slug, title = (
        409,
        "dso-results-too-coarse",
        "The DSO's energies of a month do not say who shared with whom",
    )
    example_detail = (
        "60 watt-minutes of a point cannot be shared with anybody who took part on the same"
        " days: results by step are needed."
    )
    example_facts: ClassVar = {"left_wmin": 60}


def split_month(
    operation_id: OperationId,
    month: Month,
    *,
    result: DsoMonth,
    taking_part: TakingPart,
    own_days: Sequence[DayResult],
    tolerance_units: int,
) -> Settlement:
    """Give every consumer and producer the DSO's total; ``own_days`` decides with whom and when.

    Raises DsoResultsDisagree, or DsoResultsTooCoarse when totals cannot be reached between points
    that take part on one day at least.
    """
    figures_by_point = _figures(result, taking_part)
    producers, consumers = (
        side(figures_by_point, Direction.PRODUCTION),
        side(figures_by_point, Direction.CONSUMPTION),
    )
    allocated_wmin, given_wmin = agree(
        producers, consumers, tolerance_units=tolerance_units, when=str(month)
    )
    pattern = _pattern(month, list(producers), list(consumers), own_days)
    is_together = _together(month, list(producers), list(consumers), taking_part)
    pairs = _fit(pattern, is_together, allocated_wmin[:, 0], given_wmin[:, 0])
    days = _over_days(pairs, pattern, is_together)
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
        points=_points(producers, given_wmin, consumers, allocated_wmin),
        step_hashes=[None] * len(month.days),
        tariff_classes=cut_classes(result, list(consumers), allocated_wmin[:, 0].tolist()),
    )


def cut_classes(
    result: DsoMonth, consumers: Sequence[Prm], settled_wmin: Sequence[int]
) -> list[TariffClasses]:
    """Cut each consumer's total by the DSO's classes, in proportion to what the DSO gave for each.

    Both are equal but for the DSO's rounding, and but for curves that it has corrected alone.
    consumers: in prm order. A point whose classes are all 0 has none.
    """
    energies = shared_by_class(result)
    classes = []
    for prm, shared_wmin in zip(consumers, settled_wmin, strict=True):
        names = sorted(energies[prm])
        by_class = np.array([[energies[prm][name]] for name in names], dtype=np.int64)
        if not by_class.any():
            continue
        cut_wmin = prorata(np.array([shared_wmin]), by_class)[:, 0].tolist()
        shared = {name: wmin for name, wmin in zip(names, cut_wmin, strict=True) if wmin}
        if shared:
            classes.append(TariffClasses(prm, shared))
    return classes


def _figures(result: DsoMonth, taking_part: TakingPart) -> dict[Participant, PointFigures]:
    figures_by_participant = figures_of_month(result)
    figures_by_point = {}
    for participant in {
        participant for participants in taking_part.values() for participant in participants
    }:
        figures = complete_figures(participant.direction, figures_by_participant[participant])
        assert figures is not None, "a point without results"
        figures_by_point[participant] = figures
    return figures_by_point


def _pattern(
    month: Month, producers: Sequence[Prm], consumers: Sequence[Prm], own_days: Sequence[DayResult]
) -> IntArray:
    """Return our own shares: [producer, consumer, day]."""
    rows, columns = _positions(producers), _positions(consumers)
    days = {day: number for number, day in enumerate(month.days)}
    pattern = np.zeros((len(rows), len(columns), len(days)), dtype=np.int64)
    for result in own_days:
        for share in result.shares:
            place = rows[share.producer], columns[share.consumer], days[result.day]
            pattern[place] = share.day_wmin
    return pattern


def _together(
    month: Month, producers: Sequence[Prm], consumers: Sequence[Prm], taking_part: TakingPart
) -> IntArray:
    """Return 1 where both take part on the day: [producer, consumer, day]."""
    gives = _presence(month, producers, Direction.PRODUCTION, taking_part)
    takes = _presence(month, consumers, Direction.CONSUMPTION, taking_part)
    return gives[:, None] * takes[None]


def _presence(
    month: Month, prms: Sequence[Prm], direction: Direction, taking_part: TakingPart
) -> IntArray:
    present = np.zeros((len(prms), len(month.days)), dtype=np.int64)
    rows = _positions(prms)
    for number, day in enumerate(month.days):
        for participant in taking_part.get(day, ()):
            if participant.direction == direction:
                present[rows[participant.prm], number] = 1
    return present


def _positions(prms: Sequence[Prm]) -> Mapping[Prm, int]:
    return {prm: number for number, prm in enumerate(prms)}


def _fit(
    pattern: IntArray, together: IntArray, allocated_wmin: IntArray, given_wmin: IntArray
) -> IntArray:
    """Fit a month of pairs, [producer, consumer], to exactly these totals.

    First each consumer's total is spread over producers like our shares, or, without any, evenly
    over the days spent together. Then the excess of one producer moves to producers that give too
    little, prorata over the consumers that both may share with: totals of consumers never change.
    """
    months, days = pattern.sum(axis=2), together.sum(axis=2)
    weights = np.where(months.sum(axis=0) > 0, months, days)
    pairs = _prorata_of_weights(allocated_wmin, weights)
    _check_reached(allocated_wmin - pairs.sum(axis=0))
    excess = pairs.sum(axis=1) - given_wmin
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
    """Spread each pair's month over its days: [producer, consumer, day].

    In proportion to our own shares of the pair; otherwise to everything that the consumer got on
    the days spent together; otherwise evenly over these.
    """
    weights = pattern
    for fallback in (pattern.sum(axis=0)[None] * together, together):
        weights = np.where(weights.sum(axis=2)[:, :, None] > 0, weights, fallback)
    spread = _prorata_of_weights(pairs, np.moveaxis(weights, 2, 0))
    return np.moveaxis(spread, 0, 2)


def _prorata_of_weights(total: IntArray, weights: IntArray) -> IntArray:
    """Cut ``total`` along the first axis of ``weights``, by cumulative rounding; exact in total."""
    cumulative = np.cumsum(weights, axis=0)
    return np.diff(scale(cumulative, total[None], weights.sum(axis=0)[None]), axis=0, prepend=0)


def _points(
    producers: Mapping[Prm, PointFigures],
    given_wmin: IntArray,
    consumers: Mapping[Prm, PointFigures],
    allocated_wmin: IntArray,
) -> list[PointTotal]:
    points = [
        PointTotal(prm, direction, int(figures.metered_wmin[0]), int(shared[0]))
        for direction, figures_by_point, totals in (
            (Direction.PRODUCTION, producers, given_wmin),
            (Direction.CONSUMPTION, consumers, allocated_wmin),
        )
        for (prm, figures), shared in zip(figures_by_point.items(), totals, strict=True)
    ]
    return sorted(points, key=lambda point: (point.prm, point.direction))
