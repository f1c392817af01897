"""Freeze the shares of a month, and freeze them anew when something has changed."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.events.allocation import (
    RevisedDay,
    RevisedPair,
    SettledPair,
    SettledPoint,
    SettlementClosed,
    SettlementRevised,
)
from libs.common.ids import OperationId
from libs.common.messaging.consumer import is_fault
from services.allocation.commands.days import load_facts
from services.allocation.domain.days import MonthDay
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.settlements import (
    DaysWaiting,
    Settlement,
    check_settleable,
    hash_content,
)
from services.allocation.domain.settlements.differences import (
    PairChange,
    compare,
    in_parts,
    names_of_changes,
)
from services.allocation.domain.settlements.inputs import freeze_month
from services.allocation.domain.settlements.rebuild import (
    InputsNotKept,
    Verification,
    verify,
)
from services.allocation.store import (
    copies,
    days,
    settlement_inputs,
    settlements,
    stale,
    stale_settlements,
    timelines,
)
from services.allocation.tables import SettlementRow

# With a figure of about ten bytes, an event stays far below the largest record of the log.
_MAX_FIGURES = 300_000
_DUE_MONTHS = 20

_log = structlog.get_logger(__name__)


async def close_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> tuple[SettlementRow, bool]:
    """Settle a month, and say if it is news; the content of the last settlement gives that one.

    A new one supersedes the last, and says by how much.
    Raises OperationUnknown, NothingToSettle, DaysWaiting, DaysIncomplete.
    """
    # It also waits for the workers, so the days below are not replaced while we read them.
    await stale.lock_operations(session, [operation_id])
    perimeter = await copies.get_perimeter(session, operation_id)
    month_days = await _list_settleable_days(session, perimeter, month)
    settlement = await settlements.read_settlement(session, operation_id, month)
    last = await settlements.find_last_settlement(session, operation_id, month)
    await stale_settlements.remove_mark(session, operation_id, month)
    if last is not None and settlement.is_written(last.content):
        return last, False
    row = SettlementRow(
        operation_id=operation_id,
        month=str(month),
        number=last.number + 1 if last else 1,
        status=settlement.status,
        closed_at=datetime.now(UTC),
        revisions={one.day.isoformat(): one.revision for one in month_days},
        content=settlement.canonical,
        content_hash=hash_content(settlement.canonical),
        inputs=await _freeze_inputs(session, perimeter, month, [one.day for one in month_days]),
    )
    # Readings are recorded at any time: those just frozen are those of the shares above, or else
    # their day is stale by now.
    await _list_settleable_days(session, perimeter, month)
    await settlements.add_settlement(session, row)
    await messaging.publish(session, _closed(row, settlement))
    if last is not None:
        await messaging.publish(session, *await _revised(session, last, row))
    return row, True


async def _list_settleable_days(
    session: AsyncSession, perimeter: Perimeter, month: Month
) -> list[MonthDay]:
    month_days = await days.list_month_days(session, perimeter, month)
    check_settleable(month, month_days)
    return month_days


async def _freeze_inputs(
    session: AsyncSession, perimeter: Perimeter, month: Month, month_days: Sequence[date]
) -> dict[str, Any]:
    """Keep all that the days depend on; return the names."""
    operation_id = perimeter.operation_id
    facts = await load_facts(session, [(operation_id, day) for day in month_days])
    revisions = await settlement_inputs.list_reading_revisions(session, operation_id, month)
    timeline = await timelines.get_timeline(session, operation_id)
    inputs, frozen = await asyncio.to_thread(
        freeze_month,
        facts,
        perimeter_revision=perimeter.revision,
        timeline=timeline,
        revisions=revisions,
    )
    await settlement_inputs.add_inputs(session, frozen)
    return settlements.write_inputs(inputs)


def _closed(row: SettlementRow, settlement: Settlement) -> SettlementClosed:
    return SettlementClosed(
        time=row.closed_at,
        operation_id=settlement.operation_id,
        month=row.month,
        number=row.number,
        status=settlement.status.value,
        content_hash=row.content_hash,
        pairs=[SettledPair(**vars(pair)) for pair in settlement.pairs],
        points=[SettledPoint(**vars(point)) for point in settlement.points],
    )


async def _revised(
    session: AsyncSession, before: SettlementRow, after: SettlementRow
) -> list[SettlementRevised]:
    old, new = settlements.read_kept(before), settlements.read_kept(after)
    frozen = await settlement_inputs.list_inputs(session, names_of_changes(old, new))
    changes = await asyncio.to_thread(compare, old, new, frozen)
    parts = list(in_parts(changes, _MAX_FIGURES))
    return [
        SettlementRevised(
            time=after.closed_at,
            operation_id=OperationId(after.operation_id),
            month=after.month,
            number=after.number,
            supersedes=before.number,
            status=new.settlement.status.value,
            content_hash=after.content_hash,
            part=part,
            parts=len(parts),
            differences=[_revised_pair(change) for change in of_part],
        )
        for part, of_part in enumerate(parts, start=1)
    ]


def _revised_pair(change: PairChange) -> RevisedPair:
    return RevisedPair(
        producer=change.producer,
        consumer=change.consumer,
        days=[
            RevisedDay(
                day=day.day,
                by_hour_wmin=day.by_hour_wmin,
                unknown_hour_wmin=day.unknown_hour_wmin,
            )
            for day in change.days
        ],
    )


async def settle_outdated_month(session: AsyncSession) -> bool:
    """Settle one month anew that something has changed for; return whether one was due.

    One that cannot be settled, or that meets a bug, keeps its mark and says why; it is tried
    again when something changes.
    """
    for operation_id, month in await stale_settlements.list_due(session, _DUE_MONTHS):
        if not await stale.try_lock_operation(session, operation_id):
            continue
        # Another process may have settled it while we looked.
        mark = await stale_settlements.find_mark(session, operation_id, month)
        if mark is None or mark.refusal is not None:
            continue
        await _settle_or_say_why(session, operation_id, month)
        return True
    return False


async def _settle_or_say_why(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> None:
    # This is the supervisor loop of months: whatever one of them raises, others must go on.
    try:
        async with session.begin_nested():
            await close_settlement(session, operation_id, month)
    except DaysWaiting:
        # Readings came since we looked; it is due again when they are allocated.
        return
    except Problem as problem:
        await stale_settlements.set_refusal(session, operation_id, month, _refusal(problem))
    except Exception as error:
        if is_fault(error):
            raise
        # Only the class of the error, as its text may hold personal data.
        bug = {"title": "Settling the month met a bug", "detail": type(error).__name__}
        await stale_settlements.set_refusal(session, operation_id, month, bug)
        _log.error(
            "month cannot be settled",
            operation_id=operation_id,
            month=str(month),
            error=type(error).__name__,
        )


def _refusal(problem: Problem) -> dict[str, object]:
    named = {"type": problem.type_uri, "title": problem.title, "detail": problem.detail}
    return named | problem.facts


async def verify_settlement(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> Verification:
    """Make a settlement again from its frozen inputs and compare.

    Raises SettlementNotFound, or InputsNotKept for one that was closed before inputs were kept.
    """
    row = await settlements.get_settlement(session, operation_id, month, number)
    kept = settlements.read_kept(row)
    if kept.inputs is None:
        raise InputsNotKept(f"Settlement {number} of {month} is older than the keeping of inputs.")
    frozen = await settlement_inputs.list_inputs(session, kept.inputs.hashes)
    return await asyncio.to_thread(
        verify,
        operation_id,
        month,
        content=row.content,
        content_hash=row.content_hash,
        inputs=kept.inputs,
        frozen=frozen,
    )
