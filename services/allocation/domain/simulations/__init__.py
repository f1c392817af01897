"""Simulations: several keys and perimeters compared on the same curves; none is settled."""

from services.allocation.domain.simulations.fairness import gini
from services.allocation.domain.simulations.outcome import (
    ConsumerOutcome,
    ProducerOutcome,
    ScenarioOutcome,
)
from services.allocation.domain.simulations.prices import Prices
from services.allocation.domain.simulations.problems import (
    ScenarioInvalid,
    SearchHopeless,
    SimulationTooLarge,
    SunUnknown,
)
from services.allocation.domain.simulations.profiles import Profile, profile_energy
from services.allocation.domain.simulations.running import Tick
from services.allocation.domain.simulations.scenario import (
    Curves,
    Scenario,
    Span,
    no_keys_in_force,
    stretches,
)
from services.allocation.domain.simulations.search import Bounds
from services.allocation.domain.simulations.solar import Plant, check_sun_known, plant_energy
from services.allocation.domain.simulations.study import (
    MOST_VALUES,
    Maximise,
    Proposal,
    Result,
    Search,
    SimulationStudy,
    check_size,
    count_ticks,
    simulate,
)

__all__ = [
    "MOST_VALUES",
    "Bounds",
    "ConsumerOutcome",
    "Curves",
    "Maximise",
    "Plant",
    "Prices",
    "ProducerOutcome",
    "Profile",
    "Proposal",
    "Result",
    "Scenario",
    "ScenarioInvalid",
    "ScenarioOutcome",
    "Search",
    "SearchHopeless",
    "SimulationStudy",
    "SimulationTooLarge",
    "Span",
    "SunUnknown",
    "Tick",
    "check_size",
    "check_sun_known",
    "count_ticks",
    "gini",
    "no_keys_in_force",
    "plant_energy",
    "profile_energy",
    "simulate",
    "stretches",
]
