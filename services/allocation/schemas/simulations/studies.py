"""The study to run: the part of a request that `elocoop simulate` also reads from a file."""

import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Self

import numpy as np
import polars as pl
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from libs.common.http import BodyIn
from libs.common.ids import Prm, PrmField
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import KeyMalformed, SharingKey, parse_key
from services.allocation.domain.simulations import (
    Bounds,
    Maximise,
    Prices,
    Scenario,
    Search,
    SimulationStudy,
)
from services.allocation.schemas.keys import DefinitionField
from services.allocation.schemas.simulations.members import PlantIn, PlantSite, ProfileIn, Steps

_MOST_COEFFICIENTS_CHARACTERS = 4_000_000


def _plain(text: str) -> str:
    if not text.isascii() or "\0" in text:
        message = "only ASCII characters, no NUL"
        raise ValueError(message)
    return text


CsvText = Annotated[str, AfterValidator(_plain)]
# Names go to spreadsheets: none may begin like a formula.
NameField = Annotated[
    str, StringConstraints(pattern=r"^[^\W_][^\x00-\x1f\x7f-\x9f]*$", max_length=80)
]
PriceField = Annotated[Decimal, Field(ge=0, le=100, decimal_places=6)]
ShareField = Annotated[Decimal, Field(ge=0, le=1, decimal_places=4)]


class PricesIn(BodyIn):
    """Euros per kWh; the price that a shared kWh replaces includes the taxes and charges saved."""

    local_eur_per_kwh: PriceField = Field(description="for shared energy", examples=["0.12"])
    supplier_eur_per_kwh: PriceField = Field(
        description="cost of the kWh that a shared one replaces", examples=["0.20"]
    )
    feed_in_eur_per_kwh: PriceField = Field(
        Decimal(0), description="paid to producers for their surplus", examples=["0.04"]
    )
    supplier_by_consumer_eur_per_kwh: dict[PrmField, PriceField] = Field(
        default_factory=dict, max_length=5000, description="where a consumer's supplier differs"
    )

    @property
    def prices(self) -> Prices:
        return Prices(**dict(self))


class ScenarioIn(BodyIn):
    """A key on the curves, with points that join and leave."""

    name: NameField = Field(examples=["today"])
    key: DefinitionField | None = Field(
        None,
        description="as in the routes for keys; null: those in force on each day, for a base of"
        " readings; days without one share nothing",
        examples=[{"type": "default_dynamic"}],
    )
    coefficients_csv: CsvText | None = Field(
        None,
        max_length=_MOST_COEFFICIENTS_CHARACTERS,
        description="the file of a key with shares by step, as in `elocoop allocate`",
    )
    added_consumers: list[ProfileIn] = Field([], max_length=200)
    added_plants: list[PlantIn] = Field([], max_length=20)
    removed: list[PrmField] = Field([], max_length=5000, description="points that leave")

    @model_validator(mode="after")
    def _points_differ(self) -> Self:
        check_points_differ(self.added_consumers, self.added_plants)
        return self

    def scenario(self, steps: Steps | None) -> Scenario:
        """Build the scenario.

        Without steps, new points have no curve. Raises as ``parse_key`` does.
        """
        return Scenario(
            name=self.name,
            key=self._key(),
            added_productions=energies(self.added_plants, steps),
            added_consumptions=energies(self.added_consumers, steps),
            removed=frozenset(self.removed),
        )

    def _key(self) -> SharingKey | None:
        if self.key is None:
            return None
        return parse_key(self.key, coefficients=self._coefficients())

    def _coefficients(self) -> pl.DataFrame | None:
        if self.coefficients_csv is None:
            return None
        if self.key and self.key.get("type") not in {"dynamic", "full_dynamic"}:
            raise KeyMalformed(f"The key of {self.name!r} takes no coefficients: leave them out.")
        try:
            return pl.read_csv(io.StringIO(self.coefficients_csv), infer_schema=False)
        except pl.exceptions.PolarsError as error:
            raise KeyMalformed(f"The coefficients of {self.name!r} are not CSV.") from error


class SearchIn(BodyIn):
    """Have keys proposed. A proposal is a calculation; only people make it a key."""

    maximise: Maximise = Field(Maximise.ENERGY, description="shared energy, or members' savings")
    scenario: NameField | None = Field(
        None, description="the scenario whose points count; null: the first"
    )
    min_coverage_ratio: float = Field(
        0,
        ge=0,
        le=1,
        description="no consumer's coverage is below this ratio of the overall one; consumers that"
        " use nothing while there is production are left out",
        examples=[0.8],
    )
    min_share: ShareField = Field(Decimal(0), description="of each consumer, from 0 to 1")
    max_share: ShareField = Field(Decimal(1), description="of each consumer, from 0 to 1")

    @model_validator(mode="after")
    def _bounds_leave_room(self) -> Self:
        if self.min_share > self.max_share:
            message = "min_share is above max_share"
            raise ValueError(message)
        return self

    @property
    def search(self) -> Search:
        bounds = Bounds(self.min_coverage_ratio, self.min_share, self.max_share)
        return Search(self.maximise, bounds, self.scenario)


class StudyIn(BodyIn):
    prices: PricesIn
    scenarios: list[ScenarioIn] = Field(min_length=1, max_length=10)
    search: SearchIn | None = Field(None, description="null: propose nothing")

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        if len({scenario.name for scenario in self.scenarios}) < len(self.scenarios):
            message = "two scenarios have one name"
            raise ValueError(message)
        return self

    def study(self, steps: Steps | None) -> SimulationStudy:
        """Build the study.

        Without steps it can be checked, not run. Raises as ``parse_key`` does.
        """
        return SimulationStudy(
            scenarios=[scenario.scenario(steps) for scenario in self.scenarios],
            prices=self.prices.prices,
            search=None if self.search is None else self.search.search,
        )

    def plants(self) -> list[PlantIn]:
        return [plant for scenario in self.scenarios for plant in scenario.added_plants]

    def pvgis_sites(self) -> set[PlantSite]:
        """The sites for which PVGIS must be asked."""
        return {plant.site for plant in self.plants() if plant.source == "pvgis"}

    def needs_sun(self) -> bool:
        return any(plant.source == "clear_sky" for plant in self.plants())


def energies(members: Iterable[ProfileIn | PlantIn], steps: Steps | None) -> dict[Prm, IntArray]:
    """Return energies by prm.

    Without steps there is no curve yet; raises what ``steps.tick`` does.
    """
    nothing = np.zeros(0, dtype=np.int64)
    energies_by_prm = {}
    for member in members:
        if steps is not None:
            steps.tick()
        energies_by_prm[member.prm] = nothing if steps is None else member.energy(steps)
    return energies_by_prm


def check_points_differ(consumers: Iterable[ProfileIn], plants: Iterable[PlantIn]) -> None:
    """Refuse duplicates: a point may consume and produce, but not twice the same."""
    for side in (consumers, plants):
        prms = [point.prm for point in side]
        if len(set(prms)) < len(prms):
            message = "a point is added twice"
            raise ValueError(message)
