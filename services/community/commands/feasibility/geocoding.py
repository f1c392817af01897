"""Ask the national address service where an address is; nothing of it is kept.

The service is the Géoplateforme (IGN), on the Base Adresse Nationale: geoservices.ign.fr, "API
Géoplateforme - Géocodage", 3: ``GET …/geocodage/search`` with ``q`` (3 to 200 characters, the
first a letter or a digit), ``index``, ``autocomplete`` and ``limit`` answers GeoJSON, the best
match first. It needs no key, and takes 50 requests a second per network address; beyond that it
answers 429.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import httpx
import structlog
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.database import Database
from libs.common.outgoing import open_client
from libs.common.texts import LineField
from services.community.domain.addresses import hash_address, network_of
from services.community.domain.feasibility.geocoding import (
    Candidate,
    GeocoderAway,
    GeocoderOff,
    Preciseness,
    TooManyGeocodings,
)
from services.community.domain.feasibility.places import Coordinates
from services.community.store.senders import count_request, get_address_key

_PATIENCE_S = 4.0  # somebody waits at the page
_MAX_BYTES = 64 * 1024  # five matches are about 3 kB
_CANDIDATES = 5

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class DayLimits:
    """The look-ups allowed in a local day: per network address, and in all."""

    of_address: int
    of_all: int


async def find_candidates(
    database: Database, address: str, *, url: str, client_host: str, limits: DayLimits
) -> Sequence[Candidate]:
    """Return places where it may be, the best match first; five at most.

    url: of the search; if empty, the search is switched off.
    Raises GeocoderOff, TooManyGeocodings, GeocoderAway.
    """
    if not url:
        raise GeocoderOff
    # In its own transaction, first: no connection is held while another company answers.
    async with database.transaction() as session:
        await _count_today(session, client_host, limits)
    return await ask_geocoder(url, address)


async def _count_today(session: AsyncSession, client_host: str, limits: DayLimits) -> None:
    """Count in the table of the public forms, under separate keys."""
    day = today_in(session)
    key = await get_address_key(session, day)
    of_address = hash_address(key, f"geocoding {network_of(client_host)}")
    of_all = hash_address(key, "geocoding")
    for sender, limit in ((of_address, limits.of_address), (of_all, limits.of_all)):
        if await count_request(session, day, sender) > limit:
            raise TooManyGeocodings


class _Geometry(BaseModel):
    coordinates: tuple[
        Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)],
        Annotated[float, Field(ge=-66, le=66, allow_inf_nan=False)],
    ] = Field(description="longitude, latitude")


class _Properties(BaseModel):
    label: LineField
    score: float = Field(allow_inf_nan=False, description="1: an exact match")
    type: str = Field(description="housenumber, street, locality or municipality")


class _Feature(BaseModel):
    geometry: _Geometry
    properties: _Properties


class _Answer(BaseModel):
    features: list[_Feature]


async def ask_geocoder(url: str, address: str) -> Sequence[Candidate]:
    """Raises GeocoderAway; the log has no word of the address."""
    query: dict[str, str | int] = {
        "q": address,
        "index": "address",
        "autocomplete": 0,
        "limit": _CANDIDATES,
    }
    try:
        async with asyncio.timeout(_PATIENCE_S), open_client(silence_s=_PATIENCE_S) as client:
            content = await _read(client, url, query)
        features = _Answer.model_validate_json(content).features[:_CANDIDATES]
    except (TimeoutError, httpx.HTTPError, ValueError) as error:
        # Only the error's name: its text may quote the address.
        raise _away(type(error).__name__) from None
    return [
        _candidate(feature) for feature in features if feature.properties.type in set(Preciseness)
    ]


async def _read(client: httpx.AsyncClient, url: str, query: dict[str, str | int]) -> bytes:
    async with client.stream("GET", url, params=query) as answer:
        if answer.status_code != httpx.codes.OK:
            raise _away(f"status {answer.status_code}")
        content = bytearray()
        async for piece in answer.aiter_bytes():
            content += piece
            if len(content) > _MAX_BYTES:
                raise _away("its answer is too long")
    return bytes(content)


def _away(reason: str) -> GeocoderAway:
    _log.warning("the geocoder is away", why=reason)
    return GeocoderAway()


def _candidate(feature: _Feature) -> Candidate:
    longitude_deg, latitude_deg = feature.geometry.coordinates
    properties = feature.properties
    return Candidate(
        label=properties.label,
        place=Coordinates(latitude_deg, longitude_deg),
        score=properties.score,
        preciseness=Preciseness(properties.type),
    )
