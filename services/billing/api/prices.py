"""Routes about prices."""

from fastapi import APIRouter

from libs.common.auth import Forbidden, TokenFirstRoute, TokenRefused
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.billing import access
from services.billing.api.dependencies import Reader, Runner, Session
from services.billing.commands import prices as commands
from services.billing.domain.price_list import (
    PriceListInvalid,
    PriceListMalformed,
    PriceListOverlap,
    parse_price_list,
)
from services.billing.schemas.prices import PriceListIn, PriceListOut
from services.billing.store import prices as store

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/operations/{operation_id}/prices",
    summary="Set the price list of an operation",
    responses=problems(
        TokenRefused, Forbidden, PriceListInvalid, PriceListOverlap, PriceListMalformed
    ),
)
async def put_prices(
    operation_id: OperationIdField, body: PriceListIn, session: Session, principal: Runner
) -> PriceListOut:
    """Replace the whole list; the same list again changes nothing.

    Prices are in €/kWh before VAT, over local days `[valid_from, valid_to)`. A producer's own
    price beats the one for all. Issued invoices never change; drafts made before are outdated.
    """
    principal.check_may_run(operation_id)
    prices = parse_price_list(body.model_dump(mode="json"))
    return PriceListOut.of(await commands.replace_prices(session, operation_id, prices))


@router.get(
    "/operations/{operation_id}/prices",
    summary="The price list of an operation",
    responses=problems(TokenRefused, Forbidden),
)
async def get_prices(
    operation_id: OperationIdField, session: Session, principal: Reader
) -> PriceListOut:
    """For staff, the organiser and the members of the operation; empty when none was set."""
    await access.check_takes_part(session, principal, operation_id)
    return PriceListOut.of(await store.list_prices(session, operation_id))
