"""Reasons why a simulation is refused, or fails."""

from libs.common.errors import Problem


class ScenarioInvalid(Problem):
    status, slug, title = 409, "scenario-invalid", "The scenario does not fit the curves"
    example_detail = "No point takes part in the operation in these days."


class SimulationTooLarge(Problem):
    status, slug, title = 409, "simulation-too-large", "The simulation is too large"
    example_detail = (
        "17520 steps × points make 12264000 values (at most 10000000); times producers and"
        " consumers, in all scenarios, 245280000 shares (at most 1000000000). Take a shorter"
        " period, a longer step, or fewer scenarios."
    )


class SunUnknown(Problem):
    status, slug, title = 501, "sun-unknown", "Plants cannot be computed from the sun here"
    example_detail = (
        "Plants from a clear sky need pvlib, which this platform was installed without. Have it"
        " added (uv sync --all-extras), or take pvgis as the source."
    )


class SearchHopeless(Problem):
    status, slug, title = 409, "search-hopeless", "No key can be proposed"
