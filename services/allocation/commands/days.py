"""Allocate the days for which something has changed."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import Month
from libs.common.clock import now_in
from libs.common.events.allocation import DayHeldUp, DayShare, MissingSteps, SharesAllocated
from libs.common.ids import Direction, OperationId
from libs.common.rounds.attempts import attempt
from services.allocation.commands.challenges import measure_days
from services.allocation.domain.days import DayFacts, DayResult, DayStatus, decide_day, failed
from services.allocation.store import copies, days, policies, purges, stale
from services.allocation.store.keys.in_force import list_ruling_keys
from services.allocation.store.settlements import stale_settlements
from services.allocation.store.stale import OperationDay

# A month of an operation. Shares are held in memory: 4 MB a day for 2,000 consumers, 5 producers.
_BATCH_DAYS = 32

_NAMED_POINTS = 50  # of an operation's thousands, when all their readings are awaited

_Known = Mapping[OperationDay, tuple[int, str | None]]

_log = structlog.get_logger(__name__)


async def allocate_stale_days(session: AsyncSession) -> bool:
    """Allocate a batch of stale days; return whether there may be more to do at once.

    A day allocated before with the same inputs keeps its revision. A day that has become incomplete
    loses its shares and keeps its revision for the next allocation to continue from. So does a day
    that meets a bug: it is `failed` until something changes, and stops no other. A purged day stays
    purged: late readings are only a part of it.
    """
    marked, more = await stale.claim_stale_days(session, _BATCH_DAYS)
    purged = await purges.list_purged(session, marked)
    claimed = [operation_day for operation_day in marked if operation_day not in purged]
    if not claimed:
        return more
    async with attempt(session) as batch:
        await _allocate(session, claimed)
    if batch.error is not None:
        _log.warning("days failed, trying one by one", error=type(batch.error).__name__)
        # In one order, or two that do this could wait for each other.
        for operation_id, day in sorted(claimed):
            await _allocate_or_fail(session, operation_id, day)
    await _measure(session, claimed)
    return more


async def _measure(session: AsyncSession, claimed: Sequence[OperationDay]) -> None:
    """Update members' challenges; whatever that raises stops no day."""
    async with attempt(session) as measuring:
        await measure_days(session, claimed)
    if measuring.error is not None:
        bug = measuring.error
        _log.error("days cannot be measured for challenges", error=type(bug).__name__, exc_info=bug)


async def _allocate_or_fail(session: AsyncSession, operation_id: OperationId, day: date) -> None:
    async with attempt(session) as allocating:
        await _allocate(session, [(operation_id, day)])
    if allocating.error is None:
        return
    known_days = await days.list_known_days(session, [(operation_id, day)])
    await _save(session, [failed(operation_id, day, allocating.error)], known_days)
    _log.error(
        "day cannot be allocated",
        operation_id=operation_id,
        day=day.isoformat(),
        error=type(allocating.error).__name__,
    )


async def _allocate(session: AsyncSession, claimed: Sequence[OperationDay]) -> None:
    facts = await load_facts(session, claimed)
    known_days = await days.list_known_days(session, claimed)
    # Off the event loop, as heartbeats must not wait for arithmetic.
    await _save(session, await asyncio.to_thread(_decide, facts, known_days), known_days)


async def _save(session: AsyncSession, results: Sequence[DayResult], known_days: _Known) -> None:
    revisions = {
        (result.operation_id, result.day): _next_revision(
            result, known_days.get((result.operation_id, result.day))
        )
        for result in results
    }
    await days.save_days(session, results, revisions)
    await stale_settlements.mark_outdated(
        session, ((result.operation_id, Month.of(result.day)) for result in results)
    )
    now = now_in(session)
    events = await asyncio.to_thread(_events, results, revisions, now)
    await messaging.publish(session, *events, *_held_up(results, known_days, now))


async def load_facts(session: AsyncSession, claimed: Sequence[OperationDay]) -> list[DayFacts]:
    """Return the facts in the order given; the operations must be known."""
    operations = {operation_id for operation_id, _ in claimed}
    perimeters = await copies.list_perimeters(session, operations)
    blocks = await copies.list_reading_blocks(session, claimed)
    chosen = await policies.list_policies(session, operations)
    keys = await list_ruling_keys(session, claimed, perimeters)
    return [
        DayFacts(
            operation_id=operation_id,
            day=day,
            step_min=perimeters[operation_id].step_on(day),
            participants=perimeters[operation_id].participants_on(day),
            blocks=blocks.get((operation_id, day), {}),
            key=ruling.key if (ruling := keys.get((operation_id, day))) else None,
            missing_readings=chosen[operation_id].missing_readings,
            basis=ruling.basis if ruling else None,
        )
        for operation_id, day in claimed
    ]


def _decide(facts: Sequence[DayFacts], known_days: _Known) -> list[DayResult]:
    """Decide the days, and leave out those whose inputs have not changed."""
    results = []
    for day_facts in facts:
        _, known_hash = known_days.get((day_facts.operation_id, day_facts.day), (0, None))
        result = decide_day(day_facts, known_hash=known_hash)
        if result is not None:
            results.append(result)
    return results


def _next_revision(result: DayResult, known_day: tuple[int, str | None] | None) -> int:
    last_revision = known_day[0] if known_day else 0
    return last_revision + 1 if result.status == DayStatus.ALLOCATED else last_revision


def _events(
    results: Sequence[DayResult], revisions: Mapping[OperationDay, int], now: datetime
) -> list[SharesAllocated]:
    return [
        SharesAllocated(
            time=now,
            operation_id=OperationId(result.operation_id),
            day=result.day,
            revision=revisions[result.operation_id, result.day],
            production_wmin=result.metered_wmin(Direction.PRODUCTION),
            consumption_wmin=result.metered_wmin(Direction.CONSUMPTION),
            shares=[
                DayShare(
                    producer=share.producer, consumer=share.consumer, energy_wmin=share.day_wmin
                )
                for share in result.shares
            ],
        )
        for result in results
        if result.status == DayStatus.ALLOCATED
    ]


def _held_up(results: Sequence[DayResult], known_days: _Known, now: datetime) -> list[DayHeldUp]:
    """Return the events of days without shares, and of days that had none and now have some."""
    return [
        DayHeldUp(
            time=now,
            operation_id=OperationId(result.operation_id),
            day=result.day,
            status=result.status.value,
            missing_points=len(missing),
            missing=[MissingSteps(**vars(gap)) for gap in missing[:_NAMED_POINTS]],
            key_missing_steps=result.key_missing_steps,
        )
        for result, missing in (
            # Missing readings of an allocated day hold up nothing.
            (result, () if result.status == DayStatus.ALLOCATED else result.missing)
            for result in results
        )
        if result.status != DayStatus.ALLOCATED or _had_no_shares(known_days, result)
    ]


def _had_no_shares(known_days: _Known, result: DayResult) -> bool:
    _, inputs_hash = known_days.get((result.operation_id, result.day), (0, ""))
    return inputs_hash is None
