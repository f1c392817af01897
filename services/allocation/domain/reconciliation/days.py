"""Comparison of one day of the DSO's curves with ours."""

import math
from collections.abc import Sequence

import numpy as np

from libs.common.calendar import steps_in_day
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.dso_results import DsoCurve
from services.allocation.domain.keys.policy import OperationPolicy
from services.allocation.domain.reconciliation.judging import judge
from services.allocation.domain.reconciliation.own import OwnDay
from services.allocation.domain.reconciliation.sides import (
    QuantitySeries,
    SideTable,
    dso_energies,
    gathered,
    series_to_compare,
)
from services.allocation.domain.reconciliation.tabulation import Basis, Comparison, tabulate
from services.allocation.domain.reconciliation.trials import try_keys


def compare_day(our_day: OwnDay, curves: Sequence[DsoCurve], policy: OperationPolicy) -> Comparison:
    """Compare step by step; where the steps differ, on the coarser (or least common) one.

    A sum of n of the DSO's energies may be off by n units of their precision: cutting decimals
    always errs on one side, so errors add up instead of cancelling out.
    """
    ours, theirs = our_day.energies, dso_energies(curves)
    series, known_here, known_to_dso = series_to_compare(ours, theirs)
    step_min = math.lcm(our_day.step_min, *(curve.step_min for curve in curves))
    steps = steps_in_day(our_day.day, step_min)
    units = {
        QuantitySeries(curve.prm, curve.direction, curve.quantity): curve.precision_wmin
        * (step_min // curve.step_min)
        for curve in curves
    }
    table = SideTable(
        series=series,
        platform=gathered(ours, series, step_min, steps),
        dso=gathered(theirs, series, step_min, steps),
        here=known_here,
        there=known_to_dso,
        tolerance_wmin=policy.tolerance_units
        * np.array([units.get(compared, 0) for compared in series], dtype=np.int64),
    )
    verdicts = judge(
        table,
        revisions=our_day.revisions,
        why_missing=our_day.why_missing,
        trials=lambda: try_keys(our_day, theirs, table, policy),
    )
    starts = starts_of_day(our_day.day, step_min)
    return tabulate(table, verdicts, basis=Basis.STEP, day=our_day.day, starts_epoch_min=starts)
