"""Queries of challenges, their entries and their measures."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, delete, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.events.allocation import ChallengeMeasured
from libs.common.ids import Direction, OperationId, Prm
from services.community.domain.challenges.challenge import (
    Challenge,
    ChallengeKind,
    ChallengeWindow,
    State,
    Stay,
)
from services.community.domain.challenges.effort import Measured
from services.community.domain.challenges.problems import ChallengeUnknown
from services.community.domain.gatherings.recurrence import Weekday
from services.community.tables import (
    ChallengeEntryRow,
    ChallengeMeasureRow,
    ChallengeRow,
    OperationRow,
    ParticipationRow,
)


def to_challenge(row: ChallengeRow) -> Challenge:
    return Challenge(
        id=row.id,
        operation_id=row.operation_id,
        title=row.title,
        text=row.text,
        kind=ChallengeKind(row.kind),
        first_day=row.first_day,
        last_day=row.last_day,
        windows=[ChallengeWindow(start, end) for start, end in row.windows],
        weekdays=[Weekday(weekday) for weekday in row.weekdays],
        target_percent=row.target_percent,
        baseline_weeks=row.baseline_weeks,
        freeze_after_days=row.freeze_after_days,
    )


async def add_or_lock_challenge(
    session: AsyncSession, challenge: Challenge, *, at: datetime, by: str
) -> ChallengeRow:
    """Return the row of the challenge, locked; a new one is as described."""
    await lock_names(session, "challenge", [challenge.id])
    row = await session.get(
        ChallengeRow, challenge.id, populate_existing=True, with_for_update=True
    )
    if row is None:
        row = ChallengeRow(
            id=challenge.id,
            state=State.DRAFT,
            announced_at=None,
            cancelled_at=None,
            cancelled_reason=None,
            midway_at=None,
            frozen_at=None,
            revision=0,
            perimeter_revision=0,
            group_effort_percent=None,
        )
        set_draft(row, challenge, at=at, by=by)
        session.add(row)
        await session.flush()
    return row


def set_draft(row: ChallengeRow, challenge: Challenge, *, at: datetime, by: str) -> None:
    for name, value in vars(challenge).items():
        setattr(row, name, value)
    row.windows = [[window.start, window.end] for window in challenge.windows]
    row.weekdays = list(challenge.weekdays)
    row.drafted_at, row.drafted_by = at, by


async def get_challenge(
    session: AsyncSession, operation_id: OperationId, challenge_id: UUID, *, with_drafts: bool
) -> ChallengeRow:
    """Raises ChallengeUnknown, also for a hidden draft."""
    row = await session.get(ChallengeRow, challenge_id)
    is_hidden = row is not None and row.state == State.DRAFT and not with_drafts
    if row is None or row.operation_id != operation_id or is_hidden:
        raise ChallengeUnknown(f"{operation_id} has no challenge {challenge_id} for you.")
    return row


async def lock_challenge(
    session: AsyncSession, operation_id: OperationId, challenge_id: UUID
) -> ChallengeRow:
    """Make entries, withdrawals and the end of the challenge take turns.

    Raises ChallengeUnknown.
    """
    row = await session.get(
        ChallengeRow, challenge_id, populate_existing=True, with_for_update={"key_share": True}
    )
    if row is None or row.operation_id != operation_id:
        raise ChallengeUnknown(f"{operation_id} has no challenge {challenge_id} for you.")
    return row


async def list_challenges(
    session: AsyncSession,
    operation_id: OperationId,
    *,
    with_drafts: bool,
    after: UUID | None,
    limit: int,
) -> Sequence[ChallengeRow]:
    """List the latest first; after: the last one of the previous page. Raises ChallengeUnknown."""
    query = select(ChallengeRow).where(ChallengeRow.operation_id == operation_id)
    if not with_drafts:
        query = query.where(ChallengeRow.state != State.DRAFT)
    if after is not None:
        last = await get_challenge(session, operation_id, after, with_drafts=with_drafts)
        place = tuple_(ChallengeRow.first_day, ChallengeRow.id)
        query = query.where(place < (last.first_day, last.id))
    latest = query.order_by(ChallengeRow.first_day.desc(), ChallengeRow.id.desc())
    return (await session.scalars(latest.limit(limit))).all()


async def list_audience(
    session: AsyncSession, operation_id: OperationId, *, day: date
) -> Sequence[UUID]:
    """List the members who consume in the operation on that day."""
    query = select(ParticipationRow.member_id).where(
        ParticipationRow.operation_id == operation_id,
        ParticipationRow.direction == Direction.CONSUMPTION,
        ParticipationRow.valid_from <= day,
        or_(ParticipationRow.valid_to.is_(None), day < ParticipationRow.valid_to),
    )
    return (await session.scalars(query.distinct())).all()


async def find_entry(
    session: AsyncSession, challenge_id: UUID, prm: Prm, member_id: UUID
) -> ChallengeEntryRow | None:
    query = select(ChallengeEntryRow).where(
        ChallengeEntryRow.challenge_id == challenge_id,
        ChallengeEntryRow.prm == prm,
        ChallengeEntryRow.member_id == member_id,
    )
    return await session.scalar(query.execution_options(populate_existing=True))


async def find_entry_of_consent(
    session: AsyncSession, consent_id: UUID
) -> ChallengeEntryRow | None:
    query = select(ChallengeEntryRow).where(ChallengeEntryRow.consent_id == consent_id)
    return await session.scalar(query)


async def add_entry(session: AsyncSession, row: ChallengeEntryRow) -> None:
    session.add(row)
    await session.flush()


async def delete_entry(session: AsyncSession, row: ChallengeEntryRow) -> None:
    """Delete it with its measures."""
    await session.execute(delete(ChallengeEntryRow).where(ChallengeEntryRow.id == row.id))
    session.expunge(row)


async def list_entries(session: AsyncSession, challenge_id: UUID) -> Sequence[ChallengeEntryRow]:
    """In order of id."""
    query = select(ChallengeEntryRow).where(ChallengeEntryRow.challenge_id == challenge_id)
    ordered = query.order_by(ChallengeEntryRow.id).execution_options(populate_existing=True)
    return (await session.scalars(ordered)).all()


async def list_participations(
    session: AsyncSession, challenge: Challenge
) -> Sequence[tuple[ChallengeEntryRow, list[Stay]]]:
    """List each entry with its member's consumption there; in order of id, then day."""
    entry, participation = ChallengeEntryRow, ParticipationRow
    same = and_(
        participation.prm == entry.prm,
        participation.member_id == entry.member_id,
        participation.operation_id == challenge.operation_id,
        participation.direction == Direction.CONSUMPTION,
    )
    query = (
        select(entry, participation.valid_from, participation.valid_to)
        .join(participation, same)
        .where(entry.challenge_id == challenge.id)
        .order_by(entry.id, participation.valid_from)
    )
    stays_by_entry: dict[UUID, tuple[ChallengeEntryRow, list[Stay]]] = {}
    for row, valid_from, valid_to in await session.execute(query):
        stays_by_entry.setdefault(row.id, (row, []))[1].append(Stay(valid_from, valid_to))
    return list(stays_by_entry.values())


async def map_measures(
    session: AsyncSession, challenge_id: UUID
) -> Mapping[UUID, Mapping[date, Measured]]:
    """Return the measured days, by entry."""
    query = select(ChallengeMeasureRow.entry_id, ChallengeMeasureRow.days)
    query = query.join(ChallengeEntryRow, ChallengeEntryRow.id == ChallengeMeasureRow.entry_id)
    rows = await session.execute(query.where(ChallengeEntryRow.challenge_id == challenge_id))
    return {
        entry_id: {
            date.fromisoformat(day): Measured(consumption_wmin, shared_wmin)
            for day, consumption_wmin, shared_wmin in days
        }
        for entry_id, days in rows
    }


async def save_measure(session: AsyncSession, event: ChallengeMeasured) -> None:
    """Save it unless a newer one is saved, its entrant has left, or the challenge is over."""
    entry, row = ChallengeEntryRow, ChallengeMeasureRow
    running = (
        select(entry.id)
        .join(ChallengeRow, ChallengeRow.id == entry.challenge_id)
        .where(entry.id == event.entry_id, ChallengeRow.state == State.ANNOUNCED)
    )
    # Waits for a concurrent end of the challenge, or withdrawal from it.
    if await session.scalar(running.with_for_update(of=ChallengeRow, read=True)) is None:
        return
    days = [[str(day.day), day.consumption_wmin, day.shared_wmin] for day in event.days]
    adding = insert(row).values(entry_id=event.entry_id, revision=event.revision, days=days)
    await session.execute(
        adding.on_conflict_do_update(
            index_elements=["entry_id"],
            set_={"revision": adding.excluded.revision, "days": adding.excluded.days},
            where=row.revision < adding.excluded.revision,
        )
    )


async def delete_measures(session: AsyncSession, challenge_id: UUID) -> None:
    entry_ids = select(ChallengeEntryRow.id).where(ChallengeEntryRow.challenge_id == challenge_id)
    await session.execute(
        delete(ChallengeMeasureRow).where(ChallengeMeasureRow.entry_id.in_(entry_ids))
    )


async def lock_next_outdated(session: AsyncSession) -> ChallengeRow | None:
    """Lock, until the end, one challenge whose perimeter has changed since its event."""
    locked = _outdated().with_for_update(of=ChallengeRow, key_share=True, skip_locked=True)
    return await session.scalar(locked.execution_options(populate_existing=True))


async def has_challenge(session: AsyncSession, operation_id: OperationId) -> bool:
    """Return whether the operation has one that is announced, or may be at this moment."""
    query = select(ChallengeRow.id).where(
        ChallengeRow.operation_id == operation_id,
        ChallengeRow.state.in_([State.DRAFT, State.ANNOUNCED]),
    )
    return await session.scalar(query.limit(1)) is not None


async def has_outdated(session: AsyncSession) -> bool:
    """Return whether there is one, even if another process is handling it."""
    return await session.scalar(_outdated()) is not None


def _outdated() -> Select[ChallengeRow]:
    return (
        select(ChallengeRow)
        .join(OperationRow, OperationRow.id == ChallengeRow.operation_id)
        .where(
            ChallengeRow.state == State.ANNOUNCED,
            ChallengeRow.perimeter_revision != OperationRow.revision,
        )
        .order_by(ChallengeRow.id)
        .limit(1)
    )


async def list_running(session: AsyncSession) -> Sequence[ChallengeRow]:
    query = select(ChallengeRow).where(ChallengeRow.state == State.ANNOUNCED)
    return (await session.scalars(query.order_by(ChallengeRow.id))).all()


async def forget_oldest(session: AsyncSession, *, before: date, limit: int) -> int:
    """Delete so many entries of challenges that ended before; return how many."""
    challenge_ids = select(ChallengeRow.id).where(
        ChallengeRow.state.in_([State.FROZEN, State.CANCELLED]), ChallengeRow.last_day < before
    )
    entry_ids = (
        select(ChallengeEntryRow.id)
        .where(ChallengeEntryRow.challenge_id.in_(challenge_ids))
        .limit(limit)
    )
    deleted = delete(ChallengeEntryRow).where(ChallengeEntryRow.id.in_(entry_ids))
    return len((await session.scalars(deleted.returning(ChallengeEntryRow.id))).all())
