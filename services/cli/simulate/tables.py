"""The tables of `elocoop simulate`: scenarios, consumers, producers."""

import json
from collections.abc import Callable, Mapping

from rich.console import Console
from rich.table import Table

from libs.common.ids import Prm
from libs.common.units import WMIN_PER_KWH
from services.allocation.schemas.simulations import ResultOut
from services.allocation.schemas.simulations.results import OutcomeOut


def print_result(console: Console, result: ResultOut) -> None:
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
