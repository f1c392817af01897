"""Queries of deadlines: steps that wait, open months, papers that end."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from libs.common.calendar import Month
from libs.common.database.arrays import among
from libs.common.database.scoped import is_of
from libs.common.events.deposits import DepositMonthChanged
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.community.domain.desk.documents import SignatureState
from services.community.domain.enrolments.enrolment import EnrolmentState, StepKind
from services.community.tables import (
    DepositMonthRow,
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

_TO_DO = ("awaited", "withdrawn", "deposited")


class OpenMonth(NamedTuple):
    """A month with participations that is not settled.

    coefficients_sent: or set before the month, so that none are sent after it.
    """

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
    """Record progress of a month; recorded progress stays."""
    adding = insert(MonthProgressRow).values(
        operation_id=operation_id,
        month=month,
        is_settled=is_settled,
        coefficients_sent=coefficients_sent,
    )
    row, excluded = MonthProgressRow, adding.excluded
    content = {
        "is_settled": or_(row.is_settled, excluded.is_settled),
        "coefficients_sent": or_(row.coefficients_sent, excluded.coefficients_sent),
    }
    await session.execute(
        adding.on_conflict_do_update(index_elements=["operation_id", "month"], set_=content)
    )


async def save_deposit_month(session: AsyncSession, change: DepositMonthChanged) -> None:
    """Keep it unless a later revision is known."""
    content = {"revision": change.revision, "state": change.state, "last_day": change.last_day}
    adding = insert(DepositMonthRow).values(
        operation_id=change.operation_id, month=change.month, **content
    )
    newer = adding.excluded.revision > DepositMonthRow.revision
    await session.execute(
        adding.on_conflict_do_update(
            index_elements=["operation_id", "month"], set_=content, where=newer
        )
    )


async def list_deposit_months(
    session: AsyncSession, operation_ids: Collection[OperationId]
) -> Sequence[DepositMonthRow]:
    """List months for which something is to be deposited, or what is deposited to be sent.

    None that is settled: nobody waits for its coefficients any more.
    """
    row, progress = DepositMonthRow, MonthProgressRow
    is_settled = exists().where(
        progress.operation_id == row.operation_id,
        progress.month == row.month,
        progress.is_settled,
    )
    query = select(row).where(
        among(row.operation_id, operation_ids), row.state.in_(_TO_DO), ~is_settled
    )
    return (await session.scalars(query)).all()


async def map_names(session: AsyncSession, scope: Scope) -> Mapping[OperationId, str]:
    """Return the names of the scope's operations, by id."""
    query = select(OperationRow.id, OperationRow.name).where(is_of(OperationRow.id, scope))
    return {row.id: row.name for row in await session.execute(query)}


async def list_open_months(
    session: AsyncSession, operation_ids: Collection[OperationId], first: Month, last: Month
) -> Sequence[OpenMonth]:
    query = text("""
        SELECT operation.id, month.first_day,
            coalesce(progress.coefficients_sent, false)
                OR coalesce(deposit.state <> 'not_taken', false)
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
        LEFT JOIN deposit_month AS deposit
            ON deposit.operation_id = operation.id
            AND deposit.month = to_char(month.first_day, 'YYYY-MM')
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
        OpenMonth(OperationId(operation_id), day, sent)
        for operation_id, day, sent in await session.execute(query, values)
    ]


async def list_waiting(
    session: AsyncSession, operation_ids: Collection[OperationId]
) -> Sequence[EnrolmentRow]:
    """List entries signed and exits asked for, which are to be declared to the DSO."""
    row = EnrolmentRow
    states = (EnrolmentState.SIGNED, EnrolmentState.LEAVING)
    query = select(row).where(among(row.operation_id, operation_ids), row.state.in_(states))
    return (await session.scalars(query)).all()


async def list_lost_enrolments(
    session: AsyncSession, operation_ids: Collection[OperationId], *, since: datetime
) -> Sequence[tuple[EnrolmentRow, datetime]]:
    """List enrolments ended by the DSO, and when we learnt of it."""
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


async def list_members_without_siren(
    session: AsyncSession, operation_ids: Collection[OperationId], *, today: date
) -> Sequence[tuple[OperationId, UUID, date]]:
    """List companies and public bodies that take part, or will, and the first day of each."""
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
        (operation_id, member_id, first_day)
        for operation_id, member_id, first_day in await session.execute(query)
    ]


async def list_ending_documents(
    session: AsyncSession,
    operation_ids: Collection[OperationId],
    *,
    after: date,
    until: date,
) -> Sequence[DocumentRow]:
    """List signed documents that end then, without a signed successor, of continuing members."""
    is_of_operations = among(DocumentRow.operation_id, operation_ids)
    query = _ending_documents(after=after, until=until).where(is_of_operations)
    return (await session.scalars(query)).all()


async def find_document_to_remind_of(
    session: AsyncSession, *, after: date, until: date
) -> DocumentRow | None:
    """Return one of ``list_ending_documents``, of any operation, without a reminder so far.

    Locked; one locked by another process is skipped.
    """
    reminder = DocumentReminderRow
    is_reminded = exists().where(
        reminder.document_id == DocumentRow.id, reminder.valid_to == DocumentRow.valid_to
    )
    query = _ending_documents(after=after, until=until).where(~is_reminded)
    return await session.scalar(
        query.limit(1).with_for_update(key_share=True, skip_locked=True, of=DocumentRow)
    )


async def add_reminder(session: AsyncSession, document: DocumentRow, *, at: datetime) -> bool:
    """Return whether it is new; wait for another process that is adding it."""
    row = DocumentReminderRow
    values = {"document_id": document.id, "valid_to": document.valid_to, "reminded_at": at}
    added = insert(row).values(values).on_conflict_do_nothing().returning(row.document_id)
    return await session.scalar(added) is not None


def _ending_documents(*, after: date, until: date) -> Select[DocumentRow]:
    row, successor = DocumentRow, aliased(DocumentRow)
    followed = exists().where(
        successor.operation_id == row.operation_id,
        successor.kind == row.kind,
        successor.member_id.is_not_distinct_from(row.member_id),
        successor.valid_from <= row.valid_to,
        or_(successor.valid_to.is_(None), successor.valid_to > row.valid_to),
        _is_signed(successor),
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
