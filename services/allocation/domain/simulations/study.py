"""A whole simulation: scenarios side by side, and keys to propose."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from services.allocation.domain.keys import parse_key
from services.allocation.domain.simulations.outcome import ScenarioOutcome
from services.allocation.domain.simulations.prices import Prices
from services.allocation.domain.simulations.problems import ScenarioInvalid, SimulationTooLarge
from services.allocation.domain.simulations.running import Tick, count_parts, run
from services.allocation.domain.simulations.scenario import Curves, Scenario, Span
from services.allocation.domain.simulations.search import (
    Bounds,
    propose_priorities,
    propose_shares,
)

MOST_VALUES = 10_000_000
"""Steps × points, with those that any scenario adds: a year of half-hours of 570 points; 80 MB."""
MOST_CELLS = 1_000_000_000
"""Steps × producers × consumers of all scenarios; about a minute on one core."""


class Maximise(StrEnum):
    ENERGY = "energy"
    SAVINGS = "savings"


@dataclass(frozen=True)
class Search:
    """Propose keys for the perimeter of a scenario; None: of the first."""

    maximise: Maximise = Maximise.ENERGY
    bounds: Bounds = field(default_factory=Bounds)
    scenario: str | None = None


@dataclass(frozen=True)
class SimulationStudy:
    """A request for a simulation. Names of scenarios differ."""

    scenarios: Sequence[Scenario]
    prices: Prices
    search: Search | None = None

    def searched(self) -> Scenario | None:
        """The scenario for whose perimeter keys are proposed. Raises ScenarioInvalid."""
        if self.search is None:
            return None
        scenario_name = self.search.scenario
        if scenario_name is None:
            return self.scenarios[0]
        for scenario in self.scenarios:
            if scenario.name == scenario_name:
                return scenario
        raise ScenarioInvalid(f"The search is for {scenario_name!r}: no scenario has that name.")


@dataclass(frozen=True)
class Proposal:
    """A key that the calculation found, and its outcome. Nobody has decided anything.

    definition: of the sharing key. at_most_wmin: no static key without redistribution shares more;
    None for other types.
    """

    definition: dict[str, Any]
    outcome: ScenarioOutcome
    at_most_wmin: int | None = None


@dataclass(frozen=True)
class Result:
    """In the order of the scenarios; proposals: static first."""

    outcomes: Sequence[ScenarioOutcome]
    proposals: Sequence[Proposal]


def simulate(curves: Curves, study: SimulationStudy, tick: Tick = lambda: None) -> Result:
    """Run all scenarios on the curves with the real engine, then the proposals of the search.

    Raises the refusals of scenarios, keys and the search, or what tick raises.
    """
    outcomes = [
        run(scenario.name, scenario.applied_to(curves), scenario.spans(curves), study.prices, tick)
        for scenario in study.scenarios
    ]
    searched = study.searched()
    proposals = [] if searched is None else _proposals(searched.applied_to(curves), study, tick)
    return Result(outcomes, proposals)


def count_ticks(study: SimulationStudy, *, steps: int, producers: int, consumers: int) -> int:
    """Return about how many times ``simulate`` ticks on curves of that size."""
    sizes = [_size(scenario, producers, consumers) for scenario in _all_runs(study)]
    ticks = sum(
        count_parts(steps=steps, producers=scenario_producers, consumers=scenario_consumers)
        for scenario_producers, scenario_consumers in sizes
    )
    return ticks + (study.search is not None)


def check_size(study: SimulationStudy, *, steps: int, producers: int, consumers: int) -> None:
    """Raise SimulationTooLarge: a simulation must end within minutes, in a shared process."""
    sizes = [_size(scenario, producers, consumers) for scenario in _all_runs(study)]
    added = sum(
        len(scenario.added_productions) + len(scenario.added_consumptions)
        for scenario in study.scenarios
    )
    values = steps * (producers + consumers + added)
    cells = sum(
        steps * scenario_producers * scenario_consumers
        for scenario_producers, scenario_consumers in sizes
    )
    if values > MOST_VALUES or cells > MOST_CELLS:
        raise SimulationTooLarge(
            f"{steps} steps × points make {values} values (at most {MOST_VALUES}); times producers "
            f"and consumers, in all scenarios, {cells} shares (at most {MOST_CELLS}). "
            "Take a shorter period, a longer step, or fewer scenarios."
        )


def _all_runs(study: SimulationStudy) -> list[Scenario]:
    searched = study.searched()
    return [*study.scenarios, *([] if searched is None else [searched, searched])]


def _size(scenario: Scenario, producers: int, consumers: int) -> tuple[int, int]:
    """Return the numbers of producers and consumers, ignoring removed ones: an upper bound."""
    return (
        producers + len(scenario.added_productions),
        consumers + len(scenario.added_consumptions),
    )


def _proposals(curves: Curves, study: SimulationStudy, tick: Tick) -> list[Proposal]:
    assert study.search is not None
    worth = {
        prm: Decimal(1)
        if study.search.maximise is Maximise.ENERGY
        else study.prices.saving_eur_per_kwh(prm)
        for prm in curves.consumptions
    }
    proposed_shares = propose_shares(curves, worth, study.search.bounds, tick)
    outcome = _run(
        "proposal: static shares", curves, proposed_shares.definition, study.prices, tick
    )
    proposals = [Proposal(proposed_shares.definition, outcome, proposed_shares.at_most_wmin)]
    if (ranks := propose_priorities(curves)) is not None:
        outcome = _run("proposal: priority", curves, ranks, study.prices, tick)
        proposals.append(Proposal(ranks, outcome))
    return proposals


def _run(
    name: str, curves: Curves, definition: dict[str, Any], prices: Prices, tick: Tick
) -> ScenarioOutcome:
    spans = [Span(0, curves.steps, parse_key(definition))]
    return run(name, curves, spans, prices, tick)
