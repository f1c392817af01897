"""`elocoop allocate`: share the energy of a curve file by a key, without any service running."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import polars as pl
import typer

from libs.common.calendar import PARIS
from libs.common.errors import Problem
from libs.common.ids import PRM_PATTERN, Direction, Prm
from services.allocation.domain.allocation import Allocation
from services.allocation.domain.allocation import allocate as allocate_energy
from services.allocation.domain.curves import Curve, energy_on_step, nests
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import check_points
from services.cli.key_files import read_key

_COLUMNS = ["prm", "direction", "start", "step_min", "power_w", "nature", "doubtful"]
_STEPS_MIN = (5, 10, 15, 30, 60)
_MICRO = 10**6
_HOUR_MIN = 60
_GAPS_NAMED = 20


class CurvesRefused(Problem):
    status, slug, title = 409, "curves-refused", "The curves cannot be shared"


@dataclass(frozen=True, eq=False)
class _Grid:
    """The steps of the period: ``steps`` of ``step_min`` from ``start_epoch_min`` on."""

    start_epoch_min: int
    step_min: int
    steps: int

    @property
    def starts_epoch_min(self) -> IntArray:
        return self.start_epoch_min + self.step_min * np.arange(self.steps, dtype=np.int64)

    @property
    def hours_start_epoch_min(self) -> int:
        """The whole hour at or before the start: where all steps, finer and coarser, begin."""
        return self.start_epoch_min // _HOUR_MIN * _HOUR_MIN

    @property
    def hours(self) -> int:
        end = self.start_epoch_min + self.steps * self.step_min
        return -(-(end - self.hours_start_epoch_min) // _HOUR_MIN)

    @property
    def steps_of_hours(self) -> int:
        return self.hours * _HOUR_MIN // self.step_min

    def cut(self, curve: Curve) -> Curve:
        """From whole hours to the grid."""
        first = (self.start_epoch_min - self.hours_start_epoch_min) // self.step_min
        inside = slice(first, first + self.steps)
        return curve.cut(inside)


def allocate(
    curves: Annotated[Path, typer.Option(help="CSV as printed by `elocoop readings`.")],
    key: Annotated[Path, typer.Option(help="JSON definition of the sharing key.")],
    step: Annotated[
        int | None, typer.Option(help="Minutes; by default the coarsest step of the curves.")
    ] = None,
    shares: Annotated[
        Path | None, typer.Option(help="CSV to write: one row per positive share.")
    ] = None,
) -> None:
    """Share the energy of a curve file by a key; prints a summary as JSON.

    The period goes from the first to the last reading of all points together, and every point
    must cover it: nothing is filled in. Readings on a finer or coarser step are brought to the
    step; where a point has several, the finer wins. Energies are whole watt-minutes.

    KEY.json is one of

    - `{"type": "default_dynamic"}`
    - `{"type": "static", "shares": {"30000000000001": "0.25"}, "redistribute": false}`
    - `{"type": "priority", "ranks": [["30000000000003"], ["30000000000001"]]}`
    - the same with `"schedules"`, ranks for some months, days or hours; a rank may be
      `{"weights": {"30000000000001": "0.6", "30000000000002": "0.4"}}`: see docs/allocation.md
    - `{"type": "dynamic", "coefficients": "file.csv"}`, columns start,consumer,share
    - `{"type": "full_dynamic", "coefficients": "file.csv"}`, columns start,producer,consumer,share

    where the file is looked for beside KEY.json, and shares and weights have at most nine decimals.
    The file of a dynamic key may also be one as `elocoop coefficients` writes it for the DSO, and
    that of a full_dynamic key a list of these, one per producer.

    Exit code 2, with the reason in words, when the files cannot be used.
    """
    try:
        starts, step_min, productions, consumptions = read_energies(curves, step)
        sharing_key = read_key(key, step_min=step_min)
        check_points(sharing_key, producers=productions, consumers=consumptions)
        result = allocate_energy(productions, consumptions, sharing_key, starts_epoch_min=starts)
        if shares:
            _write_shares(result, step_min, shares)
    except Problem as problem:
        typer.echo(problem.detail, err=True)
        raise typer.Exit(2) from problem
    except (OSError, pl.exceptions.PolarsError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(json.dumps(_summary(result), indent=2))


def read_energies(
    curves: Path, step: int | None
) -> tuple[IntArray, int, dict[Prm, IntArray], dict[Prm, IntArray]]:
    """Starts of the steps and their minutes; productions and consumptions on them."""
    readings = _read_curves(curves)
    grid = _grid(readings, step)
    return grid.starts_epoch_min, grid.step_min, *_energies(readings, grid)


def _read_curves(path: Path) -> pl.DataFrame:
    """One row per reading, missing ones too.

    Columns prm str, direction str, start i64 [minutes since 1970], step_min i64,
    energy_wmin i64 or null.
    """
    text = pl.read_csv(path, infer_schema=False)
    if lacking := [column for column in _COLUMNS[:5] if column not in text.columns]:
        raise CurvesRefused(f"{path}: no column {', '.join(lacking)}.")
    start = pl.col("start").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", strict=False).dt.epoch("s")
    step_min = pl.col("step_min").str.to_integer(strict=False)
    read = text.select(
        pl.col("prm").str.extract(f"({PRM_PATTERN})"),
        pl.when(pl.col("direction").is_in(list(Direction))).then("direction").alias("direction"),
        pl.when(start % 60 == 0).then(start // 60).alias("start"),
        pl.when(step_min.is_in(_STEPS_MIN)).then(step_min).alias("step_min"),
        _power_micro_w().alias("power_micro_w"),
        pl.col("power_w").fill_null("").ne("").alias("has_power"),
    ).with_columns(pl.when(pl.col("start") % pl.col("step_min") == 0).then("start").alias("start"))
    unread = read.select(
        (pl.col("power_micro_w").is_null() & pl.col("has_power"))
        | pl.any_horizontal(pl.col("prm", "direction", "start", "step_min").is_null())
    )
    _refuse_rows(text, unread, f"{path}: cannot be read")
    energy_micro_wmin = pl.col("power_micro_w") * pl.col("step_min")
    _refuse_rows(
        text, read.select(energy_micro_wmin % _MICRO != 0), f"{path}: not a whole watt-minute"
    )
    return read.select(
        "prm", "direction", "start", "step_min", (energy_micro_wmin // _MICRO).alias("energy_wmin")
    )


def _power_micro_w() -> pl.Expr:
    """Exact: read as digits, never as a float; at most six decimals."""
    digits = pl.col("power_w").str.extract_groups(r"^(\d{1,10})(?:\.(\d{1,6})0*)?$")
    fraction = digits.struct[1].fill_null("").str.pad_end(6, "0")
    return (digits.struct[0] + fraction).str.to_integer(strict=False)


def _refuse_rows(text: pl.DataFrame, wrong: pl.DataFrame, why: str) -> None:
    rows = wrong.to_series().arg_true()
    if len(rows):
        first = ",".join(value or "" for value in text.row(rows[0]))
        # The header is line 1, so row 0 is line 2.
        raise CurvesRefused(f"{why}: line {rows[0] + 2} ({first}), {len(rows)} such lines in all.")


def _grid(readings: pl.DataFrame, step: int | None) -> _Grid:
    if readings.is_empty():
        raise CurvesRefused("The curve file has no reading.")
    found = sorted(readings["step_min"].unique().to_list())
    step_min = max(found) if step is None else step
    if step_min not in _STEPS_MIN:
        raise CurvesRefused(f"A step of {step_min} minutes: choose among {_STEPS_MIN}.")
    if astray := [own for own in found if not nests(own, step_min)]:
        raise CurvesRefused(
            f"The curves have steps of {_joined(found)} minutes; {_joined(astray)} does not nest "
            f"with {step_min}: choose another --step."
        )
    first = readings["start"].min()
    last = readings.select((pl.col("start") + pl.col("step_min")).max()).item()
    assert isinstance(first, int)
    start = first // step_min * step_min
    return _Grid(start, step_min, -(-(last - start) // step_min))


def _joined(values: list[int]) -> str:
    return " and ".join(map(str, values))


def _energies(
    readings: pl.DataFrame, grid: _Grid
) -> tuple[dict[Prm, IntArray], dict[Prm, IntArray]]:
    """Productions and consumptions on the grid; refuses any gap."""
    points: defaultdict[tuple[str, str], list[tuple[int, Curve]]] = defaultdict(list)
    of_point = readings.partition_by("prm", "direction", "step_min", as_dict=True)
    for (prm, direction, own_step_min), some in of_point.items():
        curve = _curve(some, own_step_min, grid)
        points[prm, direction].append((own_step_min, curve))
    sides: dict[Direction, dict[Prm, IntArray]] = {side: {} for side in Direction}
    gaps: list[str] = []
    for (prm, direction), curves in sorted(points.items()):
        curve = grid.cut(energy_on_step(curves, grid.step_min, steps=grid.steps_of_hours))
        sides[Direction(direction)][Prm(prm)] = curve.energy_wmin
        gaps += [f"{prm} ({direction}), {gap}" for gap in _gaps(curve, grid)]
    if gaps:
        more = [f"and {len(gaps) - _GAPS_NAMED} more"] if len(gaps) > _GAPS_NAMED else []
        raise CurvesRefused("Readings are missing:\n" + "\n".join(gaps[:_GAPS_NAMED] + more))
    return sides[Direction.PRODUCTION], sides[Direction.CONSUMPTION]


def _curve(readings: pl.DataFrame, own_step_min: int, grid: _Grid) -> Curve:
    """The readings of one point and step over the whole hours of the grid."""
    present = readings.drop_nulls()
    places = (present["start"].to_numpy() - grid.hours_start_epoch_min) // own_step_min
    steps = grid.hours * _HOUR_MIN // own_step_min
    curve = Curve.nothing(steps)
    energy_wmin = present["energy_wmin"].to_numpy()
    curve.energy_wmin[places] = energy_wmin
    curve.missing[places] = False
    # A reading that comes twice is harmless, unless the one that was overwritten said otherwise.
    if (overwritten := curve.energy_wmin[places] != energy_wmin).any():
        prm, direction, start_epoch_min = present.row(int(overwritten.argmax()))[:3]
        start = datetime.fromtimestamp(start_epoch_min * 60, PARIS).isoformat()
        raise CurvesRefused(f"{prm} ({direction}) has two different readings for {start}.")
    return curve


def _gaps(curve: Curve, grid: _Grid) -> Iterator[str]:
    if curve.complete:
        return
    steps = pl.DataFrame({"start": grid.starts_epoch_min, "missing": curve.missing})
    by_day = steps.group_by(_instant("start").dt.date().alias("day")).agg(
        pl.len(), pl.col("missing").sum()
    )
    for day, in_all, missing in by_day.sort("day").iter_rows():
        if missing:
            yield f"{day}: {missing} of {in_all} steps of {grid.step_min} minutes"


def _instant(epoch_min: str) -> pl.Expr:
    """The local time of a column of minutes since 1970."""
    utc = pl.from_epoch(pl.col(epoch_min) * 60, time_unit="s").dt.replace_time_zone("UTC")
    return utc.dt.convert_time_zone(PARIS.key)


def _write_shares(result: Allocation, step_min: int, path: Path) -> None:
    utc = pl.from_epoch(pl.col("start_epoch_min") * 60, time_unit="s")
    result.frame().select(
        utc.dt.strftime("%Y-%m-%dT%H:%M:%SZ").alias("start"),
        pl.lit(step_min).alias("step_min"),
        "producer",
        "consumer",
        "energy_wmin",
    ).write_csv(path)


def _summary(result: Allocation) -> dict[str, object]:
    metered = result.metered
    produced = _by_point(metered.producers, metered.production_wmin)
    consumed = _by_point(metered.consumers, metered.consumption_wmin)
    given = _by_point(metered.producers, result.given_wmin)
    allocated = _by_point(metered.consumers, result.allocated_wmin)
    surplus = _by_point(metered.producers, result.surplus_wmin)
    production, consumption = sum(produced.values()), sum(consumed.values())
    shared = sum(allocated.values())
    return {
        "production_wmin": production,
        "consumption_wmin": consumption,
        "allocated_wmin": shared,
        "surplus_wmin": surplus,
        "complement_wmin": _by_point(metered.consumers, result.complement_wmin),
        "consumers": {
            prm: {"consumption_wmin": consumed[prm], "allocated_wmin": allocated[prm]}
            for prm in metered.consumers
        },
        "producers": {
            prm: {
                "production_wmin": produced[prm],
                "allocated_wmin": given[prm],
                "surplus_wmin": surplus[prm],
            }
            for prm in metered.producers
        },
        "self_consumption_rate": shared / production if production else None,
        "self_sufficiency_rate": shared / consumption if consumption else None,
    }


def _by_point(points: tuple[Prm, ...], energy_wmin: IntArray) -> dict[Prm, int]:
    return dict(zip(points, map(int, energy_wmin.sum(axis=1)), strict=True))
