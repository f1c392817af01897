"""Measure what members agreed to for challenges, and publish it."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.calendar import days_between
from libs.common.clock import now_in
from libs.common.events.allocation import ChallengeMeasured, MeasuredDay
from libs.common.events.community import ChallengeChanged
from services.allocation.domain.challenges import (
    Challenge,
    ChallengeEntry,
    Measured,
    measure,
    merged,
)
from services.allocation.domain.curves import Block
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.share_frames import StepShares
from services.allocation.store import challenges as store
from services.allocation.store import copies, stale
from services.allocation.store.stale import OperationDay

_Due = Sequence[tuple[ChallengeEntry, date]]
_Changes = Mapping[UUID, Mapping[date, Measured | None]]


async def record_challenges(session: AsyncSession, events: Sequence[ChallengeChanged]) -> None:
    """Keep the highest revision of each, forget entries that it drops, and measure new ones."""
    latest_by_challenge = {
        event.challenge_id: event for event in sorted(events, key=lambda event: event.revision)
    }
    # Before any read, or a worker that reads now could write later (store/stale.py).
    await stale.lock_operations(
        session, {event.operation_id for event in latest_by_challenge.values()}
    )
    for event in latest_by_challenge.values():
        challenge = _challenge(event)
        changed = await store.save_challenge(session, challenge)
        if changed:
            entries = [entry for entry in challenge.entries if entry.id in changed]
            changed_challenge = replace(challenge, entries=entries)
            await _measure(
                session, changed_challenge, changed_challenge.list_due(_all_days(entries))
            )


def _challenge(event: ChallengeChanged) -> Challenge:
    return Challenge(
        id=event.challenge_id,
        operation_id=event.operation_id,
        revision=event.revision,
        half_hours=event.half_hours,
        weekdays=event.weekdays,
        with_shares=event.with_shares,
        entries=[
            ChallengeEntry(entry.entry_id, entry.prm, entry.first_day, entry.end_day)
            for entry in event.entries
        ],
    )


def _all_days(entries: Sequence[ChallengeEntry]) -> Sequence[date]:
    first, end = min(entry.first_day for entry in entries), max(entry.end_day for entry in entries)
    return days_between(first, max(first, end))


async def measure_days(session: AsyncSession, claimed: Sequence[OperationDay]) -> None:
    """Measure the entries of challenges after these days, or their shares, have changed."""
    days = defaultdict[str, list[date]](list)
    for operation_id, day in claimed:
        days[operation_id].append(day)
    operations = {operation_id for operation_id, _ in claimed}
    for challenge in await store.list_challenges(session, operations):
        if due := challenge.list_due(days[challenge.operation_id]):
            await _measure(session, challenge, due)


async def _measure(session: AsyncSession, challenge: Challenge, due: _Due) -> None:
    """Publish each entry that has changed; an unchanged one is not published again."""
    changes = await _measured(session, challenge, due) if due else {}
    for row in await store.lock_entries(session, [entry.id for entry in challenge.entries]):
        known_days = store.known_days(row)
        days_within = {
            day: measured
            for day, measured in known_days.items()
            if row.first_day <= day < row.end_day
        }
        measured_days = merged(days_within, changes.get(row.id, {}))
        if measured_days == known_days:
            continue
        store.set_days(row, measured_days)
        row.revision += 1
        await session.flush()
        event = _event(challenge, row.id, row.revision, measured_days, now=now_in(session))
        await messaging.publish(session, event)


async def _measured(session: AsyncSession, challenge: Challenge, due: _Due) -> _Changes:
    operation_id = challenge.operation_id
    perimeter = (await copies.list_perimeters(session, [operation_id])).get(operation_id)
    if perimeter is None:
        return {}
    prms, days = {entry.prm for entry, _ in due}, {day for _, day in due}
    blocks = await store.list_consumption(session, operation_id, prms, days)
    shares: Mapping[store.PrmDay, Sequence[StepShares]] = {}
    if challenge.with_shares:
        shares = await store.list_shares(session, operation_id, prms, days)
    # Off the event loop, as heartbeats must not wait for arithmetic.
    return await asyncio.to_thread(_compute, challenge, perimeter, due, blocks, shares)


def _compute(
    challenge: Challenge,
    perimeter: Perimeter,
    due: _Due,
    blocks: Mapping[store.PrmDay, Sequence[Block]],
    shares: Mapping[store.PrmDay, Sequence[StepShares]],
) -> _Changes:
    changes = defaultdict[UUID, dict[date, Measured | None]](dict)
    for entry, day in due:
        point_day = entry.prm, day
        measured = measure(
            challenge, day, perimeter.step_on(day), blocks.get(point_day, ()), shares.get(point_day)
        )
        changes[entry.id][day] = measured
    return changes


def _event(
    challenge: Challenge,
    entry_id: UUID,
    revision: int,
    days: Mapping[date, Measured],
    *,
    now: datetime,
) -> ChallengeMeasured:
    return ChallengeMeasured(
        time=now,
        operation_id=challenge.operation_id,
        challenge_id=challenge.id,
        entry_id=entry_id,
        revision=revision,
        days=[
            MeasuredDay(
                day=day,
                consumption_wmin=measured.consumption_wmin,
                shared_wmin=measured.shared_wmin,
            )
            for day, measured in days.items()
        ],
    )
