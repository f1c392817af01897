"""Bodies of the routes for simulations."""

from services.allocation.schemas.simulations.members import (
    PlantIn,
    PlantSite,
    ProfileIn,
    PvgisHours,
    Steps,
)
from services.allocation.schemas.simulations.requests import (
    EXAMPLES,
    MOST_BYTES,
    CurvesIn,
    DraftIn,
    DraftOut,
    ProfilesIn,
    ReadingsIn,
    SimulationHeadOut,
    SimulationIn,
    SimulationOut,
)
from services.allocation.schemas.simulations.results import ResultOut, csv_of
from services.allocation.schemas.simulations.studies import SearchIn, StudyIn

__all__ = [
    "EXAMPLES",
    "MOST_BYTES",
    "CurvesIn",
    "DraftIn",
    "DraftOut",
    "PlantIn",
    "PlantSite",
    "ProfileIn",
    "ProfilesIn",
    "PvgisHours",
    "ReadingsIn",
    "ResultOut",
    "SearchIn",
    "SimulationHeadOut",
    "SimulationIn",
    "SimulationOut",
    "Steps",
    "StudyIn",
    "csv_of",
]
