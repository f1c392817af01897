"""Routes about published offers, which stand in until a member enters their own."""

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.clock import today_in
from libs.common.edge.callers import AnyPerson
from services.billing.api.dependencies import DayInQuery, Session
from services.billing.domain.both_bills.reference_offers import reference_offers_on
from services.billing.schemas.both_bills.reference_offers import ReferenceOfferOut

router = APIRouter(route_class=TokenFirstRoute)


@router.get(
    "/reference-offers",
    summary="List the published offers of a day",
)
async def list_reference_offers(
    _caller: AnyPerson, session: Session, day: DayInQuery = None
) -> list[ReferenceOfferOut]:
    """The regulated tariff by power, each row with its source; empty where no value is known.

    `GET …/bills` assumes the one that fits a household's point until its offer is entered.
    """
    offers = reference_offers_on(day or today_in(session))
    return [ReferenceOfferOut.of(offer) for offer in offers]
