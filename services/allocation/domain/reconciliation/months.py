"""The DSO's energies of a month against ours, for what it gives no curve of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from libs.common.calendar import Month
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.dso_results import DsoEnergy
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.policy import Policy
from services.allocation.domain.reconciliation.judging import Trials, any_cause, judge
from services.allocation.domain.reconciliation.own import OwnDay
from services.allocation.domain.reconciliation.sides import (
    Energies,
    Series,
    Table,
    series_to_compare,
)
from services.allocation.domain.reconciliation.tabulation import Basis, Comparison, tabulate
from services.allocation.domain.reconciliation.trials import split_on_own_readings
from services.allocation.domain.reconciliation.verdicts import DifferenceClass, Reason

_WHY_MISSING = Reason(
    DifferenceClass.MISSING_READING, "days of ours are incomplete or have no shares"
)


@dataclass
class OwnMonth:
    """What our days add up to, one after the other; energies in watt-minutes by series.

    lacking: series with a step that is missing. by_other_key: by the name of a key that was not
    ours, what it would have given; on days on which it says nothing, what ours gave.
    """

    policy: Policy
    total_wmin: defaultdict[Series, int] = field(default_factory=lambda: defaultdict(int))
    lacking: set[Series] = field(default_factory=set)
    revisions: dict[Participant, int] = field(default_factory=dict)
    by_other_key: dict[str, defaultdict[Series, int]] = field(default_factory=dict)

    def add(self, own: OwnDay) -> None:
        today: dict[Series, int] = {}
        for series, energies in own.energies.items():
            today[series] = int(energies.energy_wmin.sum())
            if energies.missing.any():
                self.lacking.add(series)
        splits = split_on_own_readings(own, self.policy)
        for name in splits.keys() | self.by_other_key.keys():
            if name not in self.by_other_key:
                # Tried for the first time: it would have left earlier days alone.
                self.by_other_key[name] = self.total_wmin.copy()
            totals = self.by_other_key[name]
            for series, energy_wmin in today.items():
                split = splits.get(name, {}).get(series)
                totals[series] += energy_wmin if split is None else int(split.energy_wmin.sum())
        for series, energy_wmin in today.items():
            self.total_wmin[series] += energy_wmin
        for who, revision in own.revisions.items():
            self.revisions[who] = max(revision, self.revisions.get(who, revision))


def compare_month(
    own: OwnMonth, energies: Sequence[DsoEnergy], by_step: set[Series], month: Month
) -> Comparison:
    """Sums of the tariff classes, for series that are not compared by step.

    Each energy that the DSO gives has been rounded once, so a sum of n of them may be off by n
    units of their precision.
    """
    dso_wmin, precision_wmin = _sums(energies, by_step)
    compared = {one.participant for one in by_step}
    ours = {
        one: energy_wmin
        for one, energy_wmin in own.total_wmin.items()
        if one in dso_wmin or one.participant not in compared
    }
    names, here, there = series_to_compare(ours, dso_wmin)
    table = Table(
        series=names,
        own=_column(own.total_wmin, names, own.lacking),
        dso=_column(dso_wmin, names),
        here=here,
        there=there,
        tolerance_wmin=own.policy.tolerance_units
        * np.array([precision_wmin.get(one, 0) for one in names], dtype=np.int64),
    )
    verdicts = judge(
        table,
        revisions=own.revisions,
        why_missing=_WHY_MISSING,
        trials=lambda: _trials(own, table),
    )
    starts = starts_of_day(month.first_day, table.own.step_min)[:1]
    return tabulate(
        table, verdicts, basis=Basis.MONTH, day=month.first_day, starts_epoch_min=starts
    )


def _sums(
    energies: Sequence[DsoEnergy], by_step: set[Series]
) -> tuple[Mapping[Series, int], Mapping[Series, int]]:
    """Energies and their precisions, over the tariff classes."""
    dso_wmin: defaultdict[Series, int] = defaultdict(int)
    precision_wmin: defaultdict[Series, int] = defaultdict(int)
    for one in energies:
        series = Series(one.prm, one.direction, one.quantity)
        if series not in by_step:
            dso_wmin[series] += one.energy_wmin
            precision_wmin[series] += one.precision_wmin
    return dso_wmin, precision_wmin


def _trials(own: OwnMonth, table: Table) -> Trials:
    """Only our readings are there by step: where the DSO's differ, nothing can be tried."""
    others = [
        (name, _column(totals, table.series)) for name, totals in sorted(own.by_other_key.items())
    ]
    return Trials(None, others, ~any_cause(table), np.ones(1, dtype=np.int64))


def _column(
    wmin: Mapping[Series, int], names: Sequence[Series], lacking: set[Series] | None = None
) -> Energies:
    """One column; the step says no more than that it is the only one."""
    values = [[wmin.get(one, 0)] for one in names]
    missing = [[one not in wmin or one in (lacking or ())] for one in names]
    return Energies(
        60,
        np.array(values, dtype=np.int64).reshape(-1, 1),
        np.array(missing, dtype=np.bool_).reshape(-1, 1),
    )
