"""The route that looks an address up for the public."""

from fastapi import APIRouter, Request

from libs.common.auth import TokenFirstRoute
from libs.common.http import problems
from libs.common.settings import Settings
from services.community.commands.geocoding import DayLimits, find_candidates
from services.community.domain.geocoding import GeocoderAway, GeocoderOff, TooManyGeocodings
from services.community.schemas.geocoding import AddressIn, CandidatesOut

router = APIRouter(prefix="/public/places", route_class=TokenFirstRoute)


@router.post(
    "",
    summary="Find the place of an address",
    responses=problems(GeocoderOff, GeocoderAway, TooManyGeocodings),
)
async def find_places(request: Request, body: AddressIn) -> CandidatesOut:
    """For `POST …/eligibility`, by the address service that this platform asks; needs no token.

    The address goes there, without anything else, and is kept nowhere here. Of one address of the
    network, and in all, a day takes a limited number. Communes are left out: their middle is no
    place of a meter.
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
