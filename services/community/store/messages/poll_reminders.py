"""Queries of polls that end soon, and of voters to remind."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.polls.poll import PollState
from services.community.tables import PollReminderRow, PollRow, PollVoterRow


async def list_polls_closing(
    session: AsyncSession, *, now: datetime, within: timedelta
) -> Sequence[PollRow]:
    """List polls that end within so long, announced for longer than that, without a reminder."""
    query = select(PollRow).where(
        PollRow.closes_at > now, PollRow.closes_at <= now + within, _is_to_remind(within)
    )
    return (await session.scalars(query.order_by(PollRow.closes_at))).all()


async def find_next_closing(
    session: AsyncSession, *, now: datetime, within: timedelta
) -> datetime | None:
    """Return when the next one will be among those."""
    query = select(func.min(PollRow.closes_at))
    closes_at: datetime | None = await session.scalar(
        query.where(PollRow.closes_at > now + within, _is_to_remind(within))
    )
    return closes_at and closes_at - within


def _is_to_remind(within: timedelta) -> ColumnElement[bool]:
    reminded = exists().where(PollReminderRow.poll_id == PollRow.id)
    known_for = PollRow.closes_at - func.greatest(PollRow.opens_at, PollRow.opened_at)
    return and_(PollRow.state == PollState.OPEN, known_for > within, ~reminded)


async def add_reminder(session: AsyncSession, poll_id: UUID) -> bool:
    """Return whether it is the first; wait for another process that is reminding."""
    added = insert(PollReminderRow).values(poll_id=poll_id).on_conflict_do_nothing()
    return await session.scalar(added.returning(PollReminderRow.poll_id)) is not None


async def list_missing_voters(session: AsyncSession, poll_id: UUID) -> Sequence[UUID]:
    """List those who can still vote for themselves or for a giver of a proxy."""
    votes = func.coalesce(PollVoterRow.holder_id, PollVoterRow.member_id)
    query = select(votes).where(PollVoterRow.poll_id == poll_id, ~PollVoterRow.has_voted)
    return (await session.scalars(query.distinct())).all()
