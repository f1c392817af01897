"""`elocoop coefficients`: the files for the DSO, from the shares of `elocoop allocate`."""

import json
import re
from pathlib import Path
from typing import Annotated

import numpy as np
import polars as pl
import typer

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OPERATION_PATTERN, PRM_PATTERN, OperationId, Prm
from services.allocation.domain.allocation import Allocation
from services.allocation.domain.coefficients.export import Export, export
from services.allocation.domain.coefficients.layout import Layout
from services.allocation.domain.coefficients.named import named_by
from services.allocation.domain.coefficients.period import STEPS_MIN, FilePeriod
from services.allocation.domain.coefficients.rounding import (
    MAX_DECIMALS,
    FileFormat,
    rounded,
)
from services.allocation.domain.keys import FullDynamic, SharingKey
from services.allocation.domain.metered import Metered
from services.cli.allocate import read_energies
from services.cli.key_files import read_key
from services.cli.refusals import refusals_in_words

_COLUMNS = ["start", "step_min", "producer", "consumer", "energy_wmin"]


class CoefficientsRefused(Problem):
    status, slug, title = 409, "coefficients-refused", "The shares cannot be made coefficients"


def coefficients(
    *,
    shares: Annotated[Path, typer.Option(help="CSV as written by `elocoop allocate --shares`.")],
    curves: Annotated[Path, typer.Option(help="The curves that were shared.")],
    operation: Annotated[str, typer.Option(help="ACC and 8 digits.")],
    month: Annotated[str, typer.Option(help="Such as 2026-10; the curves cover it all.")],
    folder: Annotated[Path, typer.Option("-o", "--folder", help="Where to write the files.")],
    key: Annotated[
        Path | None, typer.Option(help="The key that was used: shares that it names stay exact.")
    ] = None,
    decimals: Annotated[int, typer.Option(min=0, max=MAX_DECIMALS, help="Of percentages.")] = 2,
    step: Annotated[int | None, typer.Option(help="Minutes; by default those of shares.")] = None,
    by_producer: Annotated[
        bool, typer.Option(help="One file per producer, as for a full_dynamic key.")
    ] = False,
) -> None:
    """Write the coefficient files of a month; prints what rounding loses, as JSON.

    `Horodate;PRM1;PRM2…`, local starts, percentages with a decimal comma, rounded down. A
    full_dynamic --key gives one file per producer, as --by-producer does.

    Exit code 2, with the reason in words, when the files cannot be used.
    """
    with refusals_in_words():
        if not re.fullmatch(OPERATION_PATTERN, operation, re.ASCII):
            raise CoefficientsRefused(f"{operation} is no operation: ACC and 8 digits.")
        rows = _read_shares(shares)
        allocation, step_min = _allocation(rows, curves, Month.parse(month))
        starts = allocation.metered.starts_epoch_min
        sharing_key = read_key(key, starts_epoch_min=starts, step_min=step_min) if key else None
        by_couple = by_producer or isinstance(sharing_key, FullDynamic)
        form = FileFormat(
            layout=Layout.PRODUCERS if by_couple else Layout.POOL,
            decimals=decimals,
            step_min=_file_step(step or step_min),
        )
        month_export = _export(
            allocation,
            form,
            sharing_key,
            operation_id=OperationId(operation),
            month=Month.parse(month),
            step_min=step_min,
        )
        folder.mkdir(parents=True, exist_ok=True)
        for file in month_export.files:
            (folder / str(file.name)).write_bytes(file.content)
    typer.echo(json.dumps(_summary(month_export), indent=2))


def _file_step(step_min: int) -> int:
    if step_min not in STEPS_MIN:
        raise CoefficientsRefused(f"A step of {step_min} minutes: choose among {STEPS_MIN}.")
    return step_min


def _read_shares(path: Path) -> pl.DataFrame:
    """Return start i64 [minutes since 1970], step_min i64, producer, consumer, energy_wmin i64."""
    text = pl.read_csv(path, infer_schema=False)
    if lacking := [column for column in _COLUMNS if column not in text.columns]:
        raise CoefficientsRefused(f"{path}: no column {', '.join(lacking)}.")
    start = pl.col("start").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", strict=False)
    rows = text.select(
        (start.dt.epoch("s") // 60).alias("start"),
        pl.col("step_min").str.to_integer(strict=False),
        pl.col("producer", "consumer").str.extract(f"({PRM_PATTERN})"),
        pl.col("energy_wmin").str.extract(r"^(\d{1,15})$").str.to_integer(strict=False),
    )
    unreadable = rows.select(pl.any_horizontal(pl.all().is_null())).to_series().arg_true()
    if len(unreadable):
        row = ",".join(value or "" for value in text.row(unreadable[0]))
        raise CoefficientsRefused(f"{path}: line {unreadable[0] + 2} cannot be read ({row}).")
    return rows


def _allocation(rows: pl.DataFrame, curves: Path, month: Month) -> tuple[Allocation, int]:
    """Return the shares of the month, and their step."""
    steps = rows["step_min"].unique().to_list()
    if len(steps) > 1:
        raise CoefficientsRefused(f"The shares have several steps: {steps}.")
    starts, step_min, productions, consumptions = read_energies(curves, steps[0] if steps else None)
    month_starts = FilePeriod(month.days[0], month.days[-1], step_min).starts_epoch_min
    is_in_month = np.isin(starts, month_starts)
    if is_in_month.sum() != len(month_starts):
        raise CoefficientsRefused(f"{curves}: the curves do not cover every step of {month}.")
    metered = Metered.of(
        {prm: energy[is_in_month] for prm, energy in productions.items()},
        {prm: energy[is_in_month] for prm, energy in consumptions.items()},
        month_starts,
    )
    return _shared(rows.filter(pl.col("start").is_in(starts[is_in_month])), metered), step_min


def _shared(rows: pl.DataFrame, metered: Metered) -> Allocation:
    for side, points in (("producer", metered.producers), ("consumer", metered.consumers)):
        if unknown := sorted(set(rows[side]) - set(points)):
            raise CoefficientsRefused(
                f"The shares name a {side} without curve: {', '.join(unknown)}."
            )
    shares_wmin = np.zeros(
        (len(metered.producers), len(metered.consumers), len(metered.starts_epoch_min)), np.int64
    )
    cells = (
        _places(metered.producers, rows["producer"]),
        _places(metered.consumers, rows["consumer"]),
        np.searchsorted(metered.starts_epoch_min, rows["start"].to_numpy()),
    )
    np.add.at(shares_wmin, cells, rows["energy_wmin"].to_numpy())
    allocation = Allocation(metered, shares_wmin)
    if min(allocation.surplus_wmin.min(), allocation.complement_wmin.min()) < 0:
        raise CoefficientsRefused(
            "The shares are more than the curves have: they belong to others."
        )
    return allocation


def _places(points: tuple[Prm, ...], prms: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.searchsorted(np.array(points), prms.to_numpy())


def _export(
    allocation: Allocation,
    form: FileFormat,
    key: SharingKey | None,
    *,
    operation_id: OperationId,
    month: Month,
    step_min: int,
) -> Export:
    metered = allocation.metered
    named_shares = named_by(key, metered, form.layout)
    return export(
        operation_id,
        form,
        [rounded(allocation, form, step_min=step_min, named_shares=named_shares)],
        first_day=month.days[0],
        last_day=month.days[-1],
        producers=metered.producers,
        consumers=metered.consumers,
    )


def _summary(month_export: Export) -> dict[str, object]:
    return {
        "files": [file.description for file in month_export.files],
        "allocated_wmin": month_export.allocated_wmin,
        "lost_wmin": month_export.lost_wmin,
        "consumers": {prm: vars(loss) for prm, loss in month_export.losses.items()},
    }
