"""Queries of the minutes of gatherings."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.gatherings.minutes import Decision, Minutes
from services.community.domain.gatherings.problems import MinutesUnknown
from services.community.domain.polls.problems import PollUnknown
from services.community.tables import GatheringMinutesRow, GatheringRow, PollRow

_decisions = TypeAdapter(list[Decision])


async def list_minutes(
    session: AsyncSession, gathering_id: UUID, *, with_draft: bool
) -> Sequence[GatheringMinutesRow]:
    """Return the minutes by version."""
    query = select(GatheringMinutesRow).where(GatheringMinutesRow.gathering_id == gathering_id)
    if not with_draft:
        query = query.where(GatheringMinutesRow.published_at.is_not(None))
    return (await session.scalars(query.order_by(GatheringMinutesRow.version))).all()


async def get_minutes(
    session: AsyncSession, gathering_id: UUID, version: int
) -> GatheringMinutesRow:
    """Raises MinutesUnknown."""
    row = await session.get(GatheringMinutesRow, (gathering_id, version))
    if row is None:
        raise MinutesUnknown(f"The gathering has no version {version} of its minutes.")
    return row


async def add_minutes(session: AsyncSession, row: GatheringMinutesRow) -> None:
    session.add(row)
    await session.flush()


def set_minutes(row: GatheringMinutesRow, minutes: Minutes) -> None:
    row.content = minutes.content
    row.decisions = _decisions.dump_python(list(minutes.decisions), mode="json")


def to_minutes(row: GatheringMinutesRow) -> Minutes:
    return Minutes(row.content, _decisions.validate_python(row.decisions))


async def check_polls_exist(session: AsyncSession, row: GatheringRow, poll_ids: set[UUID]) -> None:
    """Require the gathering's operation, if it has one. Raises PollUnknown."""
    query = select(PollRow.id).where(PollRow.id.in_(poll_ids))
    if row.operation_id is not None:
        query = query.where(PollRow.operation_id == row.operation_id)
    missing = sorted(map(str, poll_ids - set((await session.scalars(query)).all())))
    if missing:
        raise PollUnknown(f"There are no such polls for the gathering: {', '.join(missing[:5])}.")
