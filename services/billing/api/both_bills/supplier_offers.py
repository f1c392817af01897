"""Routes about the bills of a member's supplier, with the operation and without it."""

from fastapi import APIRouter, status

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.calendar import MonthMalformed
from libs.common.clock import today_in
from libs.common.edge.callers import StaffOrMember
from libs.common.edge.days import MonthInPath
from libs.common.http import problems
from libs.common.ids import Prm, PrmField
from libs.common.logs.accesses import note_access
from services.billing import access
from services.billing.api.dependencies import DayInQuery, Session
from services.billing.commands.both_bills import supplier_offers as commands
from services.billing.domain.both_bills.bills_unavailable import BillsUnavailable
from services.billing.domain.both_bills.consuming_points import (
    PointUnknown,
    held_in,
    held_on,
    holder_on,
)
from services.billing.domain.both_bills.reference_offers import ReferenceOfferUnknown
from services.billing.domain.both_bills.supplier_offers import SupplierOfferInvalid
from services.billing.schemas.both_bills.both_bills import BothBillsOut
from services.billing.schemas.both_bills.local_worth import LocalWorthOut
from services.billing.schemas.both_bills.supplier_offers import (
    ReferenceChoiceIn,
    SupplierOfferIn,
    SupplierOffersOut,
)
from services.billing.store.both_bills import supplier_offers as store

router = APIRouter(route_class=TokenFirstRoute)


@router.put(
    "/points/{prm}/supplier-offer",
    summary="Set the supplier's offer for a point from a day on",
    responses=problems(PointUnknown, SupplierOfferInvalid),
)
async def put_supplier_offer(
    prm: PrmField, body: SupplierOfferIn, session: Session, caller: StaffOrMember
) -> SupplierOffersOut:
    """Keep the offer beside those from other days; it replaces the one from the same day.

    Prices are before VAT and accise, as bills print them. Past and present holders of the point
    enter their own offers, which the next occupant does not see; staff enter those of the holder
    on `valid_from`. Organisers may not: what a member pays a supplier is none of their business.
    docs/use/both-bills.md says where each value is on a bill.
    """
    return await _record(session, caller, prm, body)


@router.put(
    "/points/{prm}/supplier-offer/reference",
    summary="Set a published offer as the supplier's offer for a point",
    responses=problems(PointUnknown, ReferenceOfferUnknown),
)
async def put_reference(
    prm: PrmField, body: ReferenceChoiceIn, session: Session, caller: StaffOrMember
) -> SupplierOffersOut:
    """Enter an offer with the values of a reference offer on `valid_from`, as if typed by hand.

    It does not follow later changes of the reference. For the same callers as a typed offer.
    """
    return await _record(session, caller, prm, body)


async def _record(
    session: Session, caller: Principal, prm: Prm, body: SupplierOfferIn | ReferenceChoiceIn
) -> SupplierOffersOut:
    held = await commands.list_held(session, prm)
    scope = access.get_bill_scope(caller, held)
    member_id = scope.member_id or holder_on(held, body.valid_from)
    rows = await commands.record_offer(session, prm, member_id, body.to_offer())
    return SupplierOffersOut.of(prm, rows)


@router.get(
    "/points/{prm}/supplier-offer",
    summary="Show the supplier's offer for a point, with its versions",
    responses=problems(PointUnknown),
)
async def get_supplier_offer(
    prm: PrmField, session: Session, caller: StaffOrMember
) -> SupplierOffersOut:
    """Past and present holders see their own offers, staff everybody's; there may be none."""
    held = await commands.list_held(session, prm)
    scope = access.get_bill_scope(caller, held)
    if scope.is_everything:
        await note_access(session, caller, [holding.member_id for holding in held])
    return SupplierOffersOut.of(prm, await store.list_offers(session, prm, scope))


@router.delete(
    "/points/{prm}/supplier-offer",
    summary="Delete the supplier's offer for a point",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(PointUnknown),
)
async def delete_supplier_offer(prm: PrmField, session: Session, caller: StaffOrMember) -> None:
    """Delete all of the caller's own offers for the point; staff delete everybody's."""
    scope = access.get_bill_scope(caller, await commands.list_held(session, prm))
    await store.delete_offers(session, prm, scope)


@router.get(
    "/points/{prm}/months/{month}/bills",
    summary="Compare both bills of a month with the bill without the operation",
    responses=problems(PointUnknown, BillsUnavailable, MonthMalformed),
)
async def get_bills(
    prm: PrmField, month: MonthInPath, session: Session, caller: StaffOrMember
) -> BothBillsOut:
    """The supplier's bill for all energy, and the bills of supplier and operation together.

    On days for which the member has entered no offer, a household's point is compared with the
    regulated tariff: the remark `reference-offer` says so, `reference_offers` which one and its
    source.

    It also shows whether the collective grid of the network tariff would cost less. The local bill
    is what is issued for the month, plus what is not issued yet at today's prices. For the member
    who held the point, over the days on which it took part, and for staff. Nothing is kept.

    Refused with `bills-unavailable`; each of `missing` has a `code` and a `detail`:
    `offer-missing` (and no reference offer fits), `rate-missing`, `hours-unknown`,
    `point-handed-over`, `point-not-held`, `consumption-unknown`, or what keeps the month from being
    drafted, such as `settlement-missing` and `price-missing`.
    """
    held = await commands.list_held(session, prm)
    scope = access.get_bill_scope(caller, held)
    held_then = held_in(held, month, scope.member_id)
    bills = await commands.get_both_bills(session, prm, held_then)
    if scope.is_everything:
        await note_access(session, caller, [held_then.member_id])
    return BothBillsOut.of(bills)


@router.get(
    "/points/{prm}/local-worth",
    summary="Show what one more kWh from the operation is worth to a point",
    responses=problems(PointUnknown, BillsUnavailable),
)
async def get_local_worth(
    prm: PrmField, session: Session, caller: StaffOrMember, day: DayInQuery = None
) -> LocalWorthOut:
    """At the prices of a day: the supplier's price, less networks and the local price.

    The answer is a range, as prices differ by hour and producer and nobody knows when the kWh would
    come: `least` and `most` over the hours of the year that begins on the day. Prices of the price
    list, offer or regulated tariff, taxes and networks are those of both bills. For the member who
    holds the point on the day, and for staff.

    Refused with `bills-unavailable`, by code: `offer-missing`, `rate-missing`, `price-missing`,
    `seller-missing` (nobody else produces in the operation), `point-not-held`, `member-unknown`.
    """
    held = await commands.list_held(session, prm)
    scope = access.get_bill_scope(caller, held)
    day = day or today_in(session)
    stay = held_on(held, day, scope.member_id)
    worth = await commands.get_local_worth(session, stay, day)
    if scope.is_everything:
        await note_access(session, caller, [stay.member_id])
    return LocalWorthOut.of(stay, worth)
