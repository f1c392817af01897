"""The half-hours of each month's newest settlement, in parts."""

import asyncio
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.events.allocation import SettlementDetailed
from libs.common.ids import OperationId, Prm
from services.billing.domain.prices.half_hours import (
    NO_METERS,
    DetailedPair,
    PairHours,
    add_by_class,
    add_by_half_hour,
    add_by_hour,
)
from services.billing.domain.prices.meter_hours import MeterTimeline
from services.billing.domain.prices.price_list import PriceList
from services.billing.domain.prices.pricing import HoursByPair, HoursOfPair
from services.billing.tables import SettlementDetailRow

_pairs = TypeAdapter(list[DetailedPair])
_by_hour = TypeAdapter(list[PairHours])
# Fast rather than small: runs of figures shrink to less than half anyway.
_COMPRESSION = 1


async def save_details(session: AsyncSession, event: SettlementDetailed) -> None:
    """Keep a part, unless a later settlement has half-hours here; delete those of earlier ones."""
    row = SettlementDetailRow
    is_of_month = (row.operation_id == event.operation_id) & (row.month == event.month)
    newest = await session.scalar(select(func.max(row.number)).where(is_of_month))
    if newest is not None and newest > event.number:
        return
    await session.execute(delete(row).where(is_of_month, row.number < event.number))
    values = {
        **event.model_dump(include={"operation_id", "month", "number", "part", "parts"}),
        **await asyncio.to_thread(_write, event),
    }
    await session.execute(insert(row).values(values).on_conflict_do_nothing())


def _write(event: SettlementDetailed) -> dict[str, bytes]:
    pairs = [DetailedPair(**vars(pair)) for pair in event.pairs]
    return {
        "pairs": zlib.compress(_pairs.dump_json(pairs), level=_COMPRESSION),
        # Enough for pictures; drafts must not read megabytes for them.
        "by_hour": zlib.compress(_by_hour.dump_json(add_by_hour(pairs)), level=_COMPRESSION),
    }


async def find_by_hour(
    session: AsyncSession, operation_id: OperationId, month: Month, *, number: int
) -> Mapping[tuple[Prm, Prm], Sequence[int]]:
    """The energy of each pair by local hour in a settlement's month; empty until complete."""
    row = SettlementDetailRow
    query = select(row.parts, row.by_hour).where(
        row.operation_id == operation_id,
        row.month == str(month),
        row.number == number,
    )
    arrived = (await session.execute(query)).all()
    if not arrived or len(arrived) < arrived[0].parts:
        return {}
    return await asyncio.to_thread(_read_by_hour, [row.by_hour for row in arrived])


def _read_by_hour(parts: Iterable[bytes]) -> Mapping[tuple[Prm, Prm], Sequence[int]]:
    return {
        (pair.producer, pair.consumer): pair.by_hour_wmin
        for content in parts
        for pair in _by_hour.validate_json(zlib.decompress(content))
    }


async def delete_old_details(session: AsyncSession, *, kept_from: Month) -> int:
    """Delete the half-hours of all earlier months; return the number of parts deleted."""
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
    meters: Mapping[Prm, MeterTimeline] = NO_METERS,
) -> HoursByPair | None:
    """The energies of a settlement by the hour classes of a price list; None until complete."""
    parts = await _list_parts(session, operation_id, month, number)
    if parts is None:
        return None
    hours: dict[tuple[Prm, Prm], HoursOfPair] = {}
    for part_number in parts:
        # Read one part at a time: each has megabytes of figures.
        row = await session.get(
            SettlementDetailRow, (operation_id, str(month), number, part_number)
        )
        if row is None:  # those of a later settlement have just arrived
            return None
        hours |= await asyncio.to_thread(_read, row.pairs, month.days, prices, meters)
        session.expunge(row)
    return hours


async def find_half_hours(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    *,
    number: int,
    consumer: Prm,
) -> Mapping[date, Mapping[int, int] | None] | None:
    """A settlement's energy for one consumer, as ``add_by_half_hour``; None until complete."""
    parts = await _list_parts(session, operation_id, month, number)
    if parts is None:
        return None
    pairs: list[DetailedPair] = []
    for part_number in parts:
        row = await session.get(
            SettlementDetailRow, (operation_id, str(month), number, part_number)
        )
        if row is None:
            return None
        pairs += await asyncio.to_thread(_read_consumer, row.pairs, consumer)
        session.expunge(row)
    return add_by_half_hour(pairs, month.days, consumer)


async def _list_parts(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> Sequence[int] | None:
    """The numbers of all parts, None until complete."""
    row = SettlementDetailRow
    query = select(row.part, row.parts).where(
        row.operation_id == operation_id, row.month == str(month), row.number == number
    )
    arrived = (await session.execute(query.order_by(row.part))).all()
    if not arrived or len(arrived) < arrived[0].parts:
        return None
    return [part_number for part_number, _ in arrived]


def _read_consumer(pairs: bytes, consumer: Prm) -> list[DetailedPair]:
    # Validate this consumer's pairs only: a part has the figures of hundreds of others.
    written = json.loads(zlib.decompress(pairs))
    return _pairs.validate_python([pair for pair in written if pair["consumer"] == consumer])


def _read(
    pairs: bytes, days: Sequence[date], prices: PriceList, meters: Mapping[Prm, MeterTimeline]
) -> HoursByPair:
    return add_by_class(_pairs.validate_json(zlib.decompress(pairs)), days, prices, meters)
