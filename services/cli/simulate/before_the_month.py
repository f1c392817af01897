"""`elocoop simulate --before-the-month`: what coefficients set before months would have shared."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from libs.common.errors import Problem
from libs.common.ids import Prm
from libs.common.units import WMIN_PER_KWH
from services.allocation.domain.curve_file import CurvesRefused, FileCurves
from services.allocation.domain.forecasts.back_test import Foresight, ForesightMonth, back_test
from services.allocation.domain.forecasts.of_curves import past_of_curves
from services.allocation.domain.keys import DefaultDynamic, SharingKey, check_points
from services.cli.key_files import read_key


class MonthsTooFew(Problem):
    status, slug, title = 409, "months-too-few", "No month has a whole month before it"
    example_detail = "No month of the curves has a whole month before it, and readings in time."


@dataclass(frozen=True)
class DepositForm:
    """deposit_days: from the deposit to its month; decimals: of its percentages."""

    deposit_days: int
    decimals: int


def print_back_test(
    console: Console, curves: FileCurves, key: Path | None, form: DepositForm, *, as_json: bool
) -> None:
    """Raises CurvesRefused, MonthsTooFew, KeyTypeUnsupported.

    And what ``read_key`` and ``check_points`` raise.
    """
    if not curves.productions or not curves.consumptions:
        raise CurvesRefused("The curves have no producer, or no consumer: nothing is shared.")
    months = list(
        back_test(
            past_of_curves(curves),
            _key(key, curves),
            deposit_days=form.deposit_days,
            decimals=form.decimals,
        )
    )
    if not months:
        raise MonthsTooFew(
            "No month of the curves has a whole month before it, and readings in time."
        )
    if as_json:
        typer.echo(json.dumps(_content(months, form), indent=2))
        return
    console.print(_month_table(months))
    console.print(_consumer_table(_by_consumer(months)))


def _key(path: Path | None, curves: FileCurves) -> SharingKey:
    if path is None:
        return DefaultDynamic()
    grid = curves.grid
    key = read_key(path, starts_epoch_min=grid.starts_epoch_min, step_min=grid.step_min)
    check_points(key, producers=curves.productions, consumers=curves.consumptions)
    return key


def _content(months: Sequence[ForesightMonth], form: DepositForm) -> dict[str, object]:
    return {
        "deposit_days": form.deposit_days,
        "decimals": form.decimals,
        "months": [
            {
                "month": str(month.month),
                "production_wmin": month.production_wmin,
                "consumption_wmin": month.consumption_wmin,
                "shared_wmin": {foresight: month.total_wmin(foresight) for foresight in Foresight},
                "consumers": [
                    {"prm": prm, "shared_wmin": shared_wmin}
                    for prm, shared_wmin in _by_consumer([month]).items()
                ],
            }
            for month in months
        ],
        "shared_wmin": _totals(months),
    }


def _totals(months: Sequence[ForesightMonth]) -> dict[Foresight, int]:
    return {
        foresight: sum(month.total_wmin(foresight) for month in months) for foresight in Foresight
    }


def _by_consumer(months: Sequence[ForesightMonth]) -> dict[Prm, dict[Foresight, int]]:
    totals_wmin: dict[Foresight, Counter[Prm]] = {foresight: Counter() for foresight in Foresight}
    for month in months:
        for foresight, shared_wmin in month.shared_wmin.items():
            totals_wmin[foresight].update(shared_wmin)
    return {
        prm: {foresight: totals_wmin[foresight][prm] for foresight in Foresight}
        for prm in sorted(totals_wmin[Foresight.DEFAULT_KEY])
    }


def _month_table(months: Sequence[ForesightMonth]) -> Table:
    """Build a row per month: what the default key shares, and the others in parts of it."""
    table = Table(title="Shared by coefficients set before the month")
    table.add_column("month", no_wrap=True)
    table.add_column("default key, kWh", justify="right")
    for foresight in _DEPOSITS:
        table.add_column(foresight.replace("_", " "), justify="right")
    for month in months:
        shared_wmin = {foresight: month.total_wmin(foresight) for foresight in Foresight}
        table.add_row(str(month.month), *_parts(shared_wmin))
    table.add_section()
    table.add_row("all", *_parts(_totals(months)))
    return table


def _parts(shared_wmin: Mapping[Foresight, int]) -> list[str]:
    most_wmin = shared_wmin[Foresight.DEFAULT_KEY]
    parts = [shared_wmin[foresight] / most_wmin if most_wmin else 1.0 for foresight in _DEPOSITS]
    return [_kwh(most_wmin), *(f"{ratio:.2%}" for ratio in parts)]


def _consumer_table(by_consumer: Mapping[Prm, Mapping[Foresight, int]]) -> Table:
    table = Table(title="Consumers: kWh of all these months")
    table.add_column("prm", no_wrap=True)
    for foresight in Foresight:
        table.add_column(foresight.replace("_", " "), justify="right")
    for prm, shared_wmin in by_consumer.items():
        table.add_row(prm, *(_kwh(shared_wmin[foresight]) for foresight in Foresight))
    return table


def _kwh(energy_wmin: int) -> str:
    return f"{energy_wmin / WMIN_PER_KWH:,.1f}"


_DEPOSITS = (Foresight.BEST_DEPOSIT, Foresight.FORECAST, Foresight.LAST_MONTH, Foresight.FIXED)
