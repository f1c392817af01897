"""Routes about prices."""

import asyncio

from fastapi import APIRouter

from libs.common.auth import Forbidden, TokenFirstRoute, TokenRefused
from libs.common.clock import today_in
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
    visible_to,
)
from services.billing.schemas.price_lists import PriceListOut
from services.billing.schemas.prices import PriceListIn
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

    Prices are in €/kWh before VAT, over local days `[valid_from, valid_to)`. The most specific one
    applies: of the point, else of a social group, of a group, of everybody; then of the producer,
    of all; then of the hour class, of all hours. docs/price-lists.md has worked examples.
    Issued invoices never change; drafts made before are outdated.
    """
    principal.check_may_run(operation_id)
    prices = await asyncio.to_thread(parse_price_list, body.model_dump(mode="json"))
    replaced = await commands.replace_prices(session, operation_id, prices)
    return await asyncio.to_thread(PriceListOut.of, replaced)


@router.get(
    "/operations/{operation_id}/prices",
    summary="The price list of an operation",
    responses=problems(TokenRefused, Forbidden),
)
async def get_prices(
    operation_id: OperationIdField, session: Session, principal: Reader
) -> PriceListOut:
    """For staff, the organiser and the members of the operation; empty when none was set.

    Members see what is for everybody, groups without the others in them, and what is for their own
    points on days on which these are theirs.
    """
    await access.check_takes_part(session, principal, operation_id)
    prices = await store.list_prices(session, operation_id)
    if not principal.may_run(operation_id) and principal.member_id is not None:
        own = await access.find_own_points(session, principal, operation_id)
        prices = visible_to(prices, principal.member_id, own, today_in(session))
    return await asyncio.to_thread(PriceListOut.of, prices)
