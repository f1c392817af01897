"""Advance challenges as days pass: follow perimeters, notify halfway, freeze results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.ids import OperationId
from services.community.commands.challenges.challenges import notification
from services.community.commands.challenges.flow import publish_entries
from services.community.commands.messages.notifications import notify
from services.community.domain.challenges.challenge import Challenge, ChallengePeriod, State
from services.community.domain.challenges.effort import (
    Effort,
    Judgement,
    Measured,
    judge,
    together,
)
from services.community.domain.messages.notifications import NotificationKind
from services.community.store import challenges as store
from services.community.tables import ChallengeEntryRow, ChallengeRow


async def follow_next_perimeter(session: AsyncSession) -> bool:
    """Republish a challenge's points after its perimeter changed; return False if none did."""
    row = await store.lock_next_outdated(session)
    if row is None:
        return False
    await publish_entries(session, row)
    return True


async def look_after(
    session: AsyncSession, operation_id: OperationId, challenge_id: UUID, *, now: datetime
) -> None:
    """Do what the day requires of the challenge; any number of processes may call it."""
    announced = await store.get_challenge(session, operation_id, challenge_id, with_drafts=True)
    challenge, today = store.to_challenge(announced), local_day(now)
    is_midway = announced.midway_at is None and _has_come(challenge.midway_day, today)
    if not is_midway and not _has_come(challenge.settled_from, today):
        return
    row = await store.lock_challenge(session, operation_id, challenge_id)
    if row.state == State.ANNOUNCED:
        await _notify_midway(session, row, now=now)
        await _freeze_if_due(session, row, now=now)


def _has_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today


async def _notify_midway(session: AsyncSession, row: ChallengeRow, *, now: datetime) -> None:
    """Notify the entrants halfway through, once."""
    day = store.to_challenge(row).midway_day
    if row.midway_at is not None or day is None or local_day(now) < day:
        return
    row.midway_at = now
    await session.flush()
    if local_day(now) <= row.last_day:  # afterwards the result says more
        await _notify_entrants(session, row, NotificationKind.CHALLENGE_MIDWAY)


async def _freeze_if_due(session: AsyncSession, row: ChallengeRow, *, now: datetime) -> None:
    """Make the result final, and delete the measures."""
    challenge, today = store.to_challenge(row), local_day(now)
    if today < challenge.settled_from:
        return
    judged_entries = await judge_entries(session, row)
    if today < challenge.frozen_from and not await _is_complete(session, challenge, judged_entries):
        return
    for judged_entry in judged_entries:
        judged_entry.row.outcome = judged_entry.judgement.outcome
        judged_entry.row.effort_permille = judged_entry.judgement.effort_permille
    group = group_effort(judged_entries)
    row.group_effort_percent = None if group is None else group.percent
    row.state, row.frozen_at = State.FROZEN, now
    await session.flush()
    await store.delete_measures(session, row.id)
    await publish_entries(session, row)
    await _notify_entrants(session, row, NotificationKind.CHALLENGE_RESULT)


@dataclass(frozen=True)
class JudgedEntry:
    """An entry, its measures, and the judgement they lead to."""

    row: ChallengeEntryRow
    days: Mapping[date, Measured]
    judgement: Judgement


async def judge_entries(session: AsyncSession, row: ChallengeRow) -> list[JudgedEntry]:
    """Judge the entries by today's measures, in order of id."""
    challenge = store.to_challenge(row)
    measures = await store.map_measures(session, row.id)
    return [
        JudgedEntry(entry, measures.get(entry.id, {}), judge(challenge, measures.get(entry.id, {})))
        for entry in await store.list_entries(session, row.id)
    ]


def group_effort(judged_entries: Sequence[JudgedEntry]) -> Effort | None:
    return together(
        judged_entry.judgement.effort
        for judged_entry in judged_entries
        if judged_entry.judgement.effort is not None
    )


async def _is_complete(
    session: AsyncSession, challenge: Challenge, judged_entries: Sequence[JudgedEntry]
) -> bool:
    """Return whether every entry has a measure for each day on which its member takes part."""
    periods = {
        entry.id: challenge.period(stays)
        for entry, stays in await store.list_participations(session, challenge)
    }
    return all(_has_all(challenge, judged_entry, periods) for judged_entry in judged_entries)


def _has_all(
    challenge: Challenge, judged_entry: JudgedEntry, periods: Mapping[UUID, ChallengePeriod | None]
) -> bool:
    period = periods.get(judged_entry.row.id)
    if period is None:
        return True
    counted_days = {
        day for day in challenge.counted_days if period.first_day <= day < period.end_day
    }
    return counted_days <= judged_entry.days.keys()


async def _notify_entrants(
    session: AsyncSession, row: ChallengeRow, kind: NotificationKind
) -> None:
    member_ids = {entry.member_id for entry in await store.list_entries(session, row.id)}
    await notify(session, await notification(session, row, kind), member_ids)
