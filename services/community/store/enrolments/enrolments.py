"""Queries of enrolments and their steps."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.database import lock_names
from libs.common.database.scoped import is_about
from libs.common.ids import Direction, OperationId, Prm
from libs.common.scopes import EVERYTHING, Scope
from services.community.domain.enrolments.enrolment import (
    TOLD,
    Enrolment,
    EnrolmentPhase,
    EnrolmentState,
    Step,
)
from services.community.domain.enrolments.problems import EnrolmentUnknown
from services.community.store.members.ties import Ties, map_ties
from services.community.tables import (
    EnrolmentRow,
    EnrolmentStepRow,
    MemberRow,
    ParticipationRow,
    PointHolderRow,
    PointRow,
)


async def find_enrolment_to_change(
    session: AsyncSession, enrolment_id: UUID
) -> EnrolmentRow | None:
    """Return it locked, of whatever operation; an id that does not exist yet is locked too."""
    await lock_names(session, "enrolment", [enrolment_id])
    return await session.get(
        EnrolmentRow, enrolment_id, populate_existing=True, with_for_update=True
    )


async def get_enrolment(
    session: AsyncSession,
    operation_id: OperationId,
    enrolment_id: UUID,
    scope: Scope = EVERYTHING,
    *,
    lock: bool = False,
) -> EnrolmentRow:
    """Raises EnrolmentUnknown, also for one that is not in the scope."""
    row = await session.get(EnrolmentRow, enrolment_id, with_for_update=True if lock else None)
    if row is None or row.operation_id != operation_id or not scope.has_member(row.member_id):
        raise EnrolmentUnknown
    return row


async def list_enrolments(
    session: AsyncSession,
    operation_id: OperationId,
    scope: Scope,
    *,
    phase: EnrolmentPhase | None,
    today: date,
    after: UUID | None,
    limit: int,
) -> Sequence[EnrolmentRow]:
    """In order of id. phase: None for any."""
    row = EnrolmentRow
    query = select(row).where(row.operation_id == operation_id, is_about(row.member_id, scope))
    if phase is not None:
        query = query.where(_is_in(phase, today))
    if after is not None:
        query = query.where(row.id > after)
    return (await session.scalars(query.order_by(row.id).limit(limit))).all()


def _is_in(phase: EnrolmentPhase, today: date) -> ColumnElement[bool]:
    """Decide as ``Enrolment.phase`` does."""
    row = EnrolmentRow
    is_exit_declared = row.state == EnrolmentState.EXIT_DECLARED
    match phase:
        case EnrolmentPhase.DECLARED:
            return and_(row.state == EnrolmentState.DECLARED, row.valid_from > today)
        case EnrolmentPhase.ACTIVE:
            return and_(row.state == EnrolmentState.DECLARED, row.valid_from <= today)
        case EnrolmentPhase.LEAVING:
            return or_(
                row.state == EnrolmentState.LEAVING, and_(is_exit_declared, row.valid_to > today)
            )
        case EnrolmentPhase.LEFT:
            return and_(is_exit_declared, row.valid_to <= today)
        case _:
            return row.state == phase


async def lock_enrolments(
    session: AsyncSession, operation_id: OperationId, states: Collection[EnrolmentState]
) -> Sequence[EnrolmentRow]:
    """Lock those in these states, in order of id; the caller holds the operation's lock."""
    row = EnrolmentRow
    query = select(row).where(row.operation_id == operation_id, row.state.in_(states))
    ordered = query.order_by(row.id).with_for_update()
    return (await session.scalars(ordered.execution_options(populate_existing=True))).all()


async def lock_enrolments_of_point(
    session: AsyncSession, operation_id: OperationId, prm: Prm
) -> Sequence[EnrolmentRow]:
    """Lock those of the point in the operation, in order of id."""
    row = EnrolmentRow
    query = select(row).where(row.operation_id == operation_id, row.prm == prm)
    ordered = query.order_by(row.id).with_for_update()
    return (await session.scalars(ordered.execution_options(populate_existing=True))).all()


async def list_enrolled(
    session: AsyncSession, operation_id: OperationId
) -> Mapping[tuple[Prm, Direction, date], UUID]:
    """Return ids of the enrolments in the perimeter, by the keys of their participations."""
    row = EnrolmentRow
    query = select(row.prm, row.direction, row.valid_from, row.id).where(
        row.operation_id == operation_id, row.state.in_(TOLD)
    )
    return {
        (prm, Direction(direction), valid_from): enrolment_id
        for prm, direction, valid_from, enrolment_id in await session.execute(query)
    }


async def find_twin(session: AsyncSession, enrolment: Enrolment) -> EnrolmentRow | None:
    """Return another one of the same point, side and first day; the operation is locked."""
    row = EnrolmentRow
    place = (row.operation_id, row.prm, row.direction, row.valid_from)
    enrolment_place = (
        enrolment.operation_id,
        enrolment.prm,
        enrolment.direction,
        enrolment.valid_from,
    )
    query = select(row).where(
        tuple_(*place) == enrolment_place,
        row.id != enrolment.id,
        row.state != EnrolmentState.WITHDRAWN,
    )
    return await session.scalar(query)


async def save_enrolment(
    session: AsyncSession,
    row: EnrolmentRow | None,
    enrolment: Enrolment,
    *,
    is_vouched: bool | None = None,
) -> EnrolmentRow:
    """row: None for a new one. is_vouched: None leaves it unchanged."""
    if row is None:
        row = EnrolmentRow(**asdict(enrolment))
        session.add(row)
    for name, value in vars(enrolment).items():
        setattr(row, name, value)
    if is_vouched is not None:
        row.is_vouched = is_vouched
    await session.flush()
    return row


async def add_step(
    session: AsyncSession,
    row: EnrolmentRow,
    step: Step,
    *,
    number: int,
    recorded_at: datetime,
    recorded_by: str,
) -> None:
    """Add it with the enrolment's days after the step."""
    session.add(
        EnrolmentStepRow(
            enrolment_id=row.id,
            number=number,
            kind=step.kind,
            day=step.day,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            reason=step.reason,
            recorded_at=recorded_at,
            recorded_by=recorded_by,
        )
    )
    await session.flush()


async def map_steps(
    session: AsyncSession, enrolment_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[EnrolmentStepRow]]:
    """Return the steps by number, from 1 on."""
    row = EnrolmentStepRow
    query = select(row).where(row.enrolment_id.in_(enrolment_ids)).order_by(row.number)
    steps = defaultdict[UUID, list[EnrolmentStepRow]](list)
    for step in await session.scalars(query):
        steps[step.enrolment_id].append(step)
    return steps


def to_enrolment(row: EnrolmentRow) -> Enrolment:
    return Enrolment(
        id=row.id,
        operation_id=row.operation_id,
        prm=row.prm,
        direction=Direction(row.direction),
        member_id=row.member_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        state=EnrolmentState(row.state),
    )


class EnrolmentNames(NamedTuple):
    member_name: str | None  # of a member with a tie to the operation
    point_label: str | None  # of a point that is nobody else's


async def map_names(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, EnrolmentNames]:
    """Return what the member and the point of each enrolment are called.

    A withdrawn enrolment is no tie: by it alone, nobody here learns what the member is called now.
    A point that takes part in another operation or is planned there, or takes part here with a
    later member, has no label: it may be the address that they told.
    """
    row, elsewhere = EnrolmentRow, aliased(EnrolmentRow)
    is_held_elsewhere = exists().where(
        PointHolderRow.prm == row.prm, PointHolderRow.operation_id != row.operation_id
    )
    is_planned_elsewhere = exists().where(
        elsewhere.prm == row.prm,
        elsewhere.operation_id != row.operation_id,
        elsewhere.state != EnrolmentState.WITHDRAWN,
    )
    has_later_member = exists().where(
        ParticipationRow.prm == row.prm,
        ParticipationRow.member_id != row.member_id,
        ParticipationRow.valid_from > row.valid_from,
    )
    is_anothers = or_(is_held_elsewhere, is_planned_elsewhere, has_later_member)
    query = (
        select(row, MemberRow.name, case((is_anothers, None), else_=PointRow.label))
        .join(MemberRow, MemberRow.id == row.member_id)
        .join(PointRow, PointRow.prm == row.prm)
        .where(row.id.in_(ids))
    )
    rows = (await session.execute(query)).all()
    withdrawn = [enrolment for enrolment, *_ in rows if enrolment.state == EnrolmentState.WITHDRAWN]
    member_ties = await map_ties(session, {enrolment.member_id for enrolment in withdrawn})
    return {
        enrolment.id: EnrolmentNames(name if _is_tied(enrolment, member_ties) else None, label)
        for enrolment, name, label in rows
    }


def _is_tied(row: EnrolmentRow, member_ties: Mapping[UUID, Ties]) -> bool:
    """Whether its member is of its operation. member_ties: of members of withdrawn ones."""
    if row.state != EnrolmentState.WITHDRAWN:
        return True
    return row.operation_id in member_ties[row.member_id].operations
