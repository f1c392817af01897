"""Allocate the days that something has changed for."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import Month
from libs.common.clock import now_in
from libs.common.events.allocation import DayHeldUp, DayShare, MissingSteps, SharesAllocated
from libs.common.faults import is_fault
from libs.common.ids import Direction, OperationId
from services.allocation.commands.challenges import measure_days
from services.allocation.domain.days import DayFacts, DayResult, DayStatus, decide_day, failed
from services.allocation.store import copies, days, policies, purges, stale, stale_settlements
from services.allocation.store.keys_in_force import list_keys_in_force
from services.allocation.store.stale import OperationDay

# A month of an operation. Shares are held in memory: 4 MB a day for 2,000 consumers, 5 producers.
_BATCH_DAYS = 32

_NAMED_POINTS = 50  # of an operation's thousands, when all their readings are awaited

_Known = Mapping[OperationDay, tuple[int, str | None]]

_log = structlog.get_logger(__name__)


async def allocate_stale_days(session: AsyncSession) -> bool:
    """Allocate a batch of stale days; return whether there may be more to do at once.

    A day with the inputs that it was allocated with keeps its revision. One that has become
    incomplete loses its shares and keeps its revision for the next allocation to go on from; so
    does one that meets a bug: it is `failed` until something changes, and stops no other. One that
    was purged stays so: what comes late of it is only a part.
    """
    marked, more = await stale.claim_stale_days(session, _BATCH_DAYS)
    purged = await purges.list_purged(session, marked)
    claimed = [one for one in marked if one not in purged]
    if not claimed:
        return more
    # This is the supervisor loop of days: whatever one of them raises, the others must go on.
    try:
        async with session.begin_nested():
            await _allocate(session, claimed)
    except Exception as error:
        if is_fault(error):
            raise
        _log.warning("days failed, trying one by one", error=type(error).__name__)
        for operation_id, day in claimed:
            await _allocate_or_fail(session, operation_id, day)
    await _measure(session, claimed)
    return more


async def _measure(session: AsyncSession, claimed: Sequence[OperationDay]) -> None:
    """Follow the challenges of members; as above, whatever that raises stops no day."""
    try:
        async with session.begin_nested():
            await measure_days(session, claimed)
    except Exception as error:
        if is_fault(error):
            raise
        _log.exception("days cannot be measured for challenges", error=type(error).__name__)


async def _allocate_or_fail(session: AsyncSession, operation_id: OperationId, day: date) -> None:
    try:
        async with session.begin_nested():
            await _allocate(session, [(operation_id, day)])
    except Exception as error:
        if is_fault(error):
            raise
        known = await days.list_known_days(session, [(operation_id, day)])
        await _save(session, [failed(operation_id, day, error)], known)
        _log.error(
            "day cannot be allocated",
            operation_id=operation_id,
            day=day.isoformat(),
            error=type(error).__name__,
        )


async def _allocate(session: AsyncSession, claimed: Sequence[OperationDay]) -> None:
    facts = await load_facts(session, claimed)
    known = await days.list_known_days(session, claimed)
    # Off the event loop, as heartbeats must not wait for arithmetic.
    await _save(session, await asyncio.to_thread(_decide, facts, known), known)


async def _save(session: AsyncSession, results: Sequence[DayResult], known: _Known) -> None:
    revisions = {
        (one.operation_id, one.day): _next_revision(one, known.get((one.operation_id, one.day)))
        for one in results
    }
    await days.save_days(session, results, revisions)
    await stale_settlements.mark_outdated(
        session, ((one.operation_id, Month.of(one.day)) for one in results)
    )
    now = now_in(session)
    events = await asyncio.to_thread(_events, results, revisions, now)
    await messaging.publish(session, *events, *_held_up(results, known, now))


async def load_facts(session: AsyncSession, claimed: Sequence[OperationDay]) -> list[DayFacts]:
    """In the order given; the operations must be known."""
    operations = {operation_id for operation_id, _ in claimed}
    perimeters = await copies.list_perimeters(session, operations)
    blocks = await copies.list_reading_blocks(session, claimed)
    chosen = await policies.list_policies(session, operations)
    keys = await list_keys_in_force(session, claimed, perimeters)
    return [
        DayFacts(
            operation_id=operation_id,
            day=day,
            step_min=perimeters[operation_id].step_on(day),
            participants=perimeters[operation_id].participants_on(day),
            blocks=blocks.get((operation_id, day), {}),
            key=keys.get((operation_id, day)),
            missing_readings=chosen[operation_id].missing_readings,
        )
        for operation_id, day in claimed
    ]


def _decide(facts: Sequence[DayFacts], known: _Known) -> list[DayResult]:
    """Leaves out the days whose inputs have not changed."""
    results = []
    for one in facts:
        _, known_hash = known.get((one.operation_id, one.day), (0, None))
        result = decide_day(one, known_hash=known_hash)
        if result is not None:
            results.append(result)
    return results


def _next_revision(result: DayResult, known: tuple[int, str | None] | None) -> int:
    last = known[0] if known else 0
    return last + 1 if result.status == DayStatus.ALLOCATED else last


def _events(
    results: Sequence[DayResult], revisions: Mapping[OperationDay, int], now: datetime
) -> list[SharesAllocated]:
    return [
        SharesAllocated(
            time=now,
            operation_id=OperationId(one.operation_id),
            day=one.day,
            revision=revisions[one.operation_id, one.day],
            production_wmin=one.metered_wmin(Direction.PRODUCTION),
            consumption_wmin=one.metered_wmin(Direction.CONSUMPTION),
            shares=[
                DayShare(
                    producer=share.producer, consumer=share.consumer, energy_wmin=share.day_wmin
                )
                for share in one.shares
            ],
        )
        for one in results
        if one.status == DayStatus.ALLOCATED
    ]


def _held_up(results: Sequence[DayResult], known: _Known, now: datetime) -> list[DayHeldUp]:
    """Of days without shares, and of those that had none and have some now."""
    return [
        DayHeldUp(
            time=now,
            operation_id=OperationId(one.operation_id),
            day=one.day,
            status=one.status.value,
            missing_points=len(missing),
            missing=[MissingSteps(**vars(gap)) for gap in missing[:_NAMED_POINTS]],
            key_missing_steps=one.key_missing_steps,
        )
        for one, missing in (
            # Of an allocated day they hold up nothing.
            (one, () if one.status == DayStatus.ALLOCATED else one.missing)
            for one in results
        )
        if one.status != DayStatus.ALLOCATED or _had_no_shares(known, one)
    ]


def _had_no_shares(known: _Known, result: DayResult) -> bool:
    _, inputs_hash = known.get((result.operation_id, result.day), (0, ""))
    return inputs_hash is None
