"""Points that do not exist yet: consumers known by a profile, plants known by their panels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from libs.common.http import BodyIn
from libs.common.ids import PrmField
from libs.common.units import WMIN_PER_KWH
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.simulations import (
    Plant,
    Profile,
    Tick,
    plant_energy,
    profile_energy,
    stretches,
)
from services.allocation.domain.simulations.typical_hours import energy_of_hours


class PlantSite(NamedTuple):
    """The place and orientation of a plant's panels: the parameters for PVGIS."""

    latitude_deg: float
    longitude_deg: float
    tilt_deg: float
    azimuth_deg: float


PvgisHours = Mapping[PlantSite, NDArray[np.float64]]
"""The answers of PVGIS: [hour of its typical year], in W per kWp."""


@dataclass(frozen=True, eq=False)
class Steps:
    """The steps for which curves are made; tick is called before each of these curves.

    step_min: [step], as in ``Curves``.
    """

    step_min: IntArray
    starts_epoch_min: IntArray
    pvgis_w_per_kwp: PvgisHours
    tick: Tick = lambda: None

    def each(self, energy: Callable[[IntArray, int], IntArray]) -> IntArray:
        """Concatenate a function of starts and minutes of a step, stretch by stretch."""
        return np.concatenate(
            [
                energy(self.starts_epoch_min[stretch], int(self.step_min[stretch.start]))
                for stretch in stretches(self.step_min)
            ]
        )


class ProfileIn(BodyIn):
    """A consumer without a meter yet; two with one profile are alike to the minute."""

    prm: PrmField = Field(description="any 14 digits that are not in the operation")
    profile: Profile = Field(description="rough shape of the year; `office` fits a town hall")
    annual_kwh: Annotated[Decimal, Field(gt=0, le=10_000_000, decimal_places=3)] = Field(
        description="kWh of a calendar year", examples=["4500"]
    )

    def energy(self, steps: Steps) -> IntArray:
        annual_wmin = int(self.annual_kwh * WMIN_PER_KWH)
        return steps.each(
            lambda starts, step_min: profile_energy(self.profile, annual_wmin, starts, step_min)
        )


class PlantIn(BodyIn):
    """One more photovoltaic plant, with a typical year's production."""

    prm: PrmField = Field(description="any 14 digits that are not in the operation")
    power_kwp: Annotated[Decimal, Field(gt=0, le=100_000, decimal_places=3)] = Field(
        description="peak power in kWc", examples=["36"]
    )
    tilt_deg: float = Field(ge=0, le=90, description="0 flat, 90 a wall", examples=[30])
    azimuth_deg: float = Field(
        180, ge=0, le=360, description="clockwise from north: 90 east, 180 south, 270 west"
    )
    latitude_deg: float = Field(ge=-66, le=66, examples=[43.6])
    longitude_deg: float = Field(ge=-180, le=180, description="east of Greenwich", examples=[1.44])
    performance_ratio: float = Field(
        0.80,
        ge=0.3,
        le=1,
        description="what remains after heat, inverter, cables and dirt; with `clear_sky` only",
    )
    annual_yield_kwh_per_kwp: Annotated[Decimal, Field(gt=0, le=3000)] | None = Field(
        None,
        description="of a typical year, if known: it then replaces our estimate"
        " for the middle of France; with `clear_sky` only",
    )
    source: Literal["clear_sky", "pvgis"] = Field(
        "clear_sky",
        description="`clear_sky`: sun and average clouds, every day of a month alike; `pvgis`: the"
        " hours of 2020 by the European Commission's PVGIS, which must be reachable",
    )

    @property
    def site(self) -> PlantSite:
        return PlantSite(self.latitude_deg, self.longitude_deg, self.tilt_deg, self.azimuth_deg)

    def energy(self, steps: Steps) -> IntArray:
        if self.source == "pvgis":
            hours = steps.pvgis_w_per_kwp[self.site]
            return steps.each(
                lambda starts, step_min: energy_of_hours(
                    hours, power_kwp=self.power_kwp, starts_epoch_min=starts, step_min=step_min
                )
            )
        plant = Plant(**self.model_dump(exclude={"prm", "source"}))
        return steps.each(lambda starts, step_min: plant_energy(plant, starts, step_min))
