"""Why a simulation is refused, or fails."""

from libs.common.errors import Problem


class ScenarioInvalid(Problem):
    status, slug, title = 409, "scenario-invalid", "The scenario does not fit the curves"


class SimulationTooLarge(Problem):
    status, slug, title = 409, "simulation-too-large", "The simulation is too large"


class SearchHopeless(Problem):
    status, slug, title = 409, "search-hopeless", "No key can be proposed"
