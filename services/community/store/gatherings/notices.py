"""Queries of notices to members about gatherings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Text, any_, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.gatherings.gathering import GatheringState
from services.community.domain.gatherings.seating import ReplyAnswer
from services.community.domain.messages.messages import MessageKind
from services.community.store.gatherings.gatherings import in_audience
from services.community.tables import (
    GatheringNoticeRow,
    GatheringReplyRow,
    GatheringRow,
    MemberRow,
)


async def queue_for_audience(
    session: AsyncSession, gathering_id: UUID, kind: MessageKind, *, at: datetime
) -> None:
    """Queue notices for its audience, its facilitators, and those who replied.

    Members who declined get no further notice, except of the minutes.
    """
    is_facilitator = MemberRow.id == any_(GatheringRow.facilitator_ids)
    is_concerned = or_(
        in_audience(MemberRow.id), is_facilitator, _replied(ReplyAnswer.YES, ReplyAnswer.MAYBE)
    )
    if kind != MessageKind.GATHERING_MINUTES:
        is_concerned &= ~_replied(ReplyAnswer.NO)
    await _ask(session, gathering_id, kind, is_concerned, at=at)


async def queue_for_attendees(
    session: AsyncSession, gathering_id: UUID, kind: MessageKind, *, at: datetime
) -> None:
    """Queue notices for those who said yes or maybe."""
    await _ask(session, gathering_id, kind, _replied(ReplyAnswer.YES, ReplyAnswer.MAYBE), at=at)


async def queue_for_member(
    session: AsyncSession, gathering_id: UUID, kind: MessageKind, member_id: UUID, *, at: datetime
) -> None:
    await _ask(session, gathering_id, kind, MemberRow.id == member_id, at=at)


def _replied(*answers: ReplyAnswer) -> ColumnElement[bool]:
    return exists().where(
        GatheringReplyRow.gathering_id == GatheringRow.id,
        GatheringReplyRow.member_id == MemberRow.id,
        GatheringReplyRow.answer.in_(answers),
    )


async def _ask(
    session: AsyncSession,
    gathering_id: UUID,
    kind: MessageKind,
    is_concerned: ColumnElement[bool],
    *,
    at: datetime,
) -> None:
    """Queue no notice twice: a waiting one will describe the gathering as it is by then."""
    notices = (
        select(
            GatheringRow.id,
            MemberRow.id,
            literal(kind.value, Text),
            literal(at, DateTime(timezone=True)),
            literal(at, DateTime(timezone=True)),
        )
        .join_from(GatheringRow, MemberRow, is_concerned)
        .where(GatheringRow.id == gathering_id, MemberRow.erased_at.is_(None))
    )
    columns = ["gathering_id", "member_id", "kind", "asked_at", "due_at"]
    await session.execute(
        insert(GatheringNoticeRow).from_select(columns, notices).on_conflict_do_nothing()
    )


async def lock_next(session: AsyncSession, *, now: datetime) -> GatheringNoticeRow | None:
    """Lock the notice due for longest, until the end of the transaction."""
    row = GatheringNoticeRow
    query = select(row).where(row.due_at <= now).order_by(row.due_at).limit(1)
    return await session.scalar(query.with_for_update(skip_locked=True))


async def find_next_due(session: AsyncSession) -> datetime | None:
    """Return when the next notice or reminder is due, even if another process is handling it.

    In one statement: between two, another process could turn a reminder into notices, and neither
    statement would see them.
    """
    notice_at = select(func.min(GatheringNoticeRow.due_at)).scalar_subquery()
    remind_at = (
        select(func.min(GatheringRow.remind_at))
        .where(GatheringRow.state == GatheringState.ANNOUNCED)
        .scalar_subquery()
    )
    due_at: datetime | None = await session.scalar(select(func.least(notice_at, remind_at)))
    return due_at


async def put_off(session: AsyncSession, notice: GatheringNoticeRow, *, until: datetime) -> None:
    notice.due_at = until
    notice.attempts += 1
    await session.flush()


async def find_put_off(session: AsyncSession) -> tuple[int, datetime | None]:
    """Return how many could not be written yet, and when the first was queued."""
    row = GatheringNoticeRow
    query = select(func.count(), func.min(row.asked_at)).where(row.attempts > 0)
    count, first = (await session.execute(query)).one()
    return count, first


async def load(session: AsyncSession, notice: GatheringNoticeRow) -> tuple[GatheringRow, MemberRow]:
    """Load them with the gathering locked against changes: a change queues this notice again.

    Without the lock, a concurrent change would find this notice waiting, and the notice would
    describe the gathering as it was before.
    """
    return (
        await session.get_one(
            GatheringRow,
            notice.gathering_id,
            populate_existing=True,
            with_for_update={"read": True},
        ),
        await session.get_one(MemberRow, notice.member_id),
    )


async def remove(session: AsyncSession, notice: GatheringNoticeRow) -> None:
    await session.delete(notice)
    await session.flush()


async def lock_next_to_remind(session: AsyncSession, *, now: datetime) -> GatheringRow | None:
    """Lock, until the end of the transaction, an announced gathering whose reminder is due."""
    query = (
        select(GatheringRow)
        .where(GatheringRow.state == GatheringState.ANNOUNCED, GatheringRow.remind_at <= now)
        .order_by(GatheringRow.remind_at)
        .limit(1)
    )
    return await session.scalar(
        query.with_for_update(skip_locked=True, key_share=True).execution_options(
            populate_existing=True
        )
    )
