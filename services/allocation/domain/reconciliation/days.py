"""One day of the DSO's curves against ours."""

import math
from collections.abc import Sequence

import numpy as np

from libs.common.calendar import steps_in_day
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.dso_results import DsoCurve
from services.allocation.domain.policy import Policy
from services.allocation.domain.reconciliation.judging import judge
from services.allocation.domain.reconciliation.own import OwnDay
from services.allocation.domain.reconciliation.sides import (
    Series,
    Table,
    dso_energies,
    gathered,
    series_to_compare,
)
from services.allocation.domain.reconciliation.tabulation import Basis, Comparison, tabulate
from services.allocation.domain.reconciliation.trials import try_keys


def compare_day(own: OwnDay, curves: Sequence[DsoCurve], policy: Policy) -> Comparison:
    """Step by step; where the two sides have other steps, on the coarser (or least common) one.

    A sum of n of the DSO's energies may be off by n units of their precision: whoever cuts off
    decimals errs always on one side, so that errors add up instead of cancelling out.
    """
    ours, theirs = own.energies, dso_energies(curves)
    series, here, there = series_to_compare(ours, theirs)
    step_min = math.lcm(own.step_min, *(one.step_min for one in curves))
    steps = steps_in_day(own.day, step_min)
    units = {
        Series(one.prm, one.direction, one.quantity): one.precision_wmin
        * (step_min // one.step_min)
        for one in curves
    }
    table = Table(
        series=series,
        own=gathered(ours, series, step_min, steps),
        dso=gathered(theirs, series, step_min, steps),
        here=here,
        there=there,
        tolerance_wmin=policy.tolerance_units
        * np.array([units.get(one, 0) for one in series], dtype=np.int64),
    )
    verdicts = judge(
        table,
        revisions=own.revisions,
        why_missing=own.why_missing,
        trials=lambda: try_keys(own, theirs, table, policy),
    )
    starts = starts_of_day(own.day, step_min)
    return tabulate(table, verdicts, basis=Basis.STEP, day=own.day, starts_epoch_min=starts)
