"""What becomes of challenges as days pass: followed, told halfway, frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.ids import OperationId
from services.community.commands.challenge_flow import tell_entries
from services.community.commands.challenges import notification
from services.community.commands.notifications import notify
from services.community.domain.challenges.challenge import Challenge, Period, State
from services.community.domain.challenges.effort import (
    Effort,
    Judgement,
    Measured,
    judge,
    together,
)
from services.community.domain.notifications import NotificationKind
from services.community.store import challenges as store
from services.community.tables import ChallengeEntryRow, ChallengeRow


async def follow_next_perimeter(session: AsyncSession) -> bool:
    """Tell anew who is measured where a perimeter has changed; whether there was one."""
    row = await store.lock_next_outdated(session)
    if row is None:
        return False
    await tell_entries(session, row)
    return True


async def look_after(
    session: AsyncSession, operation_id: OperationId, challenge_id: UUID, *, now: datetime
) -> None:
    """Do what the day asks for, if anything; any number of processes may."""
    known = await store.get_challenge(session, operation_id, challenge_id, with_drafts=True)
    challenge, today = store.to_challenge(known), local_day(now)
    is_midway = known.midway_at is None and _has_come(challenge.midway_day, today)
    if not is_midway and not _has_come(challenge.settled_from, today):
        return
    row = await store.lock_challenge(session, operation_id, challenge_id)
    if row.state == State.ANNOUNCED:
        await _tell_midway(session, row, now=now)
        await _freeze_if_due(session, row, now=now)


def _has_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today


async def _tell_midway(session: AsyncSession, row: ChallengeRow, *, now: datetime) -> None:
    """Those who take part, once."""
    day = store.to_challenge(row).midway_day
    if row.midway_at is not None or day is None or local_day(now) < day:
        return
    row.midway_at = now
    await session.flush()
    if local_day(now) <= row.last_day:  # later, the result tells more
        await _tell_entrants(session, row, NotificationKind.CHALLENGE_MIDWAY)


async def _freeze_if_due(session: AsyncSession, row: ChallengeRow, *, now: datetime) -> None:
    """Make the result final, and forget what was measured."""
    challenge, today = store.to_challenge(row), local_day(now)
    if today < challenge.settled_from:
        return
    judged = await judge_entries(session, row)
    if today < challenge.frozen_from and not await _is_complete(session, challenge, judged):
        return
    for one in judged:
        one.row.outcome = one.judgement.outcome
        one.row.effort_permille = one.judgement.effort_permille
    group = group_effort(judged)
    row.group_effort_percent = None if group is None else group.percent
    row.state, row.frozen_at = State.FROZEN, now
    await session.flush()
    await store.delete_measures(session, row.id)
    await tell_entries(session, row)
    await _tell_entrants(session, row, NotificationKind.CHALLENGE_RESULT)


@dataclass(frozen=True)
class Judged:
    """An entry, what is known of it, and what that comes to."""

    row: ChallengeEntryRow
    days: Mapping[date, Measured]
    judgement: Judgement


async def judge_entries(session: AsyncSession, row: ChallengeRow) -> list[Judged]:
    """As things are now, in order of id."""
    challenge = store.to_challenge(row)
    known = await store.map_measures(session, row.id)
    return [
        Judged(entry, known.get(entry.id, {}), judge(challenge, known.get(entry.id, {})))
        for entry in await store.list_entries(session, row.id)
    ]


def group_effort(judged: Sequence[Judged]) -> Effort | None:
    return together(one.judgement.effort for one in judged if one.judgement.effort is not None)


async def _is_complete(
    session: AsyncSession, challenge: Challenge, judged: Sequence[Judged]
) -> bool:
    """Whether each entry has each day on which its member takes part."""
    periods = {
        entry.id: challenge.period(stays)
        for entry, stays in await store.list_participations(session, challenge)
    }
    return all(_has_all(challenge, one, periods) for one in judged)


def _has_all(challenge: Challenge, one: Judged, periods: Mapping[UUID, Period | None]) -> bool:
    period = periods.get(one.row.id)
    if period is None:
        return True
    wanted = {day for day in challenge.counted_days if period.first_day <= day < period.end_day}
    return wanted <= one.days.keys()


async def _tell_entrants(session: AsyncSession, row: ChallengeRow, kind: NotificationKind) -> None:
    entered = {one.member_id for one in await store.list_entries(session, row.id)}
    await notify(session, await notification(session, row, kind), entered)
