"""All that decides the invoices of a month."""

from collections.abc import Collection
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.billing.domain.drafting import MonthFacts, Settlement
from services.billing.domain.invoices import InvoiceState, SettlementBlock
from services.billing.domain.sales import SettledPair, SettledPoint
from services.billing.store.copies import find_perimeter, get_parties
from services.billing.store.half_hours import find_hours
from services.billing.store.invoices import list_invoices, read_content
from services.billing.store.parties import (
    list_accise_regimes,
    map_profiles,
    read_accise_entry,
)
from services.billing.store.prices import list_prices
from services.billing.tables import InvoiceRow, SettlementRow

_pairs = TypeAdapter(list[SettledPair])
_points = TypeAdapter(list[SettledPoint])


async def get_month_facts(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> MonthFacts:
    """Lock the month's settlement first, so that these facts stay true for this transaction."""
    settlement = await session.get(
        SettlementRow, (operation_id, str(month)), with_for_update=True, populate_existing=True
    )
    perimeter = await find_perimeter(session, operation_id)
    members = {one.member_id for one in perimeter.participations} if perimeter else set()
    invoices = await list_invoices(session, operation_id=operation_id, month=month)
    prices = await list_prices(session, operation_id)
    hours = None
    if settlement is not None and prices.needs_hours(month):
        number = settlement.number
        hours = await find_hours(session, operation_id, month, number=number, prices=prices)
    return MonthFacts(
        operation_id=operation_id,
        month=month,
        settlement=_settlement(settlement) if settlement else None,
        perimeter=perimeter,
        members=await get_parties(session, members),
        prices=prices,
        issued=[read_content(row) for row in invoices if row.state == InvoiceState.ISSUED],
        profiles=await map_profiles(session, members, month.days[-1]),
        accise=[read_accise_entry(row) for row in await list_accise_regimes(session, operation_id)],
        hours=hours,
    )


async def list_settled_points(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> list[SettledPoint]:
    """What the newest settlement says of each point; nothing where there is none."""
    row = await session.get(SettlementRow, (operation_id, str(month)))
    return _points.validate_python(row.points) if row else []


def _settlement(row: SettlementRow) -> Settlement:
    block = SettlementBlock(row.number, row.status, row.content_hash)
    return Settlement(block, _pairs.validate_python(row.pairs), _points.validate_python(row.points))


async def lock_months_of(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Lock the settlements of these invoices' months: their drafts stay as they are."""
    months = select(InvoiceRow.operation_id, InvoiceRow.month).where(InvoiceRow.id.in_(ids))
    await session.execute(
        select(SettlementRow.number)
        .where(tuple_(SettlementRow.operation_id, SettlementRow.month).in_(months))
        .order_by(SettlementRow.operation_id, SettlementRow.month)
        .with_for_update()
    )
