"""Ask PVGIS, the European Commission's photovoltaic model, for a year of hours."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import httpx
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from libs.common.errors import Problem
from libs.common.outgoing import open_client
from services.allocation.domain.simulations.typical_hours import HOURS, TYPICAL_YEAR
from services.allocation.schemas.simulations import PlantSite

_PATIENCE_S = 20.0  # for all sites of a request
_SILENCE_S = 5.0
_LOSS_PERCENT = 14  # PVGIS's own default: cables, inverter, dirt; it knows heat by itself
_FIRST_HOUR = datetime(TYPICAL_YEAR, 1, 1, tzinfo=UTC)


class PvgisUnreachable(Problem):
    status, slug, title = 503, "pvgis-unreachable", "PVGIS does not answer"
    example_detail = "PVGIS took more than 20 s."


class _Hour(BaseModel):
    time: str = Field(pattern=r"^\d{8}:\d{4}$", description="20200101:0010, UTC")
    P: float = Field(ge=0, le=10_000, description="W")


class _Outputs(BaseModel):
    hourly: list[_Hour]


class _Answer(BaseModel):
    outputs: _Outputs


async def ask_pvgis(url: str, sites: Iterable[PlantSite]) -> dict[PlantSite, NDArray[np.float64]]:
    """Return the mean power of one kilowatt-peak in each UTC hour of the typical year, in watts.

    url: of its API, ``https://re.jrc.ec.europa.eu/api/v5_3``. Raises PvgisUnreachable.
    """
    sorted_sites = sorted(sites)
    if not sorted_sites:
        return {}
    try:
        client = open_client(base_url=url, silence_s=_SILENCE_S)
        async with asyncio.timeout(_PATIENCE_S), client:
            return {site: await _ask(client, site) for site in sorted_sites}
    except TimeoutError as error:
        raise PvgisUnreachable(f"PVGIS took more than {_PATIENCE_S:.0f} s.") from error


async def _ask(client: httpx.AsyncClient, site: PlantSite) -> NDArray[np.float64]:
    query: dict[str, str | float] = {
        "lat": site.latitude_deg,
        "lon": site.longitude_deg,
        "angle": site.tilt_deg,
        "aspect": site.azimuth_deg - 180,  # from the south, west positive
        "peakpower": 1,
        "loss": _LOSS_PERCENT,
        "pvcalculation": 1,
        "startyear": TYPICAL_YEAR,
        "endyear": TYPICAL_YEAR,
        "outputformat": "json",
    }
    try:
        answer = await client.get("/seriescalc", params=query)
    except httpx.HTTPError as error:
        raise PvgisUnreachable(
            "PVGIS cannot be reached at the moment. Take clear_sky as the source."
        ) from error
    if answer.status_code != httpx.codes.OK:
        raise PvgisUnreachable(
            f"PVGIS answered {answer.status_code} for latitude {site.latitude_deg}, longitude "
            f"{site.longitude_deg}: it does not cover every place. Take clear_sky as the source."
        )
    try:
        return _by_hour(_Answer.model_validate_json(answer.content).outputs.hourly)
    except ValueError as error:
        raise PvgisUnreachable("The answer of PVGIS is not a list of hours.") from error


def _by_hour(hours: list[_Hour]) -> NDArray[np.float64]:
    """Raise ValueError unless every hour of the year is present."""
    w_per_kwp = np.full(HOURS, np.nan)
    for hour in hours:
        start = datetime.strptime(hour.time, "%Y%m%d:%H%M").replace(tzinfo=UTC)
        place = (start - _FIRST_HOUR) // timedelta(hours=1)
        if 0 <= place < HOURS:
            w_per_kwp[place] = hour.P
    if np.isnan(w_per_kwp).any():
        message = "hours are missing"
        raise ValueError(message)
    return w_per_kwp
