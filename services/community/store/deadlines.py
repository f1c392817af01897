"""Queries for what is due: steps that wait, months, papers that end."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.arrays import among
from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.community.domain.documents import SignatureState
from services.community.domain.enrolments.enrolment import State, StepKind
from services.community.tables import (
    DocumentReminderRow,
    DocumentRow,
    DocumentSignatureRow,
    EnrolmentRow,
    EnrolmentStepRow,
    MemberRow,
    MonthProgressRow,
    OperationRow,
    ParticipationRow,
)


class OpenMonth(NamedTuple):
    """A month in which somebody took part, and that is not settled."""

    operation_id: OperationId
    first_day: date
    coefficients_sent: bool


async def note_month(
    session: AsyncSession,
    operation_id: OperationId,
    month: str,
    *,
    is_settled: bool = False,
    coefficients_sent: bool = False,
) -> None:
    """What is known of a month is not forgotten."""
    adding = insert(MonthProgressRow).values(
        operation_id=operation_id,
        month=month,
        is_settled=is_settled,
        coefficients_sent=coefficients_sent,
    )
    row, new = MonthProgressRow, adding.excluded
    both = {
        "is_settled": or_(row.is_settled, new.is_settled),
        "coefficients_sent": or_(row.coefficients_sent, new.coefficients_sent),
    }
    await session.execute(
        adding.on_conflict_do_update(index_elements=["operation_id", "month"], set_=both)
    )


async def map_names(
    session: AsyncSession, only: Collection[OperationId] | None
) -> Mapping[OperationId, str]:
    """Of these operations that exist, by id; None: of all."""
    query = select(OperationRow.id, OperationRow.name)
    if only is not None:
        query = query.where(among(OperationRow.id, only))
    return {row.id: row.name for row in await session.execute(query)}


async def list_open_months(
    session: AsyncSession, operation_ids: Collection[OperationId], first: Month, last: Month
) -> Sequence[OpenMonth]:
    query = text("""
        SELECT operation.id, month.first_day, coalesce(progress.coefficients_sent, false)
        FROM unnest(CAST(:ids AS text[])) AS operation (id)
        CROSS JOIN (
            SELECT first_day::date
            FROM generate_series(
                CAST(:first AS timestamp), CAST(:last AS timestamp), interval '1 month'
            ) AS first_day
        ) AS month
        LEFT JOIN month_progress AS progress
            ON progress.operation_id = operation.id
            AND progress.month = to_char(month.first_day, 'YYYY-MM')
        WHERE coalesce(NOT progress.is_settled, true) AND EXISTS (
            SELECT FROM participation
            WHERE participation.operation_id = operation.id
                AND valid_from < month.first_day + interval '1 month'
                AND (valid_to IS NULL OR valid_to > month.first_day)
        )
    """)
    values = {
        "ids": list(operation_ids),
        "first": datetime.combine(first.first_day, datetime.min.time()),
        "last": datetime.combine(last.first_day, datetime.min.time()),
    }
    return [
        OpenMonth(OperationId(one), day, sent)
        for one, day, sent in await session.execute(query, values)
    ]


async def list_waiting(
    session: AsyncSession, operation_ids: Collection[OperationId]
) -> Sequence[EnrolmentRow]:
    """Entries that are signed and exits that are asked for: the DSO is to be told."""
    row = EnrolmentRow
    states = (State.SIGNED, State.LEAVING)
    query = select(row).where(among(row.operation_id, operation_ids), row.state.in_(states))
    return (await session.scalars(query)).all()


async def list_lost(
    session: AsyncSession, operation_ids: Collection[OperationId], *, since: datetime
) -> Sequence[tuple[EnrolmentRow, datetime]]:
    """What the DSO took out, and when we heard of it."""
    step = EnrolmentStepRow
    query = (
        select(EnrolmentRow, func.max(step.recorded_at))
        .join(step, step.enrolment_id == EnrolmentRow.id)
        .where(
            among(EnrolmentRow.operation_id, operation_ids),
            step.kind == StepKind.LOSE,
            step.recorded_at >= since,
        )
        .group_by(EnrolmentRow.id)
    )
    return [(row, at) for row, at in await session.execute(query)]


async def list_without_siren(
    session: AsyncSession, operation_ids: Collection[OperationId], *, today: date
) -> Sequence[tuple[OperationId, UUID, date]]:
    """Companies and public bodies that take part, or will, and the first day of each."""
    row = ParticipationRow
    query = (
        select(row.operation_id, row.member_id, func.min(row.valid_from))
        .join(MemberRow, MemberRow.id == row.member_id)
        .where(
            among(row.operation_id, operation_ids),
            or_(row.valid_to.is_(None), row.valid_to > today),
            MemberRow.kind != "household",
            MemberRow.siren.is_(None),
        )
        .group_by(row.operation_id, row.member_id)
    )
    return [
        (one, member_id, first_day) for one, member_id, first_day in await session.execute(query)
    ]


async def list_ending_documents(
    session: AsyncSession,
    operation_ids: Collection[OperationId],
    *,
    after: date,
    until: date,
) -> Sequence[DocumentRow]:
    """Signed ones that end by a day, that nothing signed follows, of who still takes part then."""
    theirs = among(DocumentRow.operation_id, operation_ids)
    query = _ending_documents(after=after, until=until).where(theirs)
    return (await session.scalars(query)).all()


async def find_document_to_remind_of(
    session: AsyncSession, *, after: date, until: date
) -> DocumentRow | None:
    """One of ``list_ending_documents`` that nobody was reminded of, of any operation.

    Locked; one that another process looks at is passed over.
    """
    reminder = DocumentReminderRow
    told = exists().where(
        reminder.document_id == DocumentRow.id, reminder.valid_to == DocumentRow.valid_to
    )
    query = _ending_documents(after=after, until=until).where(~told)
    return await session.scalar(
        query.limit(1).with_for_update(key_share=True, skip_locked=True, of=DocumentRow)
    )


async def add_reminder(session: AsyncSession, document: DocumentRow, *, at: datetime) -> bool:
    """Whether it is new; waits for whoever adds it at the moment."""
    row = DocumentReminderRow
    values = {"document_id": document.id, "valid_to": document.valid_to, "reminded_at": at}
    added = insert(row).values(values).on_conflict_do_nothing().returning(row.document_id)
    return await session.scalar(added) is not None


def _ending_documents(*, after: date, until: date) -> Select[DocumentRow]:
    row, next_one = DocumentRow, aliased(DocumentRow)
    followed = exists().where(
        next_one.operation_id == row.operation_id,
        next_one.kind == row.kind,
        next_one.member_id.is_not_distinct_from(row.member_id),
        next_one.valid_from <= row.valid_to,
        or_(next_one.valid_to.is_(None), next_one.valid_to > row.valid_to),
        _is_signed(next_one),
    )
    takes_part = exists().where(
        ParticipationRow.operation_id == row.operation_id,
        ParticipationRow.member_id == row.member_id,
        ParticipationRow.valid_from <= row.valid_to,
        or_(ParticipationRow.valid_to.is_(None), ParticipationRow.valid_to > row.valid_to),
    )
    return select(row).where(
        row.valid_to > after,
        row.valid_to <= until,
        and_(_is_signed(row), ~followed, or_(row.member_id.is_(None), takes_part)),
    )


def _is_signed(document: type[DocumentRow]) -> ColumnElement[bool]:
    signature = aliased(DocumentSignatureRow)
    return exists().where(
        signature.document_id == document.id, signature.state == SignatureState.SIGNED
    )
