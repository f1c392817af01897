"""A month of the DSO's results compared with ours, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.allocation.domain.dso_results import DsoCurve, DsoMonth
from services.allocation.domain.keys.policy import OperationPolicy
from services.allocation.domain.reconciliation.days import compare_day
from services.allocation.domain.reconciliation.months import OwnMonth, compare_month
from services.allocation.domain.reconciliation.own import OwnDay
from services.allocation.domain.reconciliation.sides import QuantitySeries
from services.allocation.domain.reconciliation.tabulation import (
    SERIES,
    Basis,
    Comparison,
    join,
)
from services.allocation.domain.reconciliation.verdicts import CLASSES, DifferenceClass


class DsoResultsMissing(Problem):
    status, slug, title = 404, "dso-results-missing", "The DSO's results have not arrived"
    example_detail = "The DSO has given no result of ACC00000101 for 2026-10 yet."


@dataclass(frozen=True)
class ClassSum:
    """The number of differences of a class and their sum; apart_wmin: of all findings, unsigned."""

    difference_class: DifferenceClass
    count: int
    difference_wmin: int
    apart_wmin: int


@dataclass(frozen=True, eq=False)
class Reconciliation:
    """A month compared.

    points: one row per series — SERIES str; own_wmin, dso_wmin, difference_wmin and, for each
    class, CLASS_count and CLASS_wmin, i64. findings: one row per (series, class, evidence) of all
    differences but ``COUNTED_ONLY`` — days, count i64; first_day, last_day date;
    difference_wmin i64, in which a missing energy counts as 0.
    """

    operation_id: OperationId
    month: Month
    definitive: bool
    tolerance_units: int
    days_compared: Sequence[date]
    days_without_curves: Sequence[date]
    points: pl.DataFrame
    findings: pl.DataFrame

    @property
    def totals(self) -> pl.DataFrame:
        """One row per (direction, quantity) — own_wmin, dso_wmin, difference_wmin i64."""
        return (
            self.points.group_by("direction", "quantity")
            .agg(pl.col("own_wmin", "dso_wmin", "difference_wmin").sum())
            .sort("direction", "quantity")
        )

    @property
    def classes(self) -> list[ClassSum]:
        return [
            ClassSum(
                difference_class,
                int(self.points[f"{difference_class}_count"].sum()),
                int(self.points[f"{difference_class}_wmin"].sum()),
                int(self._findings_of(difference_class)["difference_wmin"].abs().sum()),
            )
            for difference_class in CLASSES
        ]

    def _findings_of(self, difference_class: DifferenceClass) -> pl.DataFrame:
        return self.findings.filter(pl.col("class") == difference_class.value)


@dataclass(frozen=True, eq=False)
class DetailedReconciliation(Reconciliation):
    """A month as it has just been compared; differing: the rows of ``Comparison``."""

    differing: pl.DataFrame

    @property
    def steps(self) -> pl.DataFrame:
        """The steps that differ by more than rounding, by start, point and quantity.

        Columns start datetime[UTC], step_min i64, prm, direction, quantity str, own_wmin, dso_wmin,
        difference_wmin i64 [Wmin], null where one is missing, class, evidence str.
        """
        start = pl.from_epoch(pl.col("start_epoch_min") * 60).dt.replace_time_zone("UTC")
        return self.differing.filter(pl.col("basis") == Basis.STEP.value).select(
            start.alias("start"),
            "step_min",
            "prm",
            "direction",
            "quantity",
            "own_wmin",
            "dso_wmin",
            "difference_wmin",
            "class",
            "evidence",
        )


@dataclass
class Reconciler:
    """Compares a month: every day, in order, then the whole.

    by_step: the series for which the DSO gives a curve on any day of the month; only the others are
    compared as a month. dso_month: its energies for the month as a whole, if any.
    """

    operation_id: OperationId
    month: Month
    policy: OperationPolicy
    by_step: set[QuantitySeries]
    dso_month: DsoMonth | None
    _own_month: OwnMonth | None = None
    _comparisons: list[Comparison] = field(default_factory=list)
    _compared: list[date] = field(default_factory=list)
    _without_curves: list[date] = field(default_factory=list)
    _definitive: bool = True

    def __post_init__(self) -> None:
        # Summing the month, and the results of other keys, is worth it only if needed.
        energies = () if self.dso_month is None else self.dso_month.energies
        if any(
            QuantitySeries(energy.prm, energy.direction, energy.quantity) not in self.by_step
            for energy in energies
        ):
            self._own_month = OwnMonth(self.policy)

    def add_day(
        self, our_day: OwnDay, curves: Sequence[DsoCurve] | None, *, definitive: bool = True
    ) -> None:
        """Add a day. curves: None when the DSO has given none for it."""
        if curves is not None:
            self._comparisons.append(compare_day(our_day, curves, self.policy))
            self._compared.append(our_day.day)
            self._definitive &= definitive
        else:
            self._without_curves.append(our_day.day)
        if self._own_month is not None:
            self._own_month.add(our_day)

    def finish(self) -> DetailedReconciliation:
        if self._own_month is not None and self.dso_month is not None:
            self._comparisons.append(
                compare_month(self._own_month, self.dso_month.energies, self.by_step, self.month)
            )
            self._definitive &= self.dso_month.definitive
        joined = join(self._comparisons)
        return DetailedReconciliation(
            operation_id=self.operation_id,
            month=self.month,
            definitive=self._definitive,
            tolerance_units=self.policy.tolerance_units,
            days_compared=self._compared,
            days_without_curves=self._without_curves,
            points=joined.sums,
            findings=_findings(joined.differing),
            differing=joined.differing,
        )


def _findings(differing: pl.DataFrame) -> pl.DataFrame:
    columns = (*SERIES, "class", "evidence")
    return (
        differing.group_by(columns)
        .agg(
            pl.col("day").n_unique().cast(pl.Int64).alias("days"),
            pl.len().cast(pl.Int64).alias("count"),
            pl.col("day").min().alias("first_day"),
            pl.col("day").max().alias("last_day"),
            pl.col("counted_wmin").sum().alias("difference_wmin"),
        )
        .sort(columns)
    )
