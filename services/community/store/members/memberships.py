"""Queries of events of a day not notified yet: entries, exits, ending consents."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.ids import OperationId
from services.community.domain.enrolments.enrolment import TOLD, EnrolmentState, StepKind
from services.community.domain.messages.notifications import Channel, NotificationKind
from services.community.domain.privacy.consents import ConsentAnswer, Purpose
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
    """List enrolments that begin on a day of ``(after, until]``, their members not notified."""
    row = EnrolmentRow
    query = select(row).where(
        _has_entered(after, until), _is_unnotified(row, NotificationKind.ENROLMENT_ACTIVE)
    )
    return (await session.scalars(query.order_by(row.id).limit(AT_ONCE))).all()


async def list_left(session: AsyncSession, *, after: date, until: date) -> Sequence[EnrolmentRow]:
    """List enrolments over from a day of ``(after, until]``; the DSO's exits have other notices."""
    row, step = EnrolmentRow, EnrolmentStepRow
    lost = exists().where(step.enrolment_id == row.id, step.kind == StepKind.LOSE)
    query = select(row).where(
        _has_left(after, until), ~lost, _is_unnotified(row, NotificationKind.ENROLMENT_LEFT)
    )
    return (await session.scalars(query.order_by(row.id).limit(AT_ONCE))).all()


async def count_entered(
    session: AsyncSession, *, after: date, until: date
) -> Mapping[tuple[OperationId, date], int]:
    """Count points that entered, by operation and day of ``(after, until]``."""
    row = EnrolmentRow
    query = select(row.operation_id, row.valid_from, func.count()).where(_has_entered(after, until))
    counts = await session.execute(query.group_by(row.operation_id, row.valid_from))
    return {(operation_id, day): count for operation_id, day, count in counts}


async def count_left(
    session: AsyncSession, *, after: date, until: date
) -> Mapping[tuple[OperationId, date], int]:
    """Count points that left, by operation and day of ``(after, until]``."""
    row = EnrolmentRow
    query = select(row.operation_id, row.valid_to, func.count()).where(_has_left(after, until))
    counts = await session.execute(query.group_by(row.operation_id, row.valid_to))
    return {(operation_id, day): count for operation_id, day, count in counts if day is not None}


def _has_entered(after: date, until: date) -> ColumnElement[bool]:
    day = EnrolmentRow.valid_from
    return and_(EnrolmentRow.state.in_(TOLD), day > after, day <= until)


def _has_left(after: date, until: date) -> ColumnElement[bool]:
    day = EnrolmentRow.valid_to
    return and_(EnrolmentRow.state == EnrolmentState.EXIT_DECLARED, day > after, day <= until)


async def list_ending_consents(
    session: AsyncSession, *, after: date, until: date
) -> Sequence[ConsentRow]:
    """List consents over from a day of ``(after, until]``, their members not notified."""
    query = select(ConsentRow).where(
        _is_ending(after, until), _is_unnotified(ConsentRow, NotificationKind.CONSENT_ENDS)
    )
    return (await session.scalars(query.order_by(ConsentRow.id).limit(AT_ONCE))).all()


async def list_ending_displays(
    session: AsyncSession, *, after: date, until: date, past: tuple[UUID, OperationId] | None
) -> Sequence[tuple[ConsentRow, OperationId]]:
    """List consents by which organisers see participants' data, without a notification so far.

    past: the last one of the previous page.
    """
    row, participation = ConsentRow, ParticipationRow
    takes_part = and_(
        participation.prm == row.prm,
        participation.member_id == row.member_id,
        participation.valid_from <= after,
        or_(participation.valid_to.is_(None), after < participation.valid_to),
    )
    is_notified = exists().where(
        NotificationRow.kind == NotificationKind.DESK_CONSENTS_END,
        NotificationRow.about_id == row.id,
        NotificationRow.operation_id == participation.operation_id,
    )
    query = (
        select(row, participation.operation_id)
        .join(participation, takes_part)
        .where(_is_ending(after, until), row.purpose == Purpose.DISPLAY, ~is_notified)
        .order_by(row.id, participation.operation_id)
        .limit(AT_ONCE)
    )
    if past is not None:
        query = query.where(tuple_(row.id, participation.operation_id) > past)
    return [(consent, operation_id) for consent, operation_id in await session.execute(query)]


def _is_ending(after: date, until: date) -> ColumnElement[bool]:
    """Granted, and without a successor; a challenge's consent ends with it, as agreed."""
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


def _is_unnotified(
    row: type[EnrolmentRow | ConsentRow], kind: NotificationKind
) -> ColumnElement[bool]:
    """The member exists, was not notified of it, and wants to be."""
    is_notified = exists().where(
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
    return and_(~is_notified, ~wants_none, is_somebody)
