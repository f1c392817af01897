"""Keep copies of facts that the other services publish."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import ring_after_commit
from libs.common.events.allocation import (
    DayHeldUp,
    SettledPoint,
    SettlementClosed,
    SettlementDetailed,
    SettlementRevised,
)
from libs.common.events.community import MemberRecorded, PerimeterChanged
from services.billing.domain.prices.price_list.hour_classes import HALF_HOURS
from services.billing.store import copies as store
from services.billing.store.corrections.corrections import add_part, retry
from services.billing.store.drafts.held_up import save_held_up_days
from services.billing.store.prices.half_hours import save_details


async def record_members(session: AsyncSession, events: Sequence[MemberRecorded]) -> None:
    """Keep the highest revision of members."""
    fields = {"member_id", "revision", "name", "address", "siren", "vat_number", "kind"}
    fields |= {"language", "delivery_address", "is_erased"}
    await store.save_members(session, [event.model_dump(include=fields) for event in events])
    await retry(session)


async def record_revisions(session: AsyncSession, events: Sequence[SettlementRevised]) -> None:
    """Note the parts of a revision that have arrived; a worker drafts it once complete."""
    fields = {"operation_id", "month", "number", "supersedes", "parts"}
    for event in sorted(events, key=lambda event: event.business_key):
        await add_part(session, part_number=event.part, **event.model_dump(include=fields))


async def record_perimeters(session: AsyncSession, events: Sequence[PerimeterChanged]) -> None:
    """Keep the highest revision of perimeters."""
    fields = {"operation_id", "revision", "name", "organiser_id", "organiser_name"}
    fields |= {"participations"}
    rows = [event.model_dump(mode="json", include=fields) for event in events]
    await store.save_perimeters(session, rows)
    await retry(session, [event.operation_id for event in events])


async def record_settlements(session: AsyncSession, events: Sequence[SettlementClosed]) -> None:
    """Keep the settlement with the highest number of each operation-month."""
    for event in events:
        days = len(Month.parse(event.month).days)
        # Park a settlement that breaks its contract now, rather than fail when it is billed.
        assert all(len(pair.energy_wmin) == days for pair in event.pairs)
        assert all(_classes_are_whole(point) for point in event.points)
    fields = {"operation_id", "month", "number", "status", "content_hash", "pairs", "points"}
    fields |= {"keys"}
    rows = [event.model_dump(mode="json", include=fields) for event in events]
    await store.save_settlements(session, rows)
    ring_after_commit(session)


def _classes_are_whole(point: SettledPoint) -> bool:
    by_class_wmin = point.shared_by_class_wmin.values()
    return not by_class_wmin or (
        min(by_class_wmin) >= 0 and sum(by_class_wmin) == point.shared_wmin
    )


async def record_held_up_days(session: AsyncSession, events: Sequence[DayHeldUp]) -> None:
    """Keep the last event about each day."""
    fields = {"operation_id", "day", "status", "missing_points", "key_missing_steps"}
    rows = [
        {
            **event.model_dump(include=fields),
            "told_at": event.time,
            "missing": [gap.model_dump(mode="json") for gap in event.missing],
        }
        for event in events
    ]
    await save_held_up_days(session, rows)


async def record_details(session: AsyncSession, events: Sequence[SettlementDetailed]) -> None:
    """Keep the half-hours of the settlement with the highest number of each month."""
    for event in events:
        days = len(Month.parse(event.month).days)
        for pair in event.pairs:
            assert len(pair.first_half_hour) == len(pair.energy_wmin) == days
            assert all(
                first is None or first + len(energies) <= HALF_HOURS
                for first, energies in zip(pair.first_half_hour, pair.energy_wmin, strict=True)
            )
        await save_details(session, event)
        await retry(session, [event.operation_id])
