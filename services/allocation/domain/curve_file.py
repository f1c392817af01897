"""Curve files, as `elocoop readings` prints them, converted to energies on one step."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import polars as pl

from libs.common.calendar import PARIS
from libs.common.errors import Problem
from libs.common.ids import PRM_PATTERN, Direction, Prm
from services.allocation.domain.curves import Curve, energy_on_step
from services.allocation.domain.kernels import IntArray

_COLUMNS = ["prm", "direction", "start", "step_min", "power_w", "nature", "doubtful"]
STEPS_MIN = (5, 10, 15, 30, 60)
_MICRO = 10**6
_HOUR_MIN = 60
_GAPS_NAMED = 20


class CurvesRefused(Problem):
    status, slug, title = 409, "curves-refused", "The curves cannot be shared"
    example_detail = "curves.csv: no column power_w."


@dataclass(frozen=True, eq=False)
class FileCurves:
    """The energies in a file, by point: watt-minutes on the steps of one grid."""

    grid: "StepGrid"
    productions: dict[Prm, IntArray]
    consumptions: dict[Prm, IntArray]


@dataclass(frozen=True, eq=False)
class StepGrid:
    """The steps of the period: ``steps`` of ``step_min`` from ``start_epoch_min`` on."""

    start_epoch_min: int
    step_min: int
    steps: int

    @property
    def starts_epoch_min(self) -> IntArray:
        return self.start_epoch_min + self.step_min * np.arange(self.steps, dtype=np.int64)

    @property
    def steps_min(self) -> IntArray:
        """The length of each step: [step]."""
        return np.full(self.steps, self.step_min, dtype=np.int64)

    @property
    def hours_start_epoch_min(self) -> int:
        """The whole hour at or before the start, at which all steps, fine or coarse, begin."""
        return self.start_epoch_min // _HOUR_MIN * _HOUR_MIN

    @property
    def hours(self) -> int:
        end = self.start_epoch_min + self.steps * self.step_min
        return -(-(end - self.hours_start_epoch_min) // _HOUR_MIN)

    @property
    def steps_of_hours(self) -> int:
        return self.hours * _HOUR_MIN // self.step_min

    def cut(self, curve: Curve) -> Curve:
        """Cut a curve over whole hours down to the grid."""
        first = (self.start_epoch_min - self.hours_start_epoch_min) // self.step_min
        inside = slice(first, first + self.steps)
        return curve.cut(inside)


def read_curve_file(
    text: pl.DataFrame, *, name: str, step_min: int | None, most_values: int | None = None
) -> FileCurves:
    """Read the rows of a curve file, all text, with the header of `elocoop readings`.

    The period runs from the first to the last reading of all points together; every point must
    cover it. step_min: by default the coarsest step of the file. name: the file's name, for
    refusals. most_values: a larger product of steps and points is refused. Raises CurvesRefused, or
    EnergyNotWhole when a reading does not split.
    """
    readings = _read(text, name)
    grid = _grid(readings, step_min)
    points = readings.select(pl.struct("prm", "direction").n_unique()).item()
    if most_values is not None and grid.steps * points > most_values:
        raise CurvesRefused(
            f"{name}: {grid.steps} steps of {points} points are more than {most_values} values."
        )
    productions, consumptions = _energies(readings, grid)
    return FileCurves(grid, productions, consumptions)


def _read(text: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return one row per reading, including missing ones.

    Columns prm str, direction str, start i64 [minutes since 1970], step_min i64,
    energy_wmin i64 or null.
    """
    if lacking := [column for column in _COLUMNS[:5] if column not in text.columns]:
        raise CurvesRefused(f"{name}: no column {', '.join(lacking)}.")
    start = pl.col("start").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", strict=False).dt.epoch("s")
    step_min = pl.col("step_min").str.to_integer(strict=False)
    readings = text.select(
        pl.col("prm").str.extract(f"({PRM_PATTERN})"),
        pl.when(pl.col("direction").is_in(list(Direction))).then("direction").alias("direction"),
        pl.when(start % 60 == 0).then(start // 60).alias("start"),
        pl.when(step_min.is_in(STEPS_MIN)).then(step_min).alias("step_min"),
        _power_micro_w().alias("power_micro_w"),
        pl.col("power_w").fill_null("").ne("").alias("has_power"),
    ).with_columns(pl.when(pl.col("start") % pl.col("step_min") == 0).then("start").alias("start"))
    unread = readings.select(
        (pl.col("power_micro_w").is_null() & pl.col("has_power"))
        | pl.any_horizontal(pl.col("prm", "direction", "start", "step_min").is_null())
    )
    _refuse_rows(text, unread, f"{name}: cannot be read")
    energy_micro_wmin = pl.col("power_micro_w") * pl.col("step_min")
    _refuse_rows(
        text, readings.select(energy_micro_wmin % _MICRO != 0), f"{name}: not a whole watt-minute"
    )
    return readings.select(
        "prm", "direction", "start", "step_min", (energy_micro_wmin // _MICRO).alias("energy_wmin")
    )


def _power_micro_w() -> pl.Expr:
    """Exact: parsed as digits, never as a float; at most six decimals."""
    digits = pl.col("power_w").str.extract_groups(r"^(\d{1,10})(?:\.(\d{1,6})0*)?$")
    fraction = digits.struct[1].fill_null("").str.pad_end(6, "0")
    return (digits.struct[0] + fraction).str.to_integer(strict=False)


def _refuse_rows(text: pl.DataFrame, wrong: pl.DataFrame, why: str) -> None:
    rows = wrong.to_series().arg_true()
    if len(rows):
        first = ",".join(value or "" for value in text.row(rows[0]))
        # The header is line 1, so row 0 is line 2.
        raise CurvesRefused(f"{why}: line {rows[0] + 2} ({first}), {len(rows)} such lines in all.")


def _grid(readings: pl.DataFrame, step: int | None) -> StepGrid:
    if readings.is_empty():
        raise CurvesRefused("The curve file has no reading.")
    step_min = max(readings["step_min"].unique().to_list()) if step is None else step
    if step_min not in STEPS_MIN:
        raise CurvesRefused(f"A step of {step_min} minutes: choose among {STEPS_MIN}.")
    first = readings["start"].min()
    end = readings.select((pl.col("start") + pl.col("step_min")).max()).item()
    assert isinstance(first, int)
    start = first // step_min * step_min
    return StepGrid(start, step_min, -(-(end - start) // step_min))


def _energies(
    readings: pl.DataFrame, grid: StepGrid
) -> tuple[dict[Prm, IntArray], dict[Prm, IntArray]]:
    """Return productions and consumptions on the grid; refuse any gap."""
    points: defaultdict[tuple[str, str], list[tuple[int, Curve]]] = defaultdict(list)
    readings_by_point = readings.partition_by("prm", "direction", "step_min", as_dict=True)
    for (prm, direction, reading_step_min), point_readings in readings_by_point.items():
        curve = _curve(point_readings, reading_step_min, grid)
        points[prm, direction].append((reading_step_min, curve))
    sides: dict[Direction, dict[Prm, IntArray]] = {side: {} for side in Direction}
    gap_lines: list[str] = []
    for (prm, direction), curves in sorted(points.items()):
        curve = grid.cut(energy_on_step(curves, grid.step_min, steps=grid.steps_of_hours))
        sides[Direction(direction)][Prm(prm)] = curve.energy_wmin
        gap_lines += [f"{prm} ({direction}), {gap}" for gap in _gaps(curve, grid)]
    if gap_lines:
        more_lines = (
            [f"and {len(gap_lines) - _GAPS_NAMED} more"] if len(gap_lines) > _GAPS_NAMED else []
        )
        raise CurvesRefused(
            "Readings are missing:\n" + "\n".join(gap_lines[:_GAPS_NAMED] + more_lines)
        )
    return sides[Direction.PRODUCTION], sides[Direction.CONSUMPTION]


def _curve(readings: pl.DataFrame, reading_step_min: int, grid: StepGrid) -> Curve:
    """Return the readings of one point and step over the whole hours of the grid."""
    present = readings.drop_nulls()
    places = (present["start"].to_numpy() - grid.hours_start_epoch_min) // reading_step_min
    steps = grid.hours * _HOUR_MIN // reading_step_min
    curve = Curve.nothing(steps)
    energy_wmin = present["energy_wmin"].to_numpy()
    curve.energy_wmin[places] = energy_wmin
    curve.missing[places] = False
    # A repeated reading is harmless, unless it contradicts the one that it overwrites.
    if (overwritten := curve.energy_wmin[places] != energy_wmin).any():
        prm, direction, start_epoch_min = present.row(int(overwritten.argmax()))[:3]
        start = datetime.fromtimestamp(start_epoch_min * 60, PARIS).isoformat()
        raise CurvesRefused(f"{prm} ({direction}) has two different readings for {start}.")
    return curve


def _gaps(curve: Curve, grid: StepGrid) -> Iterator[str]:
    if curve.complete:
        return
    steps = pl.DataFrame({"start": grid.starts_epoch_min, "missing": curve.missing})
    steps_by_day = steps.group_by(_instant("start").dt.date().alias("day")).agg(
        pl.len(), pl.col("missing").sum()
    )
    for day, total_steps, missing_steps in steps_by_day.sort("day").iter_rows():
        if missing_steps:
            yield f"{day}: {missing_steps} of {total_steps} steps of {grid.step_min} minutes"


def _instant(epoch_min: str) -> pl.Expr:
    """Convert a column of minutes since 1970 to local time."""
    utc = pl.from_epoch(pl.col(epoch_min) * 60, time_unit="s").dt.replace_time_zone("UTC")
    return utc.dt.convert_time_zone(PARIS.key)
