"""Coefficients sent to the network operator: added, never changed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.allocation.tables import CoefficientSubmissionRow


class SubmissionNotFound(Problem):
    status, slug, title = 404, "submission-not-found", "There is no such submission"
    example_detail = "ACC00000101 has no submission 1 for 2026-10."


async def list_submissions(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Sequence[CoefficientSubmissionRow]:
    """Return the submissions by number, without their content."""
    row = CoefficientSubmissionRow
    query = (
        select(row)
        .where(row.operation_id == operation_id, row.month == str(month))
        .order_by(row.number)
    )
    return (await session.scalars(query)).all()


async def get_submission(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> CoefficientSubmissionRow:
    """Return a submission with its content."""
    key = (operation_id, str(month), number)
    content = undefer(CoefficientSubmissionRow.content)
    row = await session.get(CoefficientSubmissionRow, key, options=[content])
    if row is None:
        raise SubmissionNotFound(f"{operation_id} has no submission {number} for {month}.")
    return row


async def add_submission(session: AsyncSession, row: CoefficientSubmissionRow) -> None:
    session.add(row)
    await session.flush()
