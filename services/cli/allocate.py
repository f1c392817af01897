"""`elocoop allocate`: share the energy of a curve file by a key, without any service running."""

import json
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from libs.common.ids import Prm
from services.allocation.domain.allocation import Allocation
from services.allocation.domain.allocation import allocate as allocate_energy
from services.allocation.domain.curve_file import read_curve_file
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import check_points
from services.cli.key_files import read_key
from services.cli.refusals import refusals_in_words


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
    - `{"type": "static", "shares": {"99000000000001": "0.25"}, "redistribute": false}`
    - `{"type": "priority", "ranks": [["99000000000003"], ["99000000000001"]]}`
    - the same with `"schedules"`, ranks for some months, days or hours; a rank may be
      `{"weights": {"99000000000001": "0.6", "99000000000002": "0.4"}}`: see docs/use/allocation.md
    - `{"type": "dynamic", "coefficients": "file.csv"}`, columns start,consumer,share
    - `{"type": "full_dynamic", "coefficients": "file.csv"}`, columns start,producer,consumer,share

    where the file is looked for beside KEY.json, and shares and weights have at most nine decimals.
    The file of a dynamic key may also be one as `elocoop coefficients` writes it for the DSO, and
    that of a full_dynamic key a list of these, one per producer.

    Exit code 2, with the reason in words, when the files cannot be used.
    """
    with refusals_in_words():
        starts, step_min, productions, consumptions = read_energies(curves, step)
        sharing_key = read_key(key, starts_epoch_min=starts, step_min=step_min)
        check_points(sharing_key, producers=productions, consumers=consumptions)
        result = allocate_energy(productions, consumptions, sharing_key, starts_epoch_min=starts)
        if shares:
            _write_shares(result, step_min, shares)
    typer.echo(json.dumps(_summary(result), indent=2))


def read_energies(
    curves: Path, step: int | None
) -> tuple[IntArray, int, dict[Prm, IntArray], dict[Prm, IntArray]]:
    """Return the starts of the steps and their minutes; productions and consumptions on them."""
    text = pl.read_csv(curves, infer_schema=False)
    file_curves = read_curve_file(text, name=str(curves), step_min=step)
    return (
        file_curves.grid.starts_epoch_min,
        file_curves.grid.step_min,
        file_curves.productions,
        file_curves.consumptions,
    )


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
    produced_wmin = _by_point(metered.producers, metered.production_wmin)
    consumed_wmin = _by_point(metered.consumers, metered.consumption_wmin)
    given_wmin = _by_point(metered.producers, result.given_wmin)
    allocated_wmin = _by_point(metered.consumers, result.allocated_wmin)
    surplus_wmin = _by_point(metered.producers, result.surplus_wmin)
    production, consumption = sum(produced_wmin.values()), sum(consumed_wmin.values())
    shared = sum(allocated_wmin.values())
    return {
        "production_wmin": production,
        "consumption_wmin": consumption,
        "allocated_wmin": shared,
        "surplus_wmin": surplus_wmin,
        "complement_wmin": _by_point(metered.consumers, result.complement_wmin),
        "consumers": {
            prm: {"consumption_wmin": consumed_wmin[prm], "allocated_wmin": allocated_wmin[prm]}
            for prm in metered.consumers
        },
        "producers": {
            prm: {
                "production_wmin": produced_wmin[prm],
                "allocated_wmin": given_wmin[prm],
                "surplus_wmin": surplus_wmin[prm],
            }
            for prm in metered.producers
        },
        "self_consumption_rate": shared / production if production else None,
        "self_sufficiency_rate": shared / consumption if consumption else None,
    }


def _by_point(points: tuple[Prm, ...], energy_wmin: IntArray) -> dict[Prm, int]:
    return dict(zip(points, map(int, energy_wmin.sum(axis=1)), strict=True))
