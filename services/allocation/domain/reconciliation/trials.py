"""The other keys that the DSO may have applied, and their results on its readings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from libs.common.calendar import steps_in_day
from libs.common.ids import Direction, Prm
from services.allocation.domain.allocation import Allocation, allocate
from services.allocation.domain.coefficients.days import rounded_day
from services.allocation.domain.coefficients.layout import Layout, layout_of
from services.allocation.domain.coefficients.problems import CoefficientsNotNeeded
from services.allocation.domain.coefficients.rounding import FileFormat
from services.allocation.domain.coefficients.steps import on_step
from services.allocation.domain.curves import BoolArray, starts_of_day
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    KeyIncomplete,
    SharingKey,
    Static,
)
from services.allocation.domain.keys.policy import OperationPolicy
from services.allocation.domain.keys.problems import CoefficientStepUnfit
from services.allocation.domain.metered import NothingToAllocate
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.reconciliation.judging import Trials, any_cause
from services.allocation.domain.reconciliation.own import OwnDay
from services.allocation.domain.reconciliation.sides import (
    QuantitySeries,
    SideEnergies,
    SideTable,
    gathered,
    three_of_point,
)
from services.allocation.domain.reconciliation.verdicts import DifferenceClass, DifferenceReason

AS_SENT = "our coefficients"
"""The name of our own file among the keys that are tried over a month."""


class _Meters(NamedTuple):
    """Readings to try keys on, [step]; testable and slack are those of ``Trials``."""

    step_min: int
    energy_wmin: Mapping[Participant, IntArray]
    testable: BoolArray
    slack: IntArray

    def side(self, direction: Direction) -> dict[Prm, IntArray]:
        return {
            participant.prm: energy_wmin
            for participant, energy_wmin in self.energy_wmin.items()
            if participant.direction == direction
        }


def try_keys(
    our_day: OwnDay,
    dso: Mapping[QuantitySeries, SideEnergies],
    table: SideTable,
    policy: OperationPolicy,
) -> Trials:
    """Share the DSO's readings of the day by our key and by the others that it may have used."""
    meters = _meters(our_day, dso, table)
    step_min = table.platform.step_min

    def give(key: SharingKey | None) -> SideEnergies | None:
        return None if key is None else _predict(key, meters, our_day.day, table.series, step_min)

    def give_on_meters(key: SharingKey | None) -> SideEnergies | None:
        return give(_on_step(key, our_day.step_min, meters.step_min))

    tried = [(name, give_on_meters(key)) for name, key in other_keys(our_day)]
    others = [(name, predicted) for name, predicted in tried if predicted is not None]
    our_step = None
    if meters.step_min < our_day.step_min:
        evidence = f"the DSO's split is that of our key in steps of {meters.step_min} minutes"
        our_step = DifferenceReason(DifferenceClass.KEY_NOT_APPLIED, evidence)
    return Trials(
        give_on_meters(our_day.key),
        give(key_as_sent(our_day, policy, meters.step_min)),
        others,
        meters.testable,
        meters.slack,
        our_step,
    )


def split_on_own_readings(
    our_day: OwnDay, policy: OperationPolicy
) -> dict[str, dict[QuantitySeries, SideEnergies]]:
    """Return, by the name of each other key or AS_SENT, its split of our readings of the day."""
    meters = _own_meters(our_day, np.ones(1, dtype=np.bool_))
    file_key = key_as_sent(our_day, policy, our_day.step_min)
    splits = {}
    for name, key in [*other_keys(our_day), (AS_SENT, file_key)]:
        allocation = None if key is None else _allocate(key, meters, our_day.day)
        if allocation is not None:
            splits[name] = _energies(allocation, our_day.step_min)
    return splits


def other_keys(our_day: OwnDay) -> Iterator[tuple[str, SharingKey]]:
    """Yield the keys that the DSO may have applied instead of ours, the most likely first."""
    if not isinstance(our_day.key, DefaultDynamic):
        yield "default_dynamic", DefaultDynamic()
    yield from our_day.other_keys.items()
    if isinstance(our_day.key, Static) and our_day.key.redistribute:
        yield "our key without redistribution", replace(our_day.key, redistribute=False)


def key_as_sent(our_day: OwnDay, policy: OperationPolicy, step_min: int) -> SharingKey | None:
    """Return our split as the coefficient file gives it to the DSO; None without a file.

    No file is made of the shares of a day with a basis: what was deposited before is the key.
    """
    if our_day.key is None or our_day.shared_wmin is None or our_day.facts.basis is not None:
        return None
    file_step_min = max(policy.coefficient_step_min or our_day.step_min, our_day.step_min)
    try:
        layout = layout_of([our_day.key])
        form = FileFormat(layout, policy.coefficient_decimals, file_step_min)
        day_coefficients = rounded_day(our_day.facts, our_day.shares, form)
        if day_coefficients is None:
            return None
        coefficients = on_step(day_coefficients.coefficients, file_step_min, step_min)
    except (CoefficientsNotNeeded, CoefficientStepUnfit):
        return None
    return (FullDynamic if layout == Layout.PRODUCERS else Dynamic)(coefficients)


def _on_step(key: SharingKey | None, key_step_min: int, step_min: int) -> SharingKey | None:
    """Put coefficients of our step on that of the meters; None where they do not fit."""
    if not isinstance(key, Dynamic | FullDynamic):
        return key
    try:
        return replace(key, coefficients=on_step(key.coefficients, key_step_min, step_min))
    except CoefficientStepUnfit:
        return None


def _meters(
    our_day: OwnDay, dso: Mapping[QuantitySeries, SideEnergies], table: SideTable
) -> _Meters:
    dso_meters = {
        series.participant: energies for series, energies in dso.items() if series.is_metered
    }
    points = _points(our_day, dso)
    steps = {energies.step_min for energies in dso.values()}
    if steps == {our_day.step_min}:
        return _merged_meters(our_day, dso_meters, points, table)
    if len(steps) == 1 and max(steps) < our_day.step_min and dso_meters.keys() == points:
        return _dso_meters(dso_meters, table)
    return _own_meters(our_day, ~any_cause(table))


def _points(our_day: OwnDay, dso: Mapping[QuantitySeries, SideEnergies]) -> set[Participant]:
    """Return the points that the DSO knows, or those that we know of a direction that it omits."""
    points = {series.participant for series in dso}
    directions = {point.direction for point in points}
    return points | {point for point in our_day.metered if point.direction not in directions}


def _merged_meters(
    our_day: OwnDay,
    dso_meters: Mapping[Participant, SideEnergies],
    points: set[Participant],
    table: SideTable,
) -> _Meters:
    """Merge the readings: ours where both agree, as the DSO's are rounded, otherwise the DSO's."""
    rows = {series.participant: row for row, series in enumerate(table.series) if series.is_metered}
    steps = table.platform.energy_wmin.shape[1]
    testable = np.ones(steps, dtype=np.bool_)
    is_rounded = np.zeros(steps, dtype=np.bool_)
    merged = {}
    for participant in points:
        our_curve = our_day.metered.get(participant)
        if participant in dso_meters:
            row = rows[participant]
            is_theirs = ~table.dso.missing[row] & (table.platform.missing[row] | table.beyond[row])
            merged[participant] = np.where(
                is_theirs, table.dso.energy_wmin[row], table.platform.energy_wmin[row]
            )
            is_rounded |= is_theirs
            testable &= is_theirs | ~table.platform.missing[row]
        elif our_curve is not None:
            merged[participant] = our_curve.energy_wmin
            testable &= ~our_curve.missing
        else:
            testable[:] = False
    return _Meters(our_day.step_min, merged, testable, np.where(is_rounded, 2, 1))


def _dso_meters(dso_meters: Mapping[Participant, SideEnergies], table: SideTable) -> _Meters:
    """Take the DSO's readings alone: in steps finer than ours, we may have none."""
    steps = table.platform.energy_wmin.shape[1]
    missing = np.stack([energies.missing for energies in dso_meters.values()])
    lacking: BoolArray = np.any(missing.reshape(len(dso_meters), steps, -1), axis=(0, 2))
    step_min = next(iter(dso_meters.values())).step_min
    return _Meters(
        step_min,
        {participant: energies.energy_wmin for participant, energies in dso_meters.items()},
        ~lacking,
        np.full(steps, 2),
    )


def _own_meters(our_day: OwnDay, testable: BoolArray) -> _Meters:
    energies = {participant: curve.energy_wmin for participant, curve in our_day.metered.items()}
    return _Meters(our_day.step_min, energies, testable, np.ones(len(testable), dtype=np.int64))


def _predict(
    key: SharingKey, meters: _Meters, day: date, series: Sequence[QuantitySeries], step_min: int
) -> SideEnergies | None:
    allocation = _allocate(key, meters, day)
    if allocation is None:
        return None
    energies = _energies(allocation, meters.step_min)
    return gathered(energies, series, step_min, steps_in_day(day, step_min))


def _allocate(key: SharingKey, meters: _Meters, day: date) -> Allocation | None:
    """Return None when the key says nothing of the day."""
    try:
        return allocate(
            meters.side(Direction.PRODUCTION),
            meters.side(Direction.CONSUMPTION),
            key,
            starts_epoch_min=starts_of_day(day, meters.step_min),
        )
    except (KeyIncomplete, NothingToAllocate):
        return None


def _energies(allocation: Allocation, step_min: int) -> dict[QuantitySeries, SideEnergies]:
    none_missing = np.zeros(len(allocation.metered.pool_wmin), dtype=np.bool_)
    return {
        series: energies
        for point in allocation.points()
        for series, energies in three_of_point(
            Participant(point.prm, point.direction),
            SideEnergies(step_min, point.metered_wmin, none_missing),
            point.shared_wmin,
        )
    }
