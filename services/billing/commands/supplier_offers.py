"""Keep what members pay their suppliers, and compare it with what they pay with the operation."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import Prm
from services.billing.domain.both_bills import BothBills, compare_bills
from services.billing.domain.consuming_points import Held, HeldMonth
from services.billing.domain.point_months import needs_half_hours, point_month
from services.billing.domain.supplier_offers import SupplierOffer
from services.billing.store import supplier_offers as store
from services.billing.store.copies import list_of_consuming_point
from services.billing.store.half_hours import find_half_hours
from services.billing.store.months import get_customer_facts
from services.billing.tables import SupplierOfferRow


async def list_held(session: AsyncSession, prm: Prm) -> list[Held]:
    return [Held(*one) for one in await list_of_consuming_point(session, prm)]


async def record_offer(
    session: AsyncSession, prm: Prm, member_id: UUID, offer: SupplierOffer
) -> Sequence[SupplierOfferRow]:
    """Replace the one from the same day, if there is one; return all of the member."""
    await store.save_offer(session, prm, member_id, offer)
    return await store.list_offers(session, prm, member_id)


async def get_both_bills(session: AsyncSession, prm: Prm, held: HeldMonth) -> BothBills:
    """Raises BillsUnavailable."""
    month = held.month
    rows = await store.list_offers(session, prm, held.member_id)
    offers = [store.read_offer(row) for row in rows]
    facts = await get_customer_facts(session, held.operation_id, month, held.member_id)
    point = await asyncio.to_thread(point_month, facts, prm=prm, held=held, offers=offers)
    if needs_half_hours(point):
        settlement = next(one.settlement for one in facts if one.month == month)
        assert settlement is not None
        half_hours = await find_half_hours(
            session, held.operation_id, month, number=settlement.block.number, consumer=prm
        )
        point = replace(point, half_hours=half_hours)
    return await asyncio.to_thread(compare_bills, point)
