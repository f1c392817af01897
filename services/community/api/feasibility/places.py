"""The route that looks up an address for the public."""

from fastapi import APIRouter, Request

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.http import problems
from libs.common.settings import Settings
from services.community.commands.feasibility.geocoding import DayLimits, find_candidates
from services.community.domain.feasibility.geocoding import (
    GeocoderAway,
    GeocoderOff,
    TooManyGeocodings,
)
from services.community.schemas.feasibility.geocoding import AddressIn, CandidatesOut

router = APIRouter(prefix="/public/places", route_class=TokenFirstRoute)


@router.post(
    "",
    summary="Find the place of an address",
    responses=problems(GeocoderOff, GeocoderAway, TooManyGeocodings),
)
async def find_places(request: Request, body: AddressIn) -> CandidatesOut:
    """For `POST …/eligibility`, by the address service that this platform uses; needs no token.

    Only the address is sent there, and it is not kept here. The number of requests a day is
    limited, per network address and in total. Communes are left out: a meter is not at their
    middle.
    """
    settings: Settings = request.app.state.settings
    candidates = await find_candidates(
        request.app.state.databases["community"],
        body.address,
        url=settings.geocoder_url,
        client_host=request.client.host if request.client else "",
        limits=DayLimits(settings.geocodings_a_day_of_address, settings.geocodings_a_day),
    )
    return CandidatesOut.of(candidates)
