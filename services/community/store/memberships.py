"""Queries of what comes with a day and was not told yet: entries, exits, consents that end."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.ids import OperationId
from services.community.domain.consents import ConsentAnswer, Purpose
from services.community.domain.enrolments.enrolment import TOLD, State, StepKind
from services.community.domain.notifications import Channel, NotificationKind
from services.community.tables import (
    ConsentRow,
    EnrolmentRow,
    EnrolmentStepRow,
    MemberRow,
    NotificationChannelRow,
    NotificationRow,
    ParticipationRow,
)

AT_ONCE = 100


async def list_entered(
    session: AsyncSession, *, after: date, until: date
) -> Sequence[EnrolmentRow]:
    """Whose first day is one of ``(after, until]``, with members who were not told."""
    row = EnrolmentRow
    query = select(row).where(
        _has_entered(after, until), _untold(row, NotificationKind.ENROLMENT_ACTIVE)
    )
    return (await session.scalars(query.order_by(row.id).limit(AT_ONCE))).all()


async def list_left(session: AsyncSession, *, after: date, until: date) -> Sequence[EnrolmentRow]:
    """Whose first day without is one of ``(after, until]``; the DSO's exits are told as such."""
    row, step = EnrolmentRow, EnrolmentStepRow
    lost = exists().where(step.enrolment_id == row.id, step.kind == StepKind.LOSE)
    query = select(row).where(
        _has_left(after, until), ~lost, _untold(row, NotificationKind.ENROLMENT_LEFT)
    )
    return (await session.scalars(query.order_by(row.id).limit(AT_ONCE))).all()


async def count_entered(
    session: AsyncSession, *, after: date, until: date
) -> Mapping[tuple[OperationId, date], int]:
    """How many points entered, by operation and day of ``(after, until]``."""
    row = EnrolmentRow
    query = select(row.operation_id, row.valid_from, func.count()).where(_has_entered(after, until))
    found = await session.execute(query.group_by(row.operation_id, row.valid_from))
    return {(operation_id, day): count for operation_id, day, count in found}


async def count_left(
    session: AsyncSession, *, after: date, until: date
) -> Mapping[tuple[OperationId, date], int]:
    """How many points left, by operation and day of ``(after, until]``."""
    row = EnrolmentRow
    query = select(row.operation_id, row.valid_to, func.count()).where(_has_left(after, until))
    found = await session.execute(query.group_by(row.operation_id, row.valid_to))
    return {(operation_id, day): count for operation_id, day, count in found if day is not None}


def _has_entered(after: date, until: date) -> ColumnElement[bool]:
    day = EnrolmentRow.valid_from
    return and_(EnrolmentRow.state.in_(TOLD), day > after, day <= until)


def _has_left(after: date, until: date) -> ColumnElement[bool]:
    day = EnrolmentRow.valid_to
    return and_(EnrolmentRow.state == State.EXIT_DECLARED, day > after, day <= until)


async def list_ending_consents(
    session: AsyncSession, *, after: date, until: date
) -> Sequence[ConsentRow]:
    """Whose first day without is one of ``(after, until]``, of members who were not told."""
    query = select(ConsentRow).where(
        _is_ending(after, until), _untold(ConsentRow, NotificationKind.CONSENT_ENDS)
    )
    return (await session.scalars(query.order_by(ConsentRow.id).limit(AT_ONCE))).all()


async def list_ending_displays(
    session: AsyncSession, *, after: date, until: date, past: tuple[UUID, OperationId] | None
) -> Sequence[tuple[ConsentRow, OperationId]]:
    """Those that let an organiser see something, of who takes part; nobody was told of them.

    past: the last one of the page before.
    """
    row, part = ConsentRow, ParticipationRow
    there = and_(
        part.prm == row.prm,
        part.member_id == row.member_id,
        part.valid_from <= after,
        or_(part.valid_to.is_(None), after < part.valid_to),
    )
    told = exists().where(
        NotificationRow.kind == NotificationKind.DESK_CONSENTS_END,
        NotificationRow.about_id == row.id,
        NotificationRow.operation_id == part.operation_id,
    )
    query = (
        select(row, part.operation_id)
        .join(part, there)
        .where(_is_ending(after, until), row.purpose == Purpose.DISPLAY, ~told)
        .order_by(row.id, part.operation_id)
        .limit(AT_ONCE)
    )
    if past is not None:
        query = query.where(tuple_(row.id, part.operation_id) > past)
    return [(consent, operation_id) for consent, operation_id in await session.execute(query)]


def _is_ending(after: date, until: date) -> ColumnElement[bool]:
    """Granted, and nothing follows; that of a challenge ends with it, as agreed."""
    row, later = ConsentRow, aliased(ConsentRow)
    followed = exists().where(
        later.member_id == row.member_id,
        later.prm == row.prm,
        later.purpose == row.purpose,
        later.granularity == row.granularity,
        later.withdrawn_on.is_(None),
        later.valid_from <= row.valid_to,
        later.valid_to > row.valid_to,
    )
    return and_(
        row.answer == ConsentAnswer.GRANTED,
        row.purpose != Purpose.CHALLENGE,
        row.withdrawn_on.is_(None),
        row.valid_to > after,
        row.valid_to <= until,
        ~followed,
    )


def _untold(row: type[EnrolmentRow | ConsentRow], kind: NotificationKind) -> ColumnElement[bool]:
    """The member was not told of it, wants to be, and is somebody."""
    told = exists().where(
        NotificationRow.member_id == row.member_id,
        NotificationRow.kind == kind,
        NotificationRow.about_id == row.id,
    )
    wants_none = exists().where(
        NotificationChannelRow.member_id == row.member_id,
        NotificationChannelRow.kind == kind,
        NotificationChannelRow.channel == Channel.NONE,
    )
    is_somebody = exists().where(MemberRow.id == row.member_id, MemberRow.erased_at.is_(None))
    return and_(~told, ~wants_none, is_somebody)
