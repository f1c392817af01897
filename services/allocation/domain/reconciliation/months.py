"""The DSO's energies of a month compared with ours, for series without curves."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from libs.common.calendar import Month
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.dso_results import DsoEnergy
from services.allocation.domain.keys.policy import OperationPolicy
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.reconciliation.judging import Trials, any_cause, judge
from services.allocation.domain.reconciliation.own import OwnDay
from services.allocation.domain.reconciliation.sides import (
    QuantitySeries,
    SideEnergies,
    SideTable,
    series_to_compare,
)
from services.allocation.domain.reconciliation.tabulation import Basis, Comparison, tabulate
from services.allocation.domain.reconciliation.trials import AS_SENT, split_on_own_readings
from services.allocation.domain.reconciliation.verdicts import DifferenceClass, DifferenceReason

_WHY_MISSING = DifferenceReason(
    DifferenceClass.MISSING_READING, "days of ours are incomplete or have no shares"
)


@dataclass
class OwnMonth:
    """Sums of our days, one after the other; energies in watt-minutes by series.

    lacking: series with a missing step. by_other_key: by the name of a key other than ours, or
    AS_SENT, the energies that it would have given; on days of which it says nothing, those that
    ours gave.
    """

    policy: OperationPolicy
    total_wmin: defaultdict[QuantitySeries, int] = field(default_factory=lambda: defaultdict(int))
    lacking: set[QuantitySeries] = field(default_factory=set)
    revisions: dict[Participant, int] = field(default_factory=dict)
    by_other_key: dict[str, defaultdict[QuantitySeries, int]] = field(default_factory=dict)

    def add(self, our_day: OwnDay) -> None:
        day_wmin: dict[QuantitySeries, int] = {}
        for series, energies in our_day.energies.items():
            day_wmin[series] = int(energies.energy_wmin.sum())
            if energies.missing.any():
                self.lacking.add(series)
        splits = split_on_own_readings(our_day, self.policy)
        for name in splits.keys() | self.by_other_key.keys():
            if name not in self.by_other_key:
                # Tried for the first time: earlier days stay as they are.
                self.by_other_key[name] = self.total_wmin.copy()
            totals = self.by_other_key[name]
            for series, energy_wmin in day_wmin.items():
                split = splits.get(name, {}).get(series)
                totals[series] += energy_wmin if split is None else int(split.energy_wmin.sum())
        for series, energy_wmin in day_wmin.items():
            self.total_wmin[series] += energy_wmin
        for participant, revision in our_day.revisions.items():
            self.revisions[participant] = max(revision, self.revisions.get(participant, revision))


def compare_month(
    our_month: OwnMonth, energies: Sequence[DsoEnergy], by_step: set[QuantitySeries], month: Month
) -> Comparison:
    """Sums of the tariff classes, for series that are not compared by step.

    Each energy that the DSO gives has been rounded once, so a sum of n of them may be off by n
    units of their precision.
    """
    dso_wmin, precision_wmin = _sums(energies, by_step)
    compared = {series.participant for series in by_step}
    ours = {
        series: energy_wmin
        for series, energy_wmin in our_month.total_wmin.items()
        if series in dso_wmin or series.participant not in compared
    }
    names, known_here, known_to_dso = series_to_compare(ours, dso_wmin)
    table = SideTable(
        series=names,
        platform=_column(our_month.total_wmin, names, our_month.lacking),
        dso=_column(dso_wmin, names),
        here=known_here,
        there=known_to_dso,
        tolerance_wmin=our_month.policy.tolerance_units
        * np.array([precision_wmin.get(series, 0) for series in names], dtype=np.int64),
    )
    verdicts = judge(
        table,
        revisions=our_month.revisions,
        why_missing=_WHY_MISSING,
        trials=lambda: _trials(our_month, table),
    )
    starts = starts_of_day(month.first_day, table.platform.step_min)[:1]
    return tabulate(
        table, verdicts, basis=Basis.MONTH, day=month.first_day, starts_epoch_min=starts
    )


def _sums(
    energies: Sequence[DsoEnergy], by_step: set[QuantitySeries]
) -> tuple[Mapping[QuantitySeries, int], Mapping[QuantitySeries, int]]:
    """Return the energies and their precisions, summed over the tariff classes."""
    dso_wmin: defaultdict[QuantitySeries, int] = defaultdict(int)
    precision_wmin: defaultdict[QuantitySeries, int] = defaultdict(int)
    for energy in energies:
        series = QuantitySeries(energy.prm, energy.direction, energy.quantity)
        if series not in by_step:
            dso_wmin[series] += energy.energy_wmin
            precision_wmin[series] += energy.precision_wmin
    return dso_wmin, precision_wmin


def _trials(our_month: OwnMonth, table: SideTable) -> Trials:
    """Try keys on our readings only: where the DSO's differ, nothing can be tried."""
    splits = {
        name: _column(totals, table.series)
        for name, totals in sorted(our_month.by_other_key.items())
    }
    as_sent = splits.pop(AS_SENT, None)
    return Trials(
        None, as_sent, list(splits.items()), ~any_cause(table), np.ones(1, dtype=np.int64)
    )


def _column(
    wmin: Mapping[QuantitySeries, int],
    names: Sequence[QuantitySeries],
    lacking: set[QuantitySeries] | None = None,
) -> SideEnergies:
    """Return a single column; its step means only that there is one."""
    values = [[wmin.get(series, 0)] for series in names]
    missing = [[series not in wmin or series in (lacking or ())] for series in names]
    return SideEnergies(
        60,
        np.array(values, dtype=np.int64).reshape(-1, 1),
        np.array(missing, dtype=np.bool_).reshape(-1, 1),
    )
