"""Queries of members' requests to leave."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database.arrays import among
from libs.common.ids import OperationId, Prm
from services.community.domain.enrolments.enrolment import EnrolmentState
from services.community.domain.enrolments.leaving import LeaveRequest
from services.community.tables import EnrolmentRow, LeaveRequestRow


async def save_leave_request(session: AsyncSession, request: LeaveRequest) -> None:
    content = asdict(request)
    adding = insert(LeaveRequestRow).values(content)
    await session.execute(
        adding.on_conflict_do_update(index_elements=["enrolment_id"], set_=content)
    )


async def list_leave_requests(
    session: AsyncSession, operation_id: OperationId, prm: Prm, *, of_member: UUID
) -> Sequence[tuple[LeaveRequest, EnrolmentRow]]:
    """List waiting and answered ones with their enrolments; the latest first."""
    row = LeaveRequestRow
    query = (
        select(row, EnrolmentRow)
        .join(EnrolmentRow, EnrolmentRow.id == row.enrolment_id)
        .where(row.operation_id == operation_id, row.prm == prm, row.member_id == of_member)
        .order_by(row.asked_at.desc(), row.enrolment_id)
        .execution_options(populate_existing=True)
    )
    return [
        (_to_leave_request(request), enrolment)
        for request, enrolment in await session.execute(query)
    ]


async def map_leave_requests(
    session: AsyncSession, enrolment_ids: Collection[UUID]
) -> Mapping[UUID, LeaveRequest]:
    query = select(LeaveRequestRow).where(LeaveRequestRow.enrolment_id.in_(enrolment_ids))
    return {row.enrolment_id: _to_leave_request(row) for row in await session.scalars(query)}


async def list_waiting_leave_requests(
    session: AsyncSession, operation_ids: Collection[OperationId]
) -> Sequence[LeaveRequest]:
    """List those that no step has answered."""
    row = LeaveRequestRow
    query = (
        select(row)
        .join(EnrolmentRow, EnrolmentRow.id == row.enrolment_id)
        .where(
            among(row.operation_id, operation_ids), EnrolmentRow.state == EnrolmentState.DECLARED
        )
    )
    return [_to_leave_request(request) for request in await session.scalars(query)]


async def delete_leave_requests(session: AsyncSession, enrolment_ids: Collection[UUID]) -> None:
    row = LeaveRequestRow
    await session.execute(delete(row).where(row.enrolment_id.in_(enrolment_ids)))


def _to_leave_request(row: LeaveRequestRow) -> LeaveRequest:
    return LeaveRequest(**{field.name: getattr(row, field.name) for field in fields(LeaveRequest)})
