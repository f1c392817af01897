"""Publish the half-hours of a settlement."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.events.allocation import DetailedPair, SettlementDetailed
from services.allocation.commands.settlements.drafts import SettlementDraft
from services.allocation.domain.settlements import Settlement
from services.allocation.domain.settlements.details import (
    classes_of_shares,
    detail_pairs,
    details_in_parts,
)
from services.allocation.domain.settlements.differences import ClassesByDay
from services.allocation.domain.settlements.rebuild import ClassesOfDay, classes_by_day
from services.allocation.store.shares import list_step_shares
from services.allocation.tables import SettlementRow

# With a figure of about seven bytes, an event stays far below the largest record of the log.
_MAX_FIGURES = 300_000
# Days of pairs, each with the steps of the day, that are in memory at once.
_MAX_BLOCKS = 10_000


async def publish_details(
    session: AsyncSession, draft: SettlementDraft, row: SettlementRow
) -> None:
    """Publish by half-hour the shares of the settlement of ``row``, which ``draft`` repeats.

    The caller holds the operation's lock, under which days are not replaced.
    """
    classes = await _load_classes(session, draft)
    details = detail_pairs(draft.settlement, classes)
    batches = await asyncio.to_thread(lambda: list(details_in_parts(details, _MAX_FIGURES)))
    for number, pairs in enumerate(batches, start=1):
        # One by one: each is megabytes of numbers.
        event = SettlementDetailed(
            time=row.closed_at,
            operation_id=draft.settlement.operation_id,
            month=row.month,
            number=row.number,
            part=number,
            parts=len(batches),
            pairs=[DetailedPair(**vars(pair)) for pair in pairs],
        )
        await messaging.publish(session, event)


async def _load_classes(session: AsyncSession, draft: SettlementDraft) -> ClassesByDay:
    inputs, settlement = draft.inputs, draft.settlement
    if inputs.is_by_month:
        return {}
    # On days without shares nothing was shared in any half-hour.
    classes: dict[date, ClassesOfDay] = {day: {} for day in settlement.month.days}
    if inputs.dso_days:
        frozen = {day_input.hash: day_input for day_input in draft.frozen}
        days = inputs.by_step
        return classes | await asyncio.to_thread(
            classes_by_day, settlement.operation_id, inputs, frozen, days
        )
    async for batch_classes in _own_classes(session, settlement):
        classes |= batch_classes
    return classes


async def _own_classes(
    session: AsyncSession, settlement: Settlement
) -> AsyncIterator[ClassesByDay]:
    days = settlement.month.days
    # A large operation has hundreds of megabytes of steps a month: read some days at a time.
    at_once = max(_MAX_BLOCKS // max(len(settlement.pairs), 1), 1)
    for begin in range(0, len(days), at_once):
        batch_days = days[begin : begin + at_once]
        shares = await list_step_shares(session, settlement.operation_id, batch_days)
        yield await asyncio.to_thread(classes_of_shares, shares)
