"""Record members' supplier offers, and compare their bills with and without the operation."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import Prm
from libs.common.scopes import Scope
from services.billing.domain.both_bills.bills_unavailable import unavailable
from services.billing.domain.both_bills.both_bills import BothBills, compare_bills
from services.billing.domain.both_bills.consuming_points import HeldMonth, HeldPoint
from services.billing.domain.both_bills.local_worth import BuyingPoint, LocalWorth, local_worth
from services.billing.domain.both_bills.point_months import needs_half_hours, point_month
from services.billing.domain.both_bills.supplier_offers import SupplierOffer
from services.billing.domain.gifts import is_gift
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.store.both_bills import supplier_offers as store
from services.billing.store.copies import (
    find_party,
    find_perimeter,
    list_of_consuming_point,
)
from services.billing.store.drafts.months import get_customer_facts
from services.billing.store.gifts import list_gift_periods
from services.billing.store.prices.half_hours import find_half_hours
from services.billing.store.prices.prices import list_prices
from services.billing.store.taxes.parties import list_accise_regimes, read_accise_entry
from services.billing.tables import SupplierOfferRow


async def list_held(session: AsyncSession, prm: Prm) -> list[HeldPoint]:
    return [HeldPoint(*row) for row in await list_of_consuming_point(session, prm)]


async def record_offer(
    session: AsyncSession, prm: Prm, member_id: UUID, offer: SupplierOffer
) -> Sequence[SupplierOfferRow]:
    """Record an offer, in place of one from the same day; return all offers of the member."""
    await store.save_offer(session, prm, member_id, offer)
    return await store.list_offers(session, prm, Scope.about(member_id))


async def get_both_bills(session: AsyncSession, prm: Prm, held: HeldMonth) -> BothBills:
    """Compare both bills of a point's month. Raises BillsUnavailable."""
    month = held.month
    rows = await store.list_offers(session, prm, Scope.about(held.member_id))
    offers = [store.read_offer(row) for row in rows]
    facts = await get_customer_facts(
        session, held.operation_id, BillingPeriod.of(month), {held.member_id}
    )
    point = await asyncio.to_thread(point_month, facts, prm=prm, held=held, offers=offers)
    if needs_half_hours(point):
        settlement = next(
            month_facts.settlement for month_facts in facts if month_facts.month == month
        )
        assert settlement is not None
        half_hours = await find_half_hours(
            session, held.operation_id, month, number=settlement.block.number, consumer=prm
        )
        point = replace(point, half_hours=half_hours)
    return await asyncio.to_thread(compare_bills, point)


async def get_local_worth(session: AsyncSession, held: HeldPoint, day: date) -> LocalWorth:
    """The worth of local energy to the member who has the point. Raises BillsUnavailable."""
    operation_id, stay = held.operation_id, held.participation
    perimeter = await find_perimeter(session, operation_id)
    customer = await find_party(session, stay.member_id)
    if perimeter is None or customer is None:
        detail = f"The name and address of member {stay.member_id} are not known."
        raise unavailable("member-unknown", detail)
    offers = await store.list_offers(session, stay.prm, Scope.about(stay.member_id))
    accise = await list_accise_regimes(session, operation_id)
    point = BuyingPoint(
        prm=stay.prm,
        customer=customer,
        power_limit_w=stay.power_limit_w,
        offers=[store.read_offer(row) for row in offers],
        accise=[read_accise_entry(row) for row in accise],
        prices=await list_prices(session, operation_id),
        participations=perimeter.participations,
        is_gift=is_gift(await list_gift_periods(session, operation_id), Month.of(day)),
    )
    return await asyncio.to_thread(local_worth, point, day)
