"""Which other keys could have made the DSO's split, and what they give with its readings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from libs.common.calendar import steps_in_day
from libs.common.ids import Direction, Prm
from services.allocation.domain.allocation import Allocation, allocate
from services.allocation.domain.coefficient_files.days import rounded_day
from services.allocation.domain.coefficient_files.layout import Layout, layout_of
from services.allocation.domain.coefficient_files.problems import (
    CoefficientsNotNeeded,
    CoefficientStepUnfit,
)
from services.allocation.domain.coefficient_files.rounding import FileFormat
from services.allocation.domain.coefficient_files.steps import on_step
from services.allocation.domain.curves import BoolArray, starts_of_day
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    Key,
    KeyIncomplete,
    Static,
)
from services.allocation.domain.metered import NothingToAllocate
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.policy import Policy
from services.allocation.domain.reconciliation.judging import Trials, any_cause
from services.allocation.domain.reconciliation.own import OwnDay
from services.allocation.domain.reconciliation.sides import (
    Energies,
    Series,
    Table,
    gathered,
    three_of_point,
)
from services.allocation.domain.reconciliation.verdicts import DifferenceClass, Reason


class _Meters(NamedTuple):
    """Readings to try keys on, [step]; testable and slack are those of ``Trials``."""

    step_min: int
    energy_wmin: Mapping[Participant, IntArray]
    testable: BoolArray
    slack: IntArray

    def side(self, direction: Direction) -> dict[Prm, IntArray]:
        return {
            who.prm: energy
            for who, energy in self.energy_wmin.items()
            if who.direction == direction
        }


def try_keys(own: OwnDay, dso: Mapping[Series, Energies], table: Table, policy: Policy) -> Trials:
    """Share the DSO's readings of the day by our key and by the others that it may have used."""
    meters = _meters(own, dso, table)
    step_min = table.own.step_min

    def give(key: Key | None) -> Energies | None:
        return None if key is None else _predict(key, meters, own.day, table.series, step_min)

    tried = [(name, give(key)) for name, key in other_keys(own, policy, meters.step_min)]
    others = [(name, predicted) for name, predicted in tried if predicted is not None]
    our_step = None
    if meters.step_min < own.step_min:
        evidence = f"the DSO's split is that of our key in steps of {meters.step_min} minutes"
        our_step = Reason(DifferenceClass.KEY_NOT_APPLIED, evidence)
    return Trials(give(own.key), others, meters.testable, meters.slack, our_step)


def split_on_own_readings(own: OwnDay, policy: Policy) -> dict[str, dict[Series, Energies]]:
    """By the name of each other key, what it would have given with our readings of the day."""
    meters = _own_meters(own, np.ones(1, dtype=np.bool_))
    splits = {}
    for name, key in other_keys(own, policy, own.step_min):
        allocation = _allocate(key, meters, own.day)
        if allocation is not None:
            splits[name] = _energies(allocation, own.step_min)
    return splits


def other_keys(own: OwnDay, policy: Policy, step_min: int) -> Iterator[tuple[str, Key]]:
    """What the DSO may have applied instead of our key, in the order in which we believe it."""
    if not isinstance(own.key, DefaultDynamic):
        yield "default_dynamic", DefaultDynamic()
    if own.previous_key is not None:
        yield "the previous key of the operation", own.previous_key
    if isinstance(own.key, Static) and own.key.redistribute:
        yield "our key without redistribution", replace(own.key, redistribute=False)
    if (sent := _as_sent(own, policy, step_min)) is not None:
        decimals = policy.coefficient_decimals
        yield f"our coefficients rounded down to {decimals} decimals of a percent", sent


def _as_sent(own: OwnDay, policy: Policy, step_min: int) -> Key | None:
    """Our split as the coefficient file tells it to the DSO; None where it is told by no file."""
    if own.key is None or own.shared_wmin is None:
        return None
    file_step_min = max(policy.coefficient_step_min or own.step_min, own.step_min)
    try:
        layout = layout_of([own.key])
        form = FileFormat(layout, policy.coefficient_decimals, file_step_min)
        sent = rounded_day(own.facts, own.shares, form)
        if sent is None:
            return None
        coefficients = on_step(sent.coefficients, file_step_min, step_min)
    except (CoefficientsNotNeeded, CoefficientStepUnfit):
        return None
    return (FullDynamic if layout == Layout.PRODUCERS else Dynamic)(coefficients)


def _meters(own: OwnDay, dso: Mapping[Series, Energies], table: Table) -> _Meters:
    told = {one.participant: energies for one, energies in dso.items() if one.is_metered}
    points = _points(own, dso)
    steps = {energies.step_min for energies in dso.values()}
    if steps == {own.step_min}:
        return _merged_meters(own, told, points, table)
    if len(steps) == 1 and max(steps) < own.step_min and told.keys() == points:
        return _dso_meters(told, table)
    return _own_meters(own, ~any_cause(table))


def _points(own: OwnDay, dso: Mapping[Series, Energies]) -> set[Participant]:
    """Those that the DSO knows; of a direction of which it says nothing, those that we know."""
    points = {one.participant for one in dso}
    spoken_of = {who.direction for who in points}
    return points | {who for who in own.metered if who.direction not in spoken_of}


def _merged_meters(
    own: OwnDay, told: Mapping[Participant, Energies], points: set[Participant], table: Table
) -> _Meters:
    """Our readings where both agree, as the DSO's are rounded, and else the DSO's."""
    rows = {one.participant: row for row, one in enumerate(table.series) if one.is_metered}
    steps = table.own.energy_wmin.shape[1]
    testable = np.ones(steps, dtype=np.bool_)
    rounded = np.zeros(steps, dtype=np.bool_)
    merged = {}
    for who in points:
        mine = own.metered.get(who)
        if who in told:
            row = rows[who]
            theirs = ~table.dso.missing[row] & (table.own.missing[row] | table.beyond[row])
            merged[who] = np.where(theirs, table.dso.energy_wmin[row], table.own.energy_wmin[row])
            rounded |= theirs
            testable &= theirs | ~table.own.missing[row]
        elif mine is not None:
            merged[who] = mine.energy_wmin
            testable &= ~mine.missing
        else:
            testable[:] = False
    return _Meters(own.step_min, merged, testable, np.where(rounded, 2, 1))


def _dso_meters(told: Mapping[Participant, Energies], table: Table) -> _Meters:
    """The DSO's alone: in its steps, finer than ours, we may know nothing."""
    steps = table.own.energy_wmin.shape[1]
    missing = np.stack([energies.missing for energies in told.values()])
    lacking: BoolArray = np.any(missing.reshape(len(told), steps, -1), axis=(0, 2))
    step_min = next(iter(told.values())).step_min
    return _Meters(
        step_min,
        {who: energies.energy_wmin for who, energies in told.items()},
        ~lacking,
        np.full(steps, 2),
    )


def _own_meters(own: OwnDay, testable: BoolArray) -> _Meters:
    energies = {who: curve.energy_wmin for who, curve in own.metered.items()}
    return _Meters(own.step_min, energies, testable, np.ones(len(testable), dtype=np.int64))


def _predict(
    key: Key, meters: _Meters, day: date, series: Sequence[Series], step_min: int
) -> Energies | None:
    allocation = _allocate(key, meters, day)
    if allocation is None:
        return None
    energies = _energies(allocation, meters.step_min)
    return gathered(energies, series, step_min, steps_in_day(day, step_min))


def _allocate(key: Key, meters: _Meters, day: date) -> Allocation | None:
    """None when the key says nothing of the day."""
    try:
        return allocate(
            meters.side(Direction.PRODUCTION),
            meters.side(Direction.CONSUMPTION),
            key,
            starts_epoch_min=starts_of_day(day, meters.step_min),
        )
    except (KeyIncomplete, NothingToAllocate):
        return None


def _energies(allocation: Allocation, step_min: int) -> dict[Series, Energies]:
    none_missing = np.zeros(len(allocation.metered.pool_wmin), dtype=np.bool_)
    return {
        series: energies
        for one in allocation.points()
        for series, energies in three_of_point(
            Participant(one.prm, one.direction),
            Energies(step_min, one.metered_wmin, none_missing),
            one.shared_wmin,
        )
    }
