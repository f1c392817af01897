"""The DSO's split of a day: what each producer gave each consumer, in the DSO's own totals."""

from collections.abc import Iterable, Mapping, Sequence
from math import lcm

import numpy as np

from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.days import DayResult, DayStatus, PointTotal, ShareBlock
from services.allocation.domain.dso_results import DsoCurve, DsoDay
from services.allocation.domain.kernels import IntArray, prorata, split_between_producers
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.settlements.dso_basis import (
    Figure,
    Told,
    figures_of_day,
    read_told,
)


class DsoResultsDisagree(Problem):
    status, slug, title = 409, "dso-results-disagree", "The DSO's results contradict each other"


def split_day(
    operation_id: OperationId,
    result: DsoDay,
    participants: Sequence[Participant],
    tolerance_units: int,
) -> DayResult:
    """The day as if it had been allocated, on the coarsest grid that all its curves nest in.

    Every participant has its curves (``choose_grain``). Raises DsoResultsDisagree.
    """
    told, step_min = _on_one_grid(result.curves, participants)
    producers, consumers = side(told, Direction.PRODUCTION), side(told, Direction.CONSUMPTION)
    allocated, given = agree(
        producers, consumers, tolerance_units=tolerance_units, when=result.day.isoformat()
    )
    shares: Sequence[ShareBlock] = ()
    if producers and consumers:
        shares = _blocks(list(producers), list(consumers), allocated, given)
    points = [
        *_totals(Direction.CONSUMPTION, consumers, allocated),
        *_totals(Direction.PRODUCTION, producers, given),
    ]
    return DayResult(
        operation_id=operation_id,
        day=result.day,
        step_min=step_min,
        status=DayStatus.ALLOCATED,
        points=sorted(points, key=lambda point: (point.prm, point.direction)),
        shares=shares,
    )


def side(told: Mapping[Participant, Told], direction: Direction) -> dict[Prm, Told]:
    """In prm order."""
    return {who.prm: one for who, one in sorted(told.items()) if who.direction == direction}


def _on_one_grid(
    curves: Iterable[DsoCurve], participants: Sequence[Participant]
) -> tuple[dict[Participant, Told], int]:
    known = figures_of_day(curves)
    step_min = lcm(*(one.step_min for who in participants for one in known[who].values()))
    told = {}
    for who in participants:
        figures = {name: _coarsened(curve, step_min) for name, curve in known[who].items()}
        one = read_told(who.direction, figures)
        assert one is not None, "a point without results"
        told[who] = one
    return told, step_min


def _coarsened(curve: DsoCurve, step_min: int) -> Figure:
    steps = step_min // curve.step_min
    energy_wmin = np.array(curve.energy_wmin, dtype=np.int64).reshape(-1, steps).sum(axis=1)
    return Figure(energy_wmin, curve.precision_wmin * steps)


def agree(
    producers: Mapping[Prm, Told],
    consumers: Mapping[Prm, Told],
    *,
    tolerance_units: int,
    when: str,
) -> tuple[IntArray, IntArray]:
    """What consumers got and producers gave, [consumer, step] and [producer, step], in one total.

    The DSO rounds every figure, so its two sides may differ by units. Consumers' figures bind, as
    their suppliers bill the rest, but never beyond what was produced; producers' are brought to
    the same total: down prorata of what they gave, up prorata of their surplus. Nobody shares more
    than was metered.
    Raises DsoResultsDisagree beyond the tolerance, which is per figure that is added up.
    """
    shared, given = _stacked(consumers, "shared_wmin"), _stacked(producers, "shared_wmin")
    consumed, produced = _stacked(consumers, "metered_wmin"), _stacked(producers, "metered_wmin")
    tolerance_wmin = tolerance_units * sum(
        one.precision_wmin for one in (*producers.values(), *consumers.values())
    )
    _check_sides(shared.sum(axis=0), given.sum(axis=0), tolerance_wmin, when)
    for prm, one in (*producers.items(), *consumers.items()):
        _check_within_metered(prm, one, tolerance_units, when)
    given = np.minimum(given, produced)
    allocated = prorata(produced.sum(axis=0), np.minimum(shared, consumed))
    total = allocated.sum(axis=0)
    lower = prorata(total, given)
    return allocated, lower + prorata(total - lower.sum(axis=0), produced - given)


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


def _check_within_metered(prm: Prm, told: Told, tolerance_units: int, when: str) -> None:
    excess_wmin = told.shared_wmin - told.metered_wmin
    tolerance_wmin = tolerance_units * (told.precision_wmin + told.metered_precision_wmin)
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


def _stacked(told: Mapping[Prm, Told], name: str) -> IntArray:
    arrays = [getattr(one, name) for one in told.values()]
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
    direction: Direction, told: Mapping[Prm, Told], shared_wmin: IntArray
) -> list[PointTotal]:
    return [
        PointTotal(prm, direction, int(one.metered_wmin.sum()), int(shared.sum()))
        for (prm, one), shared in zip(told.items(), shared_wmin, strict=True)
    ]
