"""Published offers, with which both bills are compared until a member tells the own one."""

from fastapi import APIRouter, Depends

from libs.common.auth import TokenFirstRoute, require
from libs.common.clock import today_in
from libs.common.principals import Role
from services.billing.api.dependencies import DayInQuery, Session
from services.billing.domain.reference_offers import reference_offers_on
from services.billing.schemas.reference_offers import ReferenceOfferOut

router = APIRouter(route_class=TokenFirstRoute)
_ANYBODY = Depends(require(Role.OPERATOR, Role.ORGANISER, Role.MEMBER))


@router.get(
    "/reference-offers",
    summary="Published offers of a day",
    dependencies=[_ANYBODY],
)
async def list_reference_offers(
    session: Session, day: DayInQuery = None
) -> list[ReferenceOfferOut]:
    """The regulated tariff by power, each row with its source; none where no value is known.

    `GET …/bills` assumes the one that fits a household's point until its offer is told.
    """
    offers = reference_offers_on(day or today_in(session))
    return [ReferenceOfferOut.of(offer) for offer in offers]
