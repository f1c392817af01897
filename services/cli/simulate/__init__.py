"""`elocoop simulate`: compare keys and perimeters on a curve file, without any service running."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
import polars as pl
import typer
from numpy.typing import NDArray
from pydantic import ValidationError
from rich.console import Console

from libs.common.errors import Problem
from libs.common.settings import get_settings
from services.allocation.commands.pvgis import ask_pvgis
from services.allocation.domain.coefficient_regimes.regimes import MAX_DEPOSIT_DAYS
from services.allocation.domain.coefficients.rounding import MAX_DECIMALS
from services.allocation.domain.curve_file import FileCurves, read_curve_file
from services.allocation.domain.keys.json_text import parse_json
from services.allocation.domain.simulations import Curves, Maximise
from services.allocation.domain.simulations import simulate as simulate_study
from services.allocation.schemas.simulations import (
    PlantSite,
    ResultOut,
    SearchIn,
    Steps,
    StudyIn,
)
from services.cli.ending import run
from services.cli.refusals import refusals_in_words
from services.cli.simulate.before_the_month import DepositForm, print_back_test
from services.cli.simulate.tables import print_result


class ScenariosRefused(Problem):
    status, slug, title = 422, "scenarios-refused", "The scenario file cannot be used"


def simulate(
    curves: Annotated[Path, typer.Option(help="CSV as printed by `elocoop readings`.")],
    *,
    scenarios: Annotated[
        Path | None, typer.Option(help="JSON: prices, and scenarios to compare.")
    ] = None,
    search: Annotated[
        Maximise | None, typer.Option(help="Propose keys for the first scenario's points.")
    ] = None,
    before_the_month: Annotated[
        bool, typer.Option("--before-the-month", help="Measure deposits instead of scenarios.")
    ] = False,
    key: Annotated[
        Path | None, typer.Option(help="JSON: the key whose deposits are measured.")
    ] = None,
    deposit_days: Annotated[
        int, typer.Option(min=0, max=MAX_DEPOSIT_DAYS, help="Days from deposits to their month.")
    ] = 15,
    decimals: Annotated[
        int, typer.Option(min=0, max=MAX_DECIMALS, help="Of the deposited percentages.")
    ] = 2,
    step: Annotated[
        int | None, typer.Option(help="Minutes; by default the coarsest step of the curves.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with whole energies.")] = False,
) -> None:
    """Compare sharing keys, members who join or leave, one more plant; propose keys.

    Nothing is decided: all figures are what the curves would have given. The curves are read as
    `elocoop allocate` does. SCENARIOS.json is the body of `POST /allocation/simulations` without
    its operation and base:

        {
          "prices": {"local_eur_per_kwh": "0.12", "supplier_eur_per_kwh": "0.20",
                     "feed_in_eur_per_kwh": "0.04"},
          "scenarios": [
            {"name": "today", "key": {"type": "default_dynamic"}},
            {"name": "with a school", "key": {"type": "default_dynamic"},
             "added_consumers": [{"prm": "99000000000001", "profile": "school",
                                  "annual_kwh": "40000"}]},
            {"name": "one more roof", "key": {"type": "default_dynamic"},
             "added_plants": [{"prm": "99000000000002", "power_kwp": "36", "tilt_deg": 30,
                               "azimuth_deg": 180, "latitude_deg": 43.6, "longitude_deg": 1.44}]}
          ],
          "search": {"maximise": "energy", "min_coverage_ratio": 0.8}
        }

    Profiles are household, shop, office, school. The coefficients of a key with shares by step are
    looked for beside SCENARIOS.json. A proposed key is printed in the form that the platform takes.

    With --before-the-month there are no scenarios: for each month of the curves that has a whole
    one before it, what would have been shared by coefficients that were set before it, made from
    a forecast of the days until then, or otherwise: see docs/use/forecasts.md.

    Exit code 2, with the reason in words, when the files cannot be used.
    """
    with refusals_in_words():
        _check_options(
            before_the_month=before_the_month,
            of_scenarios={"--scenarios": scenarios, "--search": search},
            of_deposits={"--key": key},
        )
        if before_the_month:
            form = DepositForm(deposit_days, decimals)
            print_back_test(Console(), _read_curves(curves, step), key, form, as_json=as_json)
        else:
            _compare(_read_curves(curves, step), scenarios, search, as_json=as_json)


def _check_options(
    *, before_the_month: bool, of_scenarios: Mapping[str, object], of_deposits: Mapping[str, object]
) -> None:
    """Refuse the options of the other kind of comparison. Raises ScenariosRefused."""
    others = of_scenarios if before_the_month else of_deposits
    if options := [name for name, value in others.items() if value is not None]:
        only = "without" if before_the_month else "with"
        raise ScenariosRefused(f"Say {', '.join(options)} only {only} --before-the-month.")


def _read_curves(path: Path, step: int | None) -> FileCurves:
    return read_curve_file(pl.read_csv(path, infer_schema=False), name=str(path), step_min=step)


def _compare(
    file_curves: FileCurves, scenarios: Path | None, search: Maximise | None, *, as_json: bool
) -> None:
    if scenarios is None:
        raise ScenariosRefused("Say --scenarios SCENARIOS.json, or --before-the-month.")
    study_request = _read_scenarios(scenarios, search)
    starts = file_curves.grid.starts_epoch_min
    curves_of_file = Curves(
        file_curves.grid.steps_min, starts, file_curves.productions, file_curves.consumptions
    )
    steps = Steps(file_curves.grid.steps_min, starts, _ask_pvgis(study_request))
    result = ResultOut.of(simulate_study(curves_of_file, study_request.study(steps)))
    if as_json:
        typer.echo(result.model_dump_json(indent=2))
    else:
        print_result(Console(), result)


def _read_scenarios(path: Path, search: Maximise | None) -> StudyIn:
    try:
        study_request = StudyIn.model_validate_json(_with_coefficients(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ScenariosRefused(f"{path}: {where}: {first['msg']}") from error
    except ValueError as error:
        raise ScenariosRefused(f"{path} is not JSON: {error}") from error
    if search is None:
        return study_request
    search_request = (study_request.search or SearchIn()).model_copy(update={"maximise": search})
    return study_request.model_copy(update={"search": search_request})


def _with_coefficients(path: Path) -> str:
    """Return the text of the file, with the contents of the coefficient files that it names."""
    text = path.read_text(encoding="utf-8")
    body = parse_json(text)
    scenarios = body.get("scenarios") if isinstance(body, dict) else None
    for scenario in scenarios if isinstance(scenarios, list) else []:
        key = scenario.get("key") if isinstance(scenario, dict) else None
        file = key.get("coefficients") if isinstance(key, dict) else None
        if isinstance(file, str):
            scenario["coefficients_csv"] = (path.parent / file).read_text(encoding="utf-8")
    return json.dumps(body)


def _ask_pvgis(study_request: StudyIn) -> Mapping[PlantSite, NDArray[np.float64]]:
    return run(ask_pvgis(get_settings().pvgis_url, study_request.pvgis_sites()))
