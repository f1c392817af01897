"""Queries of polls that end soon, and of who is to be reminded."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.polls.poll import State
from services.community.tables import PollReminderRow, PollRow, PollVoterRow


async def list_polls_closing(
    session: AsyncSession, *, now: datetime, within: timedelta
) -> Sequence[PollRow]:
    """Over within so long, known for longer than that, and without a reminder."""
    reminded = exists().where(PollReminderRow.poll_id == PollRow.id)
    query = select(PollRow).where(
        PollRow.state == State.OPEN,
        PollRow.closes_at > now,
        PollRow.closes_at <= now + within,
        PollRow.closes_at - func.greatest(PollRow.opens_at, PollRow.opened_at) > within,
        ~reminded,
    )
    return (await session.scalars(query.order_by(PollRow.closes_at))).all()


async def add_reminder(session: AsyncSession, poll_id: UUID) -> bool:
    """Whether it is the first; waits for whoever reminds at the moment."""
    added = insert(PollReminderRow).values(poll_id=poll_id).on_conflict_do_nothing()
    return await session.scalar(added.returning(PollReminderRow.poll_id)) is not None


async def list_missing_voters(session: AsyncSession, poll_id: UUID) -> Sequence[UUID]:
    """Whoever can still vote for themselves or for who gave them a proxy."""
    votes = func.coalesce(PollVoterRow.holder_id, PollVoterRow.member_id)
    query = select(votes).where(PollVoterRow.poll_id == poll_id, ~PollVoterRow.has_voted)
    return (await session.scalars(query.distinct())).all()
