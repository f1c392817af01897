"""Routes about prices."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import Month
from libs.common.clock import today_in
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.http import problems
from libs.common.http.body_limits import LISTS_BYTES, takes
from libs.common.ids import OperationIdField, Prm, PrmField
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.api.dependencies import DayInQuery, Session
from services.billing.commands.prices import prices as commands
from services.billing.domain.both_bills.consuming_points import PointUnknown
from services.billing.domain.gifts import is_gift
from services.billing.domain.prices.meter_hours import NO_TIMELINE, off_peak_on
from services.billing.domain.prices.price_list import (
    ANYBODY,
    PriceListInvalid,
    PriceListMalformed,
    PriceListOverlap,
    day_prices,
    parse_price_list,
    visible_to,
)
from services.billing.domain.prices.sales import plants_of
from services.billing.schemas.prices.day_prices import DayPricesOut
from services.billing.schemas.prices.price_lists import PriceListOut
from services.billing.schemas.prices.prices import PriceListIn
from services.billing.store import copies
from services.billing.store.gifts import list_gift_periods
from services.billing.store.prices import prices as store
from services.billing.store.prices.meter_hours import map_timelines

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/operations/{operation_id}/prices",
    summary="Set the price list of an operation",
    responses=problems(PriceListInvalid, PriceListOverlap, PriceListMalformed),
)
@takes(LISTS_BYTES)
async def put_prices(
    operation_id: OperationIdField, body: PriceListIn, session: Session, caller: StaffOrOrganiser
) -> PriceListOut:
    """Replace the whole list; the same list again changes nothing.

    Prices are in €/kWh before VAT, over local days `[valid_from, valid_to)`. The most specific one
    applies: of the point, else of a social group, of a group, of everybody; then of the producer,
    of all; then of the hour class, of all hours. docs/use/price-lists.md has worked examples.
    Issued invoices never change; drafts made before are outdated.
    """
    caller.check_may_run(operation_id)
    prices = await asyncio.to_thread(parse_price_list, body.model_dump(mode="json"))
    replaced = await commands.replace_prices(session, operation_id, prices)
    return await asyncio.to_thread(PriceListOut.of, replaced)


@router.get(
    "/operations/{operation_id}/prices",
    summary="Show the price list of an operation",
)
async def get_prices(
    operation_id: OperationIdField, session: Session, caller: AnyPerson
) -> PriceListOut:
    """Visible to staff, the organiser and the members of the operation; empty if none was set.

    Members see prices for everybody, prices of groups without the other points in them, and
    prices for their own points on the days on which they hold them.
    """
    scope = await access.get_price_scope(session, caller, operation_id)
    prices = await store.list_prices(session, operation_id)
    if scope.participations is not None:
        member_id = caller.get_own_member_id()
        prices = visible_to(prices, member_id, scope.participations, today_in(session))
    return await asyncio.to_thread(PriceListOut.of, prices)


@router.get(
    "/operations/{operation_id}/day-prices",
    summary="Show what a kWh costs on a day",
    responses=problems(PointUnknown),
)
async def get_day_prices(
    operation_id: OperationIdField,
    session: Session,
    caller: AnyPerson,
    day: DayInQuery = None,
    prm: Annotated[
        PrmField | None, Query(description="who buys; default: what is for everybody")
    ] = None,
) -> DayPricesOut:
    """Return prices by plant, hour class and half-hour, the fees, and the prices to come.

    Visible to staff, the organiser and the members of the operation. Members ask for their own
    points on the days on which they hold them, or for the prices for everybody. `plants` leaves
    out the buyer's own, and is empty on days on which energy is given (`is_gift`).
    """
    await access.check_takes_part(session, caller, operation_id)
    day = day or today_in(session)
    listed = await store.list_prices(session, operation_id)
    buyer, own_plants, timeline = ANYBODY, set[Prm](), NO_TIMELINE
    if prm is not None:
        standing = await copies.list_participations_on(session, operation_id, day)
        member_id = access.find_buyer(caller, operation_id, prm, standing)
        if member_id is None:
            raise PointUnknown(f"This point is no consumer of {operation_id} on that day.")
        buyer, own_plants = listed.buyer(prm, member_id), plants_of(standing, member_id)
        await note_access(session, caller, [member_id])
        if caller.is_staff or caller.own_member_id == member_id:
            timeline = (await map_timelines(session, [prm])).get(prm, NO_TIMELINE)
    prices = await asyncio.to_thread(
        day_prices,
        listed,
        buyer,
        day,
        own_plants=own_plants,
        off_peak=off_peak_on(timeline, day),
    )
    given = is_gift(await list_gift_periods(session, operation_id), Month.of(day))
    return DayPricesOut.of(operation_id, prm, day, listed=listed, prices=prices, is_gift=given)
