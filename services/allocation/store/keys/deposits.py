"""Coefficients that were deposited before their month, withdrawn, sent: added, never changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from libs.common.calendar import Month
from libs.common.database import copy_rows
from libs.common.errors import Problem
from libs.common.ids import OperationId, Prm
from services.allocation.domain.coefficients.blocks import CoefficientBlock
from services.allocation.domain.keys.coefficients import POOL
from services.allocation.domain.keys.deposit_months import DepositKind
from services.allocation.tables import CoefficientDepositRow, DepositSubmissionRow

DepositDay = tuple[OperationId, str, int, date]
"""Operation, month and number of a deposit, and one of its days."""


class DepositUnknown(Problem):
    status, slug, title = 404, "deposit-unknown", "There is no such deposit of coefficients"
    example_detail = "ACC00000101 has no deposit 1 for 2027-01."


class DepositNumbers(NamedTuple):
    """The numbers, by month, of the deposit that counts (the last, unless withdrawn) and of all."""

    counting: Mapping[Month, int]
    made: Mapping[Month, Sequence[int]]


class DepositedConsumer(NamedTuple):
    """A consumer's coefficients over the month, in billionths of the production."""

    prm: Prm
    mean: int
    least: int
    most: int


async def map_numbers(
    session: AsyncSession, operations: Collection[OperationId]
) -> Mapping[OperationId, DepositNumbers]:
    """Return the numbers of deposits of each of these operations."""
    row = CoefficientDepositRow
    query = (
        select(row.operation_id, row.month, row.number, row.kind)
        .where(row.operation_id.in_(operations))
        .order_by(row.number)
    )
    counting: defaultdict[str, dict[Month, int]] = defaultdict(dict)
    made: defaultdict[str, defaultdict[Month, list[int]]] = defaultdict(lambda: defaultdict(list))
    for operation_id, month_text, number, kind in await session.execute(query):
        month = Month.parse(month_text)
        if kind == DepositKind.WITHDRAWAL:
            counting[operation_id].pop(month, None)
        else:
            counting[operation_id][month] = number
            made[operation_id][month].append(number)
    return {
        operation_id: DepositNumbers(counting[operation_id], made[operation_id])
        for operation_id in operations
    }


async def list_deposits(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Sequence[CoefficientDepositRow]:
    """Return the deposits by number, without their sources and their content."""
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
    """Return an entry with what it was made of. Raises DepositUnknown."""
    origins = [undefer(CoefficientDepositRow.rules), undefer(CoefficientDepositRow.forecast)]
    key = (operation_id, str(month), number)
    row = await session.get(CoefficientDepositRow, key, options=origins, populate_existing=True)
    if row is None:
        raise DepositUnknown(f"{operation_id} has no deposit {number} for {month}.")
    return row


async def get_deposited_file(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> tuple[str, bytes]:
    """Return the name and the content of a deposit. Raises DepositUnknown, of withdrawals too."""
    row = CoefficientDepositRow
    query = select(row.name, row.content).where(
        row.operation_id == operation_id, row.month == str(month), row.number == number
    )
    name, content = (await session.execute(query)).one_or_none() or (None, None)
    if name is None or content is None:
        raise DepositUnknown(f"{operation_id} has no deposit {number} for {month}.")
    return name, content


async def list_consumers(
    session: AsyncSession, operation_id: OperationId, month: Month, number: int
) -> Sequence[DepositedConsumer]:
    """Return what each consumer has in a deposit, by PRM; none of a withdrawal."""
    query = text("""
        SELECT consumer, sum(total) / sum(steps), min(least), max(most)
        FROM deposited_coefficient
        CROSS JOIN LATERAL (
            SELECT sum(share)::bigint AS total, count(*) AS steps, min(share) AS least,
                max(share) AS most
            FROM unnest(share_billionths) AS share
        ) AS day
        WHERE operation_id = :operation_id AND month = :month AND number = :number
        GROUP BY consumer
        ORDER BY consumer
    """)
    values = {"operation_id": operation_id, "month": str(month), "number": number}
    return [
        DepositedConsumer(Prm(consumer), int(mean), least, most)
        for consumer, mean, least, most in await session.execute(query, values)
    ]


async def map_submissions(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> Mapping[int, DepositSubmissionRow]:
    """Return what was sent to the DSO of a month's deposits, by number."""
    row = DepositSubmissionRow
    query = select(row).where(row.operation_id == operation_id, row.month == str(month))
    return {submission.number: submission for submission in await session.scalars(query)}


async def add_submission(session: AsyncSession, row: DepositSubmissionRow) -> None:
    session.add(row)
    await session.flush()


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
