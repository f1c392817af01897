"""Queries of polls that end soon, and of who is to be reminded."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.polls.poll import State
from services.community.tables import PollReminderRow, PollRow, PollVoterRow


async def list_polls_closing(
    session: AsyncSession, *, now: datetime, within: timedelta
) -> Sequence[PollRow]:
    """Over within so long, known for longer than that, and without a reminder."""
    query = select(PollRow).where(
        PollRow.closes_at > now, PollRow.closes_at <= now + within, _is_to_remind(within)
    )
    return (await session.scalars(query.order_by(PollRow.closes_at))).all()


async def find_next_closing(
    session: AsyncSession, *, now: datetime, within: timedelta
) -> datetime | None:
    """When the next one will be among those."""
    query = select(func.min(PollRow.closes_at))
    closes_at: datetime | None = await session.scalar(
        query.where(PollRow.closes_at > now + within, _is_to_remind(within))
    )
    return closes_at and closes_at - within


def _is_to_remind(within: timedelta) -> ColumnElement[bool]:
    reminded = exists().where(PollReminderRow.poll_id == PollRow.id)
    known_for = PollRow.closes_at - func.greatest(PollRow.opens_at, PollRow.opened_at)
    return and_(PollRow.state == State.OPEN, known_for > within, ~reminded)


async def add_reminder(session: AsyncSession, poll_id: UUID) -> bool:
    """Whether it is the first; waits for whoever reminds at the moment."""
    added = insert(PollReminderRow).values(poll_id=poll_id).on_conflict_do_nothing()
    return await session.scalar(added.returning(PollReminderRow.poll_id)) is not None


async def list_missing_voters(session: AsyncSession, poll_id: UUID) -> Sequence[UUID]:
    """Whoever can still vote for themselves or for who gave them a proxy."""
    votes = func.coalesce(PollVoterRow.holder_id, PollVoterRow.member_id)
    query = select(votes).where(PollVoterRow.poll_id == poll_id, ~PollVoterRow.has_voted)
    return (await session.scalars(query.distinct())).all()
