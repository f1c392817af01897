"""Record when the meters of consuming points have off-peak hours."""

from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId, Prm
from services.billing.domain.prices.meter_hours import MeterHours, MeterTimeline, timeline_of
from services.billing.store.corrections.corrections import retry
from services.billing.store.prices import meter_hours as store


async def record_timeline(
    session: AsyncSession,
    prm: Prm,
    entries: Sequence[MeterHours],
    *,
    operations: Collection[OperationId],
) -> MeterTimeline:
    """Make these all entries of a meter; blocked corrections of its operations are tried again.

    Raises OffPeakHoursInvalid.
    """
    timeline = timeline_of(entries)
    if timeline != (await store.map_timelines(session, [prm])).get(prm, ()):
        await store.replace_timeline(session, prm, timeline)
        await retry(session, sorted(set(operations)))
    return timeline
