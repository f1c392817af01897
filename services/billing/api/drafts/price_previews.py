"""Route that previews prices before they are set."""

import asyncio

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.edge.callers import StaffOrOrganiser
from libs.common.edge.days import MonthInPath
from libs.common.http import problems
from libs.common.http.allowances import costs
from libs.common.http.body_limits import LISTS_BYTES, takes
from libs.common.ids import OperationIdField
from libs.common.logs.accesses import note_access
from services.billing.api.dependencies import Session
from services.billing.commands.drafts.price_previews import preview_prices
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.price_previews import HoursNotSet
from services.billing.domain.prices.price_list import (
    PriceListInvalid,
    PriceListMalformed,
    PriceListOverlap,
    parse_price_list,
)
from services.billing.schemas.drafts.price_previews import PricePreviewIn, PricePreviewOut

router = APIRouter(route_class=TokenFirstRoute)


@router.post(
    "/operations/{operation_id}/months/{month}/price-previews",
    summary="Preview what members would pay for a month by other prices",
    responses=problems(
        DraftsBlocked,
        HoursNotSet,
        MonthMalformed,
        PriceListInvalid,
        PriceListOverlap,
        PriceListMalformed,
    ),
)
@costs(1)
@takes(LISTS_BYTES)
async def post_price_preview(
    operation_id: OperationIdField,
    month: MonthInPath,
    body: PricePreviewIn,
    session: Session,
    caller: StaffOrOrganiser,
) -> PricePreviewOut:
    """Bills a settled month by a price list that is not set; nothing is kept.

    What the list says of `day` (prices, fees, discounts, coefficients) is taken to hold all month;
    beside it, what the prices that are set make of the month. Both are whole months, as if nothing
    had been issued, drafted with the code of billing runs. Its named hours are those that are set:
    other ones would show when each member uses electricity.
    """
    caller.check_may_run(operation_id)
    prices = await asyncio.to_thread(parse_price_list, body.prices.model_dump(mode="json"))
    members = await preview_prices(session, operation_id, month, prices, body.day)
    await note_access(session, caller, [member.member_id for member in members])
    return PricePreviewOut.of(month, body.day, members)
