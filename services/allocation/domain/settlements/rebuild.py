"""A settlement rebuilt from its frozen inputs, and compared with what was frozen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from libs.common.calendar import PARIS, Month, step_starts
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.days import DayFacts, DayResult, DayStatus, PointTotal, decide_day
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.settlements.content import (
    SettledPair,
    Settlement,
    SettlementStatus,
    TariffClasses,
    hash_content,
    hash_shares,
)
from services.allocation.domain.settlements.dso_inputs import thaw_dso_day, thaw_dso_month
from services.allocation.domain.settlements.dso_month import cut_classes, split_month
from services.allocation.domain.settlements.dso_split import split_day
from services.allocation.domain.settlements.inputs import (
    Frozen,
    SettlementInputs,
    thaw_day,
    thaw_key,
)

CLASSES = 48
"""Of steps: local half-hours of the clock, from midnight on."""

_MINUTES = 30

Couple = tuple[Prm, Prm]
"""A producer and a consumer."""

ClassesOfDay = Mapping[Couple, IntArray]
"""Watt-minutes by the local half-hour (0 to 47) in which a step starts; [class]."""


@dataclass(frozen=True)
class Verification:
    """damaged_inputs: names of inputs that are lost, or have another hash than their name.

    recomputed_hash: None when there are any, as nothing can be rebuilt from them.
    """

    content_hash: str
    recomputed_hash: str | None
    damaged_inputs: Sequence[str]
    matches: bool


def verify(
    operation_id: OperationId,
    month: Month,
    *,
    content: str,
    content_hash: str,
    inputs: SettlementInputs,
    frozen: Frozen,
) -> Verification:
    """Run the engine on the frozen inputs, and compare every byte of the result."""
    damaged = [
        name for name in sorted(inputs.hashes) if name not in frozen or frozen[name].hash != name
    ]
    if damaged:
        return Verification(content_hash, None, damaged, matches=False)
    canonical = rebuild(operation_id, month, inputs, frozen).canonical
    recomputed_hash = hash_content(canonical)
    matches = canonical == content and recomputed_hash == content_hash
    return Verification(content_hash, recomputed_hash, [], matches)


def rebuild(
    operation_id: OperationId, month: Month, inputs: SettlementInputs, frozen: Frozen
) -> Settlement:
    """Rebuild the settlement of these inputs, whatever has been corrected since."""
    if inputs.is_by_month:
        return _rebuild_from_month(operation_id, month, inputs, frozen)
    results = results_of(operation_id, inputs, frozen, sorted(inputs.by_step))
    points = _points(results)
    return Settlement(
        operation_id=operation_id,
        month=month,
        status=SettlementStatus.DEFINITIVE if inputs.dso_days else SettlementStatus.PROVISIONAL,
        pairs=_pairs(month, results),
        points=points,
        step_hashes=_step_hashes(month, results),
        tariff_classes=_tariff_classes(operation_id, inputs, frozen, points),
    )


def _tariff_classes(
    operation_id: OperationId,
    inputs: SettlementInputs,
    frozen: Frozen,
    points: Iterable[PointTotal],
) -> Sequence[TariffClasses]:
    """Those of the DSO's energies of the month, where it gave them beside its curves."""
    if inputs.dso_month is None:
        return ()
    result, _ = thaw_dso_month(operation_id, frozen[inputs.dso_month])
    consumers = [point for point in points if point.direction is Direction.CONSUMPTION]
    prms = [point.prm for point in consumers]
    return cut_classes(result, prms, [point.shared_wmin for point in consumers])


def _rebuild_from_month(
    operation_id: OperationId, month: Month, inputs: SettlementInputs, frozen: Frozen
) -> Settlement:
    assert inputs.dso_month is not None
    result, tolerance_units = thaw_dso_month(operation_id, frozen[inputs.dso_month])
    facts = _own_facts(operation_id, inputs, frozen, sorted(inputs.days))
    return split_month(
        operation_id,
        month,
        result=result,
        taking_part={day_facts.day: day_facts.participants for day_facts in facts},
        own_days=_allocated(facts),
        tolerance_units=tolerance_units,
    )


def results_of(
    operation_id: OperationId, inputs: SettlementInputs, frozen: Frozen, days: Iterable[date]
) -> list[DayResult]:
    """Return the engine's results for some days, from our readings or the DSO's curves."""
    chosen = sorted(days)
    dso_results = [
        split_day(operation_id, *thaw_dso_day(operation_id, frozen[inputs.dso_days[day]]))
        for day in chosen
        if day in inputs.dso_days
    ]
    own_days = [day for day in chosen if day in inputs.days]
    return [*dso_results, *_allocated(_own_facts(operation_id, inputs, frozen, own_days))]


def _own_facts(
    operation_id: OperationId, inputs: SettlementInputs, frozen: Frozen, days: Sequence[date]
) -> list[DayFacts]:
    definitions = {name: thaw_key(frozen[name]) for name in inputs.keys}
    return [thaw_day(operation_id, frozen[inputs.days[day]], definitions) for day in days]


def _allocated(days: Iterable[DayFacts]) -> list[DayResult]:
    results = [decide_day(facts, known_hash=None) for facts in days]
    return [
        result for result in results if result is not None and result.status == DayStatus.ALLOCATED
    ]


def classes_by_day(
    operation_id: OperationId, inputs: SettlementInputs, frozen: Frozen, days: Iterable[date]
) -> dict[date, ClassesOfDay]:
    """Return each producer's energy to each consumer, by class of step, on some of the days."""
    results = results_of(operation_id, inputs, frozen, days)
    return {result.day: classes_of(result) for result in results}


def classes_of(result: DayResult) -> ClassesOfDay:
    """Sum by class: in October the repeated hour counts twice; in March the skipped one is 0."""
    assert result.step_min is not None
    starts = [start.astimezone(PARIS) for start in step_starts(result.day, result.step_min)]
    classes = np.array([class_of_step(start) for start in starts])
    return {
        (share.producer, share.consumer): sum_by_class(share.energy_wmin, classes)
        for share in result.shares
    }


def class_of_step(local_start: datetime) -> int:
    return (local_start.hour * 60 + local_start.minute) // _MINUTES


def sum_by_class(energy_wmin: IntArray, classes: IntArray) -> IntArray:
    energy_by_class = np.zeros(CLASSES, dtype=np.int64)
    np.add.at(energy_by_class, classes, energy_wmin)
    return energy_by_class


def _pairs(month: Month, results: Sequence[DayResult]) -> list[SettledPair]:
    energies: defaultdict[Couple, dict[date, int]] = defaultdict(dict)
    for result in results:
        for share in result.shares:
            energies[share.producer, share.consumer][result.day] = share.day_wmin
    return [
        SettledPair(producer, consumer, [wmin_by_day.get(day, 0) for day in month.days])
        for (producer, consumer), wmin_by_day in sorted(energies.items())
    ]


def _points(results: Sequence[DayResult]) -> list[PointTotal]:
    totals: defaultdict[tuple[Prm, Direction], list[int]] = defaultdict(lambda: [0, 0])
    for result in results:
        for point in result.points:
            total = totals[point.prm, point.direction]
            total[0] += point.metered_wmin
            total[1] += point.shared_wmin
    return [PointTotal(*point, *total) for point, total in sorted(totals.items())]


def _step_hashes(month: Month, results: Sequence[DayResult]) -> list[str | None]:
    hashes: dict[date, str | None] = {}
    for result in results:
        assert result.step_min is not None
        hashes[result.day] = hash_shares(result.shares, result.step_min)
    return [hashes.get(day) for day in month.days]
