"""The DSO's split of a day: each producer's energy to each consumer, in the DSO's own totals."""

from collections.abc import Iterable, Mapping, Sequence
from math import lcm
from typing import ClassVar

import numpy as np

from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.days import DayResult, DayStatus, PointTotal, ShareBlock
from services.allocation.domain.dso_results import DsoCurve, DsoDay
from services.allocation.domain.kernels import IntArray, prorata, split_between_producers
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.settlements.dso_basis import (
    Figure,
    PointFigures,
    complete_figures,
    figures_of_day,
)


class DsoResultsDisagree(Problem):
    status, slug, title = 409, "dso-results-disagree", "The DSO's results contradict each other"
    example_detail = (
        "2026-10-12: consumers self-consumed 900 watt-minutes more than producers shared, in"
        " step 25; rounding explains 60."
    )
    example_facts: ClassVar = {
        "when": "2026-10-12",
        "step": 25,
        "consumers_wmin": 72900,
        "producers_wmin": 72000,
        "difference_wmin": 900,
        "tolerance_wmin": 60,
    }


def split_day(
    operation_id: OperationId,
    result: DsoDay,
    participants: Sequence[Participant],
    tolerance_units: int,
) -> DayResult:
    """Return the day as if it had been allocated, on the coarsest grid that nests all its curves.

    Every participant has its curves (``choose_grain``). Raises DsoResultsDisagree.
    """
    figures_by_point, step_min = _on_one_grid(result.curves, participants)
    producers, consumers = (
        side(figures_by_point, Direction.PRODUCTION),
        side(figures_by_point, Direction.CONSUMPTION),
    )
    allocated_wmin, given_wmin = agree(
        producers, consumers, tolerance_units=tolerance_units, when=result.day.isoformat()
    )
    shares: Sequence[ShareBlock] = ()
    if producers and consumers:
        shares = _blocks(list(producers), list(consumers), allocated_wmin, given_wmin)
    points = [
        *_totals(Direction.CONSUMPTION, consumers, allocated_wmin),
        *_totals(Direction.PRODUCTION, producers, given_wmin),
    ]
    return DayResult(
        operation_id=operation_id,
        day=result.day,
        step_min=step_min,
        status=DayStatus.ALLOCATED,
        points=sorted(points, key=lambda point: (point.prm, point.direction)),
        shares=shares,
    )


def side(
    figures_by_point: Mapping[Participant, PointFigures], direction: Direction
) -> dict[Prm, PointFigures]:
    """Return one side's figures, in prm order."""
    return {
        participant.prm: figures
        for participant, figures in sorted(figures_by_point.items())
        if participant.direction == direction
    }


def _on_one_grid(
    curves: Iterable[DsoCurve], participants: Sequence[Participant]
) -> tuple[dict[Participant, PointFigures], int]:
    curves_by_participant = figures_of_day(curves)
    step_min = lcm(
        *(
            curve.step_min
            for participant in participants
            for curve in curves_by_participant[participant].values()
        )
    )
    figures_by_point = {}
    for participant in participants:
        figures = {
            name: _coarsened(curve, step_min)
            for name, curve in curves_by_participant[participant].items()
        }
        point_figures = complete_figures(participant.direction, figures)
        assert point_figures is not None, "a point without results"
        figures_by_point[participant] = point_figures
    return figures_by_point, step_min


def _coarsened(curve: DsoCurve, step_min: int) -> Figure:
    steps = step_min // curve.step_min
    energy_wmin = np.array(curve.energy_wmin, dtype=np.int64).reshape(-1, steps).sum(axis=1)
    return Figure(energy_wmin, curve.precision_wmin * steps)


def agree(
    producers: Mapping[Prm, PointFigures],
    consumers: Mapping[Prm, PointFigures],
    *,
    tolerance_units: int,
    when: str,
) -> tuple[IntArray, IntArray]:
    """Return what consumers got and producers gave, [consumer, step] and [producer, step].

    Both have one total. The DSO rounds every figure, so its two sides may differ by units.
    Consumers' figures are binding, as their suppliers bill the rest, but never exceed the
    production; producers' figures are brought to the same total: down prorata of what they gave, up
    prorata of their surplus. Nobody shares more than was metered. Raises DsoResultsDisagree beyond
    the tolerance, which is per figure that is added up.
    """
    shared_wmin, given_wmin = _stacked(consumers, "shared_wmin"), _stacked(producers, "shared_wmin")
    consumed_wmin, produced_wmin = (
        _stacked(consumers, "metered_wmin"),
        _stacked(producers, "metered_wmin"),
    )
    tolerance_wmin = tolerance_units * sum(
        figures.precision_wmin for figures in (*producers.values(), *consumers.values())
    )
    _check_sides(shared_wmin.sum(axis=0), given_wmin.sum(axis=0), tolerance_wmin, when)
    for prm, figures in (*producers.items(), *consumers.items()):
        _check_within_metered(prm, figures, tolerance_units, when)
    given_wmin = np.minimum(given_wmin, produced_wmin)
    allocated_wmin = prorata(produced_wmin.sum(axis=0), np.minimum(shared_wmin, consumed_wmin))
    total_wmin = allocated_wmin.sum(axis=0)
    lower_wmin = prorata(total_wmin, given_wmin)
    return allocated_wmin, lower_wmin + prorata(
        total_wmin - lower_wmin.sum(axis=0), produced_wmin - given_wmin
    )


def _check_sides(
    consumers_wmin: IntArray, producers_wmin: IntArray, tolerance_wmin: int, when: str
) -> None:
    gap = consumers_wmin - producers_wmin
    if (worst := int(np.abs(gap).max(initial=0))) > tolerance_wmin:
        step = int(np.abs(gap).argmax())
        raise DsoResultsDisagree(
            f"{when}: consumers self-consumed {worst} watt-minutes"
            f" {'more' if gap[step] > 0 else 'less'} than producers shared, in step {step + 1};"
            f" rounding explains {tolerance_wmin}.",
            when=when,
            step=step + 1,
            consumers_wmin=int(consumers_wmin[step]),
            producers_wmin=int(producers_wmin[step]),
            difference_wmin=worst,
            tolerance_wmin=tolerance_wmin,
        )


def _check_within_metered(prm: Prm, figures: PointFigures, tolerance_units: int, when: str) -> None:
    excess_wmin = figures.shared_wmin - figures.metered_wmin
    tolerance_wmin = tolerance_units * (figures.precision_wmin + figures.metered_precision_wmin)
    if (worst := int(excess_wmin.max(initial=0))) > tolerance_wmin:
        step = int(excess_wmin.argmax()) + 1
        raise DsoResultsDisagree(
            f"{when}: point {prm} shared {worst} watt-minutes more than it metered, in step {step};"
            f" rounding explains {tolerance_wmin}.",
            when=when,
            step=step,
            prm=prm,
            difference_wmin=worst,
            tolerance_wmin=tolerance_wmin,
        )


def _stacked(figures_by_point: Mapping[Prm, PointFigures], name: str) -> IntArray:
    arrays = [getattr(figures, name) for figures in figures_by_point.values()]
    return np.stack(arrays) if arrays else np.zeros((0, 1), dtype=np.int64)


def _blocks(
    producers: Sequence[Prm], consumers: Sequence[Prm], allocated: IntArray, given: IntArray
) -> list[ShareBlock]:
    shares = split_between_producers(allocated, given)
    return [
        ShareBlock(producer, consumer, shares[row, column], total)
        for row, producer in enumerate(producers)
        for column, consumer in enumerate(consumers)
        if (total := int(shares[row, column].sum()))
    ]


def _totals(
    direction: Direction, figures_by_point: Mapping[Prm, PointFigures], shared_wmin: IntArray
) -> list[PointTotal]:
    return [
        PointTotal(prm, direction, int(figures.metered_wmin.sum()), int(shared.sum()))
        for (prm, figures), shared in zip(figures_by_point.items(), shared_wmin, strict=True)
    ]
