"""Queries of the operations and members behind a point or a member, now and before."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select, tuple_, union, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId, Prm
from services.community.domain.enrolments.enrolment import EnrolmentState
from services.community.domain.members.perimeter import Participation
from services.community.tables import (
    EnrolmentRow,
    MemberRow,
    OperationRow,
    OrganiserRow,
    ParticipationRow,
    PointHolderRow,
)


@dataclass
class Ties:
    """operations: of the member's participations and plans; made_in: of whoever made the member."""

    operations: set[OperationId] = field(default_factory=set)
    made_in: set[OperationId] = field(default_factory=set)
    made_on: date | None = None


async def map_ties(session: AsyncSession, member_ids: Collection[UUID]) -> Mapping[UUID, Ties]:
    """Return the ties of each member; those that do not exist are left out."""
    row = MemberRow
    query = select(row.id, row.made_in, row.made_on).where(row.id.in_(member_ids))
    ties = {
        member_id: Ties(made_in=set(made_in), made_on=made_on)
        for member_id, made_in, made_on in await session.execute(query)
    }
    participation, enrolment = ParticipationRow, EnrolmentRow
    in_operations = union(
        select(participation.member_id, participation.operation_id).where(
            participation.member_id.in_(member_ids)
        ),
        select(enrolment.member_id, enrolment.operation_id).where(
            enrolment.member_id.in_(member_ids), enrolment.state != EnrolmentState.WITHDRAWN
        ),
    )
    for member_id, operation_id in await session.execute(in_operations):
        ties[member_id].operations.add(operation_id)
    return ties


async def list_planned_operations(session: AsyncSession, prm: Prm) -> set[OperationId]:
    """List operations with an enrolment of the point that was not withdrawn."""
    row = EnrolmentRow
    query = select(row.operation_id).where(row.prm == prm, row.state != EnrolmentState.WITHDRAWN)
    return set(await session.scalars(query))


async def map_holders(
    session: AsyncSession, prms: Collection[Prm]
) -> Mapping[Prm, Sequence[PointHolderRow]]:
    """Return whoever ever took part with each point, wherever."""
    query = select(PointHolderRow).where(PointHolderRow.prm.in_(prms))
    holders = defaultdict[Prm, list[PointHolderRow]](list)
    for row in await session.scalars(query.execution_options(populate_existing=True)):
        holders[row.prm].append(row)
    return holders


async def note_holders(
    session: AsyncSession, operation_id: OperationId, participations: Sequence[Participation]
) -> None:
    """Record that they take part with these points; one who returns for good is present again."""
    keys = {(participation.prm, participation.member_id) for participation in participations}
    rows = [
        {"prm": prm, "operation_id": operation_id, "member_id": member_id}
        for prm, member_id in keys
    ]
    await session.execute(insert(PointHolderRow).on_conflict_do_nothing(), rows)
    row = PointHolderRow
    returning_keys = {
        (participation.prm, participation.member_id)
        for participation in participations
        if participation.valid_to is None
    }
    if returning_keys:
        await session.execute(
            update(row)
            .where(
                row.operation_id == operation_id, tuple_(row.prm, row.member_id).in_(returning_keys)
            )
            .values(left_on=None)
        )


async def note_departure(session: AsyncSession, prm: Prm, left_on: date) -> None:
    """Record the end of the contract: holders who do not take part later left on that day."""
    row, participation = PointHolderRow, ParticipationRow
    stays = exists().where(
        participation.prm == row.prm,
        participation.member_id == row.member_id,
        participation.operation_id == row.operation_id,
        or_(participation.valid_to.is_(None), participation.valid_to > left_on),
    )
    is_news = or_(row.left_on.is_(None), row.left_on > left_on)
    await session.execute(
        update(row).where(row.prm == prm, is_news, ~stays).values(left_on=left_on)
    )


async def find_organised(session: AsyncSession, organiser_id: UUID) -> set[OperationId] | None:
    """Return the operations of the organiser with this id; None if there is no such organiser."""
    if await session.get(OrganiserRow, organiser_id) is None:
        return None
    query = select(OperationRow.id).where(OperationRow.organiser_id == organiser_id)
    return set(await session.scalars(query))
