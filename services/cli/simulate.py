"""`elocoop simulate`: compare keys and perimeters on a curve file, without any service running."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
import polars as pl
import typer
from numpy.typing import NDArray
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from libs.common.errors import Problem
from libs.common.ids import Prm
from libs.common.settings import get_settings
from libs.common.units import WMIN_PER_KWH
from services.allocation.commands.pvgis import ask_pvgis
from services.allocation.domain.curve_file import read_curve_file
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
from services.allocation.schemas.simulations.results import OutcomeOut
from services.cli.ending import run
from services.cli.refusals import refusals_in_words


class ScenariosRefused(Problem):
    status, slug, title = 422, "scenarios-refused", "The scenario file cannot be used"


def simulate(
    curves: Annotated[Path, typer.Option(help="CSV as printed by `elocoop readings`.")],
    scenarios: Annotated[Path, typer.Option(help="JSON: prices, and scenarios to compare.")],
    search: Annotated[
        Maximise | None, typer.Option(help="Propose keys for the first scenario's points.")
    ] = None,
    step: Annotated[
        int | None, typer.Option(help="Minutes; by default the coarsest step of the curves.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As the API says it.")] = False,
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

    Exit code 2, with the reason in words, when the files cannot be used.
    """
    with refusals_in_words():
        study_request = _read_scenarios(scenarios, search)
        text = pl.read_csv(curves, infer_schema=False)
        file_curves = read_curve_file(text, name=str(curves), step_min=step)
        starts = file_curves.grid.starts_epoch_min
        curves_of_file = Curves(
            file_curves.grid.steps_min, starts, file_curves.productions, file_curves.consumptions
        )
        steps = Steps(file_curves.grid.steps_min, starts, _ask_pvgis(study_request))
        result = ResultOut.of(simulate_study(curves_of_file, study_request.study(steps)))
    if as_json:
        typer.echo(result.model_dump_json(indent=2))
    else:
        _print(Console(), result)


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


def _print(console: Console, result: ResultOut) -> None:
    console.print(_scenario_table(result))
    console.print(_consumer_table(result))
    console.print(_producer_table(result))
    for proposal in result.proposals:
        console.print(f"{proposal.outcome.name}, calculated and decided by nobody; as a key:")
        console.print_json(json.dumps(proposal.definition))


def _scenario_table(result: ResultOut) -> Table:
    """Build a row per figure, a column per scenario."""
    table = _table("", result.outcomes())
    for name, figure in _FIGURES.items():
        table.add_row(name, *(figure(outcome) for outcome in result.outcomes()))
    return table


def _consumer_table(result: ResultOut) -> Table:
    """Build a row per consumer, a column per scenario."""
    cells = {
        (
            outcome.name,
            consumer.prm,
        ): f"{_percent(consumer.coverage)}\n{_euros(consumer.savings_cents)} €"
        for outcome in result.outcomes()
        for consumer in outcome.consumers
    }
    return _by_point("Consumers: coverage, and savings", result.outcomes(), cells)


def _producer_table(result: ResultOut) -> Table:
    cells = {
        (
            outcome.name,
            producer.prm,
        ): f"{_kwh(producer.shared_wmin)}\n{_euros(producer.revenue_cents)} €"
        for outcome in result.outcomes()
        for producer in outcome.producers
    }
    return _by_point("Producers: kWh sold to members, and revenue", result.outcomes(), cells)


def _by_point(
    title: str, outcomes: list[OutcomeOut], cells: Mapping[tuple[str, Prm], str]
) -> Table:
    table = _table(title, outcomes)
    for prm in sorted({prm for _, prm in cells}):
        table.add_row(prm, *(cells.get((outcome.name, prm), "–") for outcome in outcomes))
    return table


def _table(title: str, outcomes: list[OutcomeOut]) -> Table:
    table = Table(title=title or None, show_lines=bool(title))
    table.add_column("prm" if title else "", no_wrap=True)
    for outcome in outcomes:
        table.add_column(outcome.name, justify="right")
    return table


def _kwh(energy_wmin: int) -> str:
    return f"{energy_wmin / WMIN_PER_KWH:,.1f}"


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.1%}"


def _euros(amount_cents: int) -> str:
    return f"{amount_cents / 100:,.2f}"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


_FIGURES: Mapping[str, Callable[[OutcomeOut], str]] = {
    "shared, kWh": lambda outcome: _kwh(outcome.shared_wmin),
    "surplus, kWh": lambda outcome: _kwh(outcome.surplus_wmin),
    "complement, kWh": lambda outcome: _kwh(outcome.complement_wmin),
    "self-consumption": lambda outcome: _percent(outcome.self_consumption_rate),
    "self-sufficiency": lambda outcome: _percent(outcome.self_sufficiency_rate),
    "lowest coverage": lambda outcome: _percent(outcome.lowest_coverage),
    "Gini of coverage": lambda outcome: _ratio(outcome.gini_of_coverage),
    "savings, €": lambda outcome: _euros(outcome.savings_cents),
    "revenue, €": lambda outcome: _euros(outcome.revenue_cents),
}
