"""The half-hours of settlements: of each month, those of its newest one, part by part."""

import asyncio
import zlib
from collections.abc import Sequence
from datetime import date

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.events.allocation import SettlementDetailed
from libs.common.ids import OperationId, Prm
from services.billing.domain.half_hours import DetailedPair, add_by_class
from services.billing.domain.price_list import PriceList
from services.billing.domain.pricing import Hours, HoursOfPair
from services.billing.tables import SettlementDetailRow

_pairs = TypeAdapter(list[DetailedPair])
# Fast rather than small: runs of figures come to less than half all the same.
_COMPRESSION = 1


async def save_details(session: AsyncSession, event: SettlementDetailed) -> None:
    """Keep a part, unless half-hours of a later settlement are here; forget those of earlier."""
    row = SettlementDetailRow
    of_month = (row.operation_id == event.operation_id) & (row.month == event.month)
    newest = await session.scalar(select(func.max(row.number)).where(of_month))
    if newest is not None and newest > event.number:
        return
    await session.execute(delete(row).where(of_month, row.number < event.number))
    values = {
        **event.model_dump(include={"operation_id", "month", "number", "part", "parts"}),
        "pairs": await asyncio.to_thread(_write, event),
    }
    await session.execute(insert(row).values(values).on_conflict_do_nothing())


def _write(event: SettlementDetailed) -> bytes:
    pairs = [DetailedPair(**vars(pair)) for pair in event.pairs]
    return zlib.compress(_pairs.dump_json(pairs), level=_COMPRESSION)


async def delete_old_details(session: AsyncSession, *, kept_from: Month) -> int:
    """Forget the half-hours of all earlier months; returns how many parts went."""
    row = SettlementDetailRow
    deleted = delete(row).where(row.month < str(kept_from)).returning(row.part)
    counted = select(func.count()).select_from(deleted.cte("deleted"))
    return (await session.execute(counted)).scalar_one()


async def find_hours(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    *,
    number: int,
    prices: PriceList,
) -> Hours | None:
    """The energies of a settlement by the hour classes of a price list; None until all are here."""
    row = SettlementDetailRow
    query = select(row.part, row.parts).where(
        row.operation_id == operation_id, row.month == str(month), row.number == number
    )
    known = (await session.execute(query.order_by(row.part))).all()
    if not known or len(known) < known[0].parts:
        return None
    hours: dict[tuple[Prm, Prm], HoursOfPair] = {}
    for part, _ in known:
        # One at a time: each is megabytes of figures.
        found = await session.get_one(row, (operation_id, str(month), number, part))
        hours |= await asyncio.to_thread(_read, found.pairs, month.days, prices)
        session.expunge(found)
    return hours


def _read(pairs: bytes, days: Sequence[date], prices: PriceList) -> Hours:
    return add_by_class(_pairs.validate_json(zlib.decompress(pairs)), days, prices)
