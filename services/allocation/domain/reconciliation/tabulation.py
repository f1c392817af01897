"""A judged table as rows: the sum of each series, and the differing steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from services.allocation.domain.curves import BoolArray
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.reconciliation.sides import SideTable
from services.allocation.domain.reconciliation.verdicts import (
    CLASSES,
    COUNTED_ONLY,
    Verdicts,
)


class Basis(StrEnum):
    """The period of a comparison."""

    STEP = "step"
    MONTH = "month"


SERIES = ("prm", "direction", "quantity", "basis")

_Schema = dict[str, type[pl.DataType]]

SUMS_SCHEMA: _Schema = {
    **dict.fromkeys(SERIES, pl.String),
    **dict.fromkeys(("own_wmin", "dso_wmin"), pl.Int64),
    **dict.fromkeys((f"{difference_class}_count" for difference_class in CLASSES), pl.Int64),
    **dict.fromkeys((f"{difference_class}_wmin" for difference_class in CLASSES), pl.Int64),
}

DIFFERING_SCHEMA: _Schema = {
    "day": pl.Date,
    **dict.fromkeys(("start_epoch_min", "step_min"), pl.Int64),
    **dict.fromkeys(SERIES, pl.String),
    **dict.fromkeys(("own_wmin", "dso_wmin", "difference_wmin", "counted_wmin"), pl.Int64),
    **dict.fromkeys(("class", "evidence"), pl.String),
}


@dataclass(frozen=True, eq=False)
class Comparison:
    """The result of a day, or of a month as a whole.

    sums: one row per series, with the columns of SUMS_SCHEMA; a missing energy counts as 0, so that
    the differences of all classes add up to dso_wmin - own_wmin. differing: one row per series and
    step that differs by more than rounding (``COUNTED_ONLY``), with the columns of
    DIFFERING_SCHEMA; a missing energy is null, and so is the difference, except in counted_wmin.
    """

    sums: pl.DataFrame
    differing: pl.DataFrame


def tabulate(
    table: SideTable, verdicts: Verdicts, *, basis: Basis, day: date, starts_epoch_min: IntArray
) -> Comparison:
    return Comparison(
        sums=_sums(table, verdicts, basis),
        differing=_differing(table, verdicts, basis, day, starts_epoch_min),
    )


def join(comparisons: Sequence[Comparison]) -> Comparison:
    """Join all differing rows; add up the sums by series, with difference_wmin."""
    sums = pl.concat(
        [pl.DataFrame(schema=SUMS_SCHEMA), *(comparison.sums for comparison in comparisons)]
    )
    differing = pl.concat(
        [
            pl.DataFrame(schema=DIFFERING_SCHEMA),
            *(comparison.differing for comparison in comparisons),
        ]
    )
    return Comparison(
        sums=_with_difference(sums.group_by(SERIES).agg(pl.all().sum()).sort(SERIES)),
        differing=differing.sort("start_epoch_min", *SERIES),
    )


def _with_difference(sums: pl.DataFrame) -> pl.DataFrame:
    difference = pl.col("dso_wmin") - pl.col("own_wmin")
    per_class = [
        f"{difference_class}_{figure}"
        for difference_class in CLASSES
        for figure in ("count", "wmin")
    ]
    return sums.select(
        *SERIES, "own_wmin", "dso_wmin", difference.alias("difference_wmin"), *per_class
    )


def _sums(table: SideTable, verdicts: Verdicts, basis: Basis) -> pl.DataFrame:
    cells = {difference_class: verdicts.of_class(difference_class) for difference_class in CLASSES}
    difference = table.difference_wmin
    columns = {
        "prm": [series.prm for series in table.series],
        "direction": [series.direction.value for series in table.series],
        "quantity": [series.quantity.value for series in table.series],
        "basis": [basis.value] * len(table.series),
        "own_wmin": table.platform.energy_wmin.sum(axis=1),
        "dso_wmin": table.dso.energy_wmin.sum(axis=1),
    }
    columns |= {
        f"{difference_class}_count": marked.sum(axis=1)
        for difference_class, marked in cells.items()
    }
    columns |= {
        f"{difference_class}_wmin": np.where(marked, difference, 0).sum(axis=1)
        for difference_class, marked in cells.items()
    }
    return pl.DataFrame(columns, schema=SUMS_SCHEMA)


def _differing(
    table: SideTable, verdicts: Verdicts, basis: Basis, day: date, starts_epoch_min: IntArray
) -> pl.DataFrame:
    listed = verdicts.differs & ~verdicts.of_class(*COUNTED_ONLY)
    row, step = np.nonzero(listed)
    number = verdicts.number[row, step]
    our_energies = _nullable(
        table.platform.energy_wmin[row, step], table.platform.missing[row, step]
    )
    dso_energies = _nullable(table.dso.energy_wmin[row, step], table.dso.missing[row, step])
    reasons = verdicts.reasons
    return pl.DataFrame(
        {
            "day": pl.repeat(day, len(row), eager=True),
            "start_epoch_min": starts_epoch_min[step],
            "step_min": pl.repeat(
                table.platform.step_min if basis == Basis.STEP else None, len(row), eager=True
            ),
            "prm": _named([series.prm for series in table.series], row),
            "direction": _named([series.direction.value for series in table.series], row),
            "quantity": _named([series.quantity.value for series in table.series], row),
            "basis": pl.repeat(basis.value, len(row), eager=True),
            "own_wmin": our_energies,
            "dso_wmin": dso_energies,
            "difference_wmin": dso_energies - our_energies,
            "counted_wmin": table.difference_wmin[row, step],
            "class": _named([reason.difference_class.value for reason in reasons], number),
            "evidence": _named([reason.evidence for reason in reasons], number),
        },
        schema=DIFFERING_SCHEMA,
    )


def _nullable(energy_wmin: IntArray, missing: BoolArray) -> pl.Series:
    nothing = pl.repeat(None, len(missing), dtype=pl.Int64, eager=True)
    return pl.Series(energy_wmin).zip_with(pl.Series(~missing), nothing)


def _named(names: Sequence[str], positions: NDArray[np.integer]) -> pl.Series:
    return pl.Series(names, dtype=pl.String).gather(positions)
