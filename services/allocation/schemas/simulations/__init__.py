"""Bodies of the routes for simulations."""

from services.allocation.schemas.simulations.members import PlantIn, ProfileIn, Site, Steps
from services.allocation.schemas.simulations.results import ResultOut, csv_of
from services.allocation.schemas.simulations.studies import SearchIn, StudyIn

__all__ = [
    "PlantIn",
    "ProfileIn",
    "ResultOut",
    "SearchIn",
    "Site",
    "Steps",
    "StudyIn",
    "csv_of",
]
