"""Coefficients that were deposited before their month: added, never changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from libs.common.calendar import Month
from libs.common.database import copy_rows
from libs.common.errors import Problem
from libs.common.ids import OperationId, Prm
from services.allocation.domain.coefficients.blocks import CoefficientBlock
from services.allocation.domain.keys.coefficients import POOL
from services.allocation.tables import CoefficientDepositRow

DepositDay = tuple[OperationId, str, int, date]
"""Operation, month and number of a deposit, and one of its days."""


class DepositUnknown(Problem):
    status, slug, title = 404, "deposit-unknown", "There is no such deposit of coefficients"
    example_detail = "ACC00000101 has no deposit 1 for 2027-01."


async def map_last_numbers(
    session: AsyncSession, operations: Collection[OperationId]
) -> Mapping[OperationId, Mapping[Month, int]]:
    """Return the number of the last deposit of each month, by operation."""
    row = CoefficientDepositRow
    query = (
        select(row.operation_id, row.month, func.max(row.number))
        .where(row.operation_id.in_(operations))
        .group_by(row.operation_id, row.month)
    )
    numbers: defaultdict[OperationId, dict[Month, int]] = defaultdict(dict)
    for operation_id, month, number in await session.execute(query):
        numbers[OperationId(operation_id)][Month.parse(month)] = number
    return numbers


async def list_deposits(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Sequence[CoefficientDepositRow]:
    """By number, without their content."""
    row = CoefficientDepositRow
    query = (
        select(row)
        .where(row.operation_id == operation_id, row.month == str(month))
        .order_by(row.number)
    )
    return (await session.scalars(query)).all()


async def get_deposit(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> CoefficientDepositRow:
    """Return a deposit with its content. Raises DepositUnknown."""
    key = (operation_id, str(month), number)
    content = undefer(CoefficientDepositRow.content)
    row = await session.get(CoefficientDepositRow, key, options=[content])
    if row is None:
        raise DepositUnknown(f"{operation_id} has no deposit {number} for {month}.")
    return row


async def add_deposit(
    session: AsyncSession, row: CoefficientDepositRow, blocks: Iterable[CoefficientBlock]
) -> None:
    session.add(row)
    await session.flush()
    deposit = (row.operation_id, row.month, row.number)
    await copy_rows(
        session,
        "deposited_coefficient",
        columns=(
            *("operation_id", "month", "number"),
            *("day", "consumer", "step_min", "share_billionths"),
        ),
        rows=(
            (*deposit, block.day, block.consumer, block.step_min, block.share_billionths)
            for block in blocks
        ),
    )


async def list_blocks(
    session: AsyncSession, days: Collection[DepositDay]
) -> Mapping[DepositDay, list[CoefficientBlock]]:
    """Return the coefficients of these days of deposits."""
    if not days:
        return {}
    query = text("""
        SELECT operation_id, month, number, day, step_min, consumer, share_billionths
        FROM deposited_coefficient
        JOIN unnest(
            CAST(:operations AS text[]), CAST(:months AS text[]), CAST(:numbers AS integer[]),
            CAST(:days AS date[])
        ) AS chosen (operation_id, month, number, day) USING (operation_id, month, number, day)
    """)
    operations, months, numbers, dates = zip(*set(days), strict=True)
    values = {"operations": operations, "months": months, "numbers": numbers, "days": dates}
    blocks_by_day: defaultdict[DepositDay, list[CoefficientBlock]] = defaultdict(list)
    for row in await session.execute(query, values):
        deposit_day = (OperationId(row.operation_id), row.month, row.number, row.day)
        blocks_by_day[deposit_day].append(
            CoefficientBlock(row.day, row.step_min, POOL, Prm(row.consumer), row.share_billionths)
        )
    return blocks_by_day
