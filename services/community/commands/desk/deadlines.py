"""Gather deadlines for the board and for calendars."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, local_day
from libs.common.clock import now_in
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.community.domain.calendars import CalendarEntry
from services.community.domain.desk.conventions import DEFAULT_CONVENTION, Convention
from services.community.domain.desk.deadlines import (
    LISTED_FOR,
    PAST_MONTHS,
    RENEWAL,
    Deadline,
    DeadlineKind,
)
from services.community.domain.enrolments.enrolment import EnrolmentState
from services.community.domain.enrolments.working_days import (
    latest_declaration,
    working_day_of_month,
)
from services.community.domain.messages.messages import Language
from services.community.store.desk import deadlines
from services.community.store.desk.conventions import map_conventions
from services.community.store.desk.deadlines import OpenMonth
from services.community.store.enrolments.leave_requests import list_waiting_leave_requests
from services.community.tables import EnrolmentRow

_AHEAD = timedelta(days=92)
_OF_LAST_YEAR = timedelta(days=366)


async def list_deadlines(
    session: AsyncSession,
    scope: Scope,
    *,
    now: datetime,
    until: date | None = None,
) -> list[Deadline]:
    """Return deadlines of the scope's operations by due day, missed ones too.

    until: the last due day; None for three months ahead.
    """
    names = await deadlines.map_names(session, scope)
    conventions = await map_conventions(session, names)
    today = local_day(now)
    until = until or today + _AHEAD
    deadlines_of_all = [
        *await _waiting_enrolments(session, names, conventions),
        *await _leave_requests(session, names, conventions),
        *await _open_months(session, names, conventions, today),
        *await _deposit_months(session, names),
        *await _ending_documents(session, names, today),
        *_ending_conventions(names, conventions, today),
        *await _without_siren(session, names, today),
        *await _left_points(session, names, now),
    ]
    due_deadlines = [deadline for deadline in deadlines_of_all if deadline.due <= until]
    return sorted(due_deadlines, key=lambda deadline: deadline.id)


async def list_deadline_entries(
    session: AsyncSession,
    scope: Scope,
    *,
    language: Language,
    since: datetime,
) -> list[CalendarEntry]:
    """Return calendar entries for people who run these operations, due since that instant."""
    all_deadlines = await list_deadlines(session, scope, now=now_in(session))
    first_day = local_day(since)
    return [
        deadline.calendar_entry(language) for deadline in all_deadlines if deadline.due >= first_day
    ]


async def _waiting_enrolments(
    session: AsyncSession,
    names: Mapping[OperationId, str],
    conventions: Mapping[OperationId, Convention],
) -> list[Deadline]:
    rows = await deadlines.list_waiting(session, names)
    return [
        _declaration(row, names[row.operation_id], conventions.get(row.operation_id))
        for row in rows
    ]


def _declaration(row: EnrolmentRow, name: str, convention: Convention | None) -> Deadline:
    terms = convention or DEFAULT_CONVENTION
    if row.state == EnrolmentState.SIGNED:
        kind, day, notice = (
            DeadlineKind.ENTRY_TO_DECLARE,
            row.valid_from,
            terms.entry_notice_working_days,
        )
    else:
        assert row.valid_to is not None
        kind, day, notice = (
            DeadlineKind.EXIT_TO_DECLARE,
            row.valid_to,
            terms.exit_notice_working_days,
        )
    return Deadline(
        kind=kind,
        operation_id=row.operation_id,
        operation_name=name,
        due=latest_declaration(day, notice),
        link=_enrolment_link(row.operation_id, row.id),
        prm=row.prm,
    )


async def _leave_requests(
    session: AsyncSession,
    names: Mapping[OperationId, str],
    conventions: Mapping[OperationId, Convention],
) -> list[Deadline]:
    """Return leave requests, due early enough for the exit to be declared in time."""
    notices = {
        operation_id: conventions.get(operation_id, DEFAULT_CONVENTION).exit_notice_working_days
        for operation_id in names
    }
    return [
        Deadline(
            kind=DeadlineKind.LEAVE_TO_RECORD,
            operation_id=request.operation_id,
            operation_name=names[request.operation_id],
            due=latest_declaration(request.leaves_on, notices[request.operation_id]),
            link=_enrolment_link(request.operation_id, request.enrolment_id),
            prm=request.prm,
        )
        for request in await list_waiting_leave_requests(session, names)
    ]


async def _open_months(
    session: AsyncSession,
    names: Mapping[OperationId, str],
    conventions: Mapping[OperationId, Convention],
    today: date,
) -> list[Deadline]:
    this_month = Month.of(today)
    months = await deadlines.list_open_months(
        session, names, this_month.earlier(PAST_MONTHS), this_month
    )
    return [
        deadline
        for month in months
        for deadline in _deadlines_of_month(
            month,
            names[month.operation_id],
            conventions.get(month.operation_id, DEFAULT_CONVENTION),
        )
    ]


def _deadlines_of_month(
    open_month: OpenMonth, name: str, convention: Convention
) -> Iterator[Deadline]:
    month, operation_id = Month.of(open_month.first_day), open_month.operation_id
    todo = [
        (
            DeadlineKind.MONTH_TO_CLOSE,
            convention.closing_due_working_days,
            f"/allocation/operations/{operation_id}/settlements",
        )
    ]
    working_days = convention.coefficients_due_working_days
    if working_days is not None and not open_month.coefficients_sent:
        link = f"/allocation/operations/{operation_id}/coefficients?month={month}"
        todo.append((DeadlineKind.COEFFICIENTS_TO_SEND, working_days, link))
    for kind, number, link in todo:
        yield Deadline(
            kind=kind,
            operation_id=operation_id,
            operation_name=name,
            due=working_day_of_month(month.next_first_day, number),
            link=link,
            month=month,
        )


async def _deposit_months(
    session: AsyncSession, names: Mapping[OperationId, str]
) -> list[Deadline]:
    """Return what is to be deposited before its month, and then sent to the DSO."""
    return [
        Deadline(
            kind=DeadlineKind.DEPOSIT_TO_SEND
            if row.state == "deposited"
            else DeadlineKind.COEFFICIENTS_TO_DEPOSIT,
            operation_id=row.operation_id,
            operation_name=names[row.operation_id],
            due=row.last_day,
            link=f"/allocation/operations/{row.operation_id}/coefficient-deposits?month={row.month}",
            month=Month.parse(row.month),
        )
        for row in await deadlines.list_deposit_months(session, names)
        if row.last_day is not None
    ]


async def _ending_documents(
    session: AsyncSession, names: Mapping[OperationId, str], today: date
) -> list[Deadline]:
    rows = await deadlines.list_ending_documents(
        session, names, after=today - _OF_LAST_YEAR, until=today + RENEWAL
    )
    return [
        Deadline(
            kind=DeadlineKind.DOCUMENT_TO_RENEW,
            operation_id=row.operation_id,
            operation_name=names[row.operation_id],
            due=_last_day(row.valid_to),
            link=f"/community/operations/{row.operation_id}/documents/{row.id}",
        )
        for row in rows
    ]


def _ending_conventions(
    names: Mapping[OperationId, str], conventions: Mapping[OperationId, Convention], today: date
) -> Sequence[Deadline]:
    return [
        Deadline(
            kind=DeadlineKind.CONVENTION_TO_RENEW,
            operation_id=operation_id,
            operation_name=names[operation_id],
            due=_last_day(convention.valid_to),
            link=f"/community/operations/{operation_id}/convention",
        )
        for operation_id, convention in conventions.items()
        if convention.valid_to is not None and convention.valid_to <= today + RENEWAL
    ]


async def _without_siren(
    session: AsyncSession, names: Mapping[OperationId, str], today: date
) -> list[Deadline]:
    """Return members without a SIREN: an enrolment asks for it, an imported list did not."""
    return [
        Deadline(
            kind=DeadlineKind.SIREN_TO_RECORD,
            operation_id=operation_id,
            operation_name=names[operation_id],
            due=first_day,
            link=f"/community/members/{member_id}",
        )
        for operation_id, member_id, first_day in await deadlines.list_members_without_siren(
            session, names, today=today
        )
    ]


async def _left_points(
    session: AsyncSession, names: Mapping[OperationId, str], now: datetime
) -> list[Deadline]:
    rows = await deadlines.list_lost_enrolments(session, names, since=now - LISTED_FOR)
    return [
        Deadline(
            kind=DeadlineKind.POINT_LEFT,
            operation_id=row.operation_id,
            operation_name=names[row.operation_id],
            due=local_day(at),
            link=_enrolment_link(row.operation_id, row.id),
            prm=row.prm,
        )
        for row, at in rows
    ]


def _enrolment_link(operation_id: OperationId, enrolment_id: UUID) -> str:
    return f"/community/operations/{operation_id}/enrolments/{enrolment_id}"


def _last_day(valid_to: date | None) -> date:
    assert valid_to is not None, "an endless document is never renewed"
    return valid_to - timedelta(days=1)
