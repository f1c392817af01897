"""The half-hours of settlements: of each month, those of its newest one, part by part."""

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
from services.billing.domain.half_hours import (
    DetailedPair,
    PairHours,
    add_by_class,
    add_by_half_hour,
    add_by_hour,
)
from services.billing.domain.price_list import PriceList
from services.billing.domain.pricing import Hours, HoursOfPair
from services.billing.tables import SettlementDetailRow

_pairs = TypeAdapter(list[DetailedPair])
_by_hour = TypeAdapter(list[PairHours])
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
        **await asyncio.to_thread(_write, event),
    }
    await session.execute(insert(row).values(values).on_conflict_do_nothing())


def _write(event: SettlementDetailed) -> dict[str, bytes]:
    pairs = [DetailedPair(**vars(pair)) for pair in event.pairs]
    return {
        "pairs": zlib.compress(_pairs.dump_json(pairs), level=_COMPRESSION),
        # Pictures need no more, and drafts shall not read megabytes for them.
        "by_hour": zlib.compress(_by_hour.dump_json(add_by_hour(pairs)), level=_COMPRESSION),
    }


async def find_by_hour(
    session: AsyncSession, operation_id: OperationId, month: Month, *, number: int
) -> Mapping[tuple[Prm, Prm], Sequence[int]]:
    """What each pair shared by local hour in the month of a settlement; nothing until all is here.

    Nor of parts that came before they were added up by the hour.
    """
    row = SettlementDetailRow
    query = select(row.parts, row.by_hour).where(
        row.operation_id == operation_id,
        row.month == str(month),
        row.number == number,
        row.by_hour.is_not(None),
    )
    known = (await session.execute(query)).all()
    if not known or len(known) < known[0].parts:
        return {}
    return await asyncio.to_thread(_read_by_hour, [one.by_hour for one in known])


def _read_by_hour(parts: Iterable[bytes]) -> Mapping[tuple[Prm, Prm], Sequence[int]]:
    return {
        (one.producer, one.consumer): one.by_hour_wmin
        for part in parts
        for one in _by_hour.validate_json(zlib.decompress(part))
    }


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
    parts = await _list_parts(session, operation_id, month, number)
    if parts is None:
        return None
    hours: dict[tuple[Prm, Prm], HoursOfPair] = {}
    for part in parts:
        # One at a time: each is megabytes of figures.
        found = await session.get(SettlementDetailRow, (operation_id, str(month), number, part))
        if found is None:  # those of a later settlement have just come
            return None
        hours |= await asyncio.to_thread(_read, found.pairs, month.days, prices)
        session.expunge(found)
    return hours


async def find_half_hours(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    *,
    number: int,
    consumer: Prm,
) -> Mapping[date, Mapping[int, int] | None] | None:
    """What a settlement gave one consumer, ``add_by_half_hour``; None until all parts are here."""
    parts = await _list_parts(session, operation_id, month, number)
    if parts is None:
        return None
    pairs: list[DetailedPair] = []
    for part in parts:
        found = await session.get(SettlementDetailRow, (operation_id, str(month), number, part))
        if found is None:
            return None
        pairs += await asyncio.to_thread(_read_of, found.pairs, consumer)
        session.expunge(found)
    return add_by_half_hour(pairs, month.days, consumer)


async def _list_parts(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> Sequence[int] | None:
    """The numbers of all parts, None until they are all here."""
    row = SettlementDetailRow
    query = select(row.part, row.parts).where(
        row.operation_id == operation_id, row.month == str(month), row.number == number
    )
    known = (await session.execute(query.order_by(row.part))).all()
    if not known or len(known) < known[0].parts:
        return None
    return [part for part, _ in known]


def _read_of(pairs: bytes, consumer: Prm) -> list[DetailedPair]:
    # Only what is asked for is checked: a part has the figures of hundreds of others.
    written = json.loads(zlib.decompress(pairs))
    return _pairs.validate_python([one for one in written if one["consumer"] == consumer])


def _read(pairs: bytes, days: Sequence[date], prices: PriceList) -> Hours:
    return add_by_class(_pairs.validate_json(zlib.decompress(pairs)), days, prices)
