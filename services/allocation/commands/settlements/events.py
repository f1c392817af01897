"""The events that settlements publish."""

import asyncio
from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.events.allocation import (
    KeyInForce,
    RevisedDay,
    RevisedPair,
    SettledPair,
    SettledPoint,
    SettlementClosed,
    SettlementRevised,
)
from libs.common.ids import Direction, Prm
from services.allocation.commands.settlements.details import publish_details
from services.allocation.commands.settlements.drafts import SettlementDraft
from services.allocation.domain.days import PointTotal
from services.allocation.domain.keys.timeline import KeyPeriod, Timeline, kinds_in_force
from services.allocation.domain.settlements import Settlement
from services.allocation.domain.settlements.differences import (
    PairChange,
    compare,
    in_parts,
    names_of_changes,
)
from services.allocation.store.keys.in_force import get_operation_keys
from services.allocation.store.settlements import settlement_inputs, settlements
from services.allocation.store.shares import map_production
from services.allocation.tables import SettlementRow

# With a figure of about ten bytes, an event stays far below the largest record of the log.
_MAX_FIGURES = 300_000


async def publish_settlement(
    session: AsyncSession,
    draft: SettlementDraft,
    row: SettlementRow,
    *,
    supersedes: SettlementRow | None,
) -> None:
    """Publish the settlement as a whole, its half-hours, then its changes against the last one."""
    settlement = draft.settlement
    production_wmin = await map_production(session, settlement.operation_id, settlement.month)
    keys = await get_operation_keys(session, settlement.operation_id)
    timeline = keys.during(settlement.month)
    await messaging.publish(session, _closed(row, settlement, production_wmin, timeline))
    await publish_details(session, draft, row)
    if supersedes is not None:
        await messaging.publish(session, *await _revised(session, supersedes, row))


def _closed(
    row: SettlementRow,
    settlement: Settlement,
    production_wmin: Mapping[Prm, Sequence[int]],
    timeline: Timeline,
) -> SettlementClosed:
    month = settlement.month
    classes = {point.prm: point.shared_wmin for point in settlement.tariff_classes}
    return SettlementClosed(
        time=row.closed_at,
        operation_id=settlement.operation_id,
        month=row.month,
        number=row.number,
        status=settlement.status.value,
        content_hash=row.content_hash,
        pairs=[SettledPair(**vars(pair)) for pair in settlement.pairs],
        points=[
            _point(point, production_wmin.get(point.prm), classes.get(point.prm, {}))
            for point in settlement.points
        ],
        keys=[
            _key(period)
            for period in kinds_in_force(timeline, month.first_day, month.next_first_day)
        ],
    )


def _key(period: KeyPeriod) -> KeyInForce:
    assert period.valid_to is not None
    return KeyInForce(kind=period.kind, valid_from=period.valid_from, valid_to=period.valid_to)


def _point(
    point: PointTotal, by_day_wmin: Sequence[int] | None, by_class_wmin: Mapping[str, int]
) -> SettledPoint:
    """Build a point. Days are our own measurements: the DSO may have settled another month."""
    is_production = point.direction is Direction.PRODUCTION
    agrees = by_day_wmin is not None and sum(by_day_wmin) == point.metered_wmin
    days = by_day_wmin if is_production and agrees else None
    return SettledPoint(
        **vars(point),
        metered_by_day_wmin=days,
        shared_by_class_wmin={} if is_production else dict(by_class_wmin),
    )


async def _revised(
    session: AsyncSession, before: SettlementRow, after: SettlementRow
) -> list[SettlementRevised]:
    kept_before, kept_after = settlements.read_kept(before), settlements.read_kept(after)
    frozen = await settlement_inputs.list_inputs(session, names_of_changes(kept_before, kept_after))

    def compared() -> list[SettlementRevised]:
        batches = list(in_parts(compare(kept_before, kept_after, frozen), _MAX_FIGURES))
        return [
            SettlementRevised(
                time=after.closed_at,
                operation_id=kept_after.settlement.operation_id,
                month=after.month,
                number=after.number,
                supersedes=before.number,
                status=kept_after.settlement.status.value,
                content_hash=after.content_hash,
                part=number,
                parts=len(batches),
                differences=[_revised_pair(change) for change in changes],
            )
            for number, changes in enumerate(batches, start=1)
        ]

    # Off the event loop, as heartbeats must not wait for arithmetic.
    return await asyncio.to_thread(compared)


def _revised_pair(change: PairChange) -> RevisedPair:
    return RevisedPair(
        producer=change.producer,
        consumer=change.consumer,
        days=[
            RevisedDay(
                day=day.day,
                by_hour_wmin=day.by_hour_wmin,
                by_half_hour_wmin=dict(day.by_half_hour_wmin),
                unknown_hour_wmin=day.unknown_hour_wmin,
            )
            for day in change.days
        ],
    )
