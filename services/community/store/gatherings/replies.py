"""Queries of the replies to gatherings."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.database.scoped import is_about
from libs.common.scopes import Scope
from services.community.domain.gatherings.seating import Headcount, Reply, ReplyAnswer
from services.community.tables import GatheringReplyRow, MemberRow

_Reply = GatheringReplyRow


async def find_reply(
    session: AsyncSession, gathering_id: UUID, member_id: UUID
) -> GatheringReplyRow | None:
    return await session.get(_Reply, (gathering_id, member_id), populate_existing=True)


async def save_reply(session: AsyncSession, reply: GatheringReplyRow) -> None:
    session.add(reply)
    await session.flush()


async def list_waiting(session: AsyncSession, gathering_id: UUID) -> Sequence[GatheringReplyRow]:
    """In order of arrival."""
    query = select(_Reply).where(_Reply.gathering_id == gathering_id, _Reply.waits_as.is_not(None))
    return (await session.scalars(query.order_by(_Reply.waits_as))).all()


async def next_place(session: AsyncSession, gathering_id: UUID) -> int:
    """Return the place at the end of the queue; the caller holds the gathering's lock."""
    query = select(func.max(_Reply.waits_as)).where(_Reply.gathering_id == gathering_id)
    return (await session.scalar(query) or 0) + 1


async def map_counts(
    session: AsyncSession, gathering_ids: Collection[UUID]
) -> Mapping[UUID, Headcount]:
    """Count the replies of each gathering; those without any are left out."""
    coalesce = func.coalesce
    seats = 1 + _Reply.guests
    query = (
        select(
            _Reply.gathering_id,
            coalesce(func.sum(seats).filter(_Reply.is_seated), 0),
            coalesce(func.sum(seats).filter(_Reply.waits_as.is_not(None)), 0),
            func.count().filter(_Reply.answer == ReplyAnswer.MAYBE),
            func.count().filter(_Reply.answer == ReplyAnswer.NO),
        )
        .where(_Reply.gathering_id.in_(gathering_ids))
        .group_by(_Reply.gathering_id)
    )
    rows = await session.execute(query)
    return {gathering_id: Headcount(*map(int, numbers)) for gathering_id, *numbers in rows}


async def list_replies(
    session: AsyncSession,
    gathering_id: UUID,
    scope: Scope,
    *,
    after: UUID | None,
    limit: int,
) -> Sequence[Reply]:
    """Return replies by member id: those in the scope, and those that show their names.

    after: a member id, itself left out.
    """
    is_visible = or_(is_about(_Reply.member_id, scope), _Reply.shows_name)
    query = _with_names().where(_Reply.gathering_id == gathering_id, is_visible)
    if after is not None:
        query = query.where(_Reply.member_id > after)
    rows = await session.execute(query.order_by(_Reply.member_id).limit(limit))
    return [_to_reply(reply, name, behind) for reply, name, behind in rows]


async def map_own_replies(
    session: AsyncSession, gathering_ids: Collection[UUID], member_id: UUID
) -> Mapping[UUID, Reply]:
    query = _with_names().where(
        _Reply.gathering_id.in_(gathering_ids), _Reply.member_id == member_id
    )
    rows = await session.execute(query)
    return {reply.gathering_id: _to_reply(reply, name, behind) for reply, name, behind in rows}


def _with_names() -> Select[GatheringReplyRow, str, int | None]:
    earlier = aliased(GatheringReplyRow)
    behind = (
        select(func.count())
        .where(earlier.gathering_id == _Reply.gathering_id, earlier.waits_as < _Reply.waits_as)
        .scalar_subquery()
    )
    return select(
        _Reply, MemberRow.name, case((_Reply.waits_as.is_not(None), behind), else_=None)
    ).join(MemberRow, MemberRow.id == _Reply.member_id)


def _to_reply(row: GatheringReplyRow, name: str, waits_behind: int | None) -> Reply:
    return Reply(
        gathering_id=row.gathering_id,
        member_id=row.member_id,
        name=name,
        answer=ReplyAnswer(row.answer),
        guests=row.guests,
        is_seated=row.is_seated,
        waits_behind=waits_behind,
        shows_name=row.shows_name,
        replied_at=row.replied_at,
    )
