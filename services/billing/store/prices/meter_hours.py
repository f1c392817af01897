"""Off-peak hours of meters."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from pydantic import TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.database.arrays import among
from libs.common.ids import Prm
from services.billing.domain.prices.meter_hours import MeterHours, MeterTimeline
from services.billing.domain.prices.price_list import HourSpan
from services.billing.tables import MeterHoursRow

_spans = TypeAdapter(tuple[HourSpan, ...])


async def map_timelines(
    session: AsyncSession, prms: Collection[Prm]
) -> Mapping[Prm, MeterTimeline]:
    """Return the meter hours by point, in the order of their days; points without are left out."""
    row = MeterHoursRow
    query = (
        select(row.prm, row.valid_from, row.off_peak)
        .where(among(row.prm, prms))
        .order_by(row.prm, row.valid_from)
    )
    entries: defaultdict[Prm, list[MeterHours]] = defaultdict(list)
    for prm, valid_from, off_peak in await session.execute(query):
        entries[Prm(prm)].append(MeterHours(valid_from, _spans.validate_python(off_peak)))
    return {prm: tuple(timeline) for prm, timeline in entries.items()}


async def replace_timeline(session: AsyncSession, prm: Prm, timeline: Sequence[MeterHours]) -> None:
    await lock_names(session, "meter_hours", [prm])
    await session.execute(delete(MeterHoursRow).where(MeterHoursRow.prm == prm))
    session.add_all(
        MeterHoursRow(
            prm=prm,
            valid_from=entry.valid_from,
            off_peak=_spans.dump_python(entry.off_peak, mode="json"),
        )
        for entry in timeline
    )
    await session.flush()
